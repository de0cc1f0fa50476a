from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from rte_graph.sparql.library import load_query
from rte_graph.sparql.model import SavedQuery
from rte_graph.store import EmbeddedStore

DATA = Path(__file__).parent / "data"


def triples(name: str) -> list[Triple]:
    return [quad.triple for quad in parse(path=DATA / name, format=RdfFormat.TURTLE)]


@pytest.fixture(scope="session")
def world() -> EmbeddedStore:
    """An invented small world, in two datasets."""
    store = EmbeddedStore.in_memory()
    store.replace_dataset(NamedNode("https://w3id.org/rte/ontology"), triples("vocabulary.ttl"))
    store.replace_dataset(NamedNode("https://w3id.org/rte/id/dataset/small"), triples("network.ttl"))
    return store


HEADER = """\
#+ summary: {fr: "Un résumé", en: "A summary"}
#+ description: {fr: "Une description.", en: "A description."}
#+ order: [thing]
"""
BODY = "SELECT ?thing WHERE { ?thing a ?type }\n"
PARAMETER = """\
#+ params:
#+   value:
#+     type: string
#+     label: {fr: "Valeur", en: "Value"}
#+     description: {fr: "Une valeur.", en: "A value."}
#+     example: "x"
"""


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., SavedQuery]:
    """Return a function that writes a saved query and loads it."""

    def make(
        body: str = BODY, header: str = HEADER, name: str = "things", topic: str = "tests"
    ) -> SavedQuery:
        path = tmp_path / topic / f"{name}.rq"
        path.parent.mkdir(exist_ok=True)
        path.write_text(header + body, encoding="utf-8")
        return load_query(path)

    return make
