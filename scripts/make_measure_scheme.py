"""Write ontology/vocab/measure.ttl from the register of measures: ``python scripts/make_measure_scheme.py``.

So that a published measurement can say which quantity it gives, each measure is a concept, with the formula
that its values are normalised by and the works that define it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.namespaces import DCTERMS, RDF, RTE, SKOS, VOCABULARY_BASE, scheme_namespace
from rte_graph.network.measures import Measure, measures
from rte_graph.network.wording import NBSP, Text
from rte_graph.rdf_io import format_turtle
from rte_graph.resources import ontology_folder
from rte_graph.typography import french

SCHEME_FILE = ontology_folder() / "vocab" / "measure.ttl"
SCHEME = VOCABULARY_BASE + "measure"
NAME = Text(fr="Grandeurs mesurées sur un réseau", en="Quantities measured on a network")
DEFINITION = Text(
    fr="Grandeurs que le registre des mesures définit, chacune avec sa formule et ses références.",
    en="Quantities that the register of measures defines, each with its formula and its references.",
)
RAW = Text(fr=f"Valeur brute{NBSP}: {{raw}}.", en="Raw value: {raw}.")


def scheme_text() -> str:
    """Return the scheme as canonical Turtle."""
    return format_turtle(_triples())


def _triples() -> Iterator[Triple]:
    yield _link(SCHEME, RDF("type"), SKOS("ConceptScheme"))
    yield from _texts(SCHEME, SKOS("prefLabel"), NAME)
    yield from _texts(SCHEME, SKOS("definition"), DEFINITION)
    for measure in measures():
        yield from _concept(measure)


def _concept(measure: Measure) -> Iterator[Triple]:
    iri = scheme_namespace("measure")(measure.name)
    yield _link(iri, RDF("type"), SKOS("Concept"))
    yield _link(iri, SKOS("inScheme"), SCHEME)
    yield _link(iri, SKOS("topConceptOf"), SCHEME)
    yield from _texts(iri, SKOS("prefLabel"), measure.label)
    yield from _texts(iri, SKOS("definition"), measure.definition)
    if measure.raw.fr:
        said = Text(fr=RAW.fr.format(raw=measure.raw.fr), en=RAW.en.format(raw=measure.raw.en))
        yield from _texts(iri, SKOS("note"), said)
    yield Triple(NamedNode(iri), NamedNode(SKOS("notation")), Literal(measure.name))
    yield Triple(NamedNode(iri), NamedNode(RTE("formula")), Literal(measure.formula))
    for reference in measure.references:
        yield _link(iri, DCTERMS("references"), f"https://doi.org/{reference.doi}")


def _link(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(value))


def _texts(subject: str, predicate: str, text: Text) -> Iterator[Triple]:
    for value, language in ((french(text.fr), "fr"), (text.en, "en")):
        yield Triple(NamedNode(subject), NamedNode(predicate), Literal(value, language=language))


def main() -> None:
    """Write the file."""
    SCHEME_FILE.write_text(scheme_text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
