"""What ``query list`` and ``query show`` say of saved queries."""

from __future__ import annotations

import json
import shlex
import shutil
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rte_graph.sparql.model import ANY, Library, Parameter, SavedQuery
from rte_graph.sparql.wording import NBSP, colon, one_line
from rte_graph.typography import french, printable

if TYPE_CHECKING:
    from rte_graph.sparql.names import Named

SHOWN = 12
"""How many values of a parameter are shown unless all are asked for."""


def list_text(library: Library, queries: Sequence[SavedQuery], lang: str) -> str:
    """Queries by topic: name, what it answers, and parameters (optional ones in brackets).

    Parameters
    ----------
    library
        Gives the topics their titles and order.
    queries
        Those of the library to list.
    lang
        ``fr`` or ``en``.
    """
    names = {query.name for query in queries}
    width = max(map(len, names), default=0)
    room = _room()
    lines: list[str] = []
    for topic, members in library.by_topic().items():
        rows = [_list_line(library, each, width, room, lang) for each in members if each.name in names]
        if rows:
            lines += [_title(library, topic, lang), *rows, ""]
    return printable("\n".join(lines)) + _how_on(room, lang)


def found_text(library: Library, queries: Sequence[SavedQuery], lang: str) -> str:
    """What a search found, the best first: name and topic, below them what the query answers."""
    room = _room()
    lines: list[str] = []
    for query in queries:
        topic = _title(library, query.topic, lang)
        lines += [f"{query.name} · {topic}", _filled(_answers(library, query, lang), room, "  ", "  ")]
    return printable("\n".join(lines)) + "\n"


def _room() -> int:
    return min(shutil.get_terminal_size((100, 24)).columns, 100)


def _title(library: Library, topic: str, lang: str) -> str:
    return library.topics[topic].in_language(lang) if topic in library.topics else topic


def _how_on(room: int, lang: str) -> str:
    sentence = (
        "`rte-graph query list WORDS` searches them, `rte-graph query show NAME` explains one, "
        "`rte-graph query run NAME` runs it."
        if lang == "en"
        else french(
            "« rte-graph query list MOTS » en cherche, « rte-graph query show NOM » en explique une, "
            "« rte-graph query run NOM » l’exécute."
        )
    )
    return "\n" + _filled(sentence, room) + "\n"


def _answers(library: Library, query: SavedQuery, lang: str) -> str:
    """What a query answers, its parameters, and whether it is the user's own."""
    parameters = " ".join(f"[{each.name}]" if each.optional else each.name for each in query.parameters)
    pieces = [one_line(query.summary.in_language(lang)), f"({parameters})" if parameters else ""]
    if query.name in library.own:
        pieces.append(f"—{NBSP}yours" if lang == "en" else f"—{NBSP}à{NBSP}vous")
    return "  ".join(filter(None, pieces))


def _list_line(library: Library, query: SavedQuery, width: int, room: int, lang: str) -> str:
    return textwrap.fill(
        _answers(library, query, lang),
        room,
        initial_indent=f"  {query.name:<{width}}  ",
        subsequent_indent=" " * (width + 4),
        break_on_hyphens=False,
    )


