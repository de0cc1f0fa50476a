"""Classes, properties and alignments as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from rte_graph.namespaces import DCTERMS, OWL, RDF, RDFS, SKOS, VS
from rte_graph.network.wording import whole
from rte_graph.publish.kinds import BROWSED
from rte_graph.publish.model import relative
from rte_graph.publish.ontology.drawing import groups_of
from rte_graph.publish.ontology.links import Linker, anchor, joined, markup
from rte_graph.publish.ontology.reading import DEFINITIONS, LABELS, Ontology
from rte_graph.publish.ontology.shapes import Shapes, Table, links_between, owners
from rte_graph.publish.ontology.usage import Usage, Use
from rte_graph.publish.ontology.words import KINDS, RELATIONS, STATUSES, words
from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.wording import one_line

if TYPE_CHECKING:
    from markupsafe import Markup
    from rdflib.term import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class, a property or a concept: what stands in its section of the page."""

    anchor: str
    iri: str
    code: str
    label: str
    definition: str
    examples: tuple[str, ...] = ()
    status: str = ""
    deprecated: bool = False
    facts: tuple[tuple[str, Markup], ...] = ()
    shape: Table | None = None
    find: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermGroup:
    """Terms under one heading."""

    title: str
    terms: tuple[Term, ...]


