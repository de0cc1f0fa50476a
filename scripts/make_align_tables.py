"""Put the tables of mappings into docs/align.md: ``python scripts/make_align_tables.py``."""

from __future__ import annotations

from pathlib import Path

from rte_graph.exchange.tables import placed

PAGE = Path(__file__).resolve().parent.parent / "docs" / "align.md"


def main() -> None:
    """Write the page."""
    PAGE.write_text(placed(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
