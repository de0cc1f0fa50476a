"""``rte-graph completion``: what a shell needs to complete commands, names, parameters and their values."""

from __future__ import annotations

import click

from rte_graph.cli.common import Session, argument, command, text
from rte_graph.cli.completion.answering import SHELLS, answer, script

__all__ = ["answer", "completion"]


@command(
    "completion",
    help=text(
        fr="Donner le script par lequel bash, zsh ou fish complètent, avec la touche de tabulation, "
        "commandes, options, noms de requêtes et de réseaux, paramètres et leurs valeurs.",
        en="Give the script by which bash, zsh or fish complete, with the tab key, commands, options, names "
        "of queries and networks, parameters and their values.",
    ),
    example=text(
        fr='eval "$(rte-graph completion bash)"     # à la fin de ~/.bashrc\n'
        'eval "$(rte-graph completion zsh)"      # à la fin de ~/.zshrc\n'
        "rte-graph completion fish | source      # dans ~/.config/fish/config.fish",
        en='eval "$(rte-graph completion bash)"     # at the end of ~/.bashrc\n'
        'eval "$(rte-graph completion zsh)"      # at the end of ~/.zshrc\n'
        "rte-graph completion fish | source      # in ~/.config/fish/config.fish",
    ),
)
@argument("shell", type=click.Choice(sorted(SHELLS)), metavar="bash|zsh|fish")
def completion(session: Session, shell: str) -> None:
    """Write the script."""
    session.emit(script(shell))
