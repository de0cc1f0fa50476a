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
