"""A network to measure and to draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from rte_graph.api.answers import Drawing, Overlap, Ranking
from rte_graph.api.findings import SharedMore, Stays
from rte_graph.api.frames import frame, html_of
from rte_graph.errors import InvalidParameter
from rte_graph.network.model import Network, SetName

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from rte_graph.api.graph import Graph
    from rte_graph.network.nulls import Plan
    from rte_graph.network.nulls.results import NullName

FORMS = ("html", "svg")
TIE = ("source", "sourceLabel", "target", "targetLabel", "role", "kind", "start", "end", "weight")


class NetworkView:
    """A network as it was read, with the graph that it comes from.

    Attributes
    ----------
    model : Network
        The nodes and ties, for the functions of ``rte_graph.network``.
    notes : tuple of str
        What filters kept and left out.
    """

    def __init__(self, graph: Graph, model: Network, lang: str, notes: tuple[str, ...] = ()) -> None:
        self._graph = graph
        self.model = model
        self.lang = lang
        self.notes = notes

    def __repr__(self) -> str:
        sizes = f"{len(self.model.nodes)} nodes, {len(self.model.edges)} ties"
        return f"<NetworkView {self.model.full_name}: {sizes}>"

    def hubs(
        self,
        by: Sequence[str] | None = None,
        *,
        set: str | None = None,  # noqa: A002 - the word that users and outputs have for it
        top: int | None = None,
        significance: int | None = None,
        seed: int = 1,
        null: NullName = "fixed-degrees",
    ) -> Ranking:
        """Rank the nodes of each set by each measure; see `rte_graph.network.hubs.hubs`.

        Parameters
        ----------
        significance : int, optional
            Compare with so many random networks of the same degrees; rows then carry p, q and effect size.
        seed, null
            Seed of the draws, and ``fixed-degrees`` or ``expected-degrees``.
        """
        from rte_graph.network.beside import significance_of
        from rte_graph.network.declared import read_declared
        from rte_graph.network.hubs import check_top, hubs

        check_top(top)
        plan = None if significance is None else _plan(significance, seed, null)
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
            tests=significance_of(self.model, rows, plan) if rows and plan else {},
        )

    def overlap(self) -> Overlap:
        """Compare the member sets; see `rte_graph.network.overlap.overlap`."""
        from rte_graph.network.declared import read_declared
        from rte_graph.network.overlap import overlap

        declared = read_declared(self._graph.store, self.lang)
        return Overlap(report=overlap(self.model, declared.claimed, declared), lang=self.lang)

    def backbone(
        self,
        set: SetName = "target",  # noqa: A002 - the word that users and outputs have for it
        *,
        draws: int = 1000,
        seed: int = 1,
        null: NullName = "fixed-degrees",
    ) -> SharedMore:
        """Test which pairs of a set share more than chance; see `rte_graph.network.nulls.backbone`."""
        from rte_graph.network.nulls import backbone

        found = backbone(self.model, _plan(draws, seed, null, "upper"), set)
        return SharedMore(found=found, lang=self.lang)

    def robustness(self, by: str = "degree", *, draws: int = 200, seed: int = 1, top: int = 10) -> Stays:
        """Say what stays of a ranking when ties are missing; see `network.robustness.robustness`."""
        from rte_graph.network.documents import stated_alone
        from rte_graph.network.robustness import robustness

        sources = stated_alone(self.model, self._graph.store, self.lang)
        card = robustness(self.model, by, draws=draws, seed=seed, top=top, sources=sources)
        return Stays(card=card, lang=self.lang)

    def without(self, *names: str) -> NetworkView:
        """Return the network without the nodes that these names mean."""
        from rte_graph.network.find import find_node

        found = [find_node(self.model, name, self._graph.store, self.lang).iri for name in names]
        return NetworkView(self._graph, self.model.without(found), self.lang, self.notes)

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
        table = ReaderTable(
            title=title, above=(), columns=(), rows=(), numeric=frozenset(), below=(*self.notes, said)
        )
        return html_of([table], self.lang)


def _plan(
    draws: int, seed: int, null: NullName, alternative: Literal["two-sided", "upper"] = "two-sided"
) -> Plan:
    from rte_graph.network.nulls import Plan

    plan = Plan(null=null, draws=draws, seed=seed, alternative=alternative)
    plan.check_resolution()
    return plan
