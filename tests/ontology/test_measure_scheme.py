"""The scheme of measures says what the register says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from rte_graph.namespaces import SKOS
from rte_graph.network.measures import measures
from rte_graph.resources import ontology_folder

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_measure_scheme.py"
FILE = ontology_folder() / "vocab" / "measure.ttl"


def test_the_scheme_of_measures_comes_from_the_register() -> None:
    spec = importlib.util.spec_from_file_location("make_measure_scheme", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert FILE.read_text(encoding="utf-8") == module.scheme_text(), (
        "run: python scripts/make_measure_scheme.py"
    )


def test_each_registered_measure_is_a_concept() -> None:
    notations = {
        quad.object.value
        for quad in parse(path=str(FILE), format=RdfFormat.TURTLE)
        if quad.predicate.value == SKOS("notation")
    }
    assert notations == {each.name for each in measures()}
