"""Terms as SPARQL text that cannot be read as anything but that term."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rte_graph.errors import InvalidParameter
from rte_graph.namespaces import PREFIXES, XSD
from rte_graph.sparql.wording import one_line

if TYPE_CHECKING:
    from rte_graph.store.base import Term

_FORBIDDEN_IN_IRI = re.compile(r'[<>"{}|^`\\\x00-\x20\x7f]')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.", re.DOTALL)
_PLAIN = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(/[A-Za-z0-9._~-]*)*(#[A-Za-z0-9._~/-]*)?")
"""Addresses as nearly all are: valid without asking the engine, which so is not loaded for them."""

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPING = str.maketrans(_ESCAPES)


def expand(name: str) -> str | None:
    """Return the IRI of a prefixed name, or None when the project has no such prefix.

    Examples
    --------
    >>> expand("rte:Alliance")
    'https://w3id.org/rte/ontology#Alliance'
    """
    prefix, colon, local = name.partition(":")
    return f"{PREFIXES[prefix]}{local}" if colon and local and prefix in PREFIXES else None


def last_segment(iri: str) -> str:
    """Return what follows the last slash or hash of an IRI, which is readable in ours.

    Examples
    --------
    >>> last_segment("https://w3id.org/rte/id/alliance/coalition-solidaire")
    'coalition-solidaire'
    """
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]


def iri_text(iri: str) -> str:
    """Return an IRI between angle brackets.

    Raises
    ------
    InvalidParameter
        Unless it is an absolute IRI (``https:``, ``urn:`` …) made of allowed characters.
    """
    if not is_absolute(iri):
        raise InvalidParameter(
            fr=f"« {echoed(iri)} » n’est pas un IRI valable : donnez une adresse entière, sans espace.",
            en=f"“{echoed(iri)}” is not a valid IRI: give a whole address without spaces.",
        )
    return f"<{iri}>"


def known_iris(iris: Iterable[str]) -> str:
    """Return what the store named, as rows of a ``VALUES`` block.

    What is no absolute IRI (the name of a blank node) is left out: it could not be asked for.
    """
    return " ".join(f"<{iri}>" for iri in iris if is_absolute(iri))


def echoed(typed: str) -> str:
    """Return what a user typed as it is repeated in a message: one line of at most 80 characters.

    Examples
    --------
    >>> echoed("two\\nlines"), len(echoed("x" * 200))
    ('two lines', 80)
    """
    line = one_line(typed).strip()
    return line if len(line) <= 80 else f"{line[:79]}…"


def is_absolute(iri: str) -> bool:
    """Whether a text is a whole IRI, with its scheme, that can stand between angle brackets."""
    # Our own check first: it alone decides that nothing can end the brackets. Then the engine's, which knows
    # RFC 3987 to the letter.
    if _PLAIN.fullmatch(iri):
        return True
    if not _ABSOLUTE.match(iri) or _FORBIDDEN_IN_IRI.search(iri):
        return False
    from pyoxigraph import NamedNode

    try:
        NamedNode(iri)
    except ValueError:
        return False
    return True


def literal_text(value: str, *, datatype: str | None = None, language: str | None = None) -> str:
    """Return a literal as a quoted string with its datatype or language.

    Raises
    ------
    InvalidParameter
        If the value holds a character that no RDF text can carry (NUL, half of a surrogate pair).
    """
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidParameter(
            fr="La valeur contient un caractère qui n’est pas du texte (NUL ou demi-codet) : retirez-le.",
            en="The value holds a character that is not text (NUL or half a surrogate): remove it.",
        )
    quoted = f'"{_escaped(value)}"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^<{datatype}>" if datatype else quoted


def _escaped(value: str) -> str:
    text = value.translate(_ESCAPING)
    # Some parsers (rdflib 7.6) unescape \uXXXX in the raw text before they read strings, so that an escaped
    # backslash followed by « u0022 » would close the string there. Written as eight digits, the letter u
    # after a backslash is read alike by those that unescape before and by those that do it within strings.
    return re.sub(r"\\\\([uU])", lambda match: f"\\\\\\U{ord(match.group(1)):08X}", text)


def turtle_text(term: Term | None) -> str:
    """Return a term as the SPARQL 1.1 TSV results format writes it; nothing for an unbound value."""
    from pyoxigraph import Literal, Triple

    if term is None:
        return ""
    if isinstance(term, Triple):  # a triple term, which only RDF 1.2 has
        parts = (term.subject, term.predicate, term.object)
        return f"<<( {' '.join(map(turtle_text, parts))} )>>"
    if not isinstance(term, Literal):
        return str(term)
    if term.datatype.value == f"{XSD}integer" and re.fullmatch(r"-?[0-9]+", term.value):
        return term.value
    quoted = f'"{term.value.translate(_ESCAPING)}"'
    if term.language:
        direction = f"--{term.direction.value}" if term.direction else ""
        return f"{quoted}@{term.language}{direction}"
    return quoted if term.datatype.value == f"{XSD}string" else f"{quoted}^^<{term.datatype.value}>"
