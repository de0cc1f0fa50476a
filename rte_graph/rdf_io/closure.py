"""Subclass and subproperty closure of our own terms: all the inference that there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from rte_graph.namespaces import RDF, RDFS, RTE

_TYPE = NamedNode(RDF("type"))


def superterms(ontology: Iterable[Triple], relation: str) -> dict[NamedNode, tuple[NamedNode, ...]]:
    """Return for each ``rte:`` term all the terms above it, transitively, external ones included.

    Only axioms stated on an ``rte:`` term count: what other vocabularies say of their own terms is theirs.
    """
    direct: dict[NamedNode, list[NamedNode]] = {}
    for triple in ontology:
        subject, above = triple.subject, triple.object
        if (
            triple.predicate.value == relation
            and isinstance(subject, NamedNode)
            and subject.value.startswith(RTE)
            and isinstance(above, NamedNode)
        ):
            direct.setdefault(subject, []).append(above)
    return {term: _all_above(term, direct) for term in direct}


def _all_above(term: NamedNode, direct: dict[NamedNode, list[NamedNode]]) -> tuple[NamedNode, ...]:
    found: dict[NamedNode, None] = {}
    waiting = list(direct[term])
    while waiting:
        above = waiting.pop()
        if above not in found and above != term:
            found[above] = None
            waiting.extend(direct.get(above, ()))
    return tuple(sorted(found, key=lambda node: node.value))


def closure(triples: Iterable[Triple], ontology: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples, each followed by what the ontology adds to it.

    Parameters
    ----------
    triples : iterable of Triple
        The data.
    ontology : iterable of Triple
        Where the ``rdfs:subClassOf`` and ``rdfs:subPropertyOf`` axioms stand.

    Notes
    -----
    Linear in the data. May yield a triple twice when the data already state what follows.
    """
    axioms = list(ontology)
    classes = superterms(axioms, RDFS("subClassOf"))
    properties = superterms(axioms, RDFS("subPropertyOf"))
    for triple in triples:
        yield triple
        if triple.predicate == _TYPE and isinstance(triple.object, NamedNode):
            for above in classes.get(triple.object, ()):
                yield Triple(triple.subject, _TYPE, above)
        for above in properties.get(triple.predicate, ()):
            yield Triple(triple.subject, above, triple.object)
