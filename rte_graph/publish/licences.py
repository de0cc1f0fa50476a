"""Under which licences a resource's statements stand: those of the datasets that make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from rte_graph.publish.statements import own_datasets
from rte_graph.publish.void import licences_of

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.publish.model import Site

Licences = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LicenceBook:
    """The licences of statements by their subject.

    Attributes
    ----------
    everywhere : tuple of str
        Addresses of the licences of the site as a whole.
    of_subject : mapping of str to tuple of str
        Addresses of the licences of the datasets that describe an IRI; empty where all have the same ones.
    """

    everywhere: Licences
    of_subject: Mapping[str, Licences] = field(default_factory=dict)

    def of(self, triples: Iterable[Triple]) -> Licences:
        """Return the licences of some statements, sorted; those of the whole where nothing is known."""
        subjects = {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}
        found = {each for subject in subjects for each in self.of_subject.get(subject, ())}
        return tuple(sorted(found)) or self.everywhere


def licence_book(site: Site) -> LicenceBook:
    """Read which dataset describes what, once; only where licences differ.

    Notes
    -----
    One pass over the datasets; memory grows with the number of subjects.
    """
    return site.once("licences", lambda: _read(site))


def _read(site: Site) -> LicenceBook:
    stated = {each: tuple(sorted(licences_of(site, each.value))) for each in own_datasets(site.store)}
    everywhere = tuple(address for _, address in site.licences if address)
    if len(set(stated.values())) < 2:
        return LicenceBook(everywhere)
    found: dict[str, Licences] = {}
    joined: dict[tuple[Licences, Licences], Licences] = {}
    for dataset, licences in stated.items():
        for triple in site.store.triples(dataset):
            subject = getattr(triple.subject, "value", "")
            known = found.get(subject, ())
            if known != licences:
                pair = (known, licences)
                found[subject] = joined.setdefault(pair, tuple(sorted({*known, *licences})))
    return LicenceBook(everywhere, found)
