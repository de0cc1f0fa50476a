"""Mend what is known to be wrong in published data, and say what was mended."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from rte_graph.exchange.reading import Foreign
from rte_graph.exchange.vocabularies import canonical
from rte_graph.namespaces import DATA_BASE, RDF, XSD
from rte_graph.rdf_io.terms import Term
from rte_graph.sparql.model import Text

KINDS: dict[str, Text] = {
    "form": Text(fr="forme ancienne ou déplacée d’un vocabulaire", en="older or moved form of a vocabulary"),
    "development": Text(fr="adresse de développement rendue publique", en="development address made public"),
    "local": Text(
        fr="adresse locale (localhost) : donnez l’adresse publique avec --base",
        en="local address (localhost): give the public one with --base",
    ),
    "language": Text(
        fr="étiquette de langue en capitales, mise en minuscules",
        en="language tag in capitals, put in lower case",
    ),
    "empty": Text(fr="texte vide, retiré", en="empty text, removed"),
    "blanks": Text(fr="blancs autour d’un texte, retirés", en="blanks around a text, removed"),
    "control": Text(
        fr="caractère de commande dans un texte, retiré", en="control character in a text, removed"
    ),
    "unsafe": Text(
        fr="adresse d’une sorte que rien n’ouvre sans danger, triplet écarté",
        en="address of a kind that nothing opens without danger, triple set aside",
    ),
    "blank-node": Text(fr="nœud anonyme, nommé", en="blank node, given a name"),
    "context": Text(
        fr="contexte de schema.org, non téléchargé : remplacé par l’essentiel",
        en="context of schema.org, not fetched: replaced by what matters of it",
    ),
}
_SCHEMES = (
    *("http", "https", "urn", "mailto", "tel", "tag", "info", "did", "geo", "doi", "ark", "acct", "hdl"),
    *("ftp", "oai", "isbn"),
)
_WEB = re.compile(r"(https?)://([^/?#]*)(.*)", re.DOTALL)
_KNOWN_DEVELOPMENT = ("dev.lod.coop", "dev.data.solidarityeconomy.coop", "dev.data.digitalcommons.coop")
_LOCAL = re.compile(r"(?:localhost|[^:]*\.localhost|127\.[0-9.]+|0\.0\.0\.0|\[::1\])(?::[0-9]+)?")
# As the shape on names has it, with line breaks and tabs, which descriptions may hold, left alone.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\u200e\u200f]"
)
_TYPE = RDF("type")
_TEXTS = (XSD("string"), RDF("langString"))
_EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One sort of fault: how often it was met, with the first examples (before, after)."""

    kind: str
    count: int
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A file of others as it should be, and what was done for it."""

    triples: frozenset[Triple]
    mends: tuple[Mend, ...]


class _Note:
    """Gathers what was mended."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._examples: dict[str, dict[tuple[str, str], None]] = {}

    def add(self, kind: str, before: str, after: str, count: int = 1) -> None:
        self._counts[kind] += count
        examples = self._examples.setdefault(kind, {})
        if len(examples) < _EXAMPLES:
            examples[before, after] = None

    def mends(self) -> tuple[Mend, ...]:
        return tuple(
            Mend(kind=kind, count=self._counts[kind], examples=tuple(self._examples[kind]))
            for kind in KINDS
            if self._counts[kind]
        )


