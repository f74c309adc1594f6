#!/usr/bin/env python3
"""Scores relations against Re-DocRED (Tan et al. 2022), as JSON Lines with `text`, `entities` and `relations`.

    tidings extract -f json redocred.jsonl > predicted.jsonl
    redocred.py redocred.jsonl predicted.jsonl [ERRORS]

A relation of ours is right where the gold text says the Wikidata property that it is aligned with, or one that follows from it,
of the entities that its mentions overlap. Those whose property has no counterpart there, or whose ends are marked as nothing,
are not counted. The recall is over the properties that we have; much of the gold follows from knowledge of the world (in which
country a city lies) and not from the words. ERRORS prints that many relations that are wrong.
"""

import collections
import json
import random
import sys

# What else a gold text may call a relation, with whether its ends are the other way round.
OTHERS = {
    "P112": [("P170", False), ("P127", False)],
    "P17": [("P131", False)],
    "P26": [("P26", True)],
    "P3373": [("P3373", True)],
    "P22": [("P40", True)],
    "P25": [("P40", True)],
    "P40": [("P22", True), ("P25", True)],
    "P131": [("P17", False), ("P276", False), ("P150", True), ("P706", False), ("P36", True), ("P1376", False)],
    "P159": [("P131", False), ("P17", False), ("P276", False), ("P740", False)],
    "P36": [("P1376", True), ("P150", False)],
    "P361": [("P527", True), ("P131", False), ("P463", False)],
    "P355": [("P749", True), ("P527", False)],
    "P127": [("P355", True), ("P749", False), ("P137", False)],
    "P50": [("P800", True), ("P170", False), ("P58", False), ("P86", False), ("P676", False)],
    "P102": [("P463", False)],
    "P463": [("P361", False), ("P102", False), ("P54", False), ("P241", False)],
    "P54": [("P463", False)],
    "P108": [("P463", False), ("P937", False), ("P241", False), ("P54", False)],
    "P6": [("P35", False)],
    "P35": [("P6", False)],
    "P1365": [("P1366", True), ("P155", False), ("P156", True)],
    "P155": [("P156", True)],
    "P19": [("P551", False)],
    "P551": [("P937", False), ("P19", False), ("P20", False)],
    "P27": [("P17", False)],
}


def overlap(a, b):
    return a["start"] < b["end"] and b["start"] < a["end"]


def gold_entities(spans, entities):
    """The gold entities that spans overlap; those of the first span that overlaps any."""
    for span in spans:
        hits = {e["entity"] for e in entities if overlap(span, e)}
        if hits:
            return hits
    return set()


def is_said(prop, head, tail, gold):
    ways = [(prop, False)] + OTHERS.get(prop, [])
    return any(((t, p, h) if turned else (h, p, t)) in gold for p, turned in ways for h in head for t in tail)


def main():
    gold, predicted = ([json.loads(line) for line in open(name, encoding="utf-8")] for name in sys.argv[1:3])
    errors = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    counts = collections.defaultdict(lambda: [0, 0])
    wanted, found, wrong = collections.Counter(), collections.Counter(), []
    bins = collections.defaultdict(lambda: [0, 0, 0.0])
    kinds = {r["property"] for g in gold for r in g["relations"]}
    ours = {r["wikidata"] for p in predicted for r in p["relations"]}
    for g, p in zip(gold, predicted):
        said = {(r["subject"]["entity"], r["property"], r["object"]["entity"]) for r in g["relations"]}
        mentions = {m["id"]: m for m in p["mentions"]}
        times = {t["id"]: t for t in p["times"]}
        of = collections.defaultdict(list)
        for m in p["mentions"]:
            of[m.get("entity")].append(m)
        hits, seen = set(), set()
        for r in p["relations"]:
            prop = r["wikidata"]
            if prop not in kinds and prop not in OTHERS:
                continue
            ends = []
            for side in ("subject", "object"):
                first = mentions.get(r.get(side + "_mention")) or times.get(r[side])
                others = sorted(of[r[side]], key=lambda m: m["kind"] != "name")
                ends.append(gold_entities(([first] if first else []) + others, g["entities"]))
            head, tail = ends
            if not head or not tail or r["polarity"] != "affirmed" or (key := (r["subject"], prop, r["object"])) in seen:
                continue
            seen.add(key)
            right = is_said(prop, head, tail, said)
            row = counts[r["property"]]
            row[0] += 1
            row[1] += right
            b = bins[min(int(r["confidence"] * 10), 9)]
            b[0], b[1], b[2] = b[0] + 1, b[1] + right, b[2] + r["confidence"]
            hits |= {(h, prop, t) for h in head for t in tail}
            if not right:
                e = r["evidence"]
                wrong.append(f"{r['property']} {g['text'][e['start']:e['end']]!r}: "
                             + " -> ".join(g["text"][x["start"]:x["end"]] for s in ("subject", "object")
                                           for x in [mentions.get(r.get(s + "_mention")) or times.get(r[s])] if x))
        for h, prop, t in said:
            if prop in ours:
                wanted[prop] += 1
                found[prop] += (h, prop, t) in hits
    for prop, (n, right) in sorted(counts.items(), key=lambda item: -item[1][0]):
        print(f"{prop:25} {right:4} of {n:4} right")
    for b, (n, right, total) in sorted(bins.items()):
        print(f"said {total / n:.3f}: {right / n:.3f} of {n} right")
    random.Random(1).shuffle(wrong)
    for line in wrong[:errors]:
        print(line)
    n, right = (sum(row[i] for row in counts.values()) for i in (0, 1))
    print(f"relations right {right / max(n, 1):.3f} of {n}; found {sum(found.values()) / max(sum(wanted.values()), 1):.3f}"
          f" of {sum(wanted.values())}")


if __name__ == "__main__":
    main()
