"""Each setting, credential and key of rte.toml is documented."""

from __future__ import annotations

from pathlib import Path

from rte_graph.project import KEYS
from rte_graph.settings import SECRETS, SETTINGS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_each_setting_stands_in_the_docs_with_its_default() -> None:
    text = PAGE.read_text(encoding="utf-8")
    missing = [s.variable for s in SETTINGS if f"| `{s.variable}` | {s.default} | {s.en} |" not in text]
    assert missing == []


def test_each_credential_and_each_key_of_a_folder_stands_in_the_docs() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = [f"| `{s.variable}` | {s.en} |" for s in SECRETS]
    rows += [f'| `{k.name}` | `{k.name} = "{k.example}"` | {k.en} |' for k in KEYS]
    assert [row for row in rows if row not in text] == []
