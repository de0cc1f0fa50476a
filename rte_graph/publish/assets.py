"""The sheet, the script, the icon and the publisher's logo, shared by all pages."""

from __future__ import annotations

from collections.abc import Iterator

from rte_graph.publish.config import contrast
from rte_graph.publish.model import Page, Site
from rte_graph.publish.place_map import OUTLINE, outline_svg
from rte_graph.resources import assets_folder

DARK_PAPER = "#12171e"
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g stroke="{0}" stroke-width="2.5">'
    '<path d="M9 10L23 8M9 10L15 24M23 8L15 24"/></g><g fill="{0}"><circle cx="9" cy="10" r="5"/>'
    '<circle cx="23" cy="8" r="4"/><circle cx="15" cy="24" r="6"/></g></svg>\n'
)


def pages(site: Site) -> Iterator[Page]:
    """Yield the files of ``assets/``."""
    folder = assets_folder() / "site"
    sheet = (folder / "site.css").read_text(encoding="utf-8").replace("\r\n", "\n")
    yield Page(path="assets/icon.svg", content=ICON.format(site.config.accent).encode())
    if site.config.logo:
        yield Page(path=f"assets/{site.config.logo.name}", content=site.config.logo.read_bytes())
    yield Page(path="assets/site.css", content=(sheet + accent_rules(site.config.accent)).encode())
    yield Page(path=OUTLINE, content=outline_svg().encode())
    script = (folder / "site.js").read_text(encoding="utf-8").replace("\r\n", "\n")
    yield Page(path="assets/site.js", content=script.encode())


def accent_rules(accent: str) -> str:
    """Return the rules that set the accent, with a lighter one for dark pages."""
    light = lightened(accent)
    return (
        f"\n:root {{ --accent: {accent}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ --accent: {light}; }} }}\n"
        f"@media print {{ :root {{ --accent: {accent}; }} }}\n"
    )


def lightened(colour: str, paper: str = DARK_PAPER, least: float = 6.0) -> str:
    """Return the colour mixed with white until it can be read on dark paper.

    Examples
    --------
    >>> lightened("#ffffff"), lightened("#a3195b")
    ('#ffffff', '#cc80a5')
    """
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(21):
        mixed = "#" + "".join(f"{round(part + (255 - part) * step / 20):02x}" for part in parts)
        if contrast(mixed, paper) >= least:
            return mixed
    return "#ffffff"
