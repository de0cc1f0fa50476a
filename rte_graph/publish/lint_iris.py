"""The IRIs that a site's files mint: each leads to a file of the site, none is an address of one machine."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, cast
from urllib.parse import unquote

from pyoxigraph import NamedNode, RdfFormat, parse

from rte_graph.namespaces import DCTERMS, RTE, VOCABULARY_BASE
from rte_graph.publish.faults import Fault, fault
from rte_graph.publish.model import Site

FORMATS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
LICENCE = DCTERMS("license")
WELL_KNOWN = ".well-known/void"
LOCAL = re.compile(
    r"(?i)(file:|https?://("
    r"(127|10|0|192\.168|172\.(1[6-9]|2[0-9]|3[01]))(\.[0-9]+){2,3}([:/]|$)|localhost([:/]|$)|\[::1\]"
    r"|(dev|devel|staging|preprod|recette)[.-][^/]*\."
    r"|[^/]*\.(local|localhost|test|invalid|internal)([/:]|$)))"
)
"""Addresses that only one machine or one office knows, and those of development."""


def rdf_format(path: str) -> RdfFormat | None:
    """Return how a file of the site is read; None for what is no RDF."""
    return (
        RdfFormat.TURTLE if path == WELL_KNOWN else FORMATS.get(path.removesuffix(".gz").rpartition(".")[2])
    )


class Iris:
    """All IRIs of the site's RDF files: which file uses each first, which are described.

    ``licensed`` are the files that state their own licence.

    Memory grows with the number of IRIs, not with the number of statements.
    """

    def __init__(self) -> None:
        self.used: dict[str, str] = {}
        self.described: set[str] = set()
        self.licensed: set[str] = set()

    def read(self, site: Site, folder: Path, paths: Iterable[str]) -> Iterator[Fault]:
        """Read every file of RDF; yield those that are not what they say."""
        for path in paths:
            form = rdf_format(path)
            if form is None:
                continue
            try:
                with _opened(folder / path) as held:
                    self._gather(path, held, form, site.url(path))
            except (SyntaxError, ValueError, OSError) as error:
                yield fault(
                    "rdf",
                    fr=f"{path} n’est pas lisible comme {form.name} : {error}",
                    en=f"{path} cannot be read as {form.name}: {error}",
                )

    def _gather(self, path: str, held: IO[bytes], form: RdfFormat, address: str) -> None:
        for quad in parse(held, format=form, base_iri=address):
            if isinstance(quad.subject, NamedNode):
                self.described.add(quad.subject.value)
                if quad.predicate.value == LICENCE and quad.subject.value == address:
                    self.licensed.add(path)
            for term in (quad.subject, quad.predicate, quad.object):
                if isinstance(term, NamedNode):
                    self.used.setdefault(term.value, path)


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def resolving_faults(
    site: Site, iris: Iris, paths: set[str], ids: Callable[[str], set[str]]
) -> Iterator[Fault]:
    """Yield the IRIs of the data, of the site and of its ontology that no file of the site answers for.

    Parameters
    ----------
    site : Site
    iris : Iris
        Those of the files.
    paths : set of str
        All files of the site.
    ids : callable
        Gives the ids of a page, by its path.
    """
    base = site.config.base
    used = iris.used | dict.fromkeys(sorted(_of_data(site) - iris.used.keys()), "")
    for iri, path in sorted(used.items()):
        own = iri.startswith(f"{site.config.base_url}/")
        if own and _in_site(site, iris, iri, paths, ids):
            continue
        if iri.startswith(base):
            if not _has_files(site, iri, paths):
                yield _undescribed(iri)
        elif own or (iri.startswith((RTE, VOCABULARY_BASE)) and not _is_term(site, iris, iri, paths, ids)):
            yield _lost(iri, path)


def _of_data(site: Site) -> set[str]:
    return {
        term.value
        for triple in site.store.triples()
        for term in (triple.subject, triple.object)
        if isinstance(term, NamedNode) and term.value.startswith(site.config.base)
    }


def _has_files(site: Site, iri: str, paths: set[str]) -> bool:
    resource = site.resources.get(iri)
    if resource is None:
        # The beginning of the IRIs itself, as in void:uriSpace or a prefix, names nothing.
        return iri == site.config.base
    pages = (resource.page(lang, site.first) for lang in site.config.languages)
    return paths.issuperset([f"{resource.stem}.ttl", f"{resource.stem}.jsonld", *pages])


def _in_site(site: Site, iris: Iris, iri: str, paths: set[str], ids: Callable[[str], set[str]]) -> bool:
    """Whether an address is a file of the site, its place there a thing described or an id of the page."""
    address, _, anchor = iri.removeprefix(f"{site.config.base_url}/").partition("#")
    path = unquote(address)
    found = next((each for each in (path, f"{path}.html", f"{path}index.html") if each in paths), "")
    if not found or not anchor:
        return bool(found)
    return iri in iris.described or (found.endswith(".html") and unquote(anchor) in ids(found))


def _is_term(site: Site, iris: Iris, iri: str, paths: set[str], ids: Callable[[str], set[str]]) -> bool:
    """Whether the ontology and the vocabularies of the site define a term; where the site has them."""
    place, _, anchor = site.term_place(iri, site.first).partition("#")
    if f"{site.named('ontology/index', site.first)}" not in paths:
        return True
    return place in paths and (not anchor or anchor in ids(place) or iri in iris.described)


def _undescribed(iri: str) -> Fault:
    return fault(
        "resolving",
        fr=f"{iri} est employé mais n’est pas décrit : il n’a pas de page.",
        en=f"{iri} is used but not described: it has no page.",
    )


def _lost(iri: str, path: str) -> Fault:
    return fault(
        "resolving",
        fr=f"{iri}, dans {path}, ne mène à rien dans le site.",
        en=f"{iri}, in {path}, leads to nothing in the site.",
    )


def local_faults(site: Site, iris: Iris) -> Iterator[Fault]:
    """Yield the addresses that only the machine that made the site knows, or that were for development."""
    found = {site.config.base, site.config.base_url} | iris.used.keys()
    for triple in site.store.triples():
        found.update(term.value for term in (triple.subject, triple.object) if isinstance(term, NamedNode))
    for iri in sorted(each for each in found if LOCAL.match(each)):
        yield fault(
            "local",
            fr=f"{iri} n’existe que sur une machine : publiez sous une adresse publique.",
            en=f"{iri} exists on one machine only: publish under a public address.",
        )
