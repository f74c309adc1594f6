#!/usr/bin/env python3
"""How sure events are: fits the weights of src/statement/confidence.rs, and shows how well they are calibrated.

    tidings extract --tokens -f json meantime_dev.jsonl > meantime.out
    tidings extract --tokens -f json plv_train.jsonl > plv.out
    python3 event_confidence.py meantime_dev.jsonl meantime.out plv_train.jsonl plv.out

An event counts as right in MEANTIME where its anchor is one of the events marked and its agent one of that event's arguments,
and in PLV where its PLOVER class is that of the pair that it joins. The table is made by cross-validation over ten parts.
"""

import json
import math
import sys

from logistic import report

FEATURES = ["bias", "noun", "theme", "distance"]


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def fold(plover):
    return "YIELD" if plover in ("CONCEDE", "RETREAT") else plover


def features(event, mentions, tokens):
    """The numbers that the program sees too."""
    anchor = (event["anchor"]["start"], event["anchor"]["end"])
    place = [i for i, t in enumerate(tokens) if overlap(anchor, (t["start"], t["end"]))]
    far = 0
    for role in event["roles"]:
        m = mentions.get(role.get("mention"))
        if m and place:
            at = [i for i, t in enumerate(tokens) if overlap((m["start"], m["end"]), (t["start"], t["end"]))]
            if at:
                far = max(far, min(abs(i - place[0]) for i in at))
    noun = bool(place) and tokens[place[0]]["pos"] in ("NOUN", "PROPN")
    theme = any(r["role"] == "td:theme" for r in event["roles"])
    return [1, noun, theme, math.log1p(min(far, 60))]


def read(gold, predicted):
    for g, p in zip(open(gold, encoding="utf-8"), open(predicted, encoding="utf-8")):
        g, p = json.loads(g), json.loads(p)
        yield g, p, {m["id"]: m for m in p["mentions"]}


def spans(event, mentions, agents_only):
    roles = [r for r in event["roles"] if r.get("mention") and (r["role"] == "td:agent" or not agents_only)]
    return [(mentions[r["mention"]]["start"], mentions[r["mention"]]["end"]) for r in roles]


def meantime(gold, predicted):
    for g, p, mentions in read(gold, predicted):
        for event in p["events"]:
            anchor = (event["anchor"]["start"], event["anchor"]["end"])
            if anchor[1] > g["meta"]["annotated_end"]:
                continue
            told = [e for e in g["events"] if any(overlap(anchor, (c["start"], c["end"])) for c in e["cue"])]
            arguments = [(r["start"], r["end"]) for e in told for r in e["roles"]]
            agents = spans(event, mentions, True)
            right = not agents or not arguments or any(overlap(a, b) for a in agents for b in arguments)
            yield features(event, mentions, p["tokens"]), bool(told) and right


def plv(gold, predicted):
    for g, p, mentions in read(gold, predicted):
        for e in g["events"]:
            sides = [[(x["start"], x["end"]) for x in e[side]] for side in ("source", "target")]
            for event in p["events"]:
                found = (spans(event, mentions, True), spans(event, mentions, False))
                joins = all(any(overlap(a, b) for a in f for b in s) for f, s in zip(found, sides))
                if event.get("plover") and joins:
                    yield features(event, mentions, p["tokens"]), fold(event["plover"]) == fold(e["plover"])


def main():
    rows = list(meantime(*sys.argv[1:3])) + list(plv(*sys.argv[3:5]))
    print(f"{len(rows)} events, {sum(y for _, y in rows) / len(rows):.3f} right")
    report(rows, FEATURES, 5)


if __name__ == "__main__":
    main()
