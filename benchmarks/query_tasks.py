"""Point questions: one thing of a large network, through saved queries and through the engine alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.inputs import Inputs, opened
from benchmarks.measuring import Pair, Task
from rte_graph.namespaces import SKOS, data_namespace

BARE = "the bound text on the bare engine"


def tasks() -> list[Task]:
    """Return the tasks of this module."""
    alliance, organisation = {"alliance": "alliance"}, {"organisation": "organisation"}
    asked: dict[str, Mapping[str, str]] = {
        "alliances-of-organisation": organisation,
        "partners-of-organisation": organisation,
        "members-of-alliance": alliance,
        "partners-of-alliance": alliance,
        "territories-of-alliance": alliance,
        "projects-of-alliance": alliance,
        "project-participants": {"project": "initiative"},
        "evidence-of": {"subject": "organisation"},
    }
    return [
        Task(name="point-lookup", bare="store.query", prepare=lookup),
        Task(name="point-describe", bare="the triples around it", prepare=described),
        *(
            Task(name=f"point-{name}", bare=BARE, prepare=saved(name, parameters))
            for name, parameters in asked.items()
        ),
        Task(name="confined-lookup", bare="the same in process", prepare=confined(1)),
        Task(name="confined-10000-rows", bare="the same in process", prepare=confined(10_000)),
    ]


def one_of(kind: str, inputs: Inputs) -> str:
    """Return the IRI of a thing that is neither a hub nor at the end of the tail."""
    number = {
        "alliance": inputs.size.alliances // 2,
        "organisation": inputs.size.organisations // 8,
        "initiative": inputs.size.initiatives // 2,
    }[kind]
    return data_namespace(kind)(f"bench-{number}")


def lookup(inputs: Inputs) -> Pair:
    """Ask for the names of one thing."""
    store, engine = opened(inputs)
    text = f"SELECT ?name WHERE {{ <{one_of('initiative', inputs)}> <{SKOS('prefLabel')}> ?name }}"
    return Pair(
        bare=lambda: len([tuple(row) for row in engine.query(text)]),
        ours=lambda: len(list(store.select(text).rows)),
    )


def described(inputs: Inputs) -> Pair:
    """Describe one thing in sentences with its sources; the engine alone gives triples."""
    from pyoxigraph import NamedNode

    from rte_graph.describe import describe

    store, engine = opened(inputs)
    node = NamedNode(one_of("initiative", inputs))

    def bare() -> None:
        list(engine.quads_for_pattern(node, None, None))
        list(engine.quads_for_pattern(None, None, node))

    def ours() -> None:
        describe(store, node.value)

    return Pair(bare=bare, ours=ours)


def saved(name: str, parameters: Mapping[str, str]) -> Callable[[Inputs], Pair]:
    """Return what prepares a saved query about one thing."""

    def prepare(inputs: Inputs) -> Pair:
        from rte_graph.resources import queries_folder
        from rte_graph.sparql.engine import bound_text, run_query
        from rte_graph.sparql.library import load_library

        store, engine = opened(inputs)
        query = load_library(queries_folder()).get(name)
        values = {key: one_of(kind, inputs) for key, kind in parameters.items()}
        text = bound_text(store, query, values, "fr")
        return Pair(
            bare=lambda: len([tuple(row) for row in engine.query(text)]),
            ours=lambda: len(run_query(store, query, values).rows),
        )

    return prepare


def confined(limit: int) -> Callable[[Inputs], Pair]:
    """Return what prepares a query text from outside, run in a process that can be stopped."""

    def prepare(inputs: Inputs) -> Pair:
        from rte_graph.sparql.confined import run_text

        store, _ = opened(inputs)
        text = f"SELECT ?thing ?name WHERE {{ ?thing <{SKOS('prefLabel')}> ?name }} LIMIT {limit}"

        def ours() -> int:
            return sum(1 for _ in run_text(store, text).rows)

        return Pair(bare=lambda: sum(1 for _ in store.select(text).rows), ours=ours)

    return prepare
