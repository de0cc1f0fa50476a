"""Rows as pandas frames and as HTML tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from rte_graph.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from rte_graph.network.tables import ReaderTable

SHOWN = 50
"""How many rows a notebook shows; the others are counted below the table."""


def frame(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a pandas frame with these columns, even if there are no rows.

    Raises
    ------
    UsageError
        pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise UsageError(
            fr='pandas n’est pas installé : installez-le (pip install "rte-graph[pandas]"), ou lisez .rows.',
            en='pandas is not installed: install it (pip install "rte-graph[pandas]"), or read .rows.',
        ) from error
    return pd.DataFrame(list(rows), columns=list(columns))


def html_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    lang: str,
    caption: str = "",
    notes: Sequence[str] = (),
    numeric: Iterable[int] = (),
) -> str:
    """Return a table as HTML, every text escaped, cut after `SHOWN` rows."""
    right = frozenset(numeric)
    lines = [f'<table lang="{escape(lang)}">']
    if caption:
        lines.append(f"<caption>{escape(caption)}</caption>")
    if headings:
        cells = "".join(f'<th scope="col">{escape(each)}</th>' for each in headings)
        lines.append(f"<thead><tr>{cells}</tr></thead>")
    lines.append("<tbody>")
    lines += [_line(row, right) for row in rows[:SHOWN]]
    lines.append("</tbody></table>")
    left = len(rows) - SHOWN
    if left > 0:
        more = (
            f"… and {left} more rows (.rows has all)"
            if lang == "en"
            else f"… et {left} autres lignes (.rows les a toutes)"
        )
        notes = (more, *notes)
    lines += [f"<p>{escape(note)}</p>" for note in notes if note]
    return "\n".join(lines)


def _line(row: Sequence[str], right: frozenset[int]) -> str:
    cells = (
        f'<td style="text-align:{"right" if place in right else "left"}">{escape(cell)}</td>'
        for place, cell in enumerate(row)
    )
    return f"<tr>{''.join(cells)}</tr>"


def html_of(tables: Iterable[ReaderTable], lang: str) -> str:
    """Return tables made for readers as HTML, their sentences above and below them."""
    parts = []
    for table in tables:
        parts += [f"<p>{escape(line)}</p>" for line in table.above if line]
        if not table.columns:
            parts.append(f"<p><strong>{escape(table.title)}</strong></p>")
            parts += [f"<p>{escape(line)}</p>" for line in table.below if line]
            continue
        parts.append(
            html_table(
                table.columns,
                table.rows,
                lang=lang,
                caption=table.title,
                notes=table.below,
                numeric=table.numeric,
            )
        )
    return "\n".join(parts)
