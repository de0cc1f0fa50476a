"""Rows of a network query as ties: positions for IRIs, one tie for rows that differ in evidence alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from rte_graph.errors import UnreadableQuery
from rte_graph.network.columns import Column
from rte_graph.network.elements import Node, Ties, distinct
from rte_graph.network.figures import number_of
from rte_graph.network.model import Mode
from rte_graph.network.naming import Row
from rte_graph.network.reading import Rows
from rte_graph.sparql.terms import last_segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

ENDS = ("source", "target")
COLUMNS = ("roleIri", "kind", "kindIri", "start", "end", "evidence")


def ties_of(
    name: str, rows: Rows, nodes: Sequence[Node], mode: Mode, label: Callable[[Row], Row] = lambda row: row
) -> Ties:
    """Return the ties that the rows state, sorted by ends, role, kind, dates and weight.

    Parameters
    ----------
    name : str
        Of the network, for errors.
    rows : Rows
    nodes : sequence of Node
        Sources first.
    mode : {"two-mode", "one-mode", "multi"}
    label : callable
        Completes a row by the labels of its ends, for errors.

    Raises
    ------
    UnreadableQuery
        If a tie ends at a node that is not there, or in the wrong set.
    """
    source, target = _positions(name, rows, nodes, mode, label)
    words = [_roles(rows), *(rows.column(column) for column in COLUMNS)]
    weights = rows.column("weight")
    numbers = np.array([_nan(number_of(each)) for each in weights.texts])[weights.codes]
    return _merged(Ties(source, target, numbers, words))


def _nan(number: float | None) -> float:
    return np.nan if number is None else number


def _positions(
    name: str, rows: Rows, nodes: Sequence[Node], mode: Mode, label: Callable[[Row], Row]
) -> tuple[IntArray, IntArray]:
    place = {node.iri: position for position, node in enumerate(nodes)}
    in_target = np.array([node.set == "target" for node in nodes] + [False])
    ends, loose = [], []
    for end in ENDS:
        column = rows.column(end)
        found = np.fromiter((place.get(iri, -1) for iri in column.texts), np.int64, len(column.texts))
        places = found[column.codes]
        wrong = (in_target[places] != (end == "target")) if mode == "two-mode" else np.zeros(rows.size, bool)
        ends.append(places)
        loose.append((places < 0) | wrong)
    if (loose[0] | loose[1]).any():
        row = int(np.flatnonzero(loose[0] | loose[1])[0])
        end = ENDS[0] if loose[0][row] else ENDS[1]
        record = label(rows.record(row))
        raise _loose_end(name, end, record, known=(record.get(end) or "") in place)
    return ends[0], ends[1]


def _loose_end(name: str, column: str, row: Row, *, known: bool) -> UnreadableQuery:
    iri = row.get(column) or ""
    label = row.get(f"{column}Label") or iri
    what_fr = "se trouve dans l’autre ensemble" if known else "manque dans sa requête de nœuds"
    what_en = "stands in the other set" if known else "is missing from its nodes query"
    return UnreadableQuery(
        fr=f"Dans le réseau « {name} », l’extrémité ?{column} « {label} » ({iri}) {what_fr} : faites rendre "
        f"ce nœud par la requête de nœuds avec ?set = {column}.",
        en=f"In the network “{name}”, the edge end ?{column} “{label}” ({iri}) {what_en}: make the nodes "
        f"query return it with ?set = {column}.",
    )


def _roles(rows: Rows) -> Column:
    """Return the role's label, or the end of its IRI where it has none."""
    labels, iris = rows.column("role"), rows.column("roleIri")
    both = labels.codes.astype(np.int64) * max(len(iris.texts), 1) + iris.codes
    pairs, codes = np.unique(both, return_inverse=True)
    texts = []
    for pair in pairs.tolist():
        label, iri = divmod(pair, max(len(iris.texts), 1))
        texts.append(labels.texts[label] or (last_segment(iris.texts[iri]) if iris.texts[iri] else ""))
    return Column(codes.reshape(-1).astype(np.int32), tuple(texts))


def _merged(ties: Ties) -> Ties:
    """Sort, and make one tie of rows that differ only in their evidence."""
    weight = np.nan_to_num(ties.weight)
    words = [ties.column(name).ranks() for name in ("role", "role_iri", "kind_iri", "start", "end")]
    keys = (ties.source, ties.target, *words, weight)
    order = np.lexsort(keys[::-1])
    new = np.ones(len(order), dtype=bool)
    new[1:] = False
    for key in keys:
        new[1:] |= key[order][1:] != key[order][:-1]
    if new.all():
        return ties.take(order)
    # Of rows that say the same the last stands for all: sorting left them in their order.
    last = np.append(np.flatnonzero(new)[1:], len(order)) - 1
    merged = ties.take(order[last])
    evidence = _gathered(ties.column("evidence").take(order), np.flatnonzero(new), last)
    return Ties(merged.source, merged.target, merged.weight, [*merged.texts[:-1], evidence])


def _gathered(evidence: Column, first: NDArray[np.intp], last: NDArray[np.intp]) -> Column:
    """Join the evidence of rows that are one tie."""
    held, codes = list(evidence.texts), evidence.codes[last].copy()
    for place in np.flatnonzero(last > first).tolist():
        rows = evidence.codes[first[place] : last[place] + 1].tolist()
        codes[place] = len(held)
        held.append(" ".join(distinct(iri for row in rows for iri in held[row].split())))
    return Column(codes, tuple(held))
