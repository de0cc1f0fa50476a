"""All communes as Turtle that stands alone: with the départements and régions that they lie in."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.errors import InvalidParameter, UnreadableData, UsageError
from rte_graph.ingest.communes_file import Commune, CommunesFile
from rte_graph.ingest.territories import (
    COUNTRY,
    LICENCE,
    OVERSEAS,
    PACKAGE,
    PACKAGE_PAGE,
    OfficialTerritory,
    territory_iri,
    territory_triples,
)
from rte_graph.namespaces import DCAT, DCTERMS, RDF, RTE, XSD, data_namespace
from rte_graph.rdf_io import format_turtle, parse_triples
from rte_graph.resources import data_folder

EDITIONS = {"1": "2021", "2": "2022", "3": "2023", "4": "2024", "5": "2025", "6": "2026"}
"""Major version of the package → year of the code, as its README tells."""

_LARGEST_PACKAGE_FILE = 100_000
_VERSION = re.compile(r"([0-9]{1,4})\.[0-9]{1,4}\.[0-9]{1,4}")
_OVERSEAS_COLLECTIVITY = re.compile(r"9[78][0-9]")
_FILES = ("regions.ttl", "departements.ttl", "territories.ttl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where communes come from: the year of the code and, where known, the package's version."""

    edition: str
    version: str | None = None

    def words(self, lang: str) -> str:
        """Name the source in a language."""
        package = PACKAGE if self.version is None else f"{PACKAGE} {self.version}"
        if lang == "en":
            return f"Insee, code officiel géographique, edition {self.edition}, from the package {package}"
        return f"Insee, code officiel géographique, édition {self.edition}, repris du paquet {package}"


def version_beside(path: Path) -> str | None:
    """Return the version of the package that a file lies in the ``data`` folder of; None if it does not."""
    beside = path.absolute().parent.parent / "package.json"
    try:
        if not beside.is_file() or beside.stat().st_size > _LARGEST_PACKAGE_FILE:
            return None
        about = json.loads(beside.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(about, dict) or about.get("name") != PACKAGE:
        return None
    version = about.get("version")
    return version if isinstance(version, str) and _VERSION.fullmatch(version) else None


def edition_of(version: str) -> str:
    """Return the year of the code that a version of the package holds.

    Raises
    ------
    UsageError
        The package's README, as we know it, does not tell.

    Examples
    --------
    >>> edition_of("5.3.0")
    '2025'
    """
    edition = EDITIONS.get(version.partition(".")[0])
    if edition is None:
        raise UsageError(
            fr=f"L’édition du code officiel que contient {PACKAGE} {version} n’est pas connue ici : donnez "
            "son année, par exemple --edition 2027.",
            en=f"Which edition of the official code {PACKAGE} {version} holds is not known here: give its "
            "year, for example --edition 2027.",
            keep=(PACKAGE,),
        )
    return edition


def chosen(file: CommunesFile, departements: Sequence[str]) -> tuple[Commune, ...]:
    """Return the communes of some départements (or overseas collectivities); all when none is named.

    Raises
    ------
    InvalidParameter
        The file has no commune of one of them.
    """
    known = {commune.departement for commune in file.communes}
    for code in departements:
        if code not in known:
            raise InvalidParameter(
                fr=f"Aucune commune n’est du département « {code} » : donnez des codes comme 46, 2A ou 974.",
                en=f"No commune is of the département “{code}”: give codes such as 46, 2A or 974.",
            )
    wanted = set(departements) or known
    return tuple(commune for commune in file.communes if commune.departement in wanted)


def communes_turtle(
    communes: Sequence[Commune], provenance: Provenance, departements: Sequence[str] = ()
) -> str:
    """Return canonical Turtle: the communes, what they lie in up to France, and a dataset that cites Insee.

    Départements, régions and France are those of the packaged data, word for word: the file can be loaded
    beside them. Communes of overseas collectivities, which are no départements, lie in overseas France.

    Raises
    ------
    UnreadableData
        A commune is of a département that does not exist.
    """
    official = _official()
    rows = [
        OfficialTerritory(
            kind="commune",
            code=each.code,
            name=each.name,
            around=_around(each, official),
            edition=provenance.edition,
        )
        for each in communes
    ]
    triples = [*_dataset(provenance, departements), *territory_triples(rows)]
    triples += _above({territory_iri(row.around) for row in rows}, official)
    header = f"# Source : {provenance.words('fr')} (Etalab), Licence Ouverte 2.0.\n# {LICENCE}"
    return format_turtle(triples, header=header)


def _official() -> dict[str, list[Triple]]:
    """Packaged régions and départements, overseas France and France: IRI → statements."""
    # Places that a source names besides may lie around them too: that is for its own data.
    outermost = {territory_iri(COUNTRY), territory_iri(OVERSEAS)}
    found: dict[str, list[Triple]] = defaultdict(list)
    for name in _FILES:
        for triple in parse_triples(data_folder() / "turtle" / "territories" / name):
            assert isinstance(triple.subject, NamedNode)
            if name != "territories.ttl" or triple.subject.value in outermost:
                found[triple.subject.value].append(triple)
    return found


def _around(commune: Commune, official: Mapping[str, object]) -> str:
    local = f"departement-{commune.departement}"
    if territory_iri(local) in official:
        return local
    if _OVERSEAS_COLLECTIVITY.fullmatch(commune.departement):
        return OVERSEAS
    raise UnreadableData(
        fr=f"La commune {commune.code} est d’un département inconnu, « {commune.departement} » : donnez le "
        f"fichier des communes du paquet npm {PACKAGE}, sans le modifier.",
        en=f"The commune {commune.code} is of an unknown département, “{commune.departement}”: give the file "
        f"of the communes of the npm package {PACKAGE} as it is.",
        keep=(PACKAGE,),
    )


def _above(iris: set[str], official: Mapping[str, list[Triple]]) -> Iterator[Triple]:
    """Statements about territories and all that they lie in."""
    waiting, seen = sorted(iris), set[str]()
    while waiting:
        iri = waiting.pop()
        if iri in seen:
            continue
        seen.add(iri)
        for triple in official[iri]:
            yield triple
            if triple.predicate.value == RTE("within") and isinstance(triple.object, NamedNode):
                waiting.append(triple.object.value)


def _dataset(provenance: Provenance, departements: Sequence[str]) -> Iterator[Triple]:
    """Describe the dataset; part of the communes are a dataset of their own, which replaces no other."""
    codes = sorted(set(departements))
    node = NamedNode(data_namespace("dataset")("-".join(["communes", *codes]).lower()))
    some = f", {'départements' if len(codes) > 1 else 'département'} {', '.join(codes)}" if codes else ""
    titles = {"fr": f"Communes de France{some}", "en": f"Communes of France{some}"}
    rights = {
        "fr": f"Source : {provenance.words('fr')} (Etalab), sous Licence Ouverte 2.0.",
        "en": f"Source: {provenance.words('en')} (Etalab), under Licence Ouverte 2.0.",
    }
    yield Triple(node, NamedNode(RDF("type")), NamedNode(DCAT("Dataset")))
    for predicate, texts in (("title", titles), ("rights", rights)):
        for lang, text in texts.items():
            yield Triple(node, NamedNode(DCTERMS(predicate)), Literal(text, language=lang))
    yield Triple(node, NamedNode(DCTERMS("license")), NamedNode(LICENCE))
    yield Triple(node, NamedNode(DCTERMS("source")), NamedNode(PACKAGE_PAGE))
    year = Literal(provenance.edition, datatype=NamedNode(XSD("gYear")))
    yield Triple(node, NamedNode(DCTERMS("issued")), year)
