"""Rankings as linked data: one ``rte:Measurement`` a row, and the computation that gave them (PROV)."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from rte_graph.namespaces import ONTOLOGY_IRI, PROV, RDF, RTE, SKOS, XSD, data_namespace, scheme_namespace
from rte_graph.network.hubs import HubRow
from rte_graph.network.lineage import SOFTWARE, data_hash, named_moment, query_text
from rte_graph.network.measures import measure_named
from rte_graph.network.model import Network
from rte_graph.network.nulls.results import Significance, Tested
from rte_graph.network.ranking import rounded
from rte_graph.network.wording import Text
from rte_graph.sparql.terms import last_segment
from rte_graph.typography import french

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.sparql.model import Library
    from rte_graph.store.base import Store

Tests = Mapping[str, Significance]
"""Tests of a ranking's measures, by the measure's name in its rows."""
MEASUREMENT_FORMS = ("turtle", "jsonld")
# The engine's decimals have 18 digits after the point: what it would cut is not written.
MOST_DECIMALS = 18
_NOT_LOCAL = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Computation:
    """What it takes to redo a ranking.

    Attributes
    ----------
    network : str
        Name of the network's saved query.
    title : Text
        What the network is called.
    parameters : str
        The query's parameters, the nodes left out, the formula of each measure and, with significance, the
        null model, draws, alternative and family, as JSON.
    query : str
        Text of the network's query, then of its nodes query.
    data : str
        SHA-256 of the store's triples (`data_hash`).
    datasets : tuple of str
        IRIs of the datasets read.
    software : str
        The program and its version.
    moment : datetime or None
        When it was made, where something says so.
    seed : int or None
        Seed of the draws, where something was drawn.
    """

    network: str
    title: Text
    parameters: str
    query: str
    data: str
    datasets: tuple[str, ...]
    software: str
    moment: datetime | None
    seed: int | None = None

    @property
    def query_hash(self) -> str:
        """SHA-256 of the query's text."""
        return hashlib.sha256(self.query.encode()).hexdigest()

    @property
    def slug(self) -> str:
        """The network's name with a digest of everything else: another computation has another one."""
        told = (
            self.parameters,
            self.query_hash,
            self.data,
            *self.datasets,
            self.software,
            _written(self.moment),
            *([] if self.seed is None else [str(self.seed)]),
        )
        digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
        return f"{_local(self.network)}-{digest[:12]}"


def computation_of(
    store: Store,
    library: Library,
    network: Network,
    rows: Sequence[HubRow],
    *,
    tests: Tests | None = None,
    moment: datetime | None = None,
) -> Computation:
    """Say what a ranking rests on.

    Parameters
    ----------
    store, library
        Where the network was read from.
    network : Network
        What was measured, narrowed as it was.
    rows : sequence of HubRow
        The ranking.
    tests : mapping of measure to Significance, optional
        Tests of the ranking's measures, if they were made.
    moment : datetime, optional
        When it was computed; by default what ``SOURCE_DATE_EPOCH`` names, else nothing is said.

    Raises
    ------
    InvalidParameter
        ``SOURCE_DATE_EPOCH`` is asked and holds no number of seconds.
    """
    names = dict.fromkeys(row.measure for row in rows)
    told = {
        "exclude": list(network.excluded),
        "normalisation": {name: measure_named(name).formula for name in names},
        "query": dict(network.parameters),
    }
    if tests:
        told["significance"] = {name: _plan(found) for name, found in tests.items()}
    seeds = {found.run.seed for found in (tests or {}).values()} - {None}
    return Computation(
        network=network.name,
        title=network.title,
        parameters=json.dumps(told, ensure_ascii=False, sort_keys=True),
        query=query_text(library, network.name),
        data=data_hash(store),
        datasets=tuple(each.value for each in store.datasets() if each.value != ONTOLOGY_IRI),
        software=SOFTWARE,
        moment=moment or named_moment(),
        seed=min((seed for seed in seeds if seed is not None), default=None),
    )


def _plan(found: Significance) -> dict[str, object]:
    return {
        "tested": found.name,
        "null": found.run.null,
        "method": found.run.method,
        "draws": found.run.draws,
        "alternative": found.alternative,
        "alpha": found.alpha,
        "family": found.family.en,
    }


def measurement_triples(
    network: Network, rows: Sequence[HubRow], made: Computation, tests: Tests | None = None
) -> Iterator[Triple]:
    """Yield the measurements of a ranking and the computation that gave them; nothing for no rows.

    Parameters
    ----------
    network : Network
        The network that was measured, whose nodes have IRIs.
    rows : sequence of HubRow
        The ranking, or its first ranks.
    made : Computation
        How it came about.
    tests : mapping of measure to Significance, optional
        As given to `computation_of`. A node whose measure cannot vary gets no p, no q and no effect size.

    Notes
    -----
    ``rte:measuredValue`` is normalised by the measure's ``rte:formula``; ``rte:rawValue`` is not. The IRIs
    are made of what was computed from what: equal computations give equal triples.
    """
    if not rows:
        return
    yield from _of_computation(made)
    names = _local_names(network)
    tested = {
        (name, row.iri): row
        for name, found in (tests or {}).items()
        if found.name == name  # Another measure stood in: its p is not this one's.
        for row in found.rows
    }
    for row in rows:
        yield from _of_row(row, names[row.iri], made)
        if (test := tested.get((row.measure, row.iri))) is not None:
            yield from _of_test(row, test, names[row.iri], made)


