"""Two networks, or two editions of one, side by side: what is in both, and how ranks differ."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rte_graph.network.hubs import SETS, HubRow, on_same_measures
from rte_graph.network.measures import measure_named
from rte_graph.network.model import Network, SetName
from rte_graph.network.structure import shape
from rte_graph.network.tables import ReaderTable, to_csv, to_markdown, to_terminal
from rte_graph.network.wording import Text, decimal, listed, percent, whole
from rte_graph.sparql.collation import collation_key
from rte_graph.typography import french

FIELDS = ("set", "label", "iri", "rankA", "valueA", "rankB", "valueB", "in")
CAREFUL = Text(
    fr="Deux réseaux dont les cas n’ont pas été choisis de la même façon se comparent avec prudence : un "
    "rang ne vaut que dans le sien.",
    en="Two networks whose cases were not chosen in the same way compare with care only: a rank holds in its "
    "own.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two networks side by side.

    Attributes
    ----------
    a, b : Network
    names : (str, str)
        What to call them.
    measure : str
        By which the nodes are ranked; each row says what ``hubs`` says of the node.
    rows : tuple of (HubRow or None, HubRow or None)
        The same node (set and IRI) in A and in B, None where it is missing: targets first, by rank in A, then
        by rank in B, then by label.
    """

    a: Network
    b: Network
    names: tuple[str, str]
    measure: str
    rows: tuple[tuple[HubRow | None, HubRow | None], ...]

    def pairs(self) -> tuple[int, int, int]:
        """Return how many joined pairs are in both, in A alone and in B alone."""
        mine, theirs = _joined(self.a), _joined(self.b)
        return len(mine & theirs), len(mine - theirs), len(theirs - mine)

    def nodes(self, name: SetName) -> tuple[int, int, int]:
        """Return how many nodes of a set are in both, in A alone and in B alone."""
        mine = [row for row in self.rows if name in {each.set for each in row if each}]
        both = sum(a is not None and b is not None for a, b in mine)
        return both, sum(b is None for _, b in mine), sum(a is None for a, _ in mine)

    def as_dict(self, lang: str = "fr") -> dict[str, Any]:
        """Return the comparison as the JSON output writes it."""
        names = ("both", "onlyA", "onlyB")
        return {
            "a": self.names[0],
            "b": self.names[1],
            "measure": self.measure,
            "pairs": dict(zip(names, self.pairs(), strict=True)),
            "nodes": {name: dict(zip(names, self.nodes(name), strict=True)) for name in SETS},
            "rows": records(self),
            "notes": [CAREFUL.in_language(lang)],
        }


def compare_networks(a: Network, b: Network, measure: str = "degree", names: Sequence[str] = ()) -> Compared:
    """Put two networks side by side; a node is the same where set and IRI are.

    Parameters
    ----------
    a, b : Network
    measure : str
        A measure of nodes that both modes accept.
    names : pair of str, optional
        What to call them; by default their names with their parameters.

    Raises
    ------
    UnknownName, InvalidParameter
        If the measure is not known, or not for one of the networks.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target")]
    >>> one, two = (network_from_rows("n", nodes, ties) for ties in ([("a", "x")], [("b", "x")]))
    >>> compare_networks(one, two).pairs()
    (0, 1, 1)
    """
    rankings = on_same_measures(a, b, [measure])
    ranked = [{(row.set, row.iri): row for row in rows} for rows in rankings]
    used = next((row.measure for rows in rankings for row in rows), measure)
    keys = sorted(
        ranked[0].keys() | ranked[1].keys(),
        key=lambda key: (SETS.index(key[0]), *(_place(found.get(key)) for found in ranked), key[1]),
    )
    first, second = names or (a.full_name, b.full_name)
    return Compared(
        a=a,
        b=b,
        names=(first, second),
        measure=used,
        rows=tuple((ranked[0].get(key), ranked[1].get(key)) for key in keys),
    )


def _place(row: HubRow | None) -> tuple[float, Any]:
    return (float("inf"), collation_key("")) if row is None else (row.rank, collation_key(row.label))


