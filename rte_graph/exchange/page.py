"""Lay out a report for a terminal or a file: titles, sentences, tables that keep names in one piece."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from rte_graph.exchange.names import clip
from rte_graph.exchange.report_words import told, word
from rte_graph.validation import number

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

MARKS = {"whole": "✓", "lossy": "≈", "lost": "✗"}
STYLES = {"whole": "green", "lossy": "yellow", "lost": "red"}
# Enough for any vocabulary that people write by hand; JSON has all.
MOST_ROWS = 40
_BAR = 40
_LONGEST = 4_000
# From this width on, names are kept whole; those of a cell stand beside each other up to that one.
_BROAD, _USUAL = 90, 28
# rich breaks lines at no-break spaces too, and would leave « alone at the end of one.
_NO_BREAK, _HELD = "\u00a0", "\ue000"
_BLANKS = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)


class Page:
    """A report that is being laid out; :meth:`show` prints it.

    Parameters
    ----------
    console : rich.console.Console
        Where it will go: its width and colours count.
    lang : str
    """

    def __init__(self, console: Console, lang: str) -> None:
        from rich.console import Console

        self.lang = lang
        self._out = console
        self._inner = Console(
            file=StringIO(),
            width=console.width,
            force_terminal=console.is_terminal,
            color_system=console.color_system,  # type: ignore[arg-type]
            highlight=False,
            emoji=False,
        )

    def title(self, key: str) -> None:
        """Begin a section."""
        self._inner.print()
        self._inner.print(self._text(word(key, self.lang), "bold"))

    def say(self, fr: str, en: str, *, style: str = "", indent: int = 0) -> None:
        """Print a sentence."""
        from rich.padding import Padding

        self._inner.print(Padding(self._text(told(fr, en, self.lang), style), (0, 0, 0, indent)))

    def line(self, text: Text) -> None:
        """Print a line that is laid out already."""
        self._inner.print(text)

    def bar(self, parts: dict[str, int]) -> None:
        """Print a bar: one stretch for each fate."""
        from rich.text import Text

        whole, left = max(1, sum(parts.values())), _BAR
        drawn = Text("  ")
        for fate, count in parts.items():
            size = left if fate == "lost" else min(left, round(_BAR * count / whole))
            drawn.append({"whole": "█", "lossy": "▓", "lost": "░"}[fate] * size, STYLES[fate])
            left -= size
        self._inner.print(drawn)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str | Text]], *, indent: int = 2) -> None:
        """Print a table.

        Parameters
        ----------
        columns : sequence of str
            A title each; one that begins with ``>`` is for numbers, with ``=`` is never broken, with ``|`` is
            wide enough for its cells that are laid out already, with ``~`` for each single name in it.
        rows : sequence of sequences
        """
        from rich.padding import Padding
        from rich.table import Table

        made = Table(box=None, padding=(0, 2, 0, 0), show_header=any(each.strip(">=|~") for each in columns))
        for position, title in enumerate(columns):
            made.add_column(
                title.lstrip(">=|~"),
                justify="right" if title.startswith(">") else "left",
                no_wrap=title.startswith((">", "=")),
                overflow="fold",
                header_style="dim",
                width=self._width(title, rows, position),
            )
        for row in rows[:MOST_ROWS]:
            made.add_row(*(self._text(cell) if isinstance(cell, str) else cell for cell in row))
        self._inner.print(Padding(made, (0, 0, 0, indent)))
        rest = len(rows) - MOST_ROWS
        if rest > 0:
            count = number(rest, self.lang)
            self.say(
                f"… et {count} de plus (tous avec --format json)",
                f"… and {count} more (all with --format json)",
                indent=indent,
            )

    def show(self) -> None:
        """Print the page."""
        file = self._inner.file
        assert isinstance(file, StringIO)
        text = _BLANKS.sub(r"\1", file.getvalue()).replace(_HELD, _NO_BREAK)
        self._out.file.write(text)

    def _width(self, title: str, rows: Sequence[Sequence[str | Text]], position: int) -> int | None:
        """Return the width of a column of names: a third at most, or there would be none for reasons."""
        room = self._inner.width // 3
        if title.startswith("|"):
            return min(max(_widest(rows, position), len(title) - 1), room)
        if title.startswith("~") and self._inner.width >= _BROAD:
            longest = max((len(cell) for row in rows if isinstance(cell := row[position], str)), default=1)
            return min(max(_widest(rows, position), min(longest, _USUAL), len(title) - 1), room + 1)
        return None

    @staticmethod
    def _text(plain: str, style: str = "") -> Text:
        from rich.text import Text

        return Text(clip(plain, _LONGEST).replace(_NO_BREAK, _HELD), style)


def _widest(rows: Sequence[Sequence[str | Text]], position: int) -> int:
    """Return the width that holds laid-out cells whole, and each single name of the others."""
    from rich.cells import cell_len

    widths = (
        max(map(cell_len, cell.split(" ")), default=0) if isinstance(cell, str) else cell.cell_len
        for cell in (row[position] for row in rows)
    )
    return max(widths, default=1)


def joined(parts: Iterable[str], most: int = 6) -> str:
    """Return names one after the other; « … » for those beyond."""
    found = list(parts)
    return ", ".join(found[:most]) + (" …" if len(found) > most else "")
