"""The command line: ``rte-graph VERB``; each verb's module is imported only when it is called."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import click

from rte_graph import __version__
from rte_graph.cli.common import Session, Text, group, option, text
from rte_graph.cli.language import early_language, set_language
from rte_graph.errors import RteError
from rte_graph.typography import printable

# Name → (where the verb is, what it does): all that --help needs to know.
VERBS: dict[str, tuple[str, Text]] = {
    "run": (
        "rte_graph.cli.run:run",
        text(
            fr="Tout faire : charger, valider, interroger, classer, dessiner.",
            en="Do it all: load, validate, query, rank, draw.",
        ),
    ),
    "load": (
        "rte_graph.cli.load:load",
        text(
            fr="Charger des fichiers et dire ce qu’ils contiennent.", en="Load files and say what they hold."
        ),
    ),
    "validate": (
        "rte_graph.cli.validate:validate",
        text(
            fr="Dire si des données sont conformes, et sinon où.",
            en="Say whether data conform, and if not where.",
        ),
    ),
    "query": (
        "rte_graph.cli.query:query",
        text(
            fr="Lister et exécuter les requêtes enregistrées.",
            en="List and run the saved queries.",
        ),
    ),
    "sparql": (
        "rte_graph.cli.sparql:sparql",
        text(
            fr="Exécuter une requête SPARQL que vous écrivez.",
            en="Run a SPARQL query that you write.",
        ),
    ),
    "describe": (
        "rte_graph.cli.describe:describe",
        text(
            fr="Tout ce que l’on sait d’un nom, avec les preuves.",
            en="All that is known of a name, with evidence.",
        ),
    ),
    "network": (
        "rte_graph.cli.network:network",
        text(
            fr="Lister et montrer les réseaux et les mesures.",
            en="List and show the networks and measures.",
        ),
    ),
    "hubs": (
        "rte_graph.cli.hubs:hubs",
        text(
            fr="Classer les nœuds d’un réseau par centralité.",
            en="Rank the nodes of a network by centrality.",
        ),
    ),
    "overlap": (
        "rte_graph.cli.overlap:overlap",
        text(
            fr="Membres partagés, recouvrements, méta-coalitions.",
            en="Shared members, overlaps, meta-coalitions.",
        ),
    ),
    "project": (
        "rte_graph.cli.project:project",
        text(
            fr="Paires d’un ensemble qui ont des voisins communs.",
            en="Pairs of one set that share neighbours.",
        ),
    ),
    "communities": (
        "rte_graph.cli.communities:communities",
        text(
            fr="Communautés d’un réseau et leur modularité.",
            en="Communities of a network and their modularity.",
        ),
    ),
    "brokerage": (
        "rte_graph.cli.brokerage:brokerage",
        text(
            fr="Courtiers entre types de nœuds, indice E-I.",
            en="Brokers between types of nodes, E-I index.",
        ),
    ),
    "backbone": (
        "rte_graph.cli.backbone:backbone",
        text(
            fr="Paires qui ont plus en commun que le hasard.",
            en="Pairs that share more than chance.",
        ),
    ),
    "robustness": (
        "rte_graph.cli.robustness:robustness",
        text(
            fr="Ce qui reste d’un classement quand des liens manquent.",
            en="What stays of a ranking when ties are missing.",
        ),
    ),
    "compare": (
        "rte_graph.cli.compare:compare",
        text(
            fr="Deux réseaux ou deux éditions côte à côte.",
            en="Two networks or two editions side by side.",
        ),
    ),
    "diff": (
        "rte_graph.cli.diff:diff",
        text(
            fr="Ce qui a changé d’une édition à l’autre.",
            en="What changed from one edition to another.",
        ),
    ),
    "align": (
        "rte_graph.cli.align:align",
        text(
            fr="Ce qui passerait d’un fichier ORG, schema.org, ESSGlobal, PAIR.",
            en="What would come across of an ORG, schema.org, ESSGlobal, PAIR file.",
        ),
    ),
    "draw": (
        "rte_graph.cli.draw:draw",
        text(
            fr="Dessiner un réseau : page autonome, image, figure.",
            en="Draw a network: offline page, picture, figure.",
        ),
    ),
    "map": (
        "rte_graph.cli.map:draw_map",
        text(
            fr="Montrer sur une carte de France où les choses ont lieu.",
            en="Show on a map of France where things take place.",
        ),
    ),
    "export": (
        "rte_graph.cli.export:export",
        text(
            fr="Donner un réseau à Gephi et aux autres outils.", en="Hand a network to Gephi and other tools."
        ),
    ),
    "publish": (
        "rte_graph.cli.publish:publish",
        text(
            fr="Publier le graphe en site de données liées.", en="Publish the graph as a site of linked data."
        ),
    ),
    "territories": (
        "rte_graph.cli.territories:territories",
        text(
            fr="Ajouter des territoires du code officiel géographique.",
            en="Add territories of the official geographical code.",
        ),
    ),
    "completion": (
        "rte_graph.cli.completion:completion",
        text(
            fr="Compléter commandes, noms et valeurs dans le shell.",
            en="Complete commands, names and values in the shell.",
        ),
    ),
    "check": (
        "rte_graph.cli.store:check",
        text(fr="Dire si une base sur disque est saine.", en="Say whether a store on disk is sound."),
    ),
    "rebuild": (
        "rte_graph.cli.store:rebuild",
        text(fr="Refaire une base à neuf à partir de ses fichiers.", en="Make a store anew from its files."),
    ),
    "backup": (
        "rte_graph.cli.store:backup",
        text(fr="Copier une base sur disque.", en="Copy a store on disk."),
    ),
}


COMPLETION = "_RTE_GRAPH_COMPLETE"
"""Set by the scripts of ``rte-graph completion``: which shell asks how a command line may go on."""

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"rte-graph {__version__}")
        ctx.exit()


@group(
    "rte-graph",
    help=text(
        fr="Les réseaux de coopération de l’ESS : un graphe, des requêtes, des mesures, une image.",
        en="Cooperation networks of the ESS: a graph, queries, measures, a picture.",
    ),
    example="rte-graph run --out out\nrte-graph hubs alliance-memberships",
    lazy=VERBS,
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help=text(fr="Montrer la version.", en="Show the version."),
)
def cli(session: Session) -> None:
    """Answer with one of the verbs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``rte-graph``; by default those of the process.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    if shell := os.environ.get(COMPLETION):
        from rte_graph.cli.completion import answer

        return answer(cli, shell)
    set_language(early_language(words))
    session = Session(debug="--debug" in words)
    try:
        code = _invoke(words, session)
        sys.stdout.flush()
        return code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        from rte_graph.cli.usage import usage_error

        return _fail(usage_error(error), session)
    except RteError as error:
        return _fail(error, session)
    except BrokenPipeError:
        return _reader_left()
    except OSError as error:
        return _disk_full(error, session) if error.errno in DISK_FULL else _our_fault(error, session)
    except (KeyboardInterrupt, click.Abort):
        return 130
    except Exception as error:
        return _our_fault(error, session)
    finally:
        session.close()


