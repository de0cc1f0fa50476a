"""``rte-graph align``: what of a file of others fits our model, and what would be lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rte_graph.cli.common import FilePath, Session, argument, command, option, text

if TYPE_CHECKING:
    from rte_graph.exchange.align import Alignment


@command(
    "align",
    help=text(
        fr="Dire ce qui, d’un fichier en ORG, schema.org, ESSGlobal ou PAIR, passerait chez nous, ce qui se "
        "perdrait et ce qui reviendrait. Rien n’est chargé ni téléchargé. Les défauts connus des données "
        "publiées sont réparés en route, et dits. Code de sortie 1 si rien ne passe.",
        en="Say what of a file in ORG, schema.org, ESSGlobal or PAIR would come across, what would be lost "
        "and what would come back. Nothing is loaded or fetched. Known faults of published data are mended "
        "on the way, and told. Exit code 1 if nothing comes across.",
    ),
    example=text(
        fr="rte-graph align annuaire.ttl\n"
        "rte-graph align annuaire.ttl -o alignement/\n"
        "rte-graph align export.jsonld --base https://data.exemple.fr -o repris.ttl",
        en="rte-graph align directory.ttl\n"
        "rte-graph align directory.ttl -o alignment/\n"
        "rte-graph align export.jsonld --base https://data.example.org -o taken-over.ttl",
    ),
)
@argument("file", metavar=text(fr="FICHIER", en="FILE"), type=FilePath())
@option(
    "-o",
    "--output",
    type=FilePath(),
    metavar=text(fr="DOSSIER|FICHIER", en="FOLDER|FILE"),
    help=text(
        fr="Écrire les fichiers (mapped.ttl, mended.ttl, lost.ttl, back.ttl, patch.ttl, report.txt, "
        "report.json) dans ce dossier ; ou, si le nom finit en .ttl, ce qui passe ; en .json ou .txt, le "
        "rapport.",
        en="Write the files (mapped.ttl, mended.ttl, lost.ttl, back.ttl, patch.ttl, report.txt, "
        "report.json) into this folder; or, if the name ends in .ttl, what comes across; in .json or .txt, "
        "the report.",
    ),
)
@option(
    "--base",
    default="",
    metavar="URL",
    help=text(
        fr="Adresse publique qui remplace les adresses locales (http://localhost:3000).",
        en="Public address that replaces local ones (http://localhost:3000).",
    ),
)
@option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    help=text(fr="Forme du rapport (text par défaut).", en="Form of the report (text by default)."),
)
def align(session: Session, file: Path, output: Path | None, base: str, form: str | None) -> int:
    """Report, and write what was asked for."""
    from rte_graph.exchange.align import align as aligned

    _check_base(base)
    found = aligned(file, base=base)
    _write(session, found, output, form)
    return 0 if found.mapped else 1


def _write(session: Session, found: Alignment, output: Path | None, form: str | None) -> None:
    from rte_graph.exchange.report_json import to_json
    from rte_graph.exchange.report_text import print_alignment
    from rte_graph.exchange.writing import files_of, mapped_turtle, to_text, write_folder

    suffix = output.suffix.lower() if output is not None else ""
    if output is not None and suffix in (".json", ".txt"):
        as_json = suffix == ".json" if form is None else form == "json"
        session.emit(to_json(found, session.lang) if as_json else to_text(found, session.lang), output)
        return
    if output is not None and suffix == ".ttl":
        session.emit(mapped_turtle(found, session.lang), output)
    elif output is not None:
        write_folder(files_of(found, session.lang), output)
        session.say(fr=f"Écrit : {output}", en=f"Written: {output}")
    if form == "json":
        session.emit(to_json(found, session.lang))
    else:
        print_alignment(found, session.console(), session.lang, written=output is not None)


def _check_base(base: str) -> None:
    import re

    from rte_graph.errors import InvalidParameter

    if base and not re.fullmatch(r"https?://[^/?#\s<>\"{}|^`\\]+(?:/[^?#\s<>\"{}|^`\\]*)?", base):
        raise InvalidParameter(
            fr="--base attend une adresse publique, comme https://data.exemple.fr.",
            en="--base needs a public address, such as https://data.example.org.",
        )
