"""A description for the terminal, as Markdown and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, is_dataclass, replace
from itertools import groupby
from typing import TypeVar, cast

from rte_graph.describe.model import Claim, Description, Fact, Relation, Source
from rte_graph.namespaces import shorten
from rte_graph.sparql.model import Text
from rte_graph.sparql.wording import NBSP, colon, one_line, quoted

_WORDS = {
    "former": Text(fr="Anciens noms", en="Former names"),
    "other": Text(fr="Autres noms", en="Other names"),
    "presented": Text(fr="Présentation", en="Introduction"),
    "contradictions": Text(fr="La source se contredit", en="The source contradicts itself"),
    "sources": Text(fr="Sources", en="Sources"),
    "note": Text(fr="Note", en="Note"),
    "lines": Text(fr="lignes", en="lines"),
    "line": Text(fr="ligne", en="line"),
}


def to_json(description: Description) -> str:
    """Return the description as JSON: the same names as the dataclass."""
    return json.dumps(asdict(description), ensure_ascii=False, indent=2) + "\n"


def to_text(description: Description, *, width: int = 100, styled: bool = False) -> str:
    """Return the description for a terminal.

    Parameters
    ----------
    description
        What to show.
    width
        Characters a line.
    styled
        Use bold and faint letters (ANSI).
    """
    return _Terminal(_for_people(description), width, styled).text()


_Value = TypeVar("_Value")


def _for_people(value: _Value) -> _Value:
    """Return a description whose texts hold neither line ends nor control characters."""
    if isinstance(value, str):
        return cast(_Value, one_line(value))
    if isinstance(value, tuple):
        return cast(_Value, tuple(_for_people(each) for each in value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _for_people(getattr(value, f.name)) for f in fields(value)})
    return value


def _place(source: Source, lang: str) -> str:
    """Lines of a source (« 12-15 »), with the printed page where there is one."""
    lines = str(source.first_line)
    if source.last_line != source.first_line:
        lines += f"-{source.last_line}"
    return f"{lines} (p.{NBSP}{source.page})" if source.page else lines


class _Terminal:
    """Lays one description out in lines."""

    def __init__(self, description: Description, width: int, styled: bool) -> None:
        self._of = description
        self._width = width
        self._styled = styled
        self._lang = description.lang

    def text(self) -> str:
        """Return all blocks, separated by empty lines."""
        blocks = [self._head(), self._facts(), *self._groups(), self._claims(), self._sources()]
        return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"

    def _word(self, name: str) -> str:
        return _WORDS[name].in_language(self._lang)

    def _bold(self, text: str) -> str:
        return f"\033[1m{text}\033[0m" if self._styled else text

    def _faint(self, text: str) -> str:
        return f"\033[2m{text}\033[0m" if self._styled else text

    def _fill(self, text: str, first: str = "", other: str = "") -> str:
        return textwrap.fill(
            text, self._width, initial_indent=first, subsequent_indent=other, break_on_hyphens=False
        )

    def _head(self) -> list[str]:
        of = self._of
        lines = [self._bold(of.label)]
        types = list(dict.fromkeys(link.label for link in of.types))
        if types:
            lines.append(self._fill(" · ".join(types)))
        lines.append(self._faint(of.iri))
        for word, names in (("former", of.former_names), ("other", of.other_names)):
            if names:
                lines.append(self._fill(f"{self._word(word)}{colon(self._lang)} {', '.join(names)}"))
        if of.text:
            lines += ["", self._fill(of.text + _marks(of.introduction))]
        elif of.introduction:
            lines += ["", self._fill(self._word("presented") + _marks(of.introduction))]
        lines += [self._fill(f"{self._word('note')}{colon(self._lang)} {note}") for note in of.notes]
        return lines

    def _facts(self) -> list[str]:
        facts = [
            (name, list(each)) for name, each in groupby(self._of.facts, key=lambda f: f.predicate.label)
        ]
        margin = min(max((len(name) for name, _ in facts), default=0), 24) + 2
        lines = []
        for name, group in facts:
            value = ", ".join(_fact_text(fact) for fact in group)
            head = f"{name:<{margin}}" if len(name) < margin else f"{name}  "
            lines.append(self._fill(value, head, " " * margin))
        return lines

    def _groups(self) -> Iterator[list[str]]:
        for group, each in groupby(self._of.relations, key=lambda relation: relation.group):
            relations = list(each)
            lines = [self._bold(f"{group} ({len(relations)})")]
            lines += [self._fill(_relation_text(relation), "  ", "      ") for relation in relations]
            yield lines

    def _claims(self) -> list[str]:
        if not self._of.claims:
            return []
        lines = [self._bold(self._word("contradictions"))]
        for claim in self._of.claims:
            mark = "  " if claim.preferred else "    "
            lines.append(self._fill(_claim_text(claim, self._of), mark, "      "))
        return lines

    def _sources(self) -> list[str]:
        lines = []
        for document, cited in groupby(self._of.sources, key=lambda source: source.document):
            title = f"{self._word('sources')}{colon(self._lang)} {document}"
            lines.append(self._bold(self._fill(title, "", "  ")))
            for heading, each in groupby(cited, key=lambda source: source.heading):
                places = ", ".join(f"[{source.number}]{NBSP}{_place(source, self._lang)}" for source in each)
                title = f"{quoted(heading, self._lang)}{colon(self._lang)} " if heading else ""
                lines.append(self._fill(f"{title}{places}", "  ", "      "))
        return lines


def _marks(numbers: Sequence[int]) -> str:
    # A no-break space, so that a mark never starts a line.
    return f"{NBSP}[{', '.join(map(str, numbers))}]".replace(", ", f",{NBSP}") if numbers else ""


def _fact_text(fact: Fact) -> str:
    return fact.value.label + _marks(fact.sources)


def _relation_text(relation: Relation) -> str:
    detail = f" — {relation.detail}" if relation.detail else ""
    note = f" ({relation.note.rstrip('.')})" if relation.note else ""
    return f"{relation.other.label}{detail}{note}{_marks(relation.sources)}"


def _claim_text(claim: Claim, of: Description) -> str:
    about = f"{claim.subject.label} — " if claim.subject.iri != of.iri else ""
    reason = f". {claim.reason}" if claim.reason else ""
    head = f"{about}{claim.predicate.label}{colon(of.lang)} {claim.value.label} ({claim.rank.label})"
    return f"{head}{reason}{_marks(claim.sources)}"


def to_markdown(description: Description) -> str:
    """Return the description as Markdown, with links to what has an IRI."""
    of, lang = _for_people(description), description.lang
    address = f"<{of.iri}>" if _is_web(of.iri) else _escaped(of.iri)
    lines = [f"# {_escaped(of.label)}", ""]
    lines += [" · ".join(dict.fromkeys(_escaped(link.label) for link in of.types)), "", address, ""]
    for word, names in (("former", of.former_names), ("other", of.other_names)):
        if names:
            lines += [f"{_WORDS[word].in_language(lang)}{colon(lang)} {_escaped(', '.join(names))}", ""]
    if of.text:
        lines += [_escaped(of.text) + _marks(of.introduction), ""]
    for fact in of.facts:
        value = _linked(fact.value.label, fact.value.iri)
        lines.append(f"- **{_escaped(fact.predicate.label)}**{colon(lang)} {value}{_marks(fact.sources)}")
    for group, each in groupby(of.relations, key=lambda relation: relation.group):
        lines += ["", f"## {_escaped(group)}", ""]
        lines += [f"- {_markdown_relation(relation)}" for relation in each]
    if of.claims:
        lines += ["", f"## {_WORDS['contradictions'].in_language(lang)}", ""]
        lines += [f"- {_escaped(_claim_text(claim, of))}" for claim in of.claims]
    lines += ["", f"## {_WORDS['sources'].in_language(lang)}", ""]
    lines += [f"{each.number}. {_markdown_source(each, lang)}" for each in of.sources]
    return "\n".join(lines) + "\n"


def _markdown_source(source: Source, lang: str) -> str:
    heading = f", {quoted(source.heading, lang)}" if source.heading else ""
    lines = _WORDS["lines" if source.first_line != source.last_line else "line"].in_language(lang)
    return _escaped(f"{source.document}{heading}, {lines} {_place(source, lang)}")


def _markdown_relation(relation: Relation) -> str:
    detail = f" — {_escaped(relation.detail)}" if relation.detail else ""
    note = f" ({_escaped(relation.note.rstrip('.'))})" if relation.note else ""
    return f"{_linked(relation.other.label, relation.other.iri)}{detail}{note}{_marks(relation.sources)}"


def _linked(label: str, iri: str) -> str:
    if not _is_web(iri):
        return _escaped(label)
    address = f"<{iri}>" if set(iri) & set("()") else iri
    return f'[{_escaped(label)}]({address} "{shorten(iri)}")'


def _is_web(iri: str) -> bool:
    # Only addresses that a browser may open: an IRI can also be « javascript: ».
    return iri.startswith(("http://", "https://"))


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>|#" else c for c in text)
