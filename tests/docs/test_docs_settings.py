"""Each setting is documented, with its default."""

from __future__ import annotations

from pathlib import Path

from rte_graph.settings import SETTINGS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_each_setting_stands_in_the_docs_with_its_default() -> None:
    text = PAGE.read_text(encoding="utf-8")
    missing = [s.variable for s in SETTINGS if f"| `{s.variable}` | {s.default} | {s.en} |" not in text]
    assert missing == []
