"""Loads what tidings writes into rdflib and prints who holds which office, with the words that say so.

    pip install rdflib
    tidings export --kg kg -f trig -o graph.trig
    python3 examples/load_in_rdflib.py graph.trig
"""

import sys

from rdflib import Dataset, Namespace

TD = Namespace("https://w3id.org/tidings/ontology#")
OFFICES = """
SELECT DISTINCT ?organization ?office ?holder ?words WHERE {
  ?statement a td:Statement ; rdf:subject ?o ; rdf:predicate ?p ; rdf:object ?h ; prov:wasDerivedFrom ?passage .
  ?passage oa:hasSelector/oa:exact ?words .
  ?o ?p ?h ; rdfs:label ?organization .
  ?h a td:Person ; rdfs:label ?holder .
  BIND(STRAFTER(STR(?p), "#") AS ?office)
}
ORDER BY ?organization ?office ?holder
"""


def main(path):
    # Each article is a named graph; asked together they are one.
    dataset = Dataset(default_union=True)
    dataset.parse(path)
    dataset.bind("td", TD)
    dataset.bind("oa", "http://www.w3.org/ns/oa#")
    for organization, office, holder, words in dataset.query(OFFICES):
        print(f"{organization} | {office} | {holder}\n    {' '.join(words.split())}")


if __name__ == "__main__":
    main(sys.argv[1])
