"""Runs spaCy and tidings over the same texts with the same pipeline, one after the other, and prints the ratio.

    pip install spacy==3.8.*
    cargo build --release --example throughput
    python benches/compare_spacy.py --model FOLDER --texts FILE.jsonl [--program target/release/examples/throughput]

FOLDER is a pipeline that spaCy wrote, FILE.jsonl has one object a line with a field `text`. Both run on one
thread with all components that the pipeline enables; loading is not counted. spaCy runs with each of its batch
sizes, and the best counts. Times are those of the processor, so that other processes disturb less; the wall
clock is printed beside them.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import spacy  # noqa: E402  (reads the variables above when it is imported)


def run_spacy(nlp, texts, batch_size):
    """Tokens a second of processor time and of wall-clock time."""
    wall, cpu = time.perf_counter(), time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=batch_size))
    return tokens / (time.process_time() - cpu), tokens / (time.perf_counter() - wall)


def run_program(program, model, texts, threads):
    """The same for tidings, which prints both figures itself."""
    command = [program, "--model", model, "--threads", str(threads), texts]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    cpu, wall = re.search(r"(\d+) tokens/s of processor time, (\d+) tokens/s", output).groups()
    return float(cpu), float(wall)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--model", required=True, help="a folder that spaCy wrote")
    arguments.add_argument("--texts", required=True, help="JSON Lines with a field `text`")
    arguments.add_argument("--program", default="target/release/examples/throughput")
    arguments.add_argument("--batch-sizes", default="32,128,256", help="of spaCy, in documents")
    arguments.add_argument("--repeat", type=int, default=2, help="runs of each; the best counts")
    given = arguments.parse_args()

    nlp = spacy.load(given.model)
    with open(given.texts, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    run_spacy(nlp, texts[:20], 20)

    best = (0.0, 0.0)
    for batch_size in map(int, given.batch_sizes.split(",")):
        for _ in range(given.repeat):
            figures = run_spacy(nlp, texts, batch_size)
            print(f"spaCy, batch size {batch_size}: {figures[0]:.0f} tokens/s ({figures[1]:.0f} by the clock)")
            best = max(best, figures)
    ours = {}
    for threads in (1, 2):
        ours[threads] = max(run_program(given.program, given.model, given.texts, threads) for _ in range(given.repeat))
        print(f"tidings, {threads} thread(s): {ours[threads][0]:.0f} tokens/s ({ours[threads][1]:.0f} by the clock)")
    print(f"one thread: {ours[1][0] / best[0]:.2f} times spaCy ({ours[1][1] / best[1]:.2f} by the clock)")
    print(f"two threads: {ours[2][1] / ours[1][1]:.2f} times one by the clock")
    return 0


if __name__ == "__main__":
    sys.exit(main())
