#!/usr/bin/env python3
"""Draws how far probabilities are right: reads `said P is Q of N` lines, as `examples/train_relations.rs` writes them, and writes SVG.

    cargo run --release --example train_relations -- --folds predicted.jsonl GOLD.jsonl 2>&1 | reliability.py > reliability.svg

Each point is a class of statements: what was said across, what share was right up, its area the number. Points on the line
are as sure as they should be. Only the standard library is used.
"""

import re
import sys

SIZE, EDGE = 320, 40


def place(said, right):
    return EDGE + said * SIZE, EDGE + (1 - right) * SIZE


def main():
    points = [tuple(map(float, found)) for found in re.findall(r"said ([\d.]+) is ([\d.]+) of (\d+)", sys.stdin.read())]
    # Below that, nothing is stated.
    points = [point for point in points if point[0] >= 0.1]
    most = max(number for _, _, number in points)
    side = SIZE + 2 * EDGE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" font-family="sans-serif" font-size="11">',
        "<title>Share right of relations, by the probability that was said</title>",
        f'<rect x="{EDGE}" y="{EDGE}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#888"/>',
        f'<path d="M{EDGE} {EDGE + SIZE} L{EDGE + SIZE} {EDGE}" stroke="#bbb" stroke-dasharray="4"/>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x, y = place(tick, tick)
        lines.append(f'<text x="{x:.0f}" y="{EDGE + SIZE + 15}" text-anchor="middle">{tick}</text>')
        lines.append(f'<text x="{EDGE - 6}" y="{y + 4:.0f}" text-anchor="end">{tick}</text>')
    for said, right, number in points:
        x, y = place(said, right)
        lines.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + 7 * (number / most) ** 0.5:.1f}" fill="#2a6f97" fill-opacity=".7"/>')
    lines.append(f'<text x="{side / 2:.0f}" y="{side - 6}" text-anchor="middle">said</text>')
    lines.append(f'<text x="12" y="{side / 2:.0f}" text-anchor="middle" transform="rotate(-90 12 {side / 2:.0f})">right</text>')
    print("\n".join([*lines, "</svg>"]))


main()
