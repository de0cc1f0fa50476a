"""The page of a large network: the shell of the small one, drawn with sigma in WebGL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rte_graph.network.wording import Text
from rte_graph.settings import large_network_nodes
from rte_graph.views.large_layout import LargeLayout, large_layout
from rte_graph.views.large_payload import large_data
from rte_graph.views.page_model import PageMeasure, PageNetwork, PagePartition
from rte_graph.views.page_shell import Renderer, render_shell, shell_values

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGMA = Renderer(
    package="sigma",
    library="sigma.min.js",
    more=("graphology.umd.min.js",),
    scripts=(
        ("data", "large/data.js"),
        ("canvas", "large/sigma_canvas.js"),
        ("tables", "large/tables.js"),
    ),
    extra=("large/shapes.js", "large/overlay.js", "large/picture.js"),
    style="large/large.css",
)
# Rows of the tables for readers without scripts.
PLAIN = 300
# Groups smaller than this are « without group » in the legend.
SMALLEST_GROUP = 3


def is_large(network: PageNetwork) -> bool:
    """Tell whether a network is drawn as a large one (setting ``large_network_nodes``)."""
    return len(network.nodes) > large_network_nodes()


def draw_large_page(network: PageNetwork, *, lang: str = "fr", seed: int = 1) -> str:
    """Write the interactive page of a large network.

    Parameters
    ----------
    network : PageNetwork
        What the page shows, in both languages.
    lang : {"fr", "en"}
        The language in which the page opens.
    seed : int
        Seed of the layout.

    Returns
    -------
    str
        HTML to be written as UTF-8.
    """
    layout = large_layout(len(network.nodes), [(e.source, e.target) for e in network.edges], seed=seed)
    network = replace(network, map=None, partition=network.partition or partition_of(layout))
    data = large_data(network, layout.positions, lang)
    data |= {"layout": {"algorithm": "large", "seed": seed}, "versions": {"sigma": SIGMA.version()}}
    return render_shell(shell_values(shortened(network), data=data, lang=lang, renderer=SIGMA))


def partition_of(layout: LargeLayout) -> PagePartition | None:
    """Return the communities of the layout as the page colours by them; None where there is but one."""
    import numpy as np

    sizes = np.bincount(layout.groups, minlength=1)
    if (sizes >= SMALLEST_GROUP).sum() < 2:
        return None
    groups = np.where(sizes[layout.groups] >= SMALLEST_GROUP, layout.groups + 1, 0)
    score = f"{layout.modularity:.2f}"
    return PagePartition(
        label=Text(fr="Communautés", en="Communities"),
        definition=Text(
            fr="Groupes qui ont entre eux plus de liens que leurs degrés ne le feraient attendre, trouvés "
            f"par la méthode de Louvain (modularité {score.replace('.', ',')}). Méthode approchée\u00a0: "
            "d’autres partages peuvent valoir presque autant.",
            en="Groups with more ties among them than their degrees would lead one to expect, found by "
            f"Louvain’s method (modularity {score}). A heuristic: other splits may be worth almost as much.",
        ),
        groups=tuple(groups.tolist()),
    )


def shortened(network: PageNetwork) -> PageNetwork:
    """Keep the most linked nodes and the ties among them, for the tables of readers without scripts."""
    degrees = network.degrees()
    kept = sorted(range(len(degrees)), key=lambda i: (-degrees[i], i))[:PLAIN]
    if len(kept) == len(degrees):
        return network
    place = {i: number for number, i in enumerate(kept)}
    tail_fr = f" Sans script, seuls les {PLAIN} nœuds les plus liés sont écrits ici, sur {len(degrees)}."
    tail_en = f" Without scripts only the {PLAIN} most linked of {len(degrees)} nodes are written here."
    return replace(
        network,
        description=Text(fr=network.description.fr + tail_fr, en=network.description.en + tail_en),
        nodes=tuple(network.nodes[i] for i in kept),
        edges=tuple(
            replace(edge, source=place[edge.source], target=place[edge.target])
            for edge in network.edges
            if edge.source in place and edge.target in place
        )[:PLAIN],
        measures=tuple(_part(measure, kept) for measure in network.measures),
    )


def _part(measure: PageMeasure, kept: Sequence[int]) -> PageMeasure:
    return replace(
        measure,
        values=tuple(measure.values[i] for i in kept),
        ranks=tuple(measure.ranks[i] for i in kept),
        raw=tuple(measure.raw[i] for i in kept) if measure.raw else (),
    )
