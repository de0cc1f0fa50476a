"""The scripts and the sheet of the query page, and what may run in it."""

from __future__ import annotations

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "worker-src blob:; base-uri 'none'; form-action 'none'"
)
"""As all pages, and WebAssembly in a worker made in the page: still nothing is fetched or sent."""

# The order matters: each file uses only what the files before it define.
SCRIPTS = (
    "words", "words_results", "terms", "binding", "worker", "engine", "saved", "looks", "forms", "table",
    "network_model", "network", "mapview", "raw", "download", "results", "explain_words", "explain_names",
    "explain_filters", "explain_study", "explain_patterns", "explain_query", "explain", "problems",
    "editor", "history", "load", "runner", "list", "pane", "live", "main",
)  # fmt: skip
SHEETS = ("page", "results")


def page_script() -> str:
    """Return the page's own scripts in one closed scope."""
    from rte_graph.views.page_shell import read_asset, without_comments

    parts = "\n".join(without_comments(read_asset(f"ask/{name}.js")) for name in SCRIPTS)
    forces = read_asset("vendor/d3-force.min.js").rstrip()
    return f'{forces}\n(() => {{\n"use strict";\n{parts}}})();\n'


def sheet() -> str:
    """Return the page's style sheet; the site's own stands before it."""
    from rte_graph.views.page_shell import read_asset

    return "".join(read_asset(f"ask/{name}.css") for name in SHEETS)


def library(name: str) -> str:
    """Return a vendored library as it is written into the site."""
    from rte_graph.views.page_shell import read_asset

    return read_asset(f"vendor/{name}").rstrip() + "\n"