class _Mender:
    def __init__(self, triples: Iterable[Triple], base: str, note: _Note) -> None:
        self._base, self._note = base.rstrip("/"), note
        self._hosts = set(_KNOWN_DEVELOPMENT) | set(_own_hosts(triples))
        # An IRI is mended once and told once, however often it stands in the file.
        self._known: dict[str, NamedNode | None] = {}

    def triple(self, triple: Triple) -> Triple | None:
        """Return a triple mended; None when it is set aside."""
        assert not isinstance(triple.subject, Triple)
        assert not isinstance(triple.object, Triple)
        subject, value = self._term(triple.subject), self._term(triple.object, triple.predicate)
        predicate = self._iri(triple.predicate.value)
        if subject is None or predicate is None or value is None:
            return None
        return Triple(subject, predicate, value)  # type: ignore[arg-type]

    def _term(self, term: Term, predicate: NamedNode | None = None) -> Term | None:
        if isinstance(term, NamedNode):
            return self._iri(term.value)
        if isinstance(term, BlankNode):
            return self._named(term)
        return self._literal(term, predicate)

    def _named(self, node: BlankNode) -> NamedNode:
        iri = f"{DATA_BASE}genid/{hashlib.sha256(node.value.encode()).hexdigest()[:16]}"
        if node.value not in self._known:
            self._known[node.value] = NamedNode(iri)
            self._note.add("blank-node", f"_:{node.value}", iri)
        return NamedNode(iri)

    def _literal(self, literal: Literal, predicate: NamedNode | None) -> Literal | None:
        text = _CONTROL.sub("", literal.value)
        if text != literal.value:
            self._note.add("control", ascii(literal.value)[1:-1], text)
        bare = text.strip()
        if not bare:
            where = predicate.value if predicate is not None else ""
            tag = f"@{literal.language}" if literal.language else ""
            self._note.add("empty", f'{where} ""{tag}', "")
            return None
        if bare != text:
            self._note.add("blanks", f'"{text}"', f'"{bare}"')
        if bare == literal.value:
            return literal
        if literal.language:
            return Literal(bare, language=literal.language)
        return Literal(bare, datatype=literal.datatype)

    def _iri(self, iri: str) -> NamedNode | None:
        if iri not in self._known:
            self._known[iri] = self._mended(iri)
        found = self._known[iri]
        if found is None:
            self._note.add("unsafe", iri, "")
        return found

    def _mended(self, iri: str) -> NamedNode | None:
        if iri.partition(":")[0].lower() not in _SCHEMES:
            return None
        written = canonical(iri)
        if written is not None:
            met, space, after = written
            if after != iri:
                self._note.add("development" if "://dev." in met else "form", met, space)
            return NamedNode(after)
        return NamedNode(self._public(iri))

    def _public(self, iri: str) -> str:
        found = _WEB.fullmatch(iri)
        if found is None:
            return iri
        scheme, host, rest = found.groups()
        if _LOCAL.fullmatch(host):
            after = f"{self._base}{rest}" if self._base else iri
            self._note.add("development" if self._base else "local", iri, after if self._base else "")
            return after
        name = host.partition(":")[0].lower()
        if name not in self._hosts:
            return iri
        after = f"{scheme}://{name.removeprefix('dev.')}{rest}"
        self._note.add("development", iri, after)
        return after


def mend(foreign: Foreign, *, base: str = "") -> Mended:
    """Mend a file of others.

    Parameters
    ----------
    foreign : Foreign
    base : str, optional
        The public address (``https://…``) that replaces local ones (``http://localhost:3000``).

    Notes
    -----
    An address is counted once, a text each time that it stands in the file. ``http://dev.X/…`` becomes
    ``http://X/…`` where X has a dot and the file itself describes or uses as a term something there: a
    site that is merely linked to keeps its address.
    """
    note = _Note()
    if foreign.context:
        note.add("context", foreign.context, "")
    for tag, count in sorted(foreign.tags.items()):
        note.add("language", f"@{tag}", f"@{tag.lower()}", count)
    mender = _Mender(foreign.triples, base, note)
    mended = frozenset(triple for triple in map(mender.triple, foreign.triples) if triple is not None)
    return Mended(triples=_as_stored(mended), mends=note.mends())


def _as_stored(triples: frozenset[Triple]) -> frozenset[Triple]:
    """Return triples with numbers and dates as the store writes them: rules see them so."""
    typed = {t for t in triples if isinstance(t.object, Literal) and t.object.datatype.value not in _TEXTS}
    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in typed)
    return (triples - typed) | {quad.triple for quad in store}


def _own_hosts(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield the development hosts on which the file describes something, or takes its terms from."""
    for triple in triples:
        own: list[object] = [triple.subject, triple.predicate]
        if triple.predicate.value == _TYPE:
            own.append(triple.object)
        for term in own:
            found = _WEB.fullmatch(term.value) if isinstance(term, NamedNode) else None
            name = found[2].partition(":")[0].lower() if found else ""
            if name.startswith("dev.") and "." in name.removeprefix("dev."):
                yield name
