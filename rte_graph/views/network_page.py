"""The interactive page of a network: one offline HTML file, made with pyvis and our own template.

Nothing in the file fetches anything: scripts and styles are inside and the page's own
Content-Security-Policy admits only them, by their hashes. Data travel as JSON with ``<`` escaped
and reach the page through ``textContent``, so no name can become markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rte_graph.resources import assets_folder
from rte_graph.views.layout import Layout, compute_layout, problem_of
from rte_graph.views.page_data import page_data, script_json
from rte_graph.views.page_model import PageNetwork
from rte_graph.views.page_shell import VIS, shell_values


def draw_page(
    network: PageNetwork,
    *,
    lang: str = "fr",
    seed: int = 1,
    layout: Layout | None = None,
    pages: Mapping[str, str] | None = None,
    home: tuple[str, str] | None = None,
) -> str:
    """Write the interactive page.

    Parameters
    ----------
    network : PageNetwork
        What the page shows, in both languages.
    lang : {"fr", "en"}
        The language in which the page opens; the reader can switch.
    seed : int
        Seed of the layout (ignored when ``layout`` is given).
    layout : Layout, optional
        Positions computed before.
    pages : mapping of str to str, optional
        Where the pages of nodes are, by IRI: addresses relative to this page.
    home : tuple of str, optional
        Address and name of what this page is a part of.

    Returns
    -------
    str
        HTML to be written as UTF-8; the same input gives the same text.
    """
    from importlib.metadata import version

    from pyvis.network import Network as PyvisNetwork

    from rte_graph.views.large_page import draw_large_page, is_large

    if layout is None and is_large(network):
        return draw_large_page(network, lang=lang, seed=seed)
    layout = layout or compute_layout(problem_of(network), seed=seed)
    data = page_data(network, layout, lang) | {"versions": {"pyvis": version("pyvis"), "vis": VIS.version()}}
    if pages:
        data["pages"] = [pages.get(node.iri, "") for node in network.nodes]
    # Links are ours to draw (pyvis knows no parallel ones): pyvis holds places and renders the template.
    drawing = PyvisNetwork(directed=True, width="100%", height="100%", cdn_resources="in_line")
    _add_nodes(drawing, network, layout)
    drawing.toggle_physics(False)
    drawing.set_template_dir(str(assets_folder() / "page"), "page.html")
    drawing.templateEnv.autoescape = True
    page = shell_values(network, data=data, lang=lang)
    drawing.templateEnv.globals["page"] = page | {"places": _places, "home": home}
    return str(drawing.generate_html()) + "\n"


def _add_nodes(drawing: Any, network: PageNetwork, layout: Layout) -> None:
    for i, (node, (x, y)) in enumerate(zip(network.nodes, layout.positions, strict=True)):
        drawing.add_node(i, label=node.label.fr or node.iri, shape="custom", x=x, y=y, physics=False)


def _places(nodes: list[dict[str, Any]]) -> Any:
    """Write the positions that pyvis holds, in the order of the nodes."""
    return script_json([[node["x"], node["y"]] for node in nodes])
