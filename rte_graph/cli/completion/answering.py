"""Answer a shell that asks how a command line may go on: quickly, and with nothing at all on any fault."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Iterator, MutableMapping
from typing import Any, ClassVar

import click
from click.shell_completion import CompletionItem, ShellComplete

from rte_graph.cli.common import Session
from rte_graph.cli.completion.scripts import BASH, FISH, ZSH
from rte_graph.cli.completion.typed import Typed, read_typed, written
from rte_graph.cli.language import early_language, set_language
from rte_graph.settings import max_completion_seconds
from rte_graph.typography import printable

PROGRAM = "rte-graph"
_WIDEST = 60
"""Characters of what is said about a candidate: a list on a terminal stays one line each."""


class _Shell(ShellComplete):
    """A shell: how it hands over the line, and how a candidate is written for it."""

    def __init__(
        self, cli: click.Command, ctx_args: MutableMapping[str, Any], prog_name: str, complete_var: str
    ) -> None:
        super().__init__(cli, ctx_args, prog_name, complete_var)
        self.typed: Typed = read_typed(os.environ.get("_RTE_GRAPH_LINE", ""))

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor and the one under it."""
        return self.typed.words[1:], self.typed.incomplete

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return candidates for the whole word under the cursor."""
        items = super().get_completions(args, incomplete)
        if incomplete.startswith("--") and "=" in incomplete:
            # click has looked at what follows « --option= » only.
            option = incomplete[: incomplete.index("=") + 1]
            for item in items:
                item.value = option + item.value
        return items

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return one line: kind, what to write, what it is."""
        if item.type != "plain":
            return f"{'folder' if item.type == 'dir' else 'file'}\t\t"
        text = self.rest(item.value)
        if text is None or printable(item.value) != item.value or {"\t", "\n"} & set(item.value):
            return ""  # nothing that could not be typed, or would command the terminal
        about = " ".join(printable(item.help or "").split())
        if len(about) > _WIDEST:
            about = f"{about[: _WIDEST - 1]}…"
        return f"{'part' if item.partial else 'word'}\t{text}\t{self.shown(item.value, about)}"

    def rest(self, value: str) -> str | None:
        """Return what the shell is to write for a word, or None when that cannot be."""
        return value

    def shown(self, value: str, about: str) -> str:
        """Return what the shell shows in its list."""
        return about


class Bash(_Shell):
    """Bash replaces the line from its last word break, and writes the answer as it is."""

    name: ClassVar[str] = "bash"
    source_template: ClassVar[str] = BASH

    def rest(self, value: str) -> str | None:
        """Return what goes in place of the text after the last word break, in the quotes that are open."""
        start = self.typed.replaced_from(os.environ.get("_RTE_GRAPH_BREAKS", " \t\n"))
        kept = read_typed(self.typed.line[self.typed.begins : start]).incomplete
        if not value.startswith(kept):
            from rte_graph.cli.completion.fitting import after

            remaining = after(kept, value)
            return None if remaining is None else written(remaining, self.typed.quote)
        return written(value[len(kept) :], self.typed.quote)


class Zsh(_Shell):
    """Zsh replaces the word, but for a quotation mark at its beginning."""

    name: ClassVar[str] = "zsh"
    source_template: ClassVar[str] = ZSH

    def rest(self, value: str) -> str | None:
        """Return the word as it is typed."""
        return written(value, os.environ.get("_RTE_GRAPH_QUOTE", "")[:1])

    def shown(self, value: str, about: str) -> str:
        """Return the word and what it is."""
        return f"{value}  -- {about}" if about else value


class Fish(_Shell):
    """Fish quotes by itself, and leaves out what does not begin as typed."""

    name: ClassVar[str] = "fish"
    source_template: ClassVar[str] = FISH

    def rest(self, value: str) -> str | None:
        """Return the word, beginning as it was typed: fish is blind to case but not to accents."""
        if value.casefold().startswith(self.typed.incomplete.casefold()):
            return value
        from rte_graph.cli.completion.fitting import after

        remaining = after(self.typed.incomplete, value)
        return None if remaining is None else self.typed.incomplete + remaining


SHELLS: dict[str, type[_Shell]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}


def script(shell: str) -> str:
    """Return what a shell is to read at its start."""
    return SHELLS[shell].source_template.lstrip("\n")


def answer(cli: click.Command, shell: str) -> int:
    """Write the candidates for the line that a shell has handed over; nothing on any fault.

    Parameters
    ----------
    cli : click.Command
        The command line.
    shell : str
        What the environment says: one of `SHELLS`.
    """
    lines: list[str] = []
    session = Session()
    try:
        with _time_limit(), contextlib.redirect_stdout(io.StringIO()):
            asked = SHELLS[shell](cli, {"obj": session}, PROGRAM, "")
            set_language(early_language(asked.typed.words))
            lines = [line for line in asked.complete().splitlines() if line]
    except BaseException:  # an engine’s panic is no Exception; somebody is typing, and no fault is theirs
        lines = []
    finally:
        with contextlib.suppress(Exception):
            session.close()
    with contextlib.suppress(OSError):  # the shell may have stopped listening
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()
    return 0


@contextlib.contextmanager
def _time_limit() -> Iterator[None]:
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max_completion_seconds())
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
