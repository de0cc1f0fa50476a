"""``rte-graph territories add-communes``: all communes from a local copy of the official code."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.cli.common import (
    FilePath,
    Session,
    argument,
    command,
    group,
    option,
    output_option,
    store_option,
    text,
)

if TYPE_CHECKING:
    from rte_graph.ingest.communes import Provenance
    from rte_graph.ingest.communes_file import CommunesFile

_EXAMPLE_FR = (
    "npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-*.tgz\n"
    "rte-graph territories add-communes package/data/communes.json -o communes.ttl\n"
    "rte-graph load communes.ttl"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@group(
    "territories",
    help=text(
        fr="Ajouter des territoires du code officiel géographique.",
        en="Add territories of the official geographical code.",
    ),
    example="rte-graph territories add-communes communes.json -o communes.ttl",
)
def territories(session: Session) -> None:
    """Answer with one of the verbs."""


@command(
    "add-communes",
    help=text(
        fr="Écrire en Turtle, prêt à charger, toutes les communes d’une copie locale de data/communes.json "
        "du paquet npm @etalab/decoupage-administratif, avec leurs départements et régions. Les "
        "arrondissements municipaux, communes déléguées et communes associées, qui ne sont pas des communes, "
        "sont laissés de côté. Rien n’est téléchargé.",
        en="Write as Turtle, ready to load, all communes of a local copy of data/communes.json of the npm "
        "package @etalab/decoupage-administratif, with their départements and régions. Arrondissements of "
        "cities, delegated and associated communes, which are not communes, are left out. Nothing is "
        "fetched.",
    ),
    example=_EXAMPLE_FR,
    parent=territories,
)
@argument("file", metavar=text(fr="FICHIER", en="FILE"), type=FilePath())
@option(
    "--departement",
    "departements",
    multiple=True,
    metavar=text(fr="CODES", en="CODES"),
    help=text(
        fr="Seulement ces départements ou collectivités d’outre-mer, par exemple 46,81 ou 2A.",
        en="Only these départements or overseas collectivities, for example 46,81 or 2A.",
    ),
)
@option(
    "--edition",
    metavar=text(fr="ANNÉE", en="YEAR"),
    help=text(
        fr="Édition du code dont vient le fichier ; par défaut celle du paquet où il se trouve, sinon 2026.",
        en="Edition of the code that the file comes from; by default that of the package it lies in, "
        "else 2026.",
    ),
)
@output_option
def add_communes(
    session: Session, file: Path, departements: tuple[str, ...], edition: str | None, output: Path | None
) -> None:
    """Write the communes."""
    from rte_graph.cli.forms import form_of
    from rte_graph.ingest.communes import chosen, communes_turtle
    from rte_graph.ingest.communes_file import read_communes

    form_of(output, {".ttl": "turtle"}, named=False)
    if sys.stdout.isatty():
        _check_named(file, output)
    provenance = _provenance(session, file, edition)
    codes = sorted({code.strip().upper() for each in departements for code in each.split(",")})
    found = read_communes(file)
    communes = chosen(found, codes)
    session.emit(communes_turtle(communes, provenance, codes), output)
    _say(session, found, len(communes), provenance)
    if output is not None and str(output) != "-":
        load = f"rte-graph load {output}{store_option(session)}"
        session.say(fr=f"Pour les charger : « {load} ».", en=f"To load them: “{load}”.")


def _check_named(file: Path, output: Path | None) -> None:
    from rte_graph.errors import MissingParameter

    if output is None:
        order = f"rte-graph territories add-communes {file} -o communes.ttl"
        raise MissingParameter(
            fr=f"Dites où écrire, un terminal défilerait longtemps : {order}",
            en=f"Say where to write, a terminal would scroll for long: {order}",
            keep=(order,),
        )


def _provenance(session: Session, file: Path, edition: str | None) -> Provenance:
    """The year that was given, else that of the package, else that of the packaged data, which is said."""
    from rte_graph.errors import InvalidParameter
    from rte_graph.ingest.communes import Provenance, edition_of, version_beside
    from rte_graph.ingest.territories import EDITION

    if edition is not None and not _YEAR.fullmatch(edition):
        raise InvalidParameter(
            fr=f"« {edition} » n’est pas une année : donnez ses quatre chiffres, --edition 2026 par exemple.",
            en=f"“{edition}” is not a year: give its four digits, --edition 2026 for example.",
        )
    version = version_beside(file)
    if edition is not None or version is not None:
        return Provenance(edition=edition or edition_of(str(version)), version=version)
    session.say(
        fr=f"Le fichier ne dit pas l’édition du code : {EDITION} est supposée, --edition en nomme une autre.",
        en=f"The file does not say which edition of the code it is: {EDITION} is assumed, --edition names "
        "another.",
    )
    return Provenance(edition=EDITION)


def _say(session: Session, found: CommunesFile, written: int, provenance: Provenance) -> None:
    from rte_graph.validation import number

    count = number(written, session.lang)
    communes = "communes" if written > 1 else "commune"
    session.say(
        fr=f"{count} {communes} : {provenance.words('fr')}, Licence Ouverte 2.0.",
        en=f"{count} {communes}: {provenance.words('en')}, Licence Ouverte 2.0.",
    )
    if left_out := sum(found.left_out.values()):
        size = number(left_out, session.lang)
        session.say(
            fr=f"Laissées de côté : {size} entrées qui ne sont pas des communes (arrondissements municipaux, "
            "communes déléguées ou associées).",
            en=f"Left out: {size} entries that are not communes (arrondissements of cities, delegated or "
            "associated communes).",
        )
