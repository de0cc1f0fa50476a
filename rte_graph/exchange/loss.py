"""What an export loses, as a table for the terminal."""

from __future__ import annotations

from io import StringIO

from rte_graph.exchange.outward import Export
from rte_graph.exchange.page import Page
from rte_graph.exchange.report_text import print_rows, print_totals

_WIDTH = 100


def loss_text(made: Export, lang: str) -> str:
    """Return the table of what comes across and what is lost, without colours."""
    from rich.console import Console

    shown = StringIO()
    console = Console(file=shown, width=_WIDTH, highlight=False, emoji=False, color_system=None)
    page = Page(console, lang)
    title = made.vocabulary.title
    page.say(f"Le graphe en {title} :", f"The graph in {title}:", style="bold")
    print_totals(made.account, page)
    print_rows(made.account, page, outward=True)
    page.show()
    return shown.getvalue() + "\n"
