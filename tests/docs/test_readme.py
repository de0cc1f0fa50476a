"""The README and the tour show what their commands really give, and names files that exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("readme_blocks", Path(__file__).with_name("readme.py"))
assert SPEC is not None
assert SPEC.loader is not None
readme = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(readme)


@pytest.mark.slow
@pytest.mark.parametrize("page", readme.PAGES, ids=lambda page: page.name)
def test_the_commands_of_the_readme_and_the_tour_give_what_they_show(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert readme.renewed(text) == text


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))])
def test_links_between_the_pages_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_make_targets_of_the_readme_exist() -> None:
    targets = re.findall(r"^make ([a-z]+)", readme.README.read_text(encoding="utf-8"), re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets == ["run", "test"]
    assert all(f"\n{target}:" in makefile for target in targets)