def _joined(network: Network) -> set[tuple[str, str]]:
    left, right = network.pairs()
    iris = [node.iri for node in network.nodes]
    ends = ((iris[i], iris[j]) for i, j in zip(left.tolist(), right.tolist(), strict=True))
    # Two-mode ties run from source to target; others have no direction to compare.
    return {pair if network.mode == "two-mode" else (min(pair), max(pair)) for pair in ends}


def records(found: Compared) -> list[dict[str, Any]]:
    """Return one record per node, as CSV and JSON write them."""
    return [_record(a, b) for a, b in found.rows]


def _record(a: HubRow | None, b: HubRow | None) -> dict[str, Any]:
    known = [each for each in (a, b) if each]
    return {
        "set": known[0].set,
        "label": known[0].label,
        "iri": known[0].iri,
        "rankA": a.rank if a else None,
        "valueA": a.value if a else None,
        "rankB": b.rank if b else None,
        "valueB": b.value if b else None,
        "in": "both" if a and b else "A" if a else "B",
    }


def format_compared(
    found: Compared, *, lang: str = "fr", output: str = "table", top: int | None = None, width: int = 0
) -> str:
    """Return a comparison as a table, CSV (one row a node), JSON or Markdown."""
    if output == "json":
        return json.dumps(found.as_dict(lang), ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        return to_csv(FIELDS, records(found))
    tables = [_head(found, lang), *(_table(found, name, lang, top) for name in SETS)]
    tables = [table for table in tables if table.rows]
    return to_markdown(tables) if output == "markdown" else to_terminal(tables, width)


def _head(found: Compared, lang: str) -> ReaderTable:
    english = lang == "en"
    shapes = [shape(found.a), shape(found.b)]
    facts = [
        ("Joined pairs" if english else "Paires liées", [whole(each.pairs, lang) for each in shapes]),
        ("Ties" if english else "Liens", [whole(each.ties, lang) for each in shapes]),
        (
            "Density" if english else "Densité",
            ["—" if each.density is None else percent(each.density, lang) for each in shapes],
        ),
        ("Components" if english else "Composantes", [str(len(each.component_sizes)) for each in shapes]),
        ("Isolates" if english else "Nœuds isolés", [str(len(each.isolates)) for each in shapes]),
    ]
    both, first, second = found.pairs()
    shared = Text(
        fr=f"Paires liées : {both} dans les deux, {first} dans A seul, {second} dans B seul.",
        en=f"Joined pairs: {both} in both, {first} in A alone, {second} in B alone.",
    )
    title = f"A: {found.names[0]} — B: {found.names[1]}"
    return ReaderTable(
        title=title if english else title.replace(": ", "\u00a0: "),
        above=tuple(_worded(each, lang) for each in (CAREFUL, shared)),
        columns=("", "A", "B"),
        rows=tuple((name, *values) for name, values in facts),
        numeric=frozenset({1, 2}),
    )


def _table(found: Compared, name: SetName, lang: str, top: int | None) -> ReaderTable:
    mine = [row for row in found.rows if name in {each.set for each in row if each}]
    shown = [row for row in mine if top is None or min(each.rank for each in row if each) <= top]
    both, first, second = found.nodes(name)
    alone = [next(each.label for each in row if each) for row in mine if None in row]
    counts = Text(
        fr=f"{both} dans les deux, {first} dans A seul, {second} dans B seul"
        f"{' : ' + listed(alone, 'fr') if alone else ''}.",
        en=f"{both} in both, {first} in A alone, {second} in B alone"
        f"{': ' + listed(alone, 'en') if alone else ''}.",
    )
    measured = measure_named(found.measure).label.in_language(lang).lower()
    label = " / ".join(dict.fromkeys(net.set_label(name, lang) for net in (found.a, found.b)))
    return ReaderTable(
        title=label,
        above=(_worded(counts, lang),),
        columns=(label, f"A, {measured}", f"B, {measured}"),
        rows=tuple(
            (next(each.label for each in row if each), *(_cell(each, lang) for each in row)) for row in shown
        ),
        numeric=frozenset({1, 2}),
    )


def _cell(row: HubRow | None, lang: str) -> str:
    return "—" if row is None else f"{decimal(row.value, lang)} ({row.rank})"


def _worded(words: Text, lang: str) -> str:
    text = words.in_language(lang)
    return text if lang == "en" else french(text)
