"""The shell of every network page: template, styles, scripts and the policy that admits only them.

A page is the shell with a `Renderer`: the scripts that draw, and the library that they draw with.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from rte_graph.resources import assets_folder
from rte_graph.views.page_data import script_json
from rte_graph.views.page_model import PageNetwork
from rte_graph.views.page_plain import WORDS, plain_edges, plain_nodes, plain_sources

# The order matters: each file uses only what the files before it define.
SCRIPTS = (
    "strings", "dom", "look", "filters", "colours", "model", "labels", "state", "data", "canvas", "picture",
    "gexf", "exports", "legend", "search", "panel", "tables", "method", "map", "main",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """What draws the network in the page.

    ``library`` is a file of ``assets/vendor``; ``scripts`` replaces files of the shell by name:
    ``{"canvas": "large/canvas.js", "data": "large/data.js"}``. What a replaced ``canvas`` and ``data``
    must offer stands at the top of ``assets/page/canvas.js`` and ``assets/page/data.js``.
    """

    package: str
    library: str
    scripts: tuple[tuple[str, str], ...] = ()
    # Libraries that the first one needs beside it; scripts that the replaced ones need; a style sheet.
    more: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    style: str = ""

    def code(self) -> str:
        """Return the text of the libraries, as it stands in the page."""
        files = (self.library, *self.more)
        parts = (read_asset(f"vendor/{name}").split("//# sourceMappingURL")[0].rstrip() for name in files)
        return ";\n".join(parts)

    def version(self) -> str:
        """Return the version of the vendored library."""
        manifest = json.loads(read_asset("MANIFEST.json"))
        return str(next(each["version"] for each in manifest["assets"] if each["package"] == self.package))


VIS = Renderer(package="vis-network", library="vis-network.min.js")


def read_asset(path: str) -> str:
    """Return the text of a file in ``rte_graph/assets``."""
    text = (assets_folder() / path).read_text(encoding="utf-8")
    # Hashes are taken over what the browser sees, and it sees line feeds only.
    return text.replace("\r\n", "\n")


def page_script(renderer: Renderer = VIS, extra: tuple[str, ...] = ()) -> str:
    """Join the page's own scripts in one closed scope; ``extra`` ones stand before the last, which starts."""
    replaced = dict(renderer.scripts)
    files = [replaced.get(name, f"page/{name}.js") for name in SCRIPTS]
    parts = "\n".join(without_comments(read_asset(name)) for name in (*files[:-1], *extra, files[-1]))
    return f'(() => {{\n"use strict";\n{parts}}})();'


def without_comments(script: str) -> str:
    r"""Leave out lines that are comments, and indentation: a fifth of the page's own scripts.

    Only whole lines go, and our scripts have no text that runs over lines.

    >>> without_comments("/** What it does. */\n  let a = 1; // stays\n  // goes\n")
    'let a = 1; // stays\n'
    """
    whole = re.sub(r"^[ \t]*/\*.*?\*/[ \t]*\n", "", script, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^[ \t]+", "", re.sub(r"^[ \t]*//.*\n", "", whole, flags=re.MULTILINE), flags=re.MULTILINE)


def inline_hash(text: str) -> str:
    """Return the Content-Security-Policy source that admits one inline script or style."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """Return a policy that admits these inline texts and nothing from anywhere else."""
    script = " ".join(inline_hash(text) for text in scripts) or "'none'"
    sheet = " ".join(inline_hash(text) for text in styles) or "'none'"
    return (
        f"default-src 'none'; script-src {script}; style-src {sheet}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _map_scripts(network: PageNetwork) -> tuple[str, ...]:
    from rte_graph.views.map_page import COMPONENT_SCRIPTS

    return COMPONENT_SCRIPTS if network.map else ()


def shell_values(network: PageNetwork, *, data: Any, lang: str, renderer: Renderer = VIS) -> dict[str, Any]:
    """Return what the template ``assets/page/page.html`` reads as ``page``.

    Parameters
    ----------
    network : PageNetwork
        What the page shows.
    data : object
        What the script ``data`` unpacks; anything that JSON can hold.
    lang : {"fr", "en"}
        The language in which the page opens.
    renderer : Renderer
        What draws.
    """
    from markupsafe import Markup

    library = renderer.code()
    script, css = (
        page_script(renderer, (*renderer.extra, *_map_scripts(network))),
        read_asset("page/page.css"),
    )
    if renderer.style:
        css += read_asset(renderer.style)
    if network.map:
        css += read_asset("map/component.css")
    assert "</script" not in (library + script).lower()
    making = network.making
    return {
        "lang": lang,
        "tabs": ["network", *(["map"] if network.map else []), "table", "method"],
        "title": network.title.in_language(lang),
        "description": network.description.in_language(lang),
        "findings": [finding.in_language(lang) for finding in network.findings],
        "policy": Markup(policy((library, script), (css,))),
        "css": Markup(css),
        "library": Markup(library),
        "script": Markup(script),
        "software": making.software or "rte-graph",
        "credits": " · ".join(p for p in (making.cite.in_language(lang), making.licence_in(lang)) if p),
        "words": WORDS["en" if lang == "en" else "fr"],
        "headline": network.headline.in_language(lang),
        "measures": [measure.label.in_language(lang) for measure in network.measures],
        "plain_nodes": plain_nodes(network, lang),
        "plain_edges": plain_edges(network, lang),
        "plain_sources": plain_sources(network, lang),
        "data": script_json(data),
    }


def render_shell(values: dict[str, Any]) -> str:
    """Write the page from the template alone (the vis-network page has pyvis do it)."""
    from jinja2 import Environment, FileSystemLoader

    folder = FileSystemLoader(str(assets_folder() / "page"), encoding="utf-8")
    page = Environment(loader=folder, autoescape=True).get_template("page.html")
    return page.render(page=values) + "\n"
