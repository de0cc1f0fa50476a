"""A bar on stderr for long work, where stderr is a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rte_graph.cli.session import Session


@contextmanager
def waiting(session: Session, fr: str, en: str) -> Iterator[None]:
    """Show how far the work within has come; nothing with ``-q`` or elsewhere than on a terminal.

    The bar goes when the work ends, also by Ctrl-C or an error.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from rte_graph.network.progress import heard_by

    console = Console(stderr=True, highlight=False)
    if session.verbosity < 0 or not console.is_terminal:
        yield
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        # Shown at the first word of it: what is done at once needs no bar.
        task = bar.add_task(session.text(fr=fr, en=en), total=None, visible=False)

        def hear(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        with heard_by(hear):
            yield
