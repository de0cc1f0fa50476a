"""The query page as one file, which opens from a disk or a mail as well as from a host."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rte_graph.publish.assets import accent_rules
from rte_graph.publish.shell import edition, render

if TYPE_CHECKING:
    from markupsafe import Markup

    from rte_graph.publish.model import Site

PARTS = ("engine.js", "data.js", "queries", "editor.js", "explain.js", "map.js", "page.js")
"""Scripts in their order; the last one starts the page."""


def alone_page(site: Site, lang: str, body: Markup, files: Mapping[str, bytes]) -> bytes:
    """Return the page with all its scripts in it; links lead to the published site.

    Parameters
    ----------
    site : Site
    lang : {"fr", "en"}
    body : Markup
        What stands in ``<main>``.
    files : mapping of str to bytes
        The page's scripts and sheet by their names in ``assets/ask``.
    """
    from markupsafe import Markup

    from rte_graph.publish.ask.section import TEXTS
    from rte_graph.views.page_shell import inline_hash, read_asset

    names = [f"queries.{lang}.js" if name == "queries" else name for name in PARTS]
    scripts = [closed(files[name].decode()) for name in names if name in files]
    css = read_asset("site/site.css") + accent_rules(site.config.accent) + files["page.css"].decode()
    policy = (
        f"default-src 'none'; script-src {' '.join(map(inline_hash, scripts))} 'wasm-unsafe-eval'; "
        f"style-src {inline_hash(css)}; img-src data: blob:; worker-src blob:; base-uri 'none'; "
        "form-action 'none'"
    )
    page = render(
        "ask_alone.html",
        lang=lang,
        root=f"{site.config.base_url}/",
        policy=Markup(policy),
        title=f"{TEXTS['title'].in_language(lang)} — {site.config.title.in_language(lang)}",
        site_title=site.config.title.in_language(lang),
        css=Markup(css),
        body=body,
        edition=edition(site, lang),
        licences=", ".join(name for name, _ in site.licences),
        inline=[Markup(script) for script in scripts],
    )
    return page.encode() + b"\n"


def closed(script: str) -> str:
    """Return a script that cannot end the element that it stands in."""
    return re.sub("</(?=script)", r"<\\/", script, flags=re.IGNORECASE).replace("<!--", "<\\!--").rstrip("\n")