def library_as_json(library: Library, queries: Sequence[SavedQuery], lang: str) -> str:
    """The list for programs: one object a query, in the order given."""
    objects = [_as_object(library, query, lang) for query in queries]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def _as_object(library: Library, query: SavedQuery, lang: str) -> dict[str, object]:
    return {
        "name": query.name,
        "topic": query.topic,
        "summary": query.summary.in_language(lang),
        "description": query.description.in_language(lang),
        "tags": list(query.tags),
        "expect": query.expect,
        "network": query.network is not None,
        "columns": list(query.columns),
        "own": query.name in library.own,
        "path": str(query.path),
        "parameters": [
            {
                "name": each.name,
                "type": each.type,
                "required": not each.optional,
                "default": each.default,
                "example": each.example,
                "label": each.label.in_language(lang),
                **({"values": list(each.values)} if each.values else {}),
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
    """Explain one query, up to its text, which follows.

    Parameters
    ----------
    library
        Gives the topic its title and the columns their headings.
    query
        What to explain.
    values
        What each parameter can be, where it is known.
    lang
        ``fr`` or ``en``.
    all_values
        Give all values, not only the first dozen.
    """
    width, mark, english = _room(), colon(lang), lang == "en"
    lines = [f"{query.name} — {one_line(query.summary.in_language(lang))}", ""]
    lines += [_filled(one_line(query.description.in_language(lang)), width), ""]
    lines += [_filled(each, width) for each in _about(library, query, lang)]
    lines.append("")
    if query.parameters:
        lines.append(f"{'Parameters' if english else 'Paramètres'}{mark}")
        for parameter in query.parameters:
            lines += _parameter_lines(parameter, values.get(parameter.name, ()), lang, width, all_values)
        lines.append("")
    if query.columns:
        lines += [f"{'Columns' if english else 'Colonnes'}{mark}", *_columns(library, query, lang), ""]
    lines += [f"{'Example' if english else 'Exemple'}{mark}", f"  {example(query)}", ""]
    lines.append(f"{'Text' if english else 'Texte'} ({query.path}){mark}")
    return printable("\n".join(lines)) + "\n"


def body_text(query: SavedQuery) -> str:
    """Text of a query as it is shown: without its header."""
    return printable(query.body.rstrip()) + "\n"


def _about(library: Library, query: SavedQuery, lang: str) -> list[str]:
    english, mark = lang == "en", colon(lang)
    title = _title(library, query.topic, lang)
    topic = title if title == query.topic else f"{title} ({query.topic})"
    about = [f"{'Topic' if english else 'Sujet'}{mark} {topic}"]
    if query.name in library.own:
        about[0] += ", your own query" if english else ", requête à vous"
    if query.tags:
        about.append(f"{'Key words' if english else 'Mots-clés'}{mark} {', '.join(query.tags)}")
    given = {
        "graph": ("un graphe (CONSTRUCT ou DESCRIBE)", "a graph (CONSTRUCT or DESCRIBE)"),
        "boolean": ("oui ou non (ASK)", "yes or no (ASK)"),
    }.get(query.expect)
    if given:
        about.append(f"{'Gives' if english else 'Donne'}{mark} {given[english]}")
    if query.network is not None:
        about.append(
            f"Network: `rte-graph hubs {query.name}` ranks its nodes, `draw` and `export` take it too."
            if english
            else french(
                f"Réseau : « rte-graph hubs {query.name} » en classe les nœuds, « draw » et « export » le "
                "prennent aussi."
            )
        )
    return about


def _columns(library: Library, query: SavedQuery, lang: str) -> list[str]:
    width = max(map(len, query.columns))
    return [f"  {name:<{width}}  {library.title(name, query.columns, lang)}" for name in query.columns]


def example(query: SavedQuery) -> str:
    """A command that runs the query."""
    given = [each for each in query.parameters if not each.optional] or list(query.parameters[:1])
    words = [f"-p {each.name}={_typed(each.example)}" for each in given]
    return " ".join(["rte-graph query run", query.name, *words])


def _typed(value: str) -> str:
    """A value as a person types it in a shell."""
    return shlex.quote(value) if set(value) & set('"$`\\!') else f'"{value}"'


def _parameter_lines(
    parameter: Parameter, values: Sequence[Named], lang: str, width: int, all_values: bool
) -> list[str]:
    head = f"  {parameter.name} ({_nature(parameter, lang)})"
    lines = [head, _indented(parameter.description.in_language(lang), width)]
    if values or parameter.values:
        shown = values if all_values else values[:SHOWN]
        listed = ", ".join(parameter.values or (each.label for each in shown))
        if len(values) > len(shown):
            listed += f", … ({len(values)}, --values)"
        name = "Values" if lang == "en" else "Valeurs"
        lines.append(_indented(f"{name}{colon(lang)} {listed}", width))
    else:
        name = "Example" if lang == "en" else "Exemple"
        lines.append(_indented(f"{name}{colon(lang)} {parameter.example}", width))
    return lines


def _indented(text: str, width: int) -> str:
    return _filled(one_line(text), width, " " * 6, " " * 6)


def _filled(text: str, width: int, first: str = "", other: str = "") -> str:
    # Lines are broken at plain spaces only, and not within a query's name.
    return textwrap.fill(text, width, initial_indent=first, subsequent_indent=other, break_on_hyphens=False)


def _nature(parameter: Parameter, lang: str) -> str:
    if not parameter.optional:
        return "required" if lang == "en" else "obligatoire"
    if parameter.default is None:
        return "optional" if lang == "en" else "facultatif"
    if lang == "en":
        return f"optional, {parameter.default} by default, {ANY} for all"
    return f"facultatif, {parameter.default} par défaut, {ANY} pour tout"
