"""What a browser forgives and a validator does not: elements left open, names used twice and the like."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from rte_graph.publish.faults import Fault, fault

VOID_ELEMENTS = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
LOOSE = frozenset(["p", "li", "dt", "dd", "tr", "th", "td", "thead", "tbody", "option"])
"""Elements whose end tag HTML lets out; our templates write them, so they are checked like the others."""
BLOCKS = frozenset(
    [
        "div",
        "section",
        "article",
        "ul",
        "ol",
        "dl",
        "table",
        "figure",
        "h1",
        "h2",
        "h3",
        "pre",
        "blockquote",
        "p",
        "form",
        "nav",
    ]
)


class _Reader(HTMLParser):
    """Reads one page and gathers what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.wrong: list[tuple[str, str]] = []
        self.heads = 0
        self.lang = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) < len(attrs):
            self._say(f"<{tag}> a deux fois un attribut", f"<{tag}> has an attribute twice")
        self._identify(given)
        self._accessible(tag, given)
        if tag in BLOCKS and "p" in self.open:
            self._say(f"<{tag}> dans <p>", f"<{tag}> inside <p>")
        if tag not in VOID_ELEMENTS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._identify(dict(attrs))

    def _identify(self, given: dict[str, str | None]) -> None:
        name = given.get("id")
        if name is not None and (name in self.ids or not name or " " in name):
            self._say(f"id « {name} » en double ou vide", f"id “{name}” twice or empty")
        self.ids.add(name or "")

    def _accessible(self, tag: str, given: dict[str, str | None]) -> None:
        self.lang = self.lang or (tag == "html" and bool(given.get("lang")))
        self.heads += tag == "h1"
        if tag == "img" and "alt" not in given:
            self._say("image sans texte", "picture without a text")
        if "style" in given or any(name.startswith("on") for name in given):
            self._say(f"<{tag}> a un style ou un script", f"<{tag}> has a style or a script")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID_ELEMENTS:
            return
        if not self.open or self.open[-1] != tag:
            last = self.open[-1] if self.open else "—"
            self._say(f"</{tag}> ferme <{last}>", f"</{tag}> closes <{last}>")
            while self.open and self.open[-1] != tag:
                self.open.pop()
        if self.open:
            self.open.pop()

    def _say(self, fr: str, en: str) -> None:
        self.wrong.append((fr, en))


def markup_faults(path: str, text: str) -> Iterator[Fault]:
    """Yield what is wrong with the markup of a page; the interactive pages of networks are another's."""
    if 'id="app"' in text:
        return
    reader = _Reader()
    reader.feed(text)
    reader.close()
    wrong = list(reader.wrong)
    if reader.open:
        wrong.append((f"<{reader.open[-1]}> reste ouvert", f"<{reader.open[-1]}> is left open"))
    if reader.heads != 1:
        wrong.append((f"{reader.heads} titres h1", f"{reader.heads} h1 headings"))
    if not reader.lang or "<title>" not in text or not text.startswith("<!DOCTYPE html>"):
        wrong.append(("langue, titre ou doctype manquent", "language, title or doctype is missing"))
    for fr, en in wrong:
        yield fault("markup", fr=f"{path} : {fr}.", en=f"{path}: {en}.")
