"""``404.html``: a host shows it at whatever address was asked for, so nothing in it is relative."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from rte_graph.network.wording import Text
from rte_graph.publish.model import Page, Site
from rte_graph.publish.shell import POLICY, html, render

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = "404.html"
TEXTS: dict[str, Text] = {
    "title": Text(fr="Page introuvable", en="Page not found"),
    "text": Text(
        fr="Il n’y a rien à cette adresse. Les identifiants ne changent pas d’une édition à l’autre ; une "
        "page peut disparaître si les sources ne la soutiennent plus.",
        en="There is nothing at this address. Identifiers do not change between editions; a page can go "
        "when the sources no longer support it.",
    ),
    "go": Text(fr="Aller à l’accueil", en="Go to the front page"),
}
STYLE = (
    ':root{color-scheme:light dark}body{margin:0;font:16px/1.6 "Segoe UI","Noto Sans",Arial,sans-serif}'
    ".top,main,.foot{max-width:1120px;margin:0 auto;padding:12px 16px}.standfirst{max-width:44em}"
    ".sections ul{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0;padding:0;list-style:none}"
    ".skip{position:absolute;left:12px;top:-60px}.skip:focus{top:0}.foot{font-size:13px}"
)
"""Enough to read the page where the site's own sheet is out of reach: from a disk, or on another host."""
_RELATIVE = re.compile(r'(\s(?:href|src)=")(?![#"]|[a-z][a-z0-9+.-]*:)')


def absent_page(site: Site) -> Page:
    """Return the page that says in each language of the site that there is nothing at an address."""
    from markupsafe import escape

    parts = [_part(site, lang) for lang in site.config.languages]
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    made = html(
        site,
        path=PATH,
        lang=site.first,
        title=" · ".join(part["title"] for part in parts),
        body=render("absent.html", parts=parts),
        alternates={},
        policy=POLICY.replace("style-src 'self'", f"style-src 'self' 'sha256-{digest}'"),
    ).decode()
    root = str(escape(f"{site.config.base_url}/"))
    head, mark, rest = made.partition('<link rel="icon"')
    made = f"{head}<style>{STYLE}</style>\n{mark}{rest}".replace('data-root=""', f'data-root="{root}"', 1)
    return Page(path=PATH, content=_RELATIVE.sub(lambda found: found[1] + root, made).encode())


def _part(site: Site, lang: str) -> Mapping[str, str]:
    said = {name: text.in_language(lang) for name, text in TEXTS.items()}
    return said | {"lang": lang, "home": site.url(site.named("index", lang))}
