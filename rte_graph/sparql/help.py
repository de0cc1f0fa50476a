"""What ``query list`` and ``query show`` say of saved queries."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Mapping, Sequence

from rte_graph.sparql.model import ANY, Library, Parameter, SavedQuery
from rte_graph.sparql.names import SHOWN, Named
from rte_graph.sparql.wording import colon, one_line
from rte_graph.typography import french, printable


def list_text(library: Library, lang: str) -> str:
    """All queries by topic: name, summary and parameters (optional ones in brackets)."""
    width = max((len(name) for name in library.queries), default=0)
    room = min(shutil.get_terminal_size((100, 24)).columns, 100)
    lines: list[str] = []
    for topic, queries in library.by_topic().items():
        title = library.topics[topic].in_language(lang) if topic in library.topics else topic
        lines += [title, *(_list_line(query, width, room, lang) for query in queries), ""]
    lines.append(
        _filled(
            "`rte-graph query show NAME` explains a query, `rte-graph query run NAME` runs it."
            if lang == "en"
            else french(
                "« rte-graph query show NOM » explique une requête, « rte-graph query run NOM » l’exécute."
            ),
            room,
        )
    )
    return "\n".join(lines) + "\n"


def _list_line(query: SavedQuery, width: int, room: int, lang: str) -> str:
    parameters = " ".join(f"[{each.name}]" if each.optional else each.name for each in query.parameters)
    text = query.summary.in_language(lang) + (f"  ({parameters})" if parameters else "")
    return textwrap.fill(
        one_line(text).replace(f" ({parameters})", f"  ({parameters})"),
        room,
        initial_indent=f"  {query.name:<{width}}  ",
        subsequent_indent=" " * (width + 4),
        break_on_hyphens=False,
    )


def library_as_json(library: Library, lang: str) -> str:
    """The list for programs: one object a query."""
    queries = [_as_object(library.queries[name], lang) for name in sorted(library.queries)]
    return json.dumps(queries, ensure_ascii=False, indent=2) + "\n"


def _as_object(query: SavedQuery, lang: str) -> dict[str, object]:
    return {
        "name": query.name,
        "topic": query.topic,
        "summary": query.summary.in_language(lang),
        "description": query.description.in_language(lang),
        "expect": query.expect,
        "network": query.network is not None,
        "columns": list(query.columns),
        "parameters": [
            {
                "name": each.name,
                "type": each.type,
                "required": not each.optional,
                "default": each.default,
                "example": each.example,
                "label": each.label.in_language(lang),
            }
            for each in query.parameters
        ],
    }


def show_text(
    library: Library,
    query: SavedQuery,
    values: Mapping[str, Sequence[Named]],
    lang: str,
    *,
    all_values: bool = False,
) -> str:
    """Explain one query: what it gives, its parameters with their values, an example, its text."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    mark = colon(lang)
    lines = [f"{query.name} — {query.summary.in_language(lang)}", ""]
    lines += [_filled(query.description.in_language(lang), width), ""]
    if query.parameters:
        lines.append(f"{'Parameters' if lang == 'en' else 'Paramètres'}{mark}")
        for parameter in query.parameters:
            lines += _parameter_lines(parameter, values.get(parameter.name, ()), lang, width, all_values)
        lines.append("")
    if query.columns:
        columns = textwrap.fill(" ".join(query.columns), width, initial_indent="  ", subsequent_indent="  ")
        lines += [f"{'Columns' if lang == 'en' else 'Colonnes'}{mark}", columns, ""]
    lines += [f"{'Example' if lang == 'en' else 'Exemple'}{mark}", f"  {example(query)}", ""]
    lines += [f"{'Text' if lang == 'en' else 'Texte'} ({query.path}){mark}", query.body.rstrip()]
    return printable("\n".join(lines)) + "\n"


def example(query: SavedQuery) -> str:
    """A command that runs the query."""
    given = [each for each in query.parameters if not each.optional] or list(query.parameters[:1])
    words = [f'-p {each.name}="{each.example}"' for each in given]
    return " ".join(["rte-graph query run", query.name, *words])


def _parameter_lines(
    parameter: Parameter, values: Sequence[Named], lang: str, width: int, all_values: bool
) -> list[str]:
    head = f"  {parameter.name} ({_nature(parameter, lang)})"
    lines = [head, _indented(parameter.description.in_language(lang), width)]
    if values:
        shown = values if all_values else values[:SHOWN]
        listed = ", ".join(each.label for each in shown)
        if len(values) > len(shown):
            listed += f", … ({len(values)}, --values)"
        name = "Values" if lang == "en" else "Valeurs"
        lines.append(_indented(f"{name}{colon(lang)} {listed}", width))
    else:
        name = "Example" if lang == "en" else "Exemple"
        lines.append(_indented(f"{name}{colon(lang)} {parameter.example}", width))
    return lines


def _indented(text: str, width: int) -> str:
    return _filled(text, width, " " * 6, " " * 6)


def _filled(text: str, width: int, first: str = "", other: str = "") -> str:
    # Lines are broken at plain spaces only, and not within a query's name.
    return textwrap.fill(
        one_line(text), width, initial_indent=first, subsequent_indent=other, break_on_hyphens=False
    )


def _nature(parameter: Parameter, lang: str) -> str:
    if not parameter.optional:
        return "required" if lang == "en" else "obligatoire"
    if parameter.default is None:
        return "optional" if lang == "en" else "facultatif"
    if lang == "en":
        return f"optional, {parameter.default} by default, {ANY} for all"
    return f"facultatif, {parameter.default} par défaut, {ANY} pour tout"
