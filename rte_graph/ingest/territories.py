"""Territories of the code officiel géographique as triples: régions, départements, communes.

Names, codes and hierarchy are Insee's, as the npm package @etalab/decoupage-administratif gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.namespaces import RDF, RTE, SKOS, VOCABULARY_BASE, XSD, data_namespace

PACKAGE = "@etalab/decoupage-administratif"
PACKAGE_PAGE = f"https://www.npmjs.com/package/{PACKAGE}"
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
EDITION = "2026"
"""Year of the code of which the packaged data hold the régions and départements."""
COUNTRY, OVERSEAS = "country-fr", "overseas-france"
"""Local names of France and of what lies overseas, in data/turtle/territories/territories.ttl."""

_TERRITORY = data_namespace("territory")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialTerritory:
    """A row of the code.

    Attributes
    ----------
    kind : str
        ``region``, ``departement`` or ``commune``: a concept of the scheme ``territory-kind``.
    code, name : str
        As the code has them.
    around : str
        Local name of the territory that it lies in, ``departement-46`` for instance.
    edition : str
        Year of the code.
    """

    kind: str
    code: str
    name: str
    around: str
    edition: str

    @property
    def iri(self) -> str:
        """The territory's IRI: by kind and code, the edition is a property."""
        return territory_iri(f"{self.kind}-{self.code}")


def territory_iri(local: str) -> str:
    """Return the IRI of a territory.

    Examples
    --------
    >>> territory_iri("departement-2A")
    'https://w3id.org/rte/id/territory/departement-2A'
    """
    return _TERRITORY(local)


def territory_triples(territories: Iterable[OfficialTerritory]) -> Iterator[Triple]:
    """Yield six triples a territory, in the order given; names get the French apostrophe.

    Examples
    --------
    >>> bors = OfficialTerritory(
    ...     kind="commune", code="16052", name="L'Été", around="departement-16", edition="2026"
    ... )
    >>> [triple.object.value for triple in territory_triples([bors])][1]
    'L’Été'
    """
    for each in territories:
        node = NamedNode(each.iri)
        yield Triple(node, NamedNode(RDF("type")), NamedNode(RTE("Territory")))
        yield Triple(node, NamedNode(SKOS("prefLabel")), Literal(each.name.replace("'", "’"), language="fr"))
        yield Triple(node, NamedNode(RTE("kind")), NamedNode(f"{VOCABULARY_BASE}territory-kind/{each.kind}"))
        yield Triple(node, NamedNode(RTE("within")), NamedNode(territory_iri(each.around)))
        yield Triple(node, NamedNode(RTE("inseeCode")), Literal(each.code))
        yield Triple(
            node, NamedNode(RTE("cogEdition")), Literal(each.edition, datatype=NamedNode(XSD("gYear")))
        )