def format_measurements(
    network: Network,
    rows: Sequence[HubRow],
    made: Computation,
    form: str = "turtle",
    *,
    tests: Tests | None = None,
) -> str:
    """Return a ranking as canonical Turtle or JSON-LD (`MEASUREMENT_FORMS`); see `measurement_triples`."""
    from rte_graph.sparql.formats import write_graph

    out = BytesIO()
    write_graph(form, measurement_triples(network, rows, made, tests), out)
    return out.getvalue().decode()


def _of_computation(made: Computation) -> Iterator[Triple]:
    itself, network = (
        data_namespace("computation")(made.slug),
        data_namespace("network")(_local(made.network)),
    )
    yield _link(network, RDF("type"), PROV("Entity"))
    yield _text(network, SKOS("prefLabel"), french(made.title.fr), "fr")
    yield _text(network, SKOS("prefLabel"), made.title.en, "en")
    yield _text(network, SKOS("notation"), made.network)
    yield _link(itself, RDF("type"), RTE("Computation"))
    yield _text(itself, RTE("softwareVersion"), made.software)
    yield _text(itself, RTE("dataHash"), made.data)
    yield _text(itself, RTE("queryHash"), made.query_hash)
    yield _text(itself, RTE("queryText"), made.query)
    yield _text(itself, RTE("parameters"), made.parameters)
    if made.seed is not None:
        yield _typed(itself, RTE("seed"), str(made.seed), "integer")
    if made.moment is not None:
        yield _typed(itself, PROV("endedAtTime"), _written(made.moment), "dateTime")
    for used in (network, *made.datasets):
        yield _link(itself, PROV("used"), used)


def _of_row(row: HubRow, name: str, made: Computation) -> Iterator[Triple]:
    itself = _measurement(row, name, made)
    yield _link(itself, RDF("type"), RTE("Measurement"))
    yield _link(itself, RTE("onNetwork"), data_namespace("network")(_local(made.network)))
    yield _link(itself, RTE("measure"), scheme_namespace("measure")(row.measure))
    yield _link(itself, RTE("ofNode"), row.iri)
    yield _text(itself, RTE("nodeSet"), row.set)
    yield _typed(itself, RTE("measuredRank"), str(row.rank), "integer")
    yield _typed(itself, RTE("measuredValue"), _decimal(row.value), "decimal")
    if row.raw is not None:
        yield _typed(itself, RTE("rawValue"), _decimal(row.raw), "decimal")
    yield _link(itself, PROV("wasGeneratedBy"), data_namespace("computation")(made.slug))


def _of_test(row: HubRow, test: Tested, name: str, made: Computation) -> Iterator[Triple]:
    itself = _measurement(row, name, made)
    if test.p is None or test.q is None:
        return
    yield _typed(itself, RTE("pValue"), _decimal(test.p), "decimal")
    yield _typed(itself, RTE("qValue"), _decimal(test.q), "decimal")
    if test.z is not None:
        yield _typed(itself, RTE("effectSize"), _decimal(rounded(test.z)), "decimal")


def _measurement(row: HubRow, name: str, made: Computation) -> str:
    return data_namespace("measurement")(f"{made.slug}--{row.measure}--{name}")


def _local_names(network: Network) -> dict[str, str]:
    """Give each node the end of its IRI, with a digest where two nodes end alike."""
    ends = {node.iri: _local(last_segment(node.iri)) for node in network.nodes}
    often = Counter(ends.values())
    return {
        iri: end if often[end] == 1 else f"{end}-{hashlib.sha256(iri.encode()).hexdigest()[:8]}"
        for iri, end in ends.items()
    }


def _local(text: str) -> str:
    return _NOT_LOCAL.sub("-", text.lower()).strip("-") or "node"


def _decimal(value: float) -> str:
    """Write a number as xsd:decimal does in its canonical form, without an exponent.

    >>> _decimal(0.5), _decimal(3.0), _decimal(1.2e-07)
    ('0.5', '3', '0.00000012')
    """
    written = f"{Decimal(repr(float(value))):.{MOST_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if written in ("", "-0") else written


def _written(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _link(subject: str, predicate: str, value: str) -> Triple:
    from pyoxigraph import NamedNode, Triple

    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(value))


def _text(subject: str, predicate: str, value: str, language: str | None = None) -> Triple:
    from pyoxigraph import Literal, NamedNode, Triple

    return Triple(NamedNode(subject), NamedNode(predicate), Literal(value, language=language))


def _typed(subject: str, predicate: str, value: str, datatype: str) -> Triple:
    from pyoxigraph import Literal, NamedNode, Triple

    literal = Literal(value, datatype=NamedNode(XSD(datatype)))
    return Triple(NamedNode(subject), NamedNode(predicate), literal)
