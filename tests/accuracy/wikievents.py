#!/usr/bin/env python3
"""Scores events and their arguments against WikiEvents (Li et al. 2021), as JSON Lines with `text` and `events`.

    tidings extract -f json wikievents.jsonl > predicted.jsonl
    wikievents.py wikievents.jsonl predicted.jsonl

An event is found where the anchor of one of ours overlaps its trigger; an argument is filled where the mention of one who takes
part in such an event overlaps it, or a mention of the event's place does. Classes are not compared: the two schemes differ.
"""

import collections
import json
import sys


def span(x):
    return x["start"], x["end"]


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def filled(argument, events, mentions):
    places = {event["place"] for event in events if event.get("place")}
    taking_part = {role["mention"] for event in events for role in event["roles"] if role.get("mention")}
    spans = [span(m) for m in mentions if m["id"] in taking_part or m.get("entity") in places]
    return any(overlap(s, span(argument)) for s in spans)


def main():
    gold, predicted = ([json.loads(line) for line in open(name, encoding="utf-8")] for name in sys.argv[1:3])
    counts = collections.defaultdict(lambda: [0, 0, 0, 0])
    for g, p in zip(gold, predicted):
        for event in g["events"]:
            hits = [e for e in p["events"] if any(overlap(span(e["anchor"]), span(c)) for c in event["cue"])]
            arguments = [filled(a, hits, p["mentions"]) for a in event["arguments"]]
            for kind in (event["type"].rsplit(".", 1)[0], "all"):
                row = counts[kind]
                for i, n in enumerate((1, bool(hits), len(arguments), sum(arguments))):
                    row[i] += n
    print(f"{'kind':45} events found    arguments filled")
    for kind, (n, found, arguments, fills) in sorted(counts.items(), key=lambda item: -item[1][0]):
        print(f"{kind:45} {found:4} of {n:4}    {fills:4} of {arguments:4}")
    n, found, arguments, fills = counts["all"]
    print(f"events found {found / max(n, 1):.3f}; arguments filled {fills / max(arguments, 1):.3f}")


if __name__ == "__main__":
    main()
