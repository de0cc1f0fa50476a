"""JSON-LD with the ontology's context, of which a document carries what it uses: it reads offline.

References
----------
JSON-LD 1.1, W3C Recommendation, 16 July 2020, https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple

from rte_graph.errors import UsageError
from rte_graph.namespaces import RDF, XSD
from rte_graph.resources import ontology_folder
from rte_graph.store.base import Term

_TYPE, _STRING = str(RDF("type")), str(XSD("string"))
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Whole numbers that stand as JSON numbers: every reader holds them exactly, and they come back the same."""


def format_jsonld(triples: Iterable[Triple]) -> str:
    """Return triples as JSON-LD: subjects, keys and values sorted, blank nodes named by RDFC-1.0.

    Examples
    --------
    >>> from pyoxigraph import Literal, NamedNode, Triple
    >>> rte = "https://w3id.org/rte/ontology#"
    >>> me = NamedNode("https://w3id.org/rte/id/alliance/x")
    >>> print(format_jsonld([Triple(me, NamedNode(rte + "inseeCode"), Literal("01"))]), end="")
    {
      "@context": {
        "id": "@id",
        "inseeCode": "rte:inseeCode",
        "rte": "https://w3id.org/rte/ontology#",
        "rteid": "https://w3id.org/rte/id/"
      },
      "@graph": [
        {
          "id": "rteid:alliance/x",
          "inseeCode": "01"
        }
      ]
    }
    """
    held = _stable(triples)
    writer = _Writer(_without_schemes(_context(), held))
    subjects: dict[str, dict[str, list[Term]]] = {}
    for triple in held:
        values = subjects.setdefault(_address(triple.subject), {})
        values.setdefault(triple.predicate.value, []).append(_checked(triple.object))
    nodes = [writer.node(subject, subjects[subject]) for subject in sorted(subjects)]
    document = {"@context": writer.context_used(), "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def write_jsonld_by_subject(groups: Iterable[list[Triple]], schemes: Iterable[str], out: BinaryIO) -> None:
    """Write triples that come subject by subject as JSON-LD, one node a line, in flat memory.

    Parameters
    ----------
    groups : iterable of list of Triple
        The triples of one subject each, in the order wanted; blank nodes keep their names.
    schemes : iterable of str
        Schemes of all IRIs met (``https``, ``urn``): a short form must not look like one.
    out : binary file

    Notes
    -----
    The context stands at the end, where it is known what was used; JSON-LD gives no meaning to the order.
    """
    met = set(schemes)
    writer = _Writer(_kept({name: value for name, value in _context().items() if name not in met}))
    out.write(b'{"@graph": [')
    for number, group in enumerate(groups):
        values: dict[str, list[Term]] = {}
        for triple in group:
            values.setdefault(triple.predicate.value, []).append(_checked(triple.object))
        node = writer.node(_address(group[0].subject), values)
        text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
        out.write((",\n" if number else "\n").encode() + text.encode())
    context = json.dumps(writer.context_used(), ensure_ascii=False, separators=(",", ":"))
    out.write(f'\n],\n"@context": {context}}}\n'.encode())


def _stable(triples: Iterable[Triple]) -> list[Triple]:
    held = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    held.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return [quad.triple for quad in held]


def _address(node: NamedNode | BlankNode | Triple) -> str:
    if isinstance(node, Triple):
        raise _no_quoted_triples()
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"


def _checked(term: Term | Triple) -> Term:
    if isinstance(term, Triple):
        raise _no_quoted_triples()
    return term


def _no_quoted_triples() -> UsageError:
    return UsageError(
        fr="JSON-LD ne connaît pas les triplets cités : choisissez ntriples.",
        en="JSON-LD knows no quoted triples: choose ntriples.",
    )


@cache
def _context() -> dict[str, Any]:
    text = (ontology_folder() / "context.jsonld").read_text(encoding="utf-8")
    context: dict[str, Any] = json.loads(text)["@context"]
    return context


def _without_schemes(context: Mapping[str, Any], triples: Iterable[Triple]) -> dict[str, Any]:
    """Leave out names that an IRI of these triples begins with: ``time:x`` would pass for a short form."""
    terms = (term for t in triples for term in (t.subject, t.predicate, t.object))
    iris = [term.value for term in terms if isinstance(term, NamedNode)]
    iris += [t.object.datatype.value for t in triples if isinstance(t.object, Literal)]
    schemes = {iri.partition(":")[0] for iri in iris}
    return _kept({name: value for name, value in context.items() if name not in schemes})


def _kept(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is said in a short form that has gone: it means nothing any more."""
    return {name: value for name, value in kept.items() if _prefix_of(name, value) in {*kept, ""}}


def _prefix_of(name: str, value: Any) -> str:
    said = value["@id"] if isinstance(value, dict) else str(value)
    return "" if said.startswith("@") or "//" in said or ":" not in said else said.partition(":")[0]


class _Writer:
    """Writes nodes with the short names of a context, and remembers which of them it used."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._context = context
        self._used: set[str] = set()
        self._prefixes = {
            name: value for name, value in context.items() if isinstance(value, str) and "//" in value
        }
        self._terms = {
            self._whole(value["@id"] if isinstance(value, dict) else value): name
            for name, value in context.items()
            if name not in self._prefixes and _prefix_of(name, value)
        }
        self._id = "id" if "id" in context else "@id"
        self._type = "type" if "type" in context else "@type"

    def _whole(self, said: str) -> str:
        prefix, _, rest = said.partition(":")
        return self._prefixes[prefix] + rest

    def context_used(self) -> dict[str, Any]:
        """Return the part of the context that the nodes written so far need."""
        used = set(self._used)
        for name in self._used:
            value = self._context[name]
            used.add(_prefix_of(name, value))
            if isinstance(value, dict) and ":" in value.get("@type", ""):
                used.add(value["@type"].partition(":")[0])
        return {name: self._context[name] for name in sorted(used) if name in self._context}

    def node(self, subject: str, values: Mapping[str, list[Term]]) -> dict[str, Any]:
        """Return a subject with its values."""
        made: dict[str, Any] = {}
        for predicate, terms in values.items():
            self._add(made, predicate, sorted(terms, key=str))
        types = {self._type: made.pop(self._type)} if self._type in made else {}
        rest = {key: made[key] for key in sorted(made)}
        return {self._name(self._id): self._short(subject), **types, **rest}

    def _name(self, name: str) -> str:
        if name in self._context:
            self._used.add(name)
        return name

    def _add(self, made: dict[str, Any], predicate: str, terms: list[Term]) -> None:
        if predicate == _TYPE and not any(isinstance(term, Literal) for term in terms):
            made[self._name(self._type)] = _one(
                [self._terms_name(_address(term)) for term in terms if not isinstance(term, Literal)]
            )
            return
        term_name = self._terms.get(predicate)
        rule = self._context.get(term_name or "", {})
        rule = rule if isinstance(rule, dict) else {}
        if rule.get("@container") == "@language":
            self._add_by_language(made, predicate, str(term_name), terms)
        elif term_name is not None:
            made[self._name(term_name)] = _one([self._value(term, rule.get("@type", "")) for term in terms])
        else:
            made[self._short(predicate)] = _one([self._value(term, "") for term in terms])

    def _add_by_language(self, made: dict[str, Any], predicate: str, name: str, terms: list[Term]) -> None:
        spoken = [t for t in terms if isinstance(t, Literal) and t.language and not t.direction]
        by_language: dict[str, list[Any]] = {}
        for term in spoken:
            by_language.setdefault(str(term.language), []).append(term.value)
        if by_language:
            made[self._name(name)] = {tag: _one(by_language[tag]) for tag in sorted(by_language)}
        others = [self._value(term, "") for term in terms if term not in spoken]
        if others:
            made[predicate] = _one(others)  # the whole IRI, which is not bound by what the short name says

    def _terms_name(self, iri: str) -> str:
        return self._name(self._terms[iri]) if iri in self._terms else self._short(iri)

    def _short(self, iri: str) -> str:
        """Return an IRI by its longest prefix, or as it is."""
        fitting = [name for name, start in self._prefixes.items() if iri.startswith(start) and iri != start]
        best = max(fitting, key=lambda name: (len(self._prefixes[name]), name), default=None)
        if best is None:
            return iri
        short = f"{best}:{iri.removeprefix(self._prefixes[best])}"
        # Such a short form would be read as an address, or as a name with rules of its own.
        if short.startswith(f"{best}://") or short in self._context:
            return iri
        self._used.add(best)
        return short

    def _value(self, term: Term, kind: str) -> Any:
        if not isinstance(term, Literal):
            address = self._short(_address(term))
            return address if kind == "@id" else {self._name(self._id): address}
        if term.language:
            direction = {"@direction": term.direction.value} if term.direction else {}
            return {"@language": term.language, **direction, "@value": term.value}
        datatype = term.datatype.value
        if kind and kind != "@id" and self._whole(kind) == datatype:
            return term.value
        plain = _plain(term.value, datatype)
        if plain is not None and not kind:
            return plain
        said = {} if datatype == _STRING else {"@type": self._short(datatype)}
        return {**said, "@value": term.value}


def _plain(value: str, datatype: str) -> str | int | bool | None:
    """Value that JSON has a form for, when it reads back as the same literal."""
    if datatype == _STRING:
        return value
    if datatype == str(XSD("integer")) and _WHOLE.fullmatch(value):
        return int(value)
    return value == "true" if datatype == str(XSD("boolean")) and value in ("true", "false") else None


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
