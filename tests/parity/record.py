"""Records what spaCy makes of texts, to compare with.

    python record.py PIPELINE OUT.tsv.gz FILE...

PIPELINE: a folder that spaCy wrote. FILE: `.txt`, or `.jsonl` with one object with a `text` a line.
OUT has a line `# NAME` for each text, then one for each token, with tabs between: first and last byte (half-open),
norm, tag, part of speech, features, lemma, head (distance in tokens), label, entity (IOB and type), and 1 where a
sentence starts. Tabs and line breaks inside of values are written as \\t, \\n, \\r.
"""

import gzip
import json
import pathlib
import sys

import spacy


def texts(path):
    path = pathlib.Path(path)
    if path.suffix == ".jsonl":
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            yield f"{path.name}:{number}", json.loads(line)["text"]
    else:
        yield path.name, path.read_text(encoding="utf-8")


def escaped(value):
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def rows(doc):
    at = [0]
    for character in doc.text:
        at.append(at[-1] + len(character.encode("utf-8")))
    for token in doc:
        entity = token.ent_iob_ + ("-" + token.ent_type_ if token.ent_type_ else "")
        yield [
            str(at[token.idx]),
            str(at[token.idx + len(token)]),
            token.norm_,
            token.tag_,
            token.pos_,
            str(token.morph),
            token.lemma_,
            str(token.head.i - token.i),
            token.dep_,
            entity,
            "1" if token.is_sent_start else "0",
        ]


def main():
    pipeline, out, *files = sys.argv[1:]
    nlp = spacy.load(pipeline)
    named = [pair for file in files for pair in texts(file)]
    count = 0
    # No time of compression in the file: the same input gives the same bytes.
    with open(out, "wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file:
        for doc, name in nlp.pipe(((text, name) for name, text in named), as_tuples=True, batch_size=64):
            lines = ["\t".join(map(escaped, row)) for row in rows(doc)]
            file.write("\n".join([f"# {name}", *lines, ""]).encode("utf-8"))
            count += len(doc)
    print(f"{len(named)} texts, {count} tokens", file=sys.stderr)


main()
