"""Which browser the page tests take: what is there, never one that has to be fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import binary


def test_without_a_system_browser_the_newest_one_of_playwright_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "browsers"))
    assert binary() is None
    for version in ("1091", "998"):
        place = tmp_path / "browsers" / f"chromium-{version}" / "chrome-linux" / "chrome"
        place.parent.mkdir(parents=True)
        place.touch()
    assert "chromium-1091" in str(binary())
    system = tmp_path / "chromium"
    system.touch(mode=0o755)
    assert binary() == str(system)
