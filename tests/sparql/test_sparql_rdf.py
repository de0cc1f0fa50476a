"""The library as RDF: what other tools look for is there, and each text runs as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, RdfFormat, Store, parse
from rdflib.namespace import SH

from rte_graph.errors import InvalidParameter
from rte_graph.loading import packaged_store
from rte_graph.resources import queries_folder
from rte_graph.sparql.engine import default_values, run_query
from rte_graph.sparql.formats import write_graph
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import Library, SavedQuery
from rte_graph.sparql.rdf import library_triples, query_iri
from rte_graph.store import EmbeddedStore
from rte_graph.store.base import Term

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

Make = Callable[..., SavedQuery]
SHAPES = Path(__file__).parent / "data" / "executables.shacl.ttl"
ENDPOINT = "https://example.org/sparql"
LIBRARY = load_library(queries_folder())
HEAD = """\
#+ summary: {fr: "Un résumé", en: "A summary"}
#+ description: {fr: "Une description.", en: "A description."}
#+ tags: [test]
"""


def turtle(library: Library, endpoint: str | None = ENDPOINT) -> bytes:
    out = BytesIO()
    write_graph("turtle", library_triples(library, endpoint), out)
    return out.getvalue()


def as_rdflib(content: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=content, format="turtle")


@pytest.fixture(scope="module")
def exported() -> Store:
    """The packaged library, read back by an engine as another tool would."""
    store = Store()
    store.extend(parse(turtle(LIBRARY), format=RdfFormat.TURTLE))
    return store


@pytest.fixture(scope="module")
def data() -> EmbeddedStore:
    return packaged_store()


# The query by which SIB's editor and guidelines find examples.
FIND_EXAMPLES = """\
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX spex: <https://purl.expasy.org/sparql-examples/ontology#>
SELECT DISTINCT ?sq ?comment ?query WHERE {
    ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|spex:describe ?query .
} ORDER BY ?sq
"""


def test_tools_find_each_query_with_its_comment_in_both_languages(exported: Store):
    found = {(str(row["sq"].value), row["comment"].language) for row in exported.query(FIND_EXAMPLES)}
    assert found == {(query_iri(name), lang) for name in LIBRARY.queries for lang in ("fr", "en")}


def unordered(row: Iterable[Term | None]) -> tuple[object, ...]:
    """A row in which the order of joined values, which SPARQL leaves to the engine, does not count."""
    return tuple(
        tuple(sorted(re.split(r"[ ,;]+", term.value))) if isinstance(term, Literal) else term for term in row
    )


@pytest.mark.parametrize("name", sorted(LIBRARY.queries))
def test_an_exported_text_runs_as_it_is_and_gives_the_rows_of_its_query(
    exported: Store, data: EmbeddedStore, name: str
):
    (row,) = exported.query(
        f"SELECT ?text {{ <{query_iri(name)}> <http://www.w3.org/ns/shacl#select> ?text }}"
    )
    given = data.select(row["text"].value)
    query = LIBRARY.get(name)
    table = run_query(data, query, default_values(query), "fr", ordered=False)
    assert given.variables == table.columns
    assert Counter(map(unordered, given.rows)) == Counter(map(unordered, table.rows))
    # Nothing in the packaged data lacks its evidence, and measurements are computed, not packaged.
    assert table.rows or name in ("statements-without-evidence", "measurements")


def test_the_export_has_the_structure_that_tools_rely_on():
    conforms, _, report = pyshacl.validate(as_rdflib(turtle(LIBRARY)), shacl_graph=str(SHAPES))
    assert conforms, report


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("sh:SPARQLSelectExecutable", "sh:SPARQLSelect"),
        ('"Alliances et coalitions"@fr', '"Alliances et coalitions"'),
        (f"schema:target <{ENDPOINT}>", f'schema:target "{ENDPOINT}"'),
        ('"alliance" ,', '" alliance" ,'),
        ("sh:prefixes <", "sh:prefix <"),
        ("^^xsd:anyURI", ""),
        ("sh:optional true", 'sh:optional "yes"'),
        ("sh:path <https://w3id.org/rte/id/query/parameter#level>", 'sh:path "level"'),
        ("a sh:Parameter ;", "a sh:PropertyShape ;"),
    ],
)
def test_an_export_with_another_structure_would_not_pass(there: str, instead: str):
    text = turtle(Library(queries={"alliances": LIBRARY.get("alliances")})).decode()
    assert there in text
    broken = as_rdflib(text.replace(there, instead).encode())
    conforms, _, _ = pyshacl.validate(broken, shacl_graph=str(SHAPES))
    assert not conforms


def test_the_parameters_are_well_formed_shapes():
    # As a graph of shapes: SHACL's own shapes look at every parameter and prefix, and the engine loads them.
    shapes = as_rdflib(turtle(LIBRARY))
    nothing = rdflib.Graph()
    conforms, _, report = pyshacl.validate(nothing, shacl_graph=shapes, meta_shacl=True, advanced=True)
    assert conforms, report


def test_a_parameter_tells_its_range_its_default_and_an_example(exported: Store):
    def of(parameter: str) -> dict[str, str]:
        return {
            str(quad.predicate.value).rpartition("#")[2]: str(getattr(quad.object, "value", quad.object))
            for quad in exported.quads_for_pattern(None, None, None)
            if str(getattr(quad.subject, "value", "")) == query_iri(parameter)
        }

    level, alliance, lang = of("alliances#level"), of("members-of-alliance#alliance"), of("alliances#lang")
    assert level["defaultValue"] == "https://w3id.org/rte/vocab/alliance-level/national"
    assert (level["optional"], level["nodeKind"]) == ("true", str(SH.IRI))
    assert of("alliances#level-scheme")["hasValue"] == "https://w3id.org/rte/vocab/alliance-level"
    assert alliance["class"] == "https://w3id.org/rte/ontology#Alliance"
    assert (alliance["optional"], alliance["example"]) == ("false", "Coalition Solidaire")
    assert "defaultValue" not in alliance
    assert (lang["defaultValue"], lang["pattern"]) == ("fr", "^(fr|en)$")


def test_the_endpoint_is_named_only_when_it_is_given():
    assert b"schema:target" not in turtle(LIBRARY, None)
    assert turtle(LIBRARY).count(f"schema:target <{ENDPOINT}>".encode()) == len(LIBRARY.queries)


@pytest.mark.parametrize(
    "url", ["", "example.org", "ftp://e.org/", "https://", "https://[e", "https://e.org/a b", "/sparql"]
)
def test_an_endpoint_that_is_no_url_is_refused(url: str):
    with pytest.raises(InvalidParameter, match="wants the whole URL"):
        library_triples(LIBRARY, url)


@pytest.mark.parametrize(
    "url", ["https://me:secret@e.org/", "http://me@e.org/sparql", "ftp://me:secret@e.org/"]
)
def test_an_endpoint_with_a_password_is_refused_without_repeating_it(url: str):
    with pytest.raises(InvalidParameter) as caught:
        library_triples(LIBRARY, url)
    assert "secret" not in caught.value.fr + caught.value.en
    assert library_triples(LIBRARY, "https://e.org/?mail=me@e.org")


def test_other_forms_of_query_are_exported_with_their_own_words(saved: Make, tmp_path: Path):
    saved("ASK { ?s ?p ?o }", HEAD + "#+ expect: boolean\n", "ask")
    saved("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }", HEAD + "#+ expect: graph\n", "construct")
    saved("DESCRIBE ?s WHERE { ?s a <urn:x> }", HEAD + "#+ expect: graph\n", "describe")
    text = turtle(load_library(tmp_path)).decode()
    assert 'sh:ask "ASK { ?s ?p ?o }"' in text
    assert "sh:SPARQLConstructExecutable" in text
    assert '<https://purl.expasy.org/sparql-examples/ontology#describe> "DESCRIBE ?s' in text


def test_a_prefix_that_means_two_things_is_left_to_the_texts(saved: Make, tmp_path: Path):
    for number in (1, 2):
        prefixes = f"PREFIX x: <http://e.org/{number}#> PREFIX y: <http://e.org/y#> "
        body = prefixes + "SELECT ?thing { ?thing x:a y:b }"
        saved(body, HEAD + "#+ order: [thing]\n", f"q{number}")
    declared = [
        triple.object
        for triple in library_triples(load_library(tmp_path))
        if triple.predicate.value == str(SH.prefix)
    ]
    assert declared == [Literal("y")]


def test_json_ld_says_the_same_as_turtle():
    out = BytesIO()
    triples = library_triples(LIBRARY, ENDPOINT)
    write_graph("jsonld", triples, out)
    pair = [
        Dataset(parse(turtle(LIBRARY), format=RdfFormat.TURTLE)),
        Dataset(parse(out.getvalue(), format=RdfFormat.JSON_LD)),
    ]
    for dataset in pair:
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert pair[0] == pair[1]


def test_a_query_of_the_user_is_exported_like_the_others():
    query = replace(LIBRARY.get("events"), name="mine", tags=())
    triples = library_triples(Library(queries={"mine": query}))
    assert {triple.object.value for triple in triples if triple.predicate.value.endswith("keywords")} == {
        "projects"
    }
