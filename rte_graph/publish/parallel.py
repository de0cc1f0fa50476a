"""The pages of resources by several processes: each holds the graph and takes shares of the resources."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, RdfFormat, parse, serialize

from rte_graph.publish.licences import licence_book
from rte_graph.publish.places import place_book
from rte_graph.store import EmbeddedStore

if TYPE_CHECKING:
    from rte_graph.publish.model import Site
    from rte_graph.publish.standings import Standings

SHARE = 100
"""Resources that a process takes at a time."""

_state: dict[str, Any] = {}


def write_in_processes(
    site: Site, standings: Standings, folder: Path, jobs: int, tell: Callable[[str, int], None]
) -> Iterator[tuple[str, int]]:
    """Write the files of all resources into a folder; yield their paths and sizes, in the resources' order.

    The processes are started anew (not forked: engines have threads), so each reads the graph once.
    """
    with tempfile.TemporaryDirectory() as scratch:
        graph, rest = Path(scratch) / "graph.nt", Path(scratch) / "site.pickle"
        with graph.open("wb") as out:
            serialize(site.store.triples(), out, format=RdfFormat.N_TRIPLES)
        held = replace(site, store=EmbeddedStore.in_memory(), loaded=None, previous=None)
        rest.write_bytes(
            pickle.dumps((_without_store(held), place_book(site), licence_book(site), standings, folder))
        )
        iris = list(site.resources)
        shares = [iris[start : start + SHARE] for start in range(0, len(iris), SHARE)]
        pool = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin, initargs=(graph, rest))
        try:
            done = 0
            for written in pool.map(_write, shares):
                yield from written
                done += len(written)
                tell("resources", done)
        finally:
            pool.shutdown(cancel_futures=True)


def _without_store(site: Site) -> dict[str, Any]:
    """Return the fields of a site that can travel: an engine cannot."""
    return {
        each.name: getattr(site, each.name) for each in fields(site) if each.init and each.name != "store"
    }


def _begin(graph: Path, rest: Path) -> None:
    """Read the graph and what is shared, once a process."""
    from rte_graph.publish.graph import reading_of
    from rte_graph.publish.model import Site
    from rte_graph.publish.resources import Desk

    told, places, licences, standings, folder = pickle.loads(rest.read_bytes())
    store = EmbeddedStore.in_memory()
    triples = (quad.triple for quad in parse(path=str(graph), format=RdfFormat.N_TRIPLES))
    store.replace_dataset(NamedNode("urn:x-rte-graph:copy"), triples)
    site = Site(store=store, **told)
    site.kept.update(places=places, licences=licences)
    _state.update(desk=Desk(site, reading_of(site), standings), folder=folder)


def _write(iris: Sequence[str]) -> list[tuple[str, int]]:
    from rte_graph.publish.resources import resource_pages

    desk, folder = _state["desk"], _state["folder"]
    written = []
    for iri in iris:
        for page in resource_pages(desk, desk.site.resources[iri]):
            target = folder / page.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.content)
            written.append((page.path, len(page.content)))
    return written