def _invoke(words: list[str], session: Session) -> int:
    # Not click's own main(): it answers a broken pipe and an interruption with exit codes of its own.
    with cli.make_context("rte-graph", words, obj=session) as context:
        result = cli.invoke(context)
    return result if isinstance(result, int) else 0


def _fail(error: RteError, session: Session) -> int:
    if session.debug:
        import traceback

        traceback.print_exc()
    click.echo(text(fr="rte-graph : ", en="rte-graph: ") + printable(error.message(session.lang)), err=True)
    return error.exit_code


def _our_fault(error: Exception, session: Session) -> int:
    from rte_graph.errors import InternalError

    detail = f"{type(error).__name__}: {error}".splitlines()[0]
    return _fail(
        InternalError(
            fr=f"Défaut de rte-graph ({detail}) : relancez avec --debug et signalez la trace.",
            en=f"A defect of rte-graph ({detail}): run it again with --debug and report the traceback.",
        ),
        session,
    )


def _reader_left() -> int:
    """Whoever read our output has left (``| head``): leave quietly, as other tools do (128 + SIGPIPE)."""
    _write_nowhere()
    return 141


def _disk_full(error: OSError, session: Session) -> int:
    from rte_graph.errors import LimitReached

    _write_nowhere()
    return _fail(
        LimitReached(
            fr="La sortie n’a pas pu être écrite, le disque est plein : faites de la place et recommencez.",
            en="The output could not be written, the disk is full: make room and try again.",
        ),
        session,
    )


def _write_nowhere() -> None:
    # Python flushes stdout at exit; without this it would complain then.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; the results are French."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
