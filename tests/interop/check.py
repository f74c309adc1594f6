"""Checks that other tools read what tidings writes, and that other clients get answers from its server.

    python3 -m venv venv && venv/bin/pip install -r tests/interop/requirements.txt
    venv/bin/python tests/interop/check.py target/release/tidings examples/articles

Every format of `tidings export` and `tidings extract` is loaded with rdflib and with pyoxigraph; all must hold the same
triples (graphs without blank nodes are isomorphic if and only if they are equal), and TriG and N-Quads the same quads.
The graph is validated by pySHACL with the shapes that `tidings verify` checks, and a graph that is wrong is found wrong by
both. The server is asked with rdflib's SPARQLStore, with SPARQLWrapper, and with curl.
"""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pyoxigraph
import pyshacl
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, TURTLE, XML, SPARQLWrapper

rdflib.NORMALIZE_LITERALS = False

FORMATS = {
    # extension: name in rdflib, format of pyoxigraph, whether it keeps graphs apart
    "ttl": ("turtle", pyoxigraph.RdfFormat.TURTLE, False),
    "nt": ("nt", pyoxigraph.RdfFormat.N_TRIPLES, False),
    "rdf": ("xml", pyoxigraph.RdfFormat.RDF_XML, False),
    "jsonld": ("json-ld", pyoxigraph.RdfFormat.JSON_LD, False),
    "trig": ("trig", pyoxigraph.RdfFormat.TRIG, True),
    "nq": ("nquads", pyoxigraph.RdfFormat.N_QUADS, True),
}


def run(*args):
    done = subprocess.run([str(arg) for arg in args], capture_output=True, text=True)
    # 1: some input could not be read; that is another test's concern.
    assert done.returncode in (0, 1), f"{args}: {done.stderr}"
    return done.stdout


def rdflib_term(term):
    """A term as rdflib reads it, written like pyoxigraph writes its own."""
    if isinstance(term, rdflib.Literal):
        datatype = rdflib.XSD.string if term.datatype is None and not term.language else term.datatype
        return ("literal", str(term), str(datatype), term.language)
    assert isinstance(term, rdflib.URIRef), f"a blank node: {term}"
    return ("iri", str(term))


def oxigraph_term(term):
    if isinstance(term, pyoxigraph.Literal):
        datatype = None if term.language else term.datatype.value
        return ("literal", term.value, str(datatype), term.language)
    assert isinstance(term, pyoxigraph.NamedNode), f"a blank node: {term}"
    return ("iri", term.value)


def with_rdflib(path, name, has_graphs):
    graph = rdflib.Dataset() if has_graphs else rdflib.Graph()
    graph.parse(path, format=name)
    if has_graphs:
        rows = [(s, p, o, g) for s, p, o, g in graph.quads() if g is not None]
    else:
        rows = list(graph)
    return {tuple(map(rdflib_term, row)) for row in rows}


def with_oxigraph(path, name, has_graphs):
    width = 4 if has_graphs else 3
    rows = set()
    for quad in pyoxigraph.parse(path=path, format=name):
        row = (quad.subject, quad.predicate, quad.object, quad.graph_name)[:width]
        rows.add(tuple(map(oxigraph_term, row)))
    return rows


def check_formats(folder, what):
    """Compares the files `{what}.{extension}` of a folder."""
    triples = {}
    quads = {}
    for extension, (rdflib_name, oxigraph_name, has_graphs) in FORMATS.items():
        path = folder / f"{what}.{extension}"
        for tool, rows in [
            ("rdflib", with_rdflib(path, rdflib_name, has_graphs)),
            ("pyoxigraph", with_oxigraph(path, oxigraph_name, has_graphs)),
        ]:
            assert rows, f"{path} is empty for {tool}"
            if has_graphs:
                quads[extension, tool] = rows
            triples[extension, tool] = {row[:3] for row in rows}
    for name, rows in triples.items():
        first = triples["nt", "pyoxigraph"]
        assert rows == first, f"{what}.{name}: {sorted(rows ^ first)[:5]}"
    for name, rows in quads.items():
        first = quads["nq", "pyoxigraph"]
        assert rows == first, f"{what}.{name}: {sorted(rows ^ first)[:5]}"
    print(f"{what}: {len(first)} quads are the same in {len(triples)} readings")


