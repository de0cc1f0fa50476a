"""The JSON-LD context is fresh, and says the same as Turtle."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from rdflib.compare import isomorphic

from rte_graph.namespaces import PREFIXES, RTE
from rte_graph.resources import ontology_folder

from .conftest import EXAMPLES, parsed

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_context.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_context", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def context() -> dict[str, object]:
    return json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]


def test_context_is_fresh(script: ModuleType) -> None:
    committed = (ontology_folder() / "context.jsonld").read_text(encoding="utf-8")
    assert committed == script.context_text(), "run: python scripts/make_context.py"


def test_every_term_of_the_ontology_is_in_the_context(
    context: dict[str, object], main_ontology: rdflib.Graph
) -> None:
    for term in set(main_ontology.subjects(rdflib.RDFS.isDefinedBy)):
        assert str(term).removeprefix(RTE) in context, term


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.ttl")))
def test_example_written_with_the_context_reads_back_the_same(name: str, context: dict[str, object]) -> None:
    graph = parsed([EXAMPLES / f"{name}.ttl"])
    text = graph.serialize(format="json-ld", context=context)
    assert isomorphic(rdflib.Graph().parse(data=text, format="json-ld"), graph)


def test_short_json_written_by_hand_is_understood(context: dict[str, object]) -> None:
    document = {
        "@context": context,
        "id": "rteid:alliance/x",
        "type": "Alliance",
        "skos:prefLabel": {"fr": "X"},
        "form": "rtevocab:alliance-form/coalition",
        "earliest": "2020-06-01",
        "hasCommonProject": False,
    }
    written = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    meant = rdflib.Graph().parse(
        data=prefixes
        + """alliance:x a rte:Alliance ; skos:prefLabel "X"@fr ; rte:form alliance-form:coalition ;
             rte:earliest "2020-06-01"^^xsd:date ; rte:hasCommonProject false .""",
        format="turtle",
    )
    assert isomorphic(written, meant)
