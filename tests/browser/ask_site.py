"""The query page of the packaged data, written once a process, and hands on it."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

from chromium import find, until

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "publish"))

from sites import packaged_site, written

READY = "document.querySelector('.ask-out .rte-results') && !document.querySelector('.ask-busy')"
CONTENT = "document.querySelector('.ask-editor').shadowRoot.querySelector('.cm-content')"


@cache
def folder() -> Path:
    """The folder of the site: the query page and what it needs."""
    return written(packaged_site(), ("assets", "ask"))


def open_page(browser: Any, hash_: str = "", name: str = "ask.html", wait: bool = True) -> None:
    """Open the query page afresh, and wait for its first results."""
    browser.get("about:blank")
    browser.get(f"{(folder() / name).as_uri()}{hash_}")
    until(browser, "document.querySelector('.ask') && document.querySelector('.ask').dataset.ready")
    if wait:
        until(browser, READY)


def editor(browser: Any) -> Any:
    """The element that takes the editor's keys."""
    return browser.execute_script(f"return {CONTENT}")


def text(browser: Any) -> str:
    """The text in the editor, as it is shown."""
    return str(browser.execute_script(f"return {CONTENT}.innerText"))


def state(browser: Any) -> str:
    """The line beside Run and Stop."""
    return str(find(browser, ".ask-state").text)


def wrong(browser: Any) -> str:
    """The sentence below the editor."""
    return str(find(browser, ".ask-wrong").text)


def press(browser: Any, *keys: str, ctrl: bool = False) -> None:
    """Press keys one after the other, wherever the focus is."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    chain = ActionChains(browser)
    if ctrl:
        chain.key_down(Keys.CONTROL)
    for key in keys:
        chain.send_keys(key)
    if ctrl:
        chain.key_up(Keys.CONTROL)
    chain.perform()


def write(browser: Any, typed: str) -> None:
    """Replace the editor's text by one that is pasted, as a whole."""
    from selenium.webdriver.common.keys import Keys

    editor(browser).click()
    press(browser, "a", ctrl=True)
    press(browser, Keys.DELETE)
    browser.execute_cdp_cmd("Input.insertText", {"text": typed})


def run(browser: Any) -> None:
    """Run what the editor holds, from the keyboard."""
    from selenium.webdriver.common.keys import Keys

    press(browser, Keys.ENTER, ctrl=True)


def called(browser: Any, script: str, *given: Any) -> Any:
    """Wait for a promise of the page and return what it gives, or ``{"error": …}``."""
    browser.set_script_timeout(60)
    return browser.execute_async_script(
        "const done = arguments[arguments.length - 1], given = [...arguments].slice(0, -1);"
        f"(async (...given) => {{ {script} }})(...given).then(done, (error) => done({{ error }}));",
        *given,
    )
