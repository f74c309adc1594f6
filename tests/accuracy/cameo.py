#!/usr/bin/env python3
"""Scores events against CAMEO codes: sentences as JSON Lines with `text` and `events` that have a `code`.

    tidings extract -f json petrarch.jsonl > predicted.jsonl
    cameo.py petrarch.jsonl predicted.jsonl

Codes are cut to their root, and roots to the PLOVER class that took their place. A sentence's classes are compared as sets; a
sentence without events counts what is found in it as wrong. Source and target are not compared: the codes of invented
countries have no mention. Code 01 (statements) has no PLOVER class and is left out.
"""

import collections
import json
import sys

ROOTS = {
    "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "YIELD",
    "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE",
    "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}


def fold(plover):
    return "YIELD" if plover in ("CONCEDE", "RETREAT") else plover


def score(tp, fp, fn):
    p, r = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f} (tp {tp} fp {fp} fn {fn})"


def main():
    gold, predicted = ([json.loads(line) for line in open(name, encoding="utf-8")] for name in sys.argv[1:3])
    counts = collections.defaultdict(lambda: [0, 0, 0])
    some = 0
    for g, p in zip(gold, predicted):
        if g["meta"].get("unlabelled"):
            continue
        want = {ROOTS[e["code"][:2]] for e in g["events"] if e["code"][:2] in ROOTS}
        got = {fold(e["plover"]) for e in p["events"] if e.get("plover")}
        some += bool(want & got)
        for kind in want | got:
            place = 0 if kind in want & got else 1 if kind in got else 2
            counts[kind][place] += 1
            counts["all"][place] += 1
    for kind in sorted(counts):
        print(f"{kind:10} {score(*counts[kind])}")
    coded = sum(any(e["code"][:2] in ROOTS for e in g["events"]) for g in gold)
    print(f"sentences with a right class {some / max(coded, 1):.3f} of {coded}")


if __name__ == "__main__":
    main()
