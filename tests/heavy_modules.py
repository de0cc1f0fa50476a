"""Modules that help texts must not load: each costs more than the command line itself."""

from __future__ import annotations

HEAVY = (
    "rdflib",
    "pyoxigraph",
    "networkx",
    "numpy",
    "scipy",
    "matplotlib",
    "pyshacl",
    "pyvis",
    "jinja2",
    "openpyxl",
    "rich",
    "yaml",
)
