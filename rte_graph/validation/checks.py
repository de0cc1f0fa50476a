"""What shapes cannot see: terms that nobody declared, and nodes without a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from rte_graph.namespaces import RTE, SH, VOCABULARY_BASE, Namespace, shorten
from rte_graph.rdf_io.terms import Term
from rte_graph.validation.ontology import Ontology
from rte_graph.validation.report import Result
from rte_graph.validation.sources import SourceFile, SourceIndex

CHECK = Namespace("https://w3id.org/rte/check#")
UNDECLARED_TERM = CHECK("UndeclaredTerm")
UNDECLARED_CONCEPT = CHECK("UndeclaredConcept")
BLANK_NODE = CHECK("BlankNode")


def check_terms(
    files: Sequence[SourceFile], ontology: Ontology, index: SourceIndex, *, also: Iterable[Triple] = ()
) -> Iterator[Result]:
    """Yield a violation for each use of an ``rte:`` term or a concept that is declared nowhere.

    Parameters
    ----------
    files : sequence of SourceFile
        What is to be loaded.
    ontology : Ontology
        Where terms and concepts are declared.
    also : iterable of Triple
        Other data in which concepts may be declared (the store).
    """
    terms = ontology.terms()
    concepts = ontology.concepts() | {
        subject.value
        for triples in (*(file.triples for file in files), also)
        for triple in triples
        if isinstance(subject := triple.subject, NamedNode) and subject.value.startswith(VOCABULARY_BASE)
    }
    for file in files:
        for triple in file.triples:
            for node in (triple.subject, triple.predicate, triple.object):
                if not isinstance(node, NamedNode):
                    continue
                if node.value.startswith(RTE) and node.value not in terms:
                    yield _undeclared(triple, node, terms, UNDECLARED_TERM, index)
                elif node.value.startswith(VOCABULARY_BASE) and node.value not in concepts:
                    yield _undeclared(triple, node, concepts, UNDECLARED_CONCEPT, index)


def check_blank_nodes(files: Sequence[SourceFile], index: SourceIndex) -> Iterator[Result]:
    """Yield a warning for each blank node that stands as a value or on its own."""
    for file in files:
        pointed_at = {triple.object for triple in file.triples if isinstance(triple.object, BlankNode)}
        loose: dict[BlankNode, None] = {}
        for triple in file.triples:
            if isinstance(triple.object, BlankNode) and isinstance(triple.subject, NamedNode):
                path, line = index.place(triple.subject, triple.predicate)
                yield _blank(
                    triple.subject, triple.predicate.value, file, line if path == file.path else None
                )
            elif isinstance(triple.subject, BlankNode) and triple.subject not in pointed_at:
                loose[triple.subject] = None
        for node in loose:
            yield _blank(node, "", file, None)


def _undeclared(
    triple: Triple, node: NamedNode, declared: Iterable[str], rule: str, index: SourceIndex
) -> Result:
    focus, predicate, value = _term(triple.subject), triple.predicate, _term(triple.object)
    file, line = index.place(focus, predicate, value)
    written = shorten(node.value)
    near = nearest(written, declared)
    what_fr = "Le terme" if rule == UNDECLARED_TERM else "Le concept"
    what_en = "The term" if rule == UNDECLARED_TERM else "The concept"
    try_fr = f"écrivez {near}" if near else "corrigez-le ou déclarez-le dans l’ontologie"
    try_en = f"write {near}" if near else "correct it or declare it in the ontology"
    return Result(
        shape=rule,
        component=rule,
        severity="violation",
        focus=focus,
        path=predicate.value,
        value=value,
        messages={
            "fr": f"{what_fr} {written} n’est déclaré nulle part : {try_fr}.",
            "en": f"{what_en} {written} is declared nowhere: {try_en}.",
        },
        file=file,
        line=line,
    )


def nearest(written: str, declared: Iterable[str]) -> str | None:
    """Return the declared term whose short form is closest to what was written, or None."""
    near = get_close_matches(written, sorted(map(shorten, declared)), n=8, cutoff=0.75)
    # Among those, the fewest slips: difflib finds « levle » as close to « lever » as to « level ».
    return min(near, key=lambda candidate: (_slips(written, candidate), candidate), default=None)


def _slips(one: str, other: str) -> int:
    """Return how many letters were added, dropped, changed or swapped with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def _blank(focus: Term, path: str, file: SourceFile, line: int | None) -> Result:
    return Result(
        shape=BLANK_NODE,
        component=BLANK_NODE,
        severity="warning",
        focus=focus,
        path=path,
        value=None,
        messages={
            "fr": "Un nœud n’a pas de nom et ne pourra être ni cité ni comparé : donnez-lui une IRI.",
            "en": "A node has no name and can be neither cited nor compared: give it an IRI.",
        },
        file=file.path,
        line=line,
    )


def _term(node: object) -> Term:
    assert not isinstance(node, Triple), "refused at reading"
    return node  # type: ignore[return-value]


def check_graph(results: Iterable[Result]) -> Iterator[Triple]:
    """Yield our own results as SHACL validation results (blank nodes, one each)."""
    a = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for result in results:
        node = BlankNode()
        yield Triple(node, a, NamedNode(SH("ValidationResult")))
        yield Triple(node, NamedNode(SH("resultSeverity")), NamedNode(SH(result.severity.capitalize())))
        yield Triple(node, NamedNode(SH("sourceConstraintComponent")), NamedNode(result.component))
        yield Triple(node, NamedNode(SH("sourceShape")), NamedNode(result.shape))
        for lang in ("fr", "en"):
            message = Literal(result.message(lang), language=lang)
            yield Triple(node, NamedNode(SH("resultMessage")), message)
        if result.focus is not None:
            yield Triple(node, NamedNode(SH("focusNode")), result.focus)
        if result.path:
            yield Triple(node, NamedNode(SH("resultPath")), NamedNode(result.path))
        if result.value is not None:
            yield Triple(node, NamedNode(SH("value")), result.value)
