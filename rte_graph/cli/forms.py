"""The form of a result, from the name of the file that it goes to."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

RESULT_FORMS = ("table", "csv", "tsv", "json", "xml", "markdown", "xlsx", "turtle", "jsonld", "ntriples")
"""Forms of what a query gives, a table, a graph or a boolean."""

RESULT_SUFFIXES = {
    ".csv": "csv",
    ".json": "json",
    ".jsonld": "jsonld",
    ".md": "markdown",
    ".nt": "ntriples",
    ".srj": "json",
    ".srx": "xml",
    ".tsv": "tsv",
    ".ttl": "turtle",
    ".txt": "table",
    ".xlsx": "xlsx",
    ".xml": "xml",
}
"""Ends of file names, each with its form; ``.srj`` and ``.srx`` are the W3C's own."""


def form_of(output: Path | None, suffixes: Mapping[str, str], *, named: bool = True) -> str | None:
    """Form that the name of a file asks for; None for the screen. `named`: --format can say it instead.

    Raises
    ------
    UsageError
        The name ends in something that cannot be given here.
    """
    from rte_graph.errors import UsageError

    if output is None or str(output) == "-" or not output.suffix:
        return None
    form = suffixes.get(output.suffix.lower())
    if form is None:
        listed = ", ".join(sorted(suffixes))
        raise UsageError(
            fr=f"L’extension « {output.suffix} » n’est pas possible ici : donnez à {output.name} l’une de "
            f"celles-ci : {listed}{', ou dites la forme avec --format' if named else ''}.",
            en=f"The extension “{output.suffix}” is not possible here: give {output.name} one of these: "
            f"{listed}{', or name the form with --format' if named else ''}.",
        )
    return form


def result_form(kind: str, form: str | None, output: Path | None, *, safe: bool = False) -> str:
    """Form in which a result is written: the one asked for, the file's, else the first of its kind.

    Parameters
    ----------
    kind
        ``table``, ``graph`` or ``boolean``: what the query gives.
    form
        What ``--format`` says.
    output
        What ``-o`` says.
    safe
        Whether ``--safe-csv`` was given.

    Raises
    ------
    UsageError
        No such result can be written in this form, and the sentence says which forms there are; or a terminal
        was to show what is no text.
    """
    from rte_graph.errors import UsageError
    from rte_graph.sparql.formats import BINARY_FORMS, BOOLEAN_FORMS, GRAPH_FORMS, TABLE_FORMS

    possible = {"table": TABLE_FORMS, "graph": GRAPH_FORMS, "boolean": BOOLEAN_FORMS}[kind]
    chosen = form or form_of(output, RESULT_SUFFIXES) or possible[0]
    if chosen not in possible:
        what = {
            "table": ("un tableau", "a table"),
            "graph": ("un graphe", "a graph"),
            "boolean": ("oui ou non", "yes or no"),
        }[kind]
        listed = ", ".join(possible)
        raise UsageError(
            fr=f"Cette requête donne {what[0]}, qui ne s’écrit pas en {chosen} : choisissez parmi {listed}.",
            en=f"This query gives {what[1]}, which cannot be written as {chosen}: choose among {listed}.",
        )
    if safe and chosen != "csv":
        raise UsageError(
            fr=f"--safe-csv ne vaut que pour csv, pas pour {chosen} : retirez-le, ou demandez --format csv.",
            en=f"--safe-csv is for csv only, not for {chosen}: leave it out, or ask for --format csv.",
        )
    if chosen in BINARY_FORMS and (output is None or str(output) == "-") and sys.stdout.isatty():
        raise UsageError(
            fr=f"Un terminal n’affiche pas {chosen} : donnez un fichier, par exemple -o table.{chosen}.",
            en=f"A terminal cannot show {chosen}: give a file, for example -o table.{chosen}.",
        )
    return chosen
