"""A network to measure and to draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rte_graph.api.answers import Drawing, Overlap, Ranking
from rte_graph.api.frames import frame, html_of
from rte_graph.errors import InvalidParameter
from rte_graph.network.model import Network

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from rte_graph.api.graph import Graph

FORMS = ("html", "svg")
TIE = ("source", "sourceLabel", "target", "targetLabel", "role", "kind", "start", "end", "weight")


class NetworkView:
    """A network as it was read, with the graph that it comes from.

    Attributes
    ----------
    model : Network
        The nodes and ties, for the functions of ``rte_graph.network``.
    """

    def __init__(self, graph: Graph, model: Network, lang: str) -> None:
        self._graph = graph
        self.model = model
        self.lang = lang

    def __repr__(self) -> str:
        sizes = f"{len(self.model.nodes)} nodes, {len(self.model.edges)} ties"
        return f"<NetworkView {self.model.full_name}: {sizes}>"

    def hubs(
        self,
        by: Sequence[str] | None = None,
        *,
        set: str | None = None,  # noqa: A002 - the word that users and outputs have for it
        top: int | None = None,
    ) -> Ranking:
        """Rank the nodes of each set by each measure; see `rte_graph.network.hubs.hubs`."""
        from rte_graph.network.declared import read_declared
        from rte_graph.network.hubs import check_top, hubs

        check_top(top)
        rows = hubs(self.model, [by] if isinstance(by, str) else by, set)
        declared = read_declared(self._graph.store, self.lang)
        return Ranking(
            network=self.model,
            hubs=rows,
            store=self._graph.store,
            library=self._graph.library,
            declared=declared,
            lang=self.lang,
            top=top,
        )

    def overlap(self) -> Overlap:
        """Compare the member sets; see `rte_graph.network.overlap.overlap`."""
        from rte_graph.network.declared import read_declared
        from rte_graph.network.overlap import overlap

        declared = read_declared(self._graph.store, self.lang)
        return Overlap(report=overlap(self.model, declared.claimed, declared), lang=self.lang)

    def without(self, *names: str) -> NetworkView:
        """Return the network without the nodes that these names mean."""
        from rte_graph.network.find import find_node

        found = [find_node(self.model, name, self._graph.store, self.lang).iri for name in names]
        return NetworkView(self._graph, self.model.without(found), self.lang)

    def to_networkx(self, *, parallel: bool = False) -> nx.Graph[Any]:
        """Return the network as a networkx graph; see `Network.to_networkx`."""
        return self.model.to_networkx(parallel=parallel)

    def to_pandas(self) -> pd.DataFrame:
        """Return the ties as a pandas frame, one row a tie; UsageError where pandas is not installed."""
        nodes = self.model.nodes
        rows = (
            {
                "source": nodes[tie.source].iri,
                "sourceLabel": nodes[tie.source].label,
                "target": nodes[tie.target].iri,
                "targetLabel": nodes[tie.target].label,
                **{name: getattr(tie, name) for name in TIE[4:]},
            }
            for tie in self.model.edges
        )
        return frame(rows, TIE)

    def draw(
        self, form: str = "html", *, size_by: str | None = None, seed: int = 1, height: int = 640
    ) -> Drawing:
        """Draw the network: a page to explore (``html``) or a picture (``svg``).

        Raises
        ------
        InvalidParameter
            If ``form`` is neither.
        UnknownName
            If ``size_by`` is no measure of the network.
        """
        from pathlib import Path

        from rte_graph.views.draw import draw_network
        from rte_graph.views.page_build import page_from_network

        if form not in FORMS:
            raise InvalidParameter(
                fr=f"On ne sait pas dessiner en « {form} » : choisissez html ou svg.",
                en=f"Cannot draw as “{form}”: choose html or svg.",
            )
        page = page_from_network(self._graph.store, self._graph.library, self.model)
        content = draw_network(page, Path(f"network.{form}"), lang=self.lang, size_by=size_by, seed=seed)
        return Drawing(
            content=content, title=self.model.title.in_language(self.lang), form=form, height=height
        )

    def _repr_html_(self) -> str:
        from rte_graph.network.sentences import network_sentence
        from rte_graph.network.tables import ReaderTable

        said = network_sentence(self.model, self.lang)
        title = f"{self.model.title.in_language(self.lang)} ({self.model.full_name})"
        table = ReaderTable(title=title, above=(), columns=(), rows=(), numeric=frozenset(), below=(said,))
        return html_of([table], self.lang)
