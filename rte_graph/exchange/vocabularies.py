"""The vocabularies of others that are spoken here, and the forms in which their IRIs occur in the world."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from rte_graph.namespaces import ESSGLOBAL, FOAF, ORG, PAIR, RDF, SCHEMA

ESSGLOBAL_STANDARD = "http://purl.org/essglobal/standard/"
_TYPE = RDF("type")

# Where ESSGlobal has lived: purl.org (1.0, 1.1), the Solidarity Economy Association (V2a), lod.coop (2.1).
_ESSGLOBAL = re.compile(
    r"(?P<form>https?://(?:dev\.)?(?:(?:www\.)?purl\.org|w3id\.solidarityeconomy\.coop|lod\.coop)/essglobal/"
    r"(?:(?:V2a|2\.[0-9]|experimental)/)?(?P<part>vocab/(?:v[0-9]\.[0-9]/)?|standard/)?)(?P<local>[^?#]*)"
)
_OLD_SCHEMA = "http://schema.org/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A vocabulary of others.

    Attributes
    ----------
    name : str
        As on the command line, and the folder of its queries in ``ontology/align``.
    title : str
    spaces : tuple of str
        The namespaces that we read and write.
    folders : tuple of str
        Folders of queries that read it, in order: it may build on another.
    writes : tuple of str
        Folders of queries that write it.
    """

    name: str
    title: str
    spaces: tuple[str, ...]
    folders: tuple[str, ...]
    writes: tuple[str, ...]


VOCABULARIES: tuple[Vocabulary, ...] = (
    Vocabulary(name="org", title="ORG", spaces=(ORG,), folders=("common", "org"), writes=("org",)),
    Vocabulary(
        name="essglobal",
        title="ESSGlobal",
        spaces=(ESSGLOBAL, ESSGLOBAL_STANDARD),
        folders=("common", "org", "essglobal"),
        writes=("org", "essglobal"),
    ),
    Vocabulary(
        name="schema", title="schema.org", spaces=(SCHEMA,), folders=("common", "schema"), writes=("schema",)
    ),
    Vocabulary(name="pair", title="PAIR", spaces=(PAIR,), folders=("common", "pair"), writes=("pair",)),
)
_BY_NAME = {each.name: each for each in VOCABULARIES}
# FOAF alone says organisations and persons too, which the queries of ORG read.
_FOAF_CLASSES = (FOAF("Organization"), FOAF("Person"))


def vocabulary(name: str) -> Vocabulary:
    """Return the vocabulary of this name."""
    return _BY_NAME[name]


def canonical(iri: str) -> tuple[str, str, str] | None:
    """Return (the namespace met, the one that we write, the IRI in it) for a vocabulary's IRI, or None.

    Examples
    --------
    >>> canonical("https://lod.coop/essglobal/2.1/standard/legal-form/L2")[2]
    'http://purl.org/essglobal/standard/legal-form/L2'
    >>> canonical("http://schema.org/name")
    ('http://schema.org/', 'https://schema.org/', 'https://schema.org/name')
    """
    if iri.startswith(_OLD_SCHEMA):
        return _OLD_SCHEMA, str(SCHEMA), SCHEMA(iri[len(_OLD_SCHEMA) :])
    if "/essglobal/" not in iri:
        return None
    found = _ESSGLOBAL.fullmatch(iri)
    if found is None:
        return None
    base = ESSGLOBAL_STANDARD if found["part"] == "standard/" else ESSGLOBAL
    return found["form"], base, f"{base}{found['local']}"


def spoken(triples: Iterable[Triple]) -> dict[str, int]:
    """Return how many triples speak each vocabulary, by name, in the fixed order.

    A triple speaks a vocabulary when its property, or the class that it gives, belongs to it.
    """
    found: Counter[str] = Counter()
    for triple in triples:
        found.update(_named(triple))
    return {each.name: found[each.name] for each in VOCABULARIES if found[each.name]}


def _named(triple: Triple) -> set[str]:
    iris = [triple.predicate.value]
    if triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode):
        iris.append(triple.object.value)
    names = {each.name for each in VOCABULARIES for iri in iris if iri.startswith(each.spaces)}
    return names | ({"org"} if any(iri in _FOAF_CLASSES for iri in iris) else set())
