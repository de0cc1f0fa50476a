"""How long the command line takes to say its first word."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.inputs import Inputs
from benchmarks.measuring import Pair, Task

PROGRAM = """
import click
@click.group()
def main(): "A group with one command."
@main.command()
@click.option("--name", help="A name.")
def hello(name): "Say hello."
main()
"""
OURS = "from rte_graph.cli import main; raise SystemExit(main())"


def tasks() -> list[Task]:
    """Return the tasks of this module."""
    return [
        Task(name="start-help", bare="click program with one command", prepare=start("--help"), target=2.0),
        Task(name="start-query-list", bare="click program with one command", prepare=start("query", "list")),
    ]


def start(*words: str):  # type: ignore[no-untyped-def]
    """Return what prepares a task that starts programs: the same interpreter, the same flags."""

    def prepare(_inputs: Inputs) -> Pair:
        return Pair(bare=lambda: run(PROGRAM, "--help"), ours=lambda: run(OURS, *words))

    return prepare


def run(program: str, *words: str) -> None:
    """Run a Python program to its end."""
    subprocess.run([sys.executable, "-c", program, *words], check=True, stdout=subprocess.DEVNULL)
