"""A changelog as text, Markdown, HTML and JSON, and what came and went as Turtle."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rte_graph.network.wording import Text, whole
from rte_graph.publish.kinds import kind_labels
from rte_graph.publish.model import LINKABLE
from rte_graph.sparql.wording import colon, quoted

if TYPE_CHECKING:
    from markupsafe import Markup

    from rte_graph.publish.changelog import Changelog, ResourceChange, Value, ValueChange, What
    from rte_graph.publish.difference import Difference

TITLE = Text(fr="Changements entre deux éditions", en="Changes between two editions")
NOTHING = Text(fr="Rien n’a changé.", en="Nothing has changed.")
FROM = Text(fr="De l’édition", en="From edition")
TO = Text(fr="à l’édition", en="to edition")
EMPTY = Text(fr="rien", en="nothing")
KIND, TRIPLES = Text(fr="Sorte", en="Sort"), Text(fr="Triplets", en="Triples")
HEADS: dict[str, Text] = {
    "came": Text(fr="Nouveau", en="New"),
    "went": Text(fr="Retiré", en="Gone"),
    "changed": Text(fr="Modifié", en="Changed"),
}
MARKS: dict[str, str] = {"came": "+", "went": "−", "changed": "~"}
CONCEPTS = Text(fr="Concepts", en="Concepts")
OTHERS = Text(fr="Autres", en="Others")
_MARKDOWN = frozenset("\\`*_{}[]<>|#~")


def kind_name(kind: str, lang: str) -> str:
    """Return what many of a kind are called."""
    known = {"concept": CONCEPTS, "other": OTHERS}.get(kind)
    return known.in_language(lang) if known else kind_labels(kind, lang)


def counts(log: Changelog) -> list[tuple[str, int, int, int]]:
    """Return for each kind what it is called, and how many came, went, changed."""
    return [
        (
            kind_name(kind, log.lang),
            len(log.of("came", kind)),
            len(log.of("went", kind)),
            len(log.of("changed", kind)),
        )
        for kind in log.kinds()
    ]


def summary(log: Changelog) -> str:
    """Say in one sentence how much changed.

    >>> from rte_graph.publish.changelog import Changelog
    >>> summary(Changelog(lang="en", old="1", new="2", resources=(), added=3, removed=1))
    'New: 0; gone: 0; changed: 0. Triples: 3 added, 1 removed.'
    """
    came, went, changed = (whole(len(log.of(what)), log.lang) for what in ("came", "went", "changed"))
    added, removed = whole(log.added, log.lang), whole(log.removed, log.lang)
    said = Text(
        fr=f"Nouveau : {came} ; retiré : {went} ; modifié : {changed}. Triplets : {added} en plus, {removed} "
        "en moins.",
        en=f"New: {came}; gone: {went}; changed: {changed}. Triples: {added} added, {removed} removed.",
    )
    return said.in_language(log.lang)


def heading(log: Changelog) -> str:
    """Say from which edition to which."""
    old, new = (quoted(each or "?", log.lang) for each in (log.old, log.new))
    return f"{FROM.in_language(log.lang)} {old} {TO.in_language(log.lang)} {new}."


def to_text(log: Changelog) -> str:
    """Return the changelog for a terminal: a line a resource, marked ``+``, ``−`` or ``~``."""
    lang = log.lang
    lines = [TITLE.in_language(lang), heading(log), ""]
    if not log.resources and not log.added and not log.removed:
        return "\n".join([*lines, NOTHING.in_language(lang), ""])
    lines += [summary(log)]
    for kind in log.kinds():
        listed = [each for each in log.resources if each.kind == kind]
        lines += ["", f"{kind_name(kind, lang)} ({whole(len(listed), lang)})"]
        for each in listed:
            lines.append(f"  {MARKS[each.what]} {each.label}")
            lines += [f"      {line}" for line in _value_lines(each, lang, str)]
    return "\n".join(lines) + "\n"


def to_markdown(log: Changelog) -> str:
    """Return the changelog as Markdown, with a table of the counts and links to what has an address."""
    lang = log.lang
    lines = [f"# {TITLE.in_language(lang)}", "", _escaped(heading(log)), ""]
    if not log.resources and not log.added and not log.removed:
        return "\n".join([*lines, NOTHING.in_language(lang), ""])
    heads = [KIND, *(HEADS[what] for what in ("came", "went", "changed"))]
    lines += [_escaped(summary(log)), "", "| " + " | ".join(each.in_language(lang) for each in heads) + " |"]
    lines += ["|---|---:|---:|---:|"]
    for name, *numbers in counts(log):
        lines.append(f"| {_escaped(name)} | " + " | ".join(whole(each, lang) for each in numbers) + " |")
    for kind in log.kinds():
        lines += ["", f"## {_escaped(kind_name(kind, lang))}"]
        for what, head in HEADS.items():
            found = [each for each in log.resources if each.kind == kind and each.what == what]
            if found:
                lines += ["", f"### {head.in_language(lang)}", ""]
            for each in found:
                lines.append(f"- {_linked(each.label, each.iri)}")
                lines += [f"  - {line}" for line in _value_lines(each, lang, _escaped)]
    return "\n".join(lines) + "\n"


def _value_lines(each: ResourceChange, lang: str, escape: Callable[[str], str]) -> Iterator[str]:
    for value in each.values:
        yield f"{escape(value.label)}{colon(lang)} {escape(_old_and_new(value, lang))}"


def _old_and_new(value: ValueChange, lang: str) -> str:
    before, after = (", ".join(each.label for each in side) for side in (value.removed, value.added))
    if not before:
        return f"+ {after}"
    if not after:
        return f"− {before}"
    return f"{before} → {after}"


def to_json(log: Changelog) -> str:
    """Return the changelog as JSON: counts, then every resource with its values."""
    found: dict[str, Any] = {
        "lang": log.lang,
        "old": log.old,
        "new": log.new,
        "counts": {
            "came": len(log.of("came")),
            "went": len(log.of("went")),
            "changed": len(log.of("changed")),
            "triplesAdded": log.added,
            "triplesRemoved": log.removed,
        },
        "resources": [asdict(each) for each in log.resources],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def to_html(log: Changelog) -> str:
    """Return the changelog as a page that stands alone: no script, nothing from elsewhere."""
    from rte_graph.publish.shell import render

    lang = log.lang
    return str(
        render(
            "changes_alone.html",
            lang=lang,
            title=TITLE.in_language(lang),
            body=body(log, TITLE.in_language(lang), lambda iri: iri if LINKABLE.match(iri) else ""),
        )
    )


def body(
    log: Changelog, title: str, link: Callable[[str], str], most: int | None = None, **more: Any
) -> Markup:
    """Return what stands in ``<main>``.

    Parameters
    ----------
    log : Changelog
    title : str
        Of the page.
    link : callable
        Gives the address of an IRI, "" for none.
    most : int, optional
        How many resources of one sort and fate are listed; how many are left is said.
    more
        ``files``: links to files, as (address, name).
    """
    from rte_graph.publish.shell import render

    lang = log.lang
    sections = [
        {
            "kind": kind,
            "title": kind_name(kind, lang),
            "groups": [_group(log, what, kind, link, most) for what in HEADS if log.of(what, kind)],  # type: ignore[arg-type]
        }
        for kind in log.kinds()
    ]
    return render(
        "changes.html",
        title=title,
        heading=heading(log),
        summary=summary(log),
        nothing=NOTHING.in_language(lang) if not log.added and not log.removed else "",
        heads={name: head.in_language(lang) for name, head in HEADS.items()},
        kind=KIND.in_language(lang),
        counts=[(name, *(whole(each, lang) for each in numbers)) for name, *numbers in counts(log)],
        sections=sections,
        colon=colon(lang),
        files=more.get("files", ()),
    )


def _group(
    log: Changelog, what: What, kind: str, link: Callable[[str], str], most: int | None
) -> dict[str, Any]:
    lang, found = log.lang, log.of(what, kind)
    left = len(found) - (most or len(found))
    said = Text(fr=f"… et {whole(left, lang)} de plus", en=f"… and {whole(left, lang)} more")
    return {
        "what": what,
        "title": HEADS[what].in_language(lang),
        "count": whole(len(found), lang),
        "items": [_item(each, link) for each in found[:most]],
        "more": said.in_language(lang) if left > 0 else "",
    }


def _item(each: ResourceChange, link: Callable[[str], str]) -> dict[str, Any]:
    def side(values: tuple[Value, ...]) -> list[tuple[str, str]]:
        return [(value.label, link(value.iri) if value.iri else "") for value in values]

    return {
        "label": each.label,
        "href": link(each.iri) if each.what != "went" else "",
        "values": [
            {"label": value.label, "removed": side(value.removed), "added": side(value.added)}
            for value in each.values
        ],
    }


def to_turtle(found: Difference) -> tuple[str, str]:
    """Return what was removed and what was added, as two texts of canonical Turtle."""
    from rte_graph.rdf_io import format_turtle

    return format_turtle(found.removed), format_turtle(found.added)


def _linked(label: str, iri: str) -> str:
    if not LINKABLE.match(iri) or set(iri) & set("()<> "):
        return _escaped(label)
    return f"[{_escaped(label)}]({iri})"


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in _MARKDOWN else char for char in text)
