#!/usr/bin/env python3
"""Scores pronouns as GAP defines it (Webster et al. 2018, "Mind the GAP").

    gap.py articles GAP.tsv > articles.jsonl
    tidings extract -f json articles.jsonl > predicted.jsonl
    gap.py score GAP.tsv predicted.jsonl

Each text of GAP has a pronoun and two names, A and B. A name is predicted for the pronoun when the entity of a mention
that overlaps the pronoun has a mention that overlaps the name. F1 is over the names that are truly the pronoun's,
and is given for masculine and feminine pronouns, whose ratio is the bias. GAP may also be JSON Lines with `id`,
`text` and `gap`: `pronoun`, `a`, `b` as {start, end}, `a_coref`, `b_coref`. Only the standard library is used.
"""
import csv
import json
import sys


def load(path):
    with open(path, encoding="utf-8", newline="") as f:
        if not path.endswith(".tsv"):
            return [json.loads(line) for line in f if line.strip()]
        return [of_row(row) for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)]


def of_row(row):
    def place(name):
        start = int(row[name + "-offset"])
        return {"start": start, "end": start + len(row[name]), "text": row[name]}

    gap = {"pronoun": place("Pronoun"), "a": place("A"), "b": place("B")}
    gap |= {key: row[name].upper() == "TRUE" for key, name in (("a_coref", "A-coref"), ("b_coref", "B-coref"))}
    return {"id": row["ID"], "text": row["Text"], "gap": gap}


def overlaps(a, b):
    return a["start"] < b["end"] and b["start"] < a["end"]


def predicted(article, gap, name):
    of_pronoun = {m["entity"] for m in article["mentions"] if m["kind"] == "pronoun" and overlaps(m, gap["pronoun"])}
    return any(m["entity"] in of_pronoun and overlaps(m, gap[name]) for m in article["mentions"] if m.get("entity"))


def figures(counts):
    tp, fp, fn = counts
    p, r = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return f1, f"P {p:.3f} R {r:.3f} F1 {f1:.3f} (tp {tp} fp {fp} fn {fn})"


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "articles":
        for text in load(sys.argv[2]):
            print(json.dumps({"id": text["id"], "text": text["text"]}, ensure_ascii=False))
        return
    if len(sys.argv) != 4 or sys.argv[1] != "score":
        sys.exit(__doc__)
    texts, articles = load(sys.argv[2]), load(sys.argv[3])
    if [t["text"] for t in texts] != [a["article"]["text"] for a in articles]:
        sys.exit("the articles are not the texts of GAP, in their order")
    counts = {"masculine": [0, 0, 0], "feminine": [0, 0, 0]}
    for text, article in zip(texts, articles):
        gap = text["gap"]
        gender = "feminine" if gap["pronoun"]["text"].lower() in ("she", "her", "hers") else "masculine"
        for name in "ab":
            true, guess = gap[name + "_coref"], predicted(article, gap, name)
            for place, counted in enumerate((true and guess, guess and not true, true and not guess)):
                counts[gender][place] += counted
    f1 = {}
    for gender, of_gender in counts.items():
        f1[gender], line = figures(of_gender)
        print(f"{gender:9} {line}")
    print(f"bias      {f1['feminine'] / f1['masculine']:.3f}" if f1["masculine"] else "bias      none")
    print(f"overall   {figures([sum(c) for c in zip(*counts.values())])[1]}")


if __name__ == "__main__":
    main()
