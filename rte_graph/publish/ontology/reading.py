"""The ontology as the pages read it: its graphs, texts in a language, sorted values, lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.namespaces import DCTERMS, ONTOLOGY_IRI, OWL, RDF, RDFS, SH, SKOS
from rte_graph.publish.model import safe_name
from rte_graph.sparql.terms import last_segment
from rte_graph.sparql.wording import one_line
from rte_graph.typography import french

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

LABELS = (RDFS("label"), SKOS("prefLabel"), SH("name"), DCTERMS("title"))
DEFINITIONS = (SKOS("definition"), DCTERMS("description"), RDFS("comment"))
PROPERTY_TYPES = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")


@dataclass(frozen=True, kw_only=True, eq=False)
class Ontology:
    """Terms, shapes, concept schemes and alignments of one ontology, from a folder laid out as ``ontology/``.

    Attributes
    ----------
    folder : Path
        Holds ``rte.ttl``, ``shapes/``, ``vocab/``, ``align/`` and ``context.jsonld``; all but the first may
        be missing.
    iri : str
        IRI of the ontology.
    namespace : str
        Beginning of the IRIs of its terms; what follows is a term's anchor.
    """

    folder: Path
    iri: str = ONTOLOGY_IRI
    namespace: str = f"{ONTOLOGY_IRI}#"

    @cached_property
    def terms(self) -> rdflib.Graph:
        """Classes and properties."""
        return _graph([self.folder / "rte.ttl"])

    @cached_property
    def shapes(self) -> rdflib.Graph:
        """SHACL shapes."""
        return _graph(self.files("shapes"))

    @cached_property
    def schemes(self) -> rdflib.Graph:
        """Concept schemes."""
        return _graph(self.files("vocab"))

    @cached_property
    def alignments(self) -> rdflib.Graph:
        """Alignments with other vocabularies."""
        return _graph(self.files("align"))

    @cached_property
    def everything(self) -> rdflib.Graph:
        """All of them in one graph, to look a label up wherever it stands."""
        return self.terms + self.schemes + self.shapes

    def files(self, part: str) -> list[Path]:
        """Return the Turtle files of a part, sorted."""
        return sorted((self.folder / part).glob("*.ttl"))

    @property
    def version(self) -> str:
        """Version, as a folder's name; "" where none is stated."""
        stated = self.value(self.terms, self.iri, OWL("versionIRI")) or self.value(
            self.terms, self.iri, OWL("versionInfo")
        )
        return safe_name(last_segment(stated)) if stated else ""

    def classes(self) -> list[str]:
        """Return the ontology's own classes, sorted."""
        return self._own(OWL("Class"))

    def properties(self) -> list[str]:
        """Return the ontology's own properties, sorted."""
        return sorted(each for kind in PROPERTY_TYPES for each in self._own(OWL(kind)))

    @cached_property
    def scheme_of(self) -> dict[str, str]:
        """The scheme of each concept, and of each scheme itself."""
        found: dict[str, str] = {}
        for scheme in self.scheme_iris:
            for concept in self.subjects(self.schemes, SKOS("inScheme"), scheme):
                found.setdefault(concept, scheme)
            found[scheme] = scheme
        return found

    @cached_property
    def scheme_iris(self) -> list[str]:
        """The concept schemes, sorted."""
        return self.subjects(self.schemes, RDF("type"), SKOS("ConceptScheme"))

    def _own(self, kind: str) -> list[str]:
        return [each for each in self.subjects(self.terms, RDF("type"), kind) if self.is_own(each)]

    def is_own(self, iri: str) -> bool:
        """Tell whether an IRI is in the ontology's namespace."""
        return iri.startswith(self.namespace) and len(iri) > len(self.namespace)

    def local(self, iri: str) -> str:
        """Return the local name of a term."""
        return iri[len(self.namespace) :] if self.is_own(iri) else last_segment(iri)

    @staticmethod
    def subjects(graph: rdflib.Graph, predicate: str, value: str) -> list[str]:
        """Return the named subjects that have a value, sorted."""
        from rdflib import URIRef

        found = graph.subjects(URIRef(predicate), URIRef(value))
        return sorted({str(each) for each in found if isinstance(each, URIRef)})

    @staticmethod
    def nodes(graph: rdflib.Graph, subject: Node | str, predicate: str) -> list[Node]:
        """Return the values of a property, sorted."""
        from rdflib import URIRef

        node = URIRef(subject) if type(subject) is str else subject
        return sorted(graph.objects(node, URIRef(predicate)), key=lambda each: _key(graph, each))  # type: ignore[arg-type]

    @classmethod
    def values(cls, graph: rdflib.Graph, subject: Node | str, predicate: str) -> list[str]:
        """Return the values of a property as text, sorted."""
        return [str(each) for each in cls.nodes(graph, subject, predicate)]

    @classmethod
    def value(cls, graph: rdflib.Graph, subject: Node | str, predicate: str) -> str:
        """Return the first value of a property, or ""."""
        return next(iter(cls.values(graph, subject, predicate)), "")

    @classmethod
    def listed(cls, graph: rdflib.Graph, head: Node) -> Iterator[Node]:
        """Yield the members of an RDF list; one that comes back to itself ends there."""
        seen = set()
        while head not in seen and (first := cls.nodes(graph, head, RDF("first"))):
            seen.add(head)
            yield first[0]
            head = next(iter(cls.nodes(graph, head, RDF("rest"))), head)

    @classmethod
    def text(cls, graph: rdflib.Graph, subject: Node | str, predicates: Iterable[str], lang: str) -> str:
        """Return a text in a language, else in French, English, any other; of the first property with one."""
        order = {lang: 0, "fr": 1, "en": 2, "": 3}
        if lang == "en":
            order = {"en": 0, "fr": 1, "": 3}
        for predicate in predicates:
            found = [
                (order.get(getattr(each, "language", None) or "", 4), str(each))
                for each in cls.nodes(graph, subject, predicate)
            ]
            if found:
                return cls.set_text(min(found)[1], lang)
        return ""

    @classmethod
    def texts(cls, graph: rdflib.Graph, subject: Node | str, predicate: str, lang: str) -> list[str]:
        """Return all texts of a property in a language, or those without the language where it has none."""
        nodes = cls.nodes(graph, subject, predicate)
        for wanted in (lang, "fr", "en", ""):
            found = [str(each) for each in nodes if (getattr(each, "language", None) or "") == wanted]
            if found:
                return [cls.set_text(each, lang) for each in found]
        return []

    @staticmethod
    def set_text(text: str, lang: str) -> str:
        """Return a text as readers see it: on one line, with the language's no-break spaces."""
        return french(one_line(text)) if lang == "fr" else one_line(text)

    def label(self, iri: str, lang: str) -> str:
        """Return the label of anything in the ontology, or ""."""
        key = (iri, lang)
        if key not in self._labels:
            self._labels[key] = self.text(self.everything, iri, LABELS, lang)
        return self._labels[key]

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        return {}


def packaged() -> Ontology:
    """Return the ontology that comes with the package."""
    from rte_graph.resources import ontology_folder

    return Ontology(folder=ontology_folder())


def _graph(files: Iterable[Path]) -> rdflib.Graph:
    from rte_graph.rdf_io import read_graphs

    return read_graphs([path for path in files if path.is_file()])


def _key(graph: rdflib.Graph, node: Node, depth: int = 0) -> str:
    """Return what nodes are sorted by: what has no name by what it says, since its identifier changes."""
    from rdflib import BNode

    if not isinstance(node, BNode) or depth > 6:
        return node.n3() if not isinstance(node, BNode) else ""
    said = sorted(f"{p} {_key(graph, o, depth + 1)}" for p, o in graph.predicate_objects(node))
    return f"[{' ; '.join(said)}]"
