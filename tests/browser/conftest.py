"""A real Chromium for the pages; skipped, with the reason, where there is none. Nothing is downloaded."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import binary, open_browser

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "views"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> None:
    if binary() is None or shutil.which("chromedriver") is None:
        pytest.skip(
            "no Chromium, or no chromedriver, here: install the packages chromium and chromium-driver to run "
            "the page tests"
        )
    pytest.importorskip("selenium", reason="selenium is not installed: pip install selenium")


@pytest.fixture(scope="module")
def browser(chromium: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser per file of tests; each test opens its own page in it."""
    folder = tmp_path_factory.mktemp("chromium")
    started = open_browser(folder)
    started.downloads = folder / "downloads"
    yield started
    started.quit()
