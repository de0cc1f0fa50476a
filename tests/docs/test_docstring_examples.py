"""The examples in the docstrings of the package hold."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import rte_graph

MODULES = [
    module.name
    for module in pkgutil.walk_packages(rte_graph.__path__, "rte_graph.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_examples_are_found_on_every_floor() -> None:
    finder = doctest.DocTestFinder()
    rooms = {
        name.split(".")[1]
        for name in MODULES
        if any(test.examples for test in finder.find(importlib.import_module(name)))
    }
    assert {"typography", "rdf_io", "store", "sparql", "network", "loading"} <= rooms
