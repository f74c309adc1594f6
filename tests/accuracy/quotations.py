#!/usr/bin/env python3
"""The share of direct quotations that are found with their speaker.

    quotations.py GOLD.jsonl PREDICTED.jsonl [--errors N]

GOLD has `id`, `text` and `attributions` with lists of spans as `source`, `cue` and `content` (PolNeAR); PREDICTED is what
`tidings extract -f json` writes for the same texts. A quotation is an attribution with a source, a piece of whose content stands
between quotation marks and has at least four words. It is found where one attribution of ours overlaps its source and covers
at least half of those words. Several attributions of ours may share a speaker, but one finds only one quotation of each content.
"""
import argparse
import json
import sys

OPEN, CLOSE = "\"“‘'`", "\"”’'"


def load(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def spans(part):
    part = [part] if isinstance(part, dict) else part or []
    return [(x["start"], x["end"]) for x in part]


def quoted(text, start, end):
    """The part of a content that stands between double quotation marks, if the content begins with it."""
    words = text[start:end].lstrip()
    if words[:1] in ("\"", "“") or words[:2] in ("''", "``"):
        return start, end
    return None


def shared(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("predicted")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N that are missed")
    args = parser.parse_args()
    total, found, missed = 0, 0, []
    for gold, predicted in zip(load(args.gold), load(args.predicted)):
        text = gold["text"]
        ours = [a for a in predicted["attributions"] if a["source"]]
        for want in gold["attributions"]:
            quotes = [q for q in (quoted(text, *s) for s in spans(want["content"])) if q]
            quotes = [q for q in quotes if len(text[q[0]:q[1]].split()) >= 4]
            if not want["source"] or not quotes:
                continue
            for quote in quotes:
                total += 1
                hit = any(
                    any(shared(s, t) for s in spans(want["source"]) for t in spans(a["source"]))
                    and 2 * sum(shared(quote, c) for c in spans(a.get("pieces") or a["content"])) >= quote[1] - quote[0]
                    for a in ours
                )
                found += hit
                if not hit:
                    speaker = text[slice(*spans(want["source"])[0])]
                    missed.append(f"{speaker}: {text[max(0, quote[0] - 60):quote[1] + 60]!r}")
    for line in missed[:args.errors]:
        print(line)
    print(f"quotations found with their speaker {found / max(total, 1):.3f} of {total}")


if __name__ == "__main__":
    sys.exit(main())
