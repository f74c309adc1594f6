"""Fails if a dependency has a licence that does not fit MIT OR Apache-2.0. Reads `cargo metadata` from standard input."""
import json
import re
import sys

ALLOWED = {
    "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "Unlicense", "Unicode-3.0", "BSL-1.0",
    "0BSD", "CC0-1.0", "MIT-0", "Apache-2.0 WITH LLVM-exception", "CDLA-Permissive-2.0",
    # That of bzip2: permissive, in the manner of BSD.
    "bzip2-1.0.6",
}


def allowed(expression):
    """Whether an SPDX expression of AND and OR, or the old `A/B`, can be met with allowed licences."""
    tokens = re.findall(r"\(|\)|[^()\s/]+(?:\s+WITH\s+[^()\s/]+)?|/", expression)

    def disjunction(i):
        value, i = conjunction(i)
        while i < len(tokens) and tokens[i] in ("OR", "/"):
            right, i = conjunction(i + 1)
            value = value or right
        return value, i

    def conjunction(i):
        value, i = atom(i)
        while i < len(tokens) and tokens[i] == "AND":
            right, i = atom(i + 1)
            value = value and right
        return value, i

    def atom(i):
        if tokens[i] == "(":
            value, i = disjunction(i + 1)
            return value, i + 1
        return " ".join(tokens[i].split()) in ALLOWED, i + 1

    return disjunction(0)[0]


packages = [p for p in json.load(sys.stdin)["packages"] if p["source"]]
bad = [f"{p['name']} {p['version']}: {p['license']}" for p in packages if not allowed(p["license"] or "none given")]
print("\n".join(bad) or f"{len(packages)} dependencies, all with an allowed licence")
sys.exit(bool(bad))
