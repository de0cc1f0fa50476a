"""Canonical Turtle: the same triples always give the same text, made to be read and compared.

rdflib's ``longturtle`` was tried first. It is deterministic, but it sorts predicates by IRI (evidence before
labels), has no sections, writes all prefixes that are bound in SPARQL style, canonicalises the whole graph
even where there is no blank node (seconds on a source's data), and rewrites numbers; hence this writer.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import rdflib
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, Triple

from rte_graph.files import replace_file
from rte_graph.namespaces import PREFIXES, RDF
from rte_graph.rdf_io.blocks import BlockWriter
from rte_graph.rdf_io.order import banner, section_of
from rte_graph.rdf_io.reader import parse_triples, read_text
from rte_graph.rdf_io.terms import Term, from_rdflib
from rte_graph.rdf_io.tree import Forest, Subject

_TYPE = NamedNode(RDF("type"))


def format_turtle(graph: rdflib.Graph | Iterable[Triple], *, header: str = "") -> str:
    """Return canonical Turtle.

    Parameters
    ----------
    graph : rdflib.Graph or iterable of Triple
        What to write.
    header : str, optional
        Comment lines to put first, each beginning with ``#``.

    Returns
    -------
    str
        Prefixes used, in the fixed order; a banner per section; subjects sorted by IRI; `a` first, then the
        predicates in the fixed order; values sorted, French before English; a final newline.

    Examples
    --------
    >>> from pyoxigraph import Literal, NamedNode, Triple
    >>> skos = "http://www.w3.org/2004/02/skos/core#"
    >>> me = NamedNode("https://w3id.org/rte/id/person/x")
    >>> print(format_turtle([Triple(me, NamedNode(skos + "prefLabel"), Literal("X", language="fr"))]), end="")
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix person: <https://w3id.org/rte/id/person/> .
    <BLANKLINE>
    # ---- Others ----
    <BLANKLINE>
    person:x
        skos:prefLabel "X"@fr .
    """
    triples = list(from_rdflib(graph)) if isinstance(graph, rdflib.Graph) else list(graph)
    forest = Forest.of(_with_stable_blank_nodes(triples))
    writer = BlockWriter(forest)
    sections: dict[int, list[Subject]] = {}
    for subject in forest.roots():
        types = [value.value for value in forest.values(subject, _TYPE) if isinstance(value, NamedNode)]
        sections.setdefault(section_of(types), []).append(subject)
    blocks: list[str] = []
    for section in sorted(sections):
        blocks.append(banner(section) + "\n")
        blocks.extend(writer.block(s) for s in sections[section] if s not in forest.loose)
        # Nothing names these: their text is all there is to sort them by.
        blocks.extend(sorted(writer.block(s) for s in sections[section] if s in forest.loose))
    parts = [header.rstrip() + "\n"] if header.strip() else []
    prefixes = [
        f"@prefix {prefix}: <{namespace}> ."
        for prefix, namespace in PREFIXES.items()
        if prefix in writer.prefixes_used
    ]
    if prefixes:
        parts.append("\n".join(prefixes) + "\n")
    return "\n".join([*parts, *blocks])


def write_turtle(graph: rdflib.Graph | Iterable[Triple], path: Path | str, *, header: str = "") -> None:
    """Write canonical Turtle to a file, whole or not at all."""
    replace_file(Path(path), format_turtle(graph, header=header))


def canonical_text(path: Path | str) -> str:
    """Return what a Turtle file should look like; the comment at its top is kept, others are not."""
    path = Path(path)
    return format_turtle(parse_triples(path), header=_header(read_text(path)))


def is_canonical(path: Path | str) -> bool:
    """Tell whether a Turtle file already stands in canonical form, byte for byte."""
    return Path(path).read_bytes() == canonical_text(path).encode()


def check_canonical(path: Path | str) -> int | None:
    """Return the first line on which a file differs from its canonical form, or None when it does not."""
    found = Path(path).read_bytes().decode("utf-8", errors="replace").split("\n")
    wanted = canonical_text(path).split("\n")
    for number, (one, other) in enumerate(zip(found, wanted, strict=False), start=1):
        if one != other:
            return number
    return None if len(found) == len(wanted) else min(len(found), len(wanted)) + 1


def _header(text: str) -> str:
    """Return the comment block at the top of a file (banners do not count)."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#") or line.startswith("# ----"):
            break
        lines.append(line.rstrip())
    return "\n".join(lines)


def _with_stable_blank_nodes(triples: list[Triple]) -> list[Triple]:
    """Give blank nodes that must be labelled names that depend on the graph alone (RDFC-1.0)."""
    if not Forest.of(triples).labelled():
        return triples
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    renamed = [quad.triple for quad in dataset]
    # c14n0, c14n1 … count all blank nodes; number anew those that show.
    labels = {node: BlankNode(f"b{n}") for n, node in enumerate(Forest.of(renamed).labelled())}

    def shown(term: Term) -> Term:
        return labels.get(term, term) if isinstance(term, BlankNode) else term

    return [Triple(shown(t.subject), t.predicate, shown(t.object)) for t in renamed]  # type: ignore[arg-type]