def check_folder(kg):
    """Reads the graph folder itself, without tidings."""
    rows = set()
    for path in sorted((kg / "packs").glob("*.nq.gz")):
        with gzip.open(path) as file:
            for quad in pyoxigraph.parse(file.read(), format=pyoxigraph.RdfFormat.N_QUADS):
                rows.add(tuple(map(oxigraph_term, (quad.subject, quad.predicate, quad.object, quad.graph_name))))
    description = rdflib.Graph().parse(kg / "description.ttl", format="turtle")
    counted = int(next(description.objects(None, rdflib.URIRef("http://rdfs.org/ns/void#triples"))))
    assert len(rows) == counted, f"{len(rows)} quads, {counted} in the description"
    print(f"graph folder: {counted} quads, as its description says")


def check_shapes(tidings, kg, place):
    """Validates the graph with pySHACL, and one in which each statement lacks something."""
    ontology = Path(__file__).parent.parent.parent / "ontology"
    shapes = rdflib.Graph().parse(ontology / "shapes.ttl")
    terms = rdflib.Graph()
    for name in ["tidings", "relations", "events", "stances"]:
        terms.parse(ontology / f"{name}.ttl")
    data = rdflib.Graph().parse(place / "export.ttl")
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes, ont_graph=terms)
    assert conforms, report
    td = rdflib.Namespace("https://w3id.org/tidings/ontology#")
    statements = list(data.subjects(rdflib.RDF.type, td.Statement))
    data.remove((None, td.certainty, None))
    conforms, results, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=terms)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    wrong = {results.value(result, sh.focusNode) for result in results.subjects(rdflib.RDF.type, sh.ValidationResult)}
    assert not conforms and wrong >= set(statements), len(wrong)
    assert "; 0 wrong" in run(tidings, "verify", "--kg", kg)
    print(f"pySHACL: the graph fits its shapes, and {len(wrong)} nodes do not that lack their certainty")


def check_triple_terms(tidings, kg, place):
    """Reads the RDF 1.2 form with pyoxigraph; a reifier for each statement of the RDF 1.1 form."""
    run(tidings, "export", "--kg", kg, "--rdf12", "-o", place / "rdf12.ttl")
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    subject, reifies = pyoxigraph.NamedNode(rdf + "subject"), pyoxigraph.NamedNode(rdf + "reifies")
    def read(name, predicate):
        quads = pyoxigraph.parse(path=place / name, format=pyoxigraph.RdfFormat.TURTLE)
        return {quad.subject: quad.object for quad in quads if quad.predicate == predicate}
    plain, terms = read("export.ttl", subject), read("rdf12.ttl", reifies)
    assert {node: triple.subject for node, triple in terms.items()} == plain and plain
    print(f"triple terms: {len(terms)} statements are the same in both forms")