@dataclass(kw_only=True)
class Terms:
    """The terms of one page."""

    linker: Linker
    usage: Usage
    expected: dict[str, list[str]] = field(default_factory=dict)
    reached: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up once which classes have which property, and which lead where."""
        self.ontology, self.words = self.linker.ontology, words(self.linker.lang)
        self.shapes = Shapes(self.linker)
        self.aligned = alignments(self.ontology)
        for owner, paths in expected_properties(self.ontology).items():
            for path in paths:
                self.expected.setdefault(path, []).append(owner)
        for _, path, values in links_between(self.ontology):
            for value in values:
                self.reached.setdefault(value, []).append(path)

    def classes(self) -> list[TermGroup]:
        """Return the classes in the groups of the diagram."""
        return [
            TermGroup(
                title=en if self.linker.lang == "en" else fr,
                terms=tuple(
                    self._term(iri, self._class_facts(iri), self.shapes.of_class(iri)) for iri in iris
                ),
            )
            for fr, en, _, iris in groups_of(self.ontology)
        ]

    def properties(self) -> list[Term]:
        """Return the properties, by label."""
        found = [self._term(iri, self._property_facts(iri), None) for iri in self.ontology.properties()]
        return sorted(found, key=lambda term: (collation_key(term.label), term.iri))

    def _term(self, iri: str, facts: list[tuple[str, Markup | str]], shape: Table | None) -> Term:
        of, graph, lang = self.ontology, self.ontology.terms, self.linker.lang
        status = of.value(graph, iri, VS("term_status"))
        known = STATUSES.get(status)
        code = self.linker.to(iri)
        return Term(
            anchor=anchor(of.local(iri)),
            iri=iri,
            code=code.code or code.label,
            label=of.text(graph, iri, LABELS, lang) or of.local(iri),
            definition=of.text(graph, iri, DEFINITIONS, lang),
            examples=tuple(of.texts(graph, iri, SKOS("example"), lang)),
            status=known.in_language(lang) if known else one_line(status),
            deprecated=of.value(graph, iri, OWL("deprecated")) in ("true", "1"),
            facts=tuple((name, _safe(value)) for name, value in facts if value),
            shape=shape,
            find=other_names(of, iri, lang),
        )

    def _class_facts(self, iri: str) -> list[tuple[str, Markup | str]]:
        of, said, named = self.ontology, self.words, self.linker.named
        terms = of.terms
        paths = sorted(set(self.reached.get(iri, [])))
        return [
            (said["sub_class_of"], named(self._own(of.values(terms, iri, RDFS("subClassOf"))))),
            (said["super_class_of"], named(of.subjects(terms, RDFS("subClassOf"), iri))),
            (said["reached_by"], joined([self.shapes.constraints.path(_node(path)) for path in paths])),
            (said["disjoint"], named(disjoint(of, iri))),
            *self._shared_facts(iri),
            (said["used"], self._class_use(iri)),
        ]

    def _property_facts(self, iri: str) -> list[tuple[str, Markup | str]]:
        of, said, named = self.ontology, self.words, self.linker.named
        terms = of.terms
        types = [each for each in of.values(terms, iri, RDF("type")) if each in KINDS]
        count = self.usage.properties.get(iri, 0)
        return [
            (said["kind"], ", ".join(KINDS[each].in_language(self.linker.lang) for each in types)),
            (said["sub_property_of"], named(self._own(of.values(terms, iri, RDFS("subPropertyOf"))))),
            (said["super_property_of"], named(of.subjects(terms, RDFS("subPropertyOf"), iri))),
            (said["inverse"], named(of.values(terms, iri, OWL("inverseOf")))),
            (said["domain"], named(of.values(terms, iri, RDFS("domain")))),
            (said["range"], named(of.values(terms, iri, RDFS("range")))),
            (said["on_classes"], self._expected(iri)),
            *self._shared_facts(iri),
            (said["used"], self._counted(count, "statement")),
        ]

    def _expected(self, path: str) -> Markup:
        """Return the classes that the shapes know a property on, with what its values are there."""
        from markupsafe import Markup

        by_values: dict[Markup, list[str]] = {}
        for owner in self.expected.get(path, []):
            by_values.setdefault(self.shapes.values_on(owner, path), []).append(owner)
        parts = []
        for values, classes in sorted(by_values.items(), key=lambda each: each[1]):
            said = Markup(" ({})").format(values) if values else ""
            parts.append(Markup("{}{}").format(self.linker.named(classes), said))
        return joined(parts, " · ")

    def _own(self, iris: list[str]) -> list[str]:
        """Leave out terms of other vocabularies, which stand among the alignments."""
        return [iri for iri in iris if self.ontology.is_own(iri)]

    def _shared_facts(self, iri: str) -> list[tuple[str, Markup | str]]:
        return [
            (self.words["alignments"], self.alignment(iri)),
            (self.words["replaced_by"],
             self.linker.named(self.ontology.values(self.ontology.terms, iri, DCTERMS("isReplacedBy")))),
        ]  # fmt: skip

    def alignment(self, iri: str) -> Markup:
        """Return what a term is to other vocabularies: « sorte de schema:Organization · voir … »."""
        from markupsafe import Markup

        parts = []
        for relation, text in RELATIONS.items():
            there = self.aligned.get(iri, {}).get(relation, [])
            if there:
                links = joined([markup(self.linker.to(each)) for each in there])
                parts.append(Markup("{} {}").format(text.in_language(self.linker.lang), links))
        return joined(parts, " · ")

    def _class_use(self, iri: str) -> Markup:
        from markupsafe import Markup

        use = self.usage.classes.get(iri, Use())
        count = self._counted(use.count, "resource")
        stem = BROWSED.get(self.usage.kinds.get(iri, ""), "")
        if stem and use.count:
            there = relative(self.linker.site.named(stem, self.linker.lang), self.linker.path)
            count = Markup('<a href="{}">{}</a>').format(there, count)
        return Markup("{}{}").format(count, self.examples(use, 3))

    def examples(self, use: Use, most: int) -> Markup:
        """Return « , par exemple … » with links to resources; empty where none has a name."""
        from markupsafe import Markup

        links = [markup(self.linker.to(iri)) for iri in list(use.iris())[:most]]
        return Markup(", {} {}").format(self.words["for_example"], joined(links)) if links else Markup("")

    def _counted(self, count: int, word: str) -> Markup:
        from markupsafe import escape

        said = self.words
        return escape(counted(count, self.linker.lang, said[word], said[f"{word}s"], said["unused"]))


def counted(count: int, lang: str, one: str, many: str, none: str) -> str:
    """Return a count with its word.

    Examples
    --------
    >>> counted(0, "en", "use", "uses", "not used")
    'not used'
    >>> counted(1200, "en", "use", "uses", "not used").replace("\\u00a0", " ")
    '1,200 uses'
    """
    return f"{whole(count, lang)}\u00a0{one if count == 1 else many}" if count else none


@lru_cache(maxsize=2)
def alignments(ontology: Ontology) -> dict[str, dict[str, list[str]]]:
    """Return, by term or concept, the IRIs of other vocabularies by relation, sorted."""
    found: dict[str, dict[str, set[str]]] = {}
    for graph in (ontology.terms, ontology.schemes, ontology.alignments):
        for subject, predicate, value in graph:
            name = str(predicate)
            if name in RELATIONS and not _is_ours(ontology, str(value)) and str(value) != ontology.iri:
                found.setdefault(str(subject), {}).setdefault(name, set()).add(str(value))
    return {iri: {name: sorted(values) for name, values in by.items()} for iri, by in found.items()}


def _is_ours(ontology: Ontology, iri: str) -> bool:
    return ontology.is_own(iri) or iri in ontology.scheme_of


@lru_cache(maxsize=2)
def expected_properties(ontology: Ontology) -> dict[str, list[str]]:
    """Return the properties that the shapes know on each class."""
    from rte_graph.namespaces import SH

    found: dict[str, set[str]] = {}
    for shape, owner in owners(ontology).items():
        for rule in ontology.nodes(ontology.shapes, shape, SH("property")):
            found.setdefault(owner, set()).update(ontology.values(ontology.shapes, rule, SH("path")))
    return {owner: sorted(paths) for owner, paths in sorted(found.items())}


def disjoint(ontology: Ontology, iri: str) -> list[str]:
    """Return the classes that exclude a class, whichever of the two says it."""
    here = ontology.values(ontology.terms, iri, OWL("disjointWith"))
    return sorted({*here, *ontology.subjects(ontology.terms, OWL("disjointWith"), iri)})


def other_names(ontology: Ontology, iri: str, lang: str) -> str:
    """Return what else a filter finds a term by: its label in the other language, its other names."""
    other = "fr" if lang == "en" else "en"
    names = [ontology.text(ontology.everything, iri, LABELS, other)]
    names += [one_line(each) for each in ontology.values(ontology.everything, iri, SKOS("altLabel"))]
    return " ".join(dict.fromkeys(name for name in names if name))


def namespaces(ontology: Ontology) -> list[tuple[str, str]]:
    """Return the prefixes that terms, shapes and alignments use, in the order of canonical Turtle."""
    from rte_graph.namespaces import PREFIXES, SCHEMES, split_iri

    used = set()
    for graph in (ontology.terms, ontology.shapes, ontology.alignments):
        for triple in graph:
            parts = {split_iri(str(node)) for node in triple}
            used |= {found[0] for found in parts if found}
    return [(name, str(iri)) for name, iri in PREFIXES.items() if name in used and name not in SCHEMES]


def _safe(value: Markup | str) -> Markup:
    from markupsafe import escape

    return escape(value)


def _node(iri: str) -> Node:
    from rdflib import URIRef

    return URIRef(iri)
