"""Small networks to measure, drawn at random by hypothesis or written by hand."""

from __future__ import annotations

from hypothesis import strategies as st

from rte_graph.network import Network, network_from_rows


def two_mode(sources: int, targets: int, ties: list[tuple[int, int]]) -> Network:
    """Make a network of sources s0, s1 … and targets t0, t1 … from pairs of numbers."""
    nodes = [(f"s{i}", "source") for i in range(sources)] + [(f"t{j}", "target") for j in range(targets)]
    return network_from_rows("sample", nodes, [(f"s{i}", f"t{j}") for i, j in ties])


@st.composite
def networks(draw: st.DrawFn, most: int = 6) -> Network:
    """Draw a network of up to `most` nodes a set: isolates, empty sets, parallel ties, several pieces."""
    sources = draw(st.integers(0, most))
    targets = draw(st.integers(0, most))
    pairs = [(i, j) for i in range(sources) for j in range(targets)]
    ties = draw(st.lists(st.sampled_from(pairs), max_size=2 * len(pairs))) if pairs else []
    return two_mode(sources, targets, ties)


def one_mode(size: int, ties: list[tuple[int, int]], weights: list[int] | None = None) -> Network:
    """Make a one-mode network of nodes n0, n1 …, with weights where they are given."""
    found = weights or [None] * len(ties)
    edges = [
        {"source": f"n{i}", "target": f"n{j}"} | ({} if weight is None else {"weight": str(weight)})
        for (i, j), weight in zip(ties, found, strict=True)
    ]
    return network_from_rows("sample", [(f"n{i}", "") for i in range(size)], edges, mode="one-mode")


@st.composite
def one_mode_networks(draw: st.DrawFn, most: int = 9, weighted: bool | None = None) -> Network:
    """Draw a one-mode network of up to `most` nodes: isolates, ties stated both ways, weights or none."""
    size = draw(st.integers(0, most))
    pairs = [(i, j) for i in range(size) for j in range(size) if i != j]
    ties = draw(st.lists(st.sampled_from(pairs), max_size=2 * size)) if pairs else []
    with_weights = draw(st.booleans()) if weighted is None else weighted
    weights = draw(st.lists(st.integers(1, 9), min_size=len(ties), max_size=len(ties)))
    return one_mode(size, ties, weights if with_weights else None)
