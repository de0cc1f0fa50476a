"""Statements with blank nodes as lines that do not depend on the names of these nodes."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, serialize

# A statement as the texts of its terms; those of blank nodes begin with « _: ».
_Terms = tuple[str, ...]

# Microseconds that RDFC-1.0 may take for a tangle of so many nodes: measured on cliques, the worst case,
# where it grows faster than the factorial (7 nodes 0.3 s, 10 nodes minutes).
_COSTS = (0, 5, 20, 60, 300, 8_000, 40_000)
_MOST_MICROSECONDS = 5_000_000
_ROUNDS = 64


def canonical_lines(quads: Sequence[Quad]) -> list[bytes]:
    """Return one line per quad, the same for the same graph whatever its blank nodes are called.

    Parameters
    ----------
    quads : sequence of Quad
        All that have blank nodes, each once.

    Returns
    -------
    list of bytes
        Canonical N-Quads (RDFC-1.0), in any order. Where that would take too long, a line that says instead
        how often statements occur in which each blank node is named after its surroundings.

    Notes
    -----
    RDFC-1.0 takes exponential time on nodes that resemble each other and are tied to each other, and cubic
    time on a list of equal values: a file of some lines would stop the program, or crash it. The surroundings
    are those within 64 steps (colour refinement); they tell apart what is met in practice, not the regular
    graphs made to defeat this method.
    """
    statements = [_terms(quad) for quad in dict.fromkeys(quads)]
    mentions = _mentions(statements)
    if _microseconds(statements, mentions) <= _MOST_MICROSECONDS:
        dataset = Dataset(quads)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return (serialize(dataset, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    colours = _colours(mentions)
    counted = Counter(_text(terms, lambda node: f"_:{colours[node]}") for terms in statements)
    return [f"{text} . # {number}\n".encode() for text, number in counted.items()]


def _terms(quad: Quad) -> _Terms:
    return tuple(str(term) for term in (quad.subject, quad.predicate, quad.object, quad.graph_name))


def _mentions(statements: Iterable[_Terms]) -> dict[str, list[_Terms]]:
    """Return the statements that mention each blank node."""
    mentions: dict[str, list[_Terms]] = defaultdict(list)
    for terms in statements:
        for node in set(_blank(terms)):
            mentions[node].append(terms)
    return mentions


def _blank(terms: _Terms) -> list[str]:
    return [term for term in terms if term.startswith("_:")]


def _text(terms: _Terms, name: Callable[[str], str]) -> str:
    return " ".join(name(term) if term.startswith("_:") else term for term in terms)


def _around(node: str, mentions: Iterable[_Terms], name: Callable[[str], str]) -> str:
    """Return a hash of the statements that mention a node, once nodes are named; its own place shows."""
    texts = sorted(
        _text(terms, lambda other: ("_:" if other == node else "") + name(other)) for terms in mentions
    )
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _microseconds(statements: Sequence[_Terms], mentions: dict[str, list[_Terms]]) -> float:
    """Return an upper estimate of what RDFC-1.0 takes for nodes that it cannot tell apart at once."""
    ties = [nodes for terms in statements if len(nodes := set(_blank(terms))) > 1]
    if not ties:
        return 0
    first = {node: _around(node, found, lambda other: "z") for node, found in mentions.items()}
    number = Counter(first.values())
    alike = {node for node, text in first.items() if number[text] > 1}
    neighbours: dict[str, set[str]] = defaultdict(set)
    for nodes in ties:
        for node in nodes & alike:
            neighbours[node] |= nodes & alike
    return sum(_COSTS[size] if size < len(_COSTS) else float("inf") for size in _tangles(neighbours))


def _tangles(neighbours: dict[str, set[str]]) -> Iterable[int]:
    """Yield the number of nodes of each connected part."""
    left = set(neighbours)
    while left:
        found = {left.pop()}
        edge = list(found)
        while edge:
            new = neighbours[edge.pop()] - found
            found |= new
            edge += new
        left -= found
        yield len(found)


def _colours(mentions: dict[str, list[_Terms]]) -> dict[str, str]:
    """Return a name for each node that depends on its surroundings alone."""
    colours = dict.fromkeys(mentions, "")
    told = 0
    for _ in range(_ROUNDS):
        colours = {node: _around(node, found, colours.__getitem__) for node, found in mentions.items()}
        if len(set(colours.values())) == told:
            break
        told = len(set(colours.values()))
    return colours
