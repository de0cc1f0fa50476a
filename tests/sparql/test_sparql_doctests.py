from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import rte_graph.describe
import rte_graph.sparql

MODULES = [
    f"{package.__name__}.{module.name}"
    for package in (rte_graph.sparql, rte_graph.describe)
    for module in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
