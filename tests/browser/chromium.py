"""Start Chromium the way the page tests need it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]
# WebGL in software, for pages of large networks.
WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


def binary() -> str | None:
    """Return the system's Chromium, else the newest that Playwright has installed; none is fetched."""
    here = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if here is not None:
        return here
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    found = folder.glob("chromium-*/chrome-linux*/chrome")
    newest = max(found, key=lambda path: int("0" + path.parts[-3].rpartition("-")[2]), default=None)
    return None if newest is None else str(newest)


def open_browser(
    folder: Path, *, javascript: bool = True, size: tuple[int, int] = (1500, 900), webgl: bool = False
) -> Any:
    """Start Chromium with a fresh profile; performance logs hold every request."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(binary())
    flags = [flag for flag in FLAGS if flag != "--disable-gpu"] + WEBGL if webgl else FLAGS
    for flag in [*flags, f"--user-data-dir={folder / 'profile'}", "--lang=fr"]:
        options.add_argument(flag)
    downloads = folder / "downloads"
    downloads.mkdir(exist_ok=True)
    preferences: dict[str, Any] = {"download.default_directory": str(downloads)}
    if not javascript:
        preferences["profile.managed_default_content_settings.javascript"] = 2
    options.add_experimental_option("prefs", preferences)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    browser = webdriver.Chrome(options=options, service=service)
    resize(browser, *size)
    return browser


def resize(browser: Any, width: int, height: int) -> None:
    """Set the size of the page itself, whatever the window manager thinks."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def until(browser: Any, condition: str) -> Any:
    """Wait until a JavaScript condition holds, and return its value."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, 20).until(lambda b: b.execute_script(f"return {condition}"))


def find(browser: Any, selector: str) -> Any:
    """Return the first element of a CSS selector."""
    from selenium.webdriver.common.by import By

    return browser.find_element(By.CSS_SELECTOR, selector)
