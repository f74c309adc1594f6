#!/usr/bin/env python3
"""How sure relations are that only frames tell: fits the weights of src/statement/confidence.rs, and shows how well they are
calibrated.

    tidings extract -f json redocred_dev.jsonl > redocred.out
    tidings extract -f json NEWS.jsonl > news.out
    python3 relation_confidence.py redocred_dev.jsonl redocred.out news.out COUNTED.tsv

In Re-DocRED a relation is right where redocred.py says so. In news it is where somebody who read it says so: COUNTED has the
columns article (its id), subject, property, object (labels of the entities) and right (1 or 0). The table is made by
cross-validation over ten parts.
"""

import json
import sys

import redocred
from logistic import report

FEATURES = ["relation", "nested", "known"]
# What the learned model decides, not the frames.
LEARNED = {"td:" + name for name in (
    "birthDate birthPlace citizenOf deathDate educatedAt employer father founder foundingDate headquarters chiefExecutive "
    "memberOfParty mother parent parentOrganization residence spouse").split()}


def features(relation, mentions, entities):
    a, b = (mentions[relation[side + "_mention"]] for side in ("subject", "object"))
    within = lambda x, y: x["start"] >= y["start"] and x["end"] <= y["end"]
    known = all(entities[relation[side]]["links"] for side in ("subject", "object"))
    return [1, within(a, b) or within(b, a), known]


def of_frames(prediction):
    """Each statement of a frame once, with its features."""
    mentions = {m["id"]: m for m in prediction["mentions"]}
    entities = {e["id"]: e for e in prediction["entities"]}
    seen = set()
    for r in prediction["relations"]:
        if r["property"] not in LEARNED and r["object"] in entities and r["statement"] not in seen:
            seen.add(r["statement"])
            yield r, features(r, mentions, entities), mentions, entities


def wikipedia(gold, predicted):
    documents = [json.loads(line) for line in open(gold, encoding="utf-8")]
    kinds = {r["property"] for g in documents for r in g["relations"]}
    for g, line in zip(documents, open(predicted, encoding="utf-8")):
        said = {(r["subject"]["entity"], r["property"], r["object"]["entity"]) for r in g["relations"]}
        for r, x, mentions, _ in of_frames(json.loads(line)):
            ends = [redocred.gold_entities([mentions[r[s + "_mention"]]], g["entities"]) for s in ("subject", "object")]
            if all(ends) and r["wikidata"] in kinds and r["polarity"] == "affirmed":
                yield x, redocred.is_said(r["wikidata"], *ends, said)


def news(predicted, counted):
    rows = (line.rstrip("\n").split("\t") for line in open(counted, encoding="utf-8"))
    right = {tuple(row[:4]): row[4] == "1" for row in rows}
    for line in open(predicted, encoding="utf-8"):
        prediction = json.loads(line)
        for r, x, _, entities in of_frames(prediction):
            labels = [entities[r[side]]["label"] for side in ("subject", "object")]
            key = (prediction["article"]["id"], labels[0], r["property"], labels[1])
            if key in right:
                yield x, right[key]


def main():
    parts = [list(wikipedia(*sys.argv[1:3])), list(news(*sys.argv[3:5]))]
    for name, rows in zip(("Re-DocRED", "news"), parts):
        print(f"{name}: {len(rows)} relations, {sum(y for _, y in rows) / max(len(rows), 1):.3f} right")
    report(parts[0] + parts[1], FEATURES, 4, steps=1000)


if __name__ == "__main__":
    main()
