"""SPARQL Update on a store: the default graph and the datasets stay in step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from pyoxigraph import Store as Engine

from rte_graph.namespaces import DATA_BASE
from rte_graph.store.filling import is_stated

UPDATES = NamedNode(f"{DATA_BASE}dataset/updates")
_DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateReport:
    """How many triples an update brought to the default graph, and how many it took out."""

    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Differences:
    """Quads that came and went, as triples: in the default graph, and in the datasets."""

    default_came: set[Triple] = field(default_factory=set)
    default_went: set[Triple] = field(default_factory=set)
    named_came: set[Triple] = field(default_factory=set)
    named_went: set[Triple] = field(default_factory=set)


def reconcile(new: Engine, old: Engine) -> UpdateReport:
    """Bring default graph and datasets in step after an update.

    A triple that came into the default graph alone goes to the dataset of updates; one that left it leaves
    every dataset. A triple that came into a dataset comes into the default graph too; one that no dataset
    states any more leaves it. What came beats what went.
    """
    found = _differences(new, old)
    for triple in found.default_went - found.named_came:
        for quad in list(_stating(new, triple)):
            new.remove(quad)
    for triple in found.named_came:
        new.add(_quad(triple, _DEFAULT))
    for triple in found.named_went - found.default_came:
        if not is_stated(new, triple):
            new.remove(_quad(triple, _DEFAULT))
    for triple in found.default_came:
        if not is_stated(new, triple):
            new.add(_quad(triple, UPDATES))
    for name in list(new.named_graphs()):
        if next(new.quads_for_pattern(None, None, None, name), None) is None:
            new.remove_graph(name)
    touched = found.default_came | found.default_went | found.named_came | found.named_went
    return UpdateReport(
        added=sum(1 for t in touched if _in_default(new, t) and not _in_default(old, t)),
        removed=sum(1 for t in touched if _in_default(old, t) and not _in_default(new, t)),
    )


def _differences(new: Engine, old: Engine) -> _Differences:
    """Compare two engines by walking through both at once.

    They usually give quads in the same order, so that few must be looked up; nothing depends on it.
    """
    found = _Differences()
    olds, news = (iter(engine.quads_for_pattern(None, None, None, None)) for engine in (old, new))
    before, after = next(olds, None), next(news, None)
    while before is not None or after is not None:
        went = before is not None and before != after and before not in new
        came = not went and after is not None and before != after and after not in old
        if went and before is not None:
            (found.default_went if before.graph_name == _DEFAULT else found.named_went).add(before.triple)
        if came and after is not None:
            (found.default_came if after.graph_name == _DEFAULT else found.named_came).add(after.triple)
        # Neither: they are equal, or each stands somewhere in the other store too.
        if not came:
            before = next(olds, None)
        if not went:
            after = next(news, None)
    return found


def _stating(engine: Engine, triple: Triple) -> Iterator[Quad]:
    for quad in engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None):
        if quad.graph_name != _DEFAULT:
            yield quad


def _in_default(engine: Engine, triple: Triple) -> bool:
    return _quad(triple, _DEFAULT) in engine


def _quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
