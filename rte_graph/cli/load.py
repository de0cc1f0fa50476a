"""``rte-graph load``: read files, validate them, say what they hold."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.cli.common import FilePath, Session, argument, command, text
from rte_graph.typography import printable

if TYPE_CHECKING:
    from rte_graph.loading import LoadReport

_ACTOR = "https://w3id.org/rte/ontology#Actor"


@command(
    "load",
    help=text(
        fr="Charger des fichiers RDF (ou des dossiers) et dire ce qu’ils contiennent. "
        "Ils sont validés d’abord : tout est chargé, ou rien.",
        en="Load RDF files (or folders) and say what they hold. "
        "They are validated first: all is loaded, or nothing.",
    ),
    example=text(
        fr="rte-graph load mes-donnees/\nrte-graph query list --store mes-donnees/",
        en="rte-graph load my-data/\nrte-graph query list --store my-data/",
    ),
)
@argument(
    "files",
    nargs=-1,
    required=True,
    metavar=text(fr="FICHIERS…", en="FILES…"),
    type=FilePath(),
)
def load(session: Session, files: tuple[Path, ...]) -> int:
    """Load files into a store that lives as long as this command."""
    from rte_graph.errors import NotConforming
    from rte_graph.loading import load as load_files
    from rte_graph.loading import store_from
    from rte_graph.store import EmbeddedStore
    from rte_graph.validation import Report, print_text

    store = store_from(session.store_spec) if session.store_spec else EmbeddedStore.in_memory()
    try:
        report = load_files(store, files, lang=session.lang)
    except NotConforming as error:
        if isinstance(error.report, Report):
            print_text(error.report, session.console(), session.lang)
        session.say(
            fr="Rien n’a été chargé : réparez d’abord les violations ci-dessus.",
            en="Nothing was loaded: repair the violations above first.",
        )
        return error.exit_code
    finally:
        store.close()
    session.emit(_summary(session, report))
    if report.validation.warnings:
        print_text(report.validation, session.console(), session.lang)
    _say_how_to_use(session, files)
    return 0


def _summary(session: Session, report: LoadReport) -> str:
    from rte_graph.validation import number

    lines = []
    for dataset in report.datasets:
        stated = number(dataset.triples, session.lang)
        files = len(dataset.files)
        lines.append(
            session.text(
                fr=f"{dataset.label} : {stated} triplet{'s' * (dataset.triples > 1)}, "
                f"{files} fichier{'s' * (files > 1)}",
                en=f"{dataset.label}: {stated} triple{'s' * (dataset.triples != 1)}, "
                f"{files} file{'s' * (files != 1)}",
            )
        )
        lines.append(f"  {dataset.iri}")
    lines.append("")
    # What is an actor is an organisation, a person or an alliance: counted there.
    counted = [(label, number(count, session.lang)) for iri, label, count in report.entities if iri != _ACTOR]
    width = max((len(label) for label, _ in counted), default=1)
    digits = max((len(count) for _, count in counted), default=1)
    lines += [f"  {label:<{width}}  {count:>{digits}}" for label, count in counted]
    return printable("\n".join(lines)) + "\n"


def _say_how_to_use(session: Session, files: tuple[Path, ...]) -> None:
    """Say honestly that nothing outlives this command, and what to type instead."""
    if len(files) == 1:
        named_fr = named_en = f"--store {shlex.quote(str(files[0]))}"
    else:
        named_fr, named_en = "--store DOSSIER", "--store FOLDER"
    session.say(
        fr="\nCes données n’étaient en mémoire que le temps de cette commande. "
        f"Pour les interroger, ajoutez « {named_fr} » aux autres commandes "
        'ou écrivez store = "…" dans rte.toml.',
        en="\nThese data were in memory for this command only. "
        f"To query them, add “{named_en}” to the other commands "
        'or write store = "…" in rte.toml.',
    )
