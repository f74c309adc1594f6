"""Logistic regression of a few features, for the scripts beside it."""

import math


def probability(weights, x):
    return 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, x))))


def fit(rows, steps=1200, rate=0.3, penalty=0.002):
    """Weights that make the labels of rows of features and label likeliest; the first feature is the bias."""
    weights = [0.0] * len(rows[0][0])
    for _ in range(steps):
        gradient = [penalty * w if i else 0.0 for i, w in enumerate(weights)]
        for x, y in rows:
            error = (probability(weights, x) - y) / len(rows)
            for i, v in enumerate(x):
                gradient[i] += error * v
        weights = [w - rate * g for w, g in zip(weights, gradient)]
    return weights


def report(rows, names, parts, steps=400):
    """Prints what is said and what is right, by cross-validation over ten parts, and the weights learned from all rows."""
    judged = []
    for part in range(10):
        weights = fit([r for i, r in enumerate(rows) if i % 10 != part], steps)
        judged += [(probability(weights, x), y) for i, (x, y) in enumerate(rows) if i % 10 == part]
    judged.sort(key=lambda pair: pair[0])
    for part in range(parts):
        some = judged[part * len(judged) // parts:(part + 1) * len(judged) // parts]
        print(f"said {sum(p for p, _ in some) / len(some):.3f} is {sum(y for _, y in some) / len(some):.3f} of {len(some)}")
    for name, weight in zip(names, fit(rows)):
        print(f"{name:12} {weight:.2f}")
