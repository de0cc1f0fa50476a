"""``rte-graph load``: read files, validate them, say what they hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.cli.common import FilePath, Session, argument, command, option, store_option, text
from rte_graph.typography import printable

if TYPE_CHECKING:
    from rte_graph.loading import LoadReport, Target

_ACTOR = "https://w3id.org/rte/ontology#Actor"


@command(
    "load",
    help=text(
        fr="Charger des fichiers RDF (ou des dossiers) dans une base et dire ce qu’ils contiennent. "
        "Ils sont validés d’abord, joints à ce que la base contient : tout est chargé, ou rien. "
        "Un jeu de données déjà chargé est remplacé, les autres restent tels quels. "
        "Sans --store : la base que nomme rte.toml, sinon une nouvelle, rte-store, que rte.toml nommera.",
        en="Load RDF files (or folders) into a store and say what they hold. "
        "They are validated first, joined to what the store holds: all is loaded, or nothing. "
        "A dataset that was loaded before is replaced, the others stay as they are. "
        "Without --store: the store that rte.toml names, else a new one, rte-store, and an rte.toml that "
        "names it.",
    ),
    example=text(
        fr="rte-graph load mes-donnees/\nrte-graph load mes-donnees/ --store http://localhost:7878/query",
        en="rte-graph load my-data/\nrte-graph load my-data/ --store http://localhost:7878/query",
    ),
)
@argument(
    "files",
    nargs=-1,
    required=True,
    metavar=text(fr="FICHIERS…", en="FILES…"),
    type=FilePath(),
)
@option(
    "--no-shapes",
    "shapes",
    flag_value=False,
    default=True,
    help=text(
        fr="Ne pas interroger les formes SHACL, pour de très grands fichiers ; les termes non déclarés "
        "restent refusés.",
        en="Do not ask the SHACL shapes, for very large files; undeclared terms are refused all the same.",
    ),
)
def load(session: Session, files: tuple[Path, ...], shapes: bool) -> int:
    """Load files into a store on disk or behind a URL."""
    from rte_graph.errors import NotConforming
    from rte_graph.loading import load as load_files
    from rte_graph.loading import name_in_project, writable
    from rte_graph.validation import Report, print_text

    try:
        with writable(session.store_spec) as target:
            report = load_files(target.store, files, shapes=shapes, lang=session.lang)
    except NotConforming as error:
        if isinstance(error.report, Report):
            print_text(error.report, session.console(), session.lang)
        session.say(
            fr="Rien n’a été chargé : réparez d’abord les violations ci-dessus.",
            en="Nothing was loaded: repair the violations above first.",
        )
        return error.exit_code
    named = name_in_project(session.store_spec, target.place)
    session.emit(_summary(session, report))
    if report.validation.warnings:
        print_text(report.validation, session.console(), session.lang)
    _say_what_next(session, target, report, named=named)
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


def _say_what_next(session: Session, target: Target, report: LoadReport, *, named: bool) -> None:
    """Say where the data are, what else was done, and what to type now."""
    place = target.place.spec
    if named:
        where_fr = f"Base créée : {place} ; rte.toml la nomme aux commandes de ce dossier."
        where_en = f"Store created: {place}; rte.toml names it to the commands of this folder."
    elif target.new:
        where_fr, where_en = f"Base créée : {place}", f"Store created: {place}"
    else:
        where_fr, where_en = f"Chargé dans {place}", f"Loaded into {place}"
    session.say(fr="\n" + where_fr, en="\n" + where_en)
    _say_ontology(session, report)
    option = store_option(session)
    if not report.validated:
        session.say(
            fr=f"Non validé : « rte-graph validate{option} » dit si ces données sont conformes.",
            en=f"Not validated: “rte-graph validate{option}” says whether these data conform.",
        )
    session.say(fr=f"Et maintenant : rte-graph query list{option}", en=f"Now: rte-graph query list{option}")


def _say_ontology(session: Session, report: LoadReport) -> None:
    if report.replaced_ontology is None:
        return
    before = report.replaced_ontology or "?"
    session.say(
        fr=f"L’ontologie de la base ({before}) a été remplacée par celle de rte-graph, plus récente ; "
        "« rte-graph rebuild » l’applique aussi aux autres jeux de données.",
        en=f"The store’s ontology ({before}) was replaced by that of rte-graph, which is newer; "
        "“rte-graph rebuild” applies it to the other datasets too.",
    )
