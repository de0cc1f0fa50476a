"""Run pyshacl, the reference validator, and make its report ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import rdflib
from pyoxigraph import NamedNode, Triple
from rdflib.namespace import RDF, SH

from rte_graph.errors import InternalError
from rte_graph.namespaces import shorten
from rte_graph.rdf_io import from_rdflib, from_rdflib_term, to_rdflib
from rte_graph.rdf_io.terms import Term, quiet
from rte_graph.validation.checks import check_blank_nodes, check_graph, check_terms
from rte_graph.validation.messages import messages
from rte_graph.validation.ontology import Ontology, labels
from rte_graph.validation.report import Report, Result, sorted_results
from rte_graph.validation.sources import SourceFile, SourceIndex

_SEVERITIES: dict[rdflib.term.Node | None, str] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}


def validate(
    files: Sequence[SourceFile],
    data: Iterable[Triple],
    ontology: Ontology,
    *,
    context: Iterable[Triple] = (),
) -> Report:
    """Validate data against the shapes and our own checks.

    Parameters
    ----------
    files : sequence of SourceFile
        What the files state; undeclared terms and blank nodes are looked for here.
    data : iterable of Triple
        All that the shapes look at, with the closure: files, context and ontology.
    ontology : Ontology
        Declared terms and shapes.
    context : iterable of Triple
        The part of the data that comes from a store and not from the files.

    Raises
    ------
    InternalError
        The shapes themselves are at fault.

    Notes
    -----
    Nothing is fetched: no ``owl:imports``, no JavaScript, no inference by pyshacl.
    """
    everything = list(data)
    index = SourceIndex(files)
    own = [*check_terms(files, ontology, index, also=context), *check_blank_nodes(files, index)]
    shapes = ontology.shapes_graph()
    with quiet():
        graph = _run(to_rdflib(everything), shapes)
        found = list(_results(graph, shapes, index))
        report = _report_graph(graph, own)
    return Report(
        results=sorted_results([*own, *found]),
        graph=report,
        labels=labels([*everything, *from_rdflib(shapes)]),
        triples=len({triple for file in files for triple in file.triples}),
        shapes=len(set(shapes.subjects(RDF.type, SH.NodeShape))),
    )


def check(files: Sequence[SourceFile], ontology: Ontology) -> Report:
    """Run only our own checks, in milliseconds."""
    index = SourceIndex(files)
    return Report(results=sorted_results(check_terms(files, ontology, index)))


def _run(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    import pyshacl

    if not len(shapes):
        return to_rdflib(())  # pyshacl would look for shapes in the data
    try:
        _, report, _ = pyshacl.validate(
            data,
            shacl_graph=shapes,
            inference="none",
            advanced=False,
            js=False,
            do_owl_imports=False,
            meta_shacl=False,
            inplace=True,
        )
    except Exception as error:
        raise _broken_shapes(str(error)) from error
    # On some faults it returns the failure in place of the report.
    if not isinstance(report, rdflib.Graph):
        raise _broken_shapes(str(getattr(report, "message", report)))
    return report


def _broken_shapes(detail: str) -> InternalError:
    reason = " ".join(detail.split())
    return InternalError(
        fr=f"Les formes SHACL de l’ontologie ne peuvent pas être appliquées ({reason}) : signalez ce défaut.",
        en=f"The ontology’s SHACL shapes cannot be applied ({reason}): please report this defect.",
    )


def _results(report: rdflib.Graph, shapes: rdflib.Graph, index: SourceIndex) -> Iterator[Result]:
    # Not every sh:ValidationResult: those that hang on sh:detail only explain another.
    for node in report.objects(None, SH.result):
        focus = _term(report.value(node, SH.focusNode))
        value = _term(report.value(node, SH.value))
        path = report.value(node, SH.resultPath)
        predicate = from_rdflib_term(path) if isinstance(path, rdflib.URIRef) else None
        stated = value if value != focus else None
        component = str(report.value(node, SH.sourceConstraintComponent) or "")
        shape = report.value(node, SH.sourceShape)
        setwise = component == str(SH.SPARQLConstraintComponent) and path is None
        subject = stated if setwise and isinstance(stated, NamedNode) else focus
        # Looking at a set, the focus is often the property at fault (« rte:earliest »): its line is best.
        at = (focus, None) if subject != focus else (predicate, stated)
        file, line = index.place(subject, *at) if subject is not None else (None, None)
        too_many = component == str(SH.MaxCountConstraintComponent) and predicate is not None
        yield Result(
            shape=str(shape) if isinstance(shape, rdflib.URIRef) else "",
            component=component,
            severity=_SEVERITIES.get(report.value(node, SH.resultSeverity), "violation"),
            focus=focus,
            subject=subject,
            path=_path_text(report, path),
            value=stated,
            values=index.values(focus, predicate) if too_many else (),
            messages=messages(node, report, shapes),
            file=file,
            line=line,
        )


def _term(node: rdflib.term.Node | None) -> Term | None:
    return None if node is None else from_rdflib_term(node)


def _path_text(graph: rdflib.Graph, path: rdflib.term.Node | None) -> str:
    """Return a property as its IRI, or a property path in SPARQL's notation."""
    if path is None:
        return ""
    if isinstance(path, rdflib.URIRef):
        return str(path)
    for predicate, form in (
        (SH.inversePath, "^{}"),
        (SH.zeroOrMorePath, "{}*"),
        (SH.oneOrMorePath, "{}+"),
        (SH.zeroOrOnePath, "{}?"),
    ):
        inner = graph.value(path, predicate)
        if inner is not None:
            return form.format(shorten(_path_text(graph, inner)))
    alternatives = graph.value(path, SH.alternativePath)
    items = graph.items(alternatives if alternatives is not None else path)
    return ("|" if alternatives is not None else "/").join(shorten(_path_text(graph, item)) for item in items)


def _report_graph(report: rdflib.Graph, own: Sequence[Result]) -> tuple[Triple, ...]:
    """Return the W3C report with the results of our own checks in it."""
    head = report.value(predicate=RDF.type, object=SH.ValidationReport)
    if head is None:
        head = rdflib.BNode()
        report.add((head, RDF.type, SH.ValidationReport))
    # The W3C's sense: false as soon as there is any result, a warning included.
    conforms = not own and report.value(head, SH.result) is None
    report.set((head, SH.conforms, rdflib.Literal(conforms)))
    results = to_rdflib(check_graph(own))
    for node in results.subjects(RDF.type, SH.ValidationResult):
        report.add((head, SH.result, node))
    report += results
    return tuple(from_rdflib(report))