def check_server(tidings, kg):
    server = subprocess.Popen(
        [tidings, "serve", "--kg", str(kg), "--bind", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True
    )
    try:
        line = server.stderr.readline()
        endpoint = line.split(" at ")[1].split(";")[0]
        check_clients(endpoint)
    finally:
        server.terminate()
        rest = server.stderr.read()
        assert server.wait(timeout=20) == 0, rest


def check_clients(endpoint):
    query = "SELECT ?x ?label WHERE { ?x a td:Country ; rdfs:label ?label } ORDER BY ?label ?x"
    graph = "CONSTRUCT { ?x rdfs:label ?label } WHERE { ?x a td:Country ; rdfs:label ?label }"

    # SPARQLStore declares nothing itself, and the server knows the prefixes.
    expected = None
    for method in ["GET", "POST", "POST_FORM"]:
        store = SPARQLStore(query_endpoint=endpoint, method=method)
        rows = [(str(x), str(label)) for x, label in store.query(query)]
        assert rows and (expected is None or rows == expected), method
        expected = rows
    dataset = rdflib.Graph(SPARQLStore(query_endpoint=endpoint))
    assert len(list(dataset.triples((None, rdflib.RDF.type, None)))) > len(expected)
    print(f"SPARQLStore: {len(expected)} rows by GET and both forms of POST")

    for method in [GET, POST]:
        client = SPARQLWrapper(endpoint)
        client.setMethod(method)
        client.setQuery(query)
        client.setReturnFormat(JSON)
        bindings = client.query().convert()["results"]["bindings"]
        assert [(b["x"]["value"], b["label"]["value"]) for b in bindings] == expected
        client.setReturnFormat(XML)
        assert len(client.query().convert().getElementsByTagName("result")) == len(expected)
        client.setReturnFormat(CSV)
        assert len(client.query().convert().decode().splitlines()) == len(expected) + 1
        client.setQuery(graph)
        client.setReturnFormat(TURTLE)
        turtle = client.query().convert()
        assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == len(set(expected))
        client.setQuery("ASK { ?x a td:Country }")
        client.setReturnFormat(JSON)
        assert client.query().convert()["boolean"] is True
    print("SPARQLWrapper: JSON, XML, CSV, Turtle by GET and POST")

    if shutil.which("curl"):
        answer = run("curl", "-sSG", endpoint, "--data-urlencode", f"query={query}", "-H", "Accept: application/json")
        assert len(json.loads(answer)["results"]["bindings"]) == len(expected)
        answer = run("curl", "-sS", endpoint, "-H", "Content-Type: application/sparql-query", "--data-binary", query,
                     "-H", "Accept: text/tab-separated-values")
        assert len(answer.splitlines()) == len(expected) + 1
        status = run("curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "-G", endpoint,
                     "--data-urlencode", "query=SELEC")
        assert status == "400", status
        described = run("curl", "-sS", endpoint, "-H", "Accept: text/turtle")
        assert rdflib.Graph().parse(data=described, format="turtle")
        print("curl: JSON, TSV, a syntax error, the service description")


def check_ontolex(tidings, folder):
    """The lexicon as OntoLex-Lemon: every entry has one form, every sense one meaning that the vocabulary defines."""
    graphs = []
    for extra in ([], ["--ontolex"]):
        path = Path(folder) / "ontology.ttl"
        path.write_text(run(tidings, "ontology", "export", *extra))
        graphs.append(rdflib.Graph().parse(path, format="turtle"))
    vocabulary, lexicon = graphs
    ontolex = rdflib.Namespace("http://www.w3.org/ns/lemon/ontolex#")
    synsem = rdflib.Namespace("http://www.w3.org/ns/lemon/synsem#")
    entries = set(lexicon.subjects(rdflib.RDF.type, ontolex.LexicalEntry))
    senses = set(lexicon.subjects(rdflib.RDF.type, ontolex.LexicalSense))
    for entry in entries:
        (form,) = lexicon.objects(entry, ontolex.canonicalForm)
        assert len(list(lexicon.objects(form, ontolex.writtenRep))) == 1, form
    for sense in senses:
        (meaning,) = lexicon.objects(sense, ontolex.reference)
        assert (meaning, rdflib.RDF.type, None) in vocabulary, meaning
    for argument in set(lexicon.subjects(rdflib.RDF.type, synsem.SyntacticArgument)):
        places = {synsem.isA, synsem.subjOfProp, synsem.objOfProp}
        assert places & set(lexicon.predicates(None, argument)), f"{argument} is mapped to nothing"
    assert len(entries) > 900 and len(senses) >= len(entries) / 2
    print(f"OntoLex-Lemon: {len(entries)} entries, {len(senses)} senses, {len(lexicon)} triples")


def main():
    tidings, articles = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        kg = place / "kg"
        run(tidings, "ingest", articles, "--kg", kg)
        for extension in FORMATS:
            run(tidings, "export", "--kg", kg, "-o", place / f"export.{extension}")
            form = {"ttl": "turtle", "rdf": "rdfxml"}.get(extension, extension)
            run(tidings, "extract", "-f", form, "-o", place / f"extract.{extension}", articles)
        check_formats(place, "export")
        check_formats(place, "extract")
        check_folder(kg)
        check_shapes(tidings, kg, place)
        check_triple_terms(tidings, kg, place)
        check_server(tidings, kg)
        check_ontolex(tidings, place)
    print("all is well")


if __name__ == "__main__":
    main()
