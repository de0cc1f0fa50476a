"""The verb ``query``, to which the others belong."""

from __future__ import annotations

from rte_graph.cli.common import Session, group, text


@group(
    "query",
    help=text(
        fr="Lister, expliquer, exécuter, écrire et vérifier les requêtes enregistrées.",
        en="List, explain, run, write and check the saved queries.",
    ),
    example='rte-graph query list\nrte-graph query run members-of-alliance -p alliance="Coalition Solidaire"',
)
def query(session: Session) -> None:
    """Answer with one of the verbs."""
