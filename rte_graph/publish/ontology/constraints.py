"""What a SHACL shape asks of values, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rte_graph.namespaces import RDF, SH, SKOS, shorten
from rte_graph.publish.ontology.links import Linker, joined, markup
from rte_graph.publish.ontology.reading import Ontology
from rte_graph.publish.ontology.words import DATATYPES, LANGUAGES, words
from rte_graph.sparql.wording import one_line

if TYPE_CHECKING:
    from markupsafe import Markup
    from rdflib.term import Node

DEEPEST = 8
"""Shapes may use one another in a circle."""
SILENT = frozenset(
    {"property", "path", "severity", "message", "name", "order", "group", "minCount", "maxCount", "flags",
     "qualifiedMinCount", "qualifiedMaxCount", "sparql", "select", "description", *(
         "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")}
)  # fmt: skip
"""What another column says, or another constraint."""
SIGNS = {
    "minInclusive": "≥\u202f{}", "maxInclusive": "≤\u202f{}", "minExclusive": ">\u202f{}",
    "maxExclusive": "<\u202f{}", "minLength": "≥\u202f{} c.", "maxLength": "≤\u202f{} c.",
}  # fmt: skip


class Constraints:
    """Puts constraints in words for one page."""

    def __init__(self, linker: Linker) -> None:
        self.linker, self.ontology = linker, linker.ontology
        self.graph = linker.ontology.shapes
        self.words = words(linker.lang)

    def says(self, shape: Node, depth: int = 0) -> Markup:
        """Return what a shape asks of values; empty where it asks nothing."""
        return joined(list(self._parts(shape, depth)), " · ")

    def is_constrained(self, shape: Node) -> bool:
        """Tell whether a node shape asks anything beside its properties."""
        asked = {str(each).removeprefix(SH("")) for each in self.graph.predicates(shape)}
        known = {"property", "severity", "message", "name", RDF("type")}
        return any(each not in known and not each.startswith("target") for each in asked)

    def path(self, path: Node) -> Markup:
        """Return a property path, with links."""
        from markupsafe import Markup
        from rdflib import URIRef

        if isinstance(path, URIRef):
            link = self.linker.to(str(path))
            code = Markup("<code>{}</code>").format(link.code or link.label)
            if not link.href:
                return code
            rel = Markup(' rel="noopener noreferrer"') if link.outside else ""
            return Markup('<a href="{}"{}>{}</a>').format(link.href, rel, code)
        for name, before, after in (
            ("inversePath", "^", ""), ("zeroOrMorePath", "", "*"),
            ("oneOrMorePath", "", "+"), ("zeroOrOnePath", "", "?"),
        ):  # fmt: skip
            for inner in self.ontology.nodes(self.graph, path, SH(name)):
                return Markup("{}{}{}").format(before, self.path(inner), after)
        for inner in self.ontology.nodes(self.graph, path, SH("alternativePath")):
            return joined([self.path(each) for each in self.ontology.listed(self.graph, inner)], " | ")
        return joined([self.path(each) for each in self.ontology.listed(self.graph, path)], " / ")

    def _parts(self, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        if depth > DEEPEST:
            yield Markup("…")
            return
        scheme = self._scheme(shape)
        if scheme:
            yield Markup("{} {}").format(self.words["concept_of"], markup(self.linker.to(scheme)))
            return
        if self._is_undescribed(shape):
            yield Markup("{}").format(self.words["undescribed"])
            return
        found = sorted(
            (_place(name), name, value.n3(), value)
            for predicate, value in self.graph.predicate_objects(shape)
            if (name := _name(str(predicate))) and name not in SILENT
        )
        names = {name for _, name, _, _ in found}
        for _, name, _, value in found:
            if name == "nodeKind" and names & {"class", "node", "or", "xone", "datatype"}:
                continue  # said already by what is more precise
            yield from self._said(name, value, shape, depth)
        if depth:
            yield from self._inner(shape, depth)

    def _inner(self, shape: Node, depth: int) -> Iterator[Markup]:
        """Say what a shape used by another asks of its own properties."""
        from markupsafe import Markup

        for rule in self.ontology.nodes(self.graph, shape, SH("property")):
            for path in self.ontology.nodes(self.graph, rule, SH("path")):
                said = self.says(rule, depth + 1)
                least = self.ontology.value(self.graph, rule, SH("minCount"))
                most = self.ontology.value(self.graph, rule, SH("maxCount"))
                none = Markup(" ({})").format(self.words["none_beside"]) if most == "0" else ""
                beside = Markup(" ({})").format(said) if said else none
                if said or least or most:
                    yield Markup("{} {}{}").format(self.words["has"], self.path(path), beside)

    def _said(self, name: str, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        say = _SAYINGS.get(name)
        if say is not None:
            yield from say(self, value, shape, depth)
        elif name in SIGNS:
            yield Markup("{}").format(SIGNS[name].format(one_line(str(value))))
        else:
            yield Markup("<code>sh:{}</code> {}").format(name, self._term(value))

    def _term(self, value: Node) -> Markup:
        from markupsafe import Markup
        from rdflib import Literal

        if isinstance(value, Literal):
            return Markup("<code>{}</code>").format(one_line(str(value)))
        return markup(self.linker.to(str(value)))

    def _class(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        yield markup(self.linker.to(str(value)))

    def _datatype(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        known = DATATYPES.get(str(value))
        code = one_line(shorten(str(value)))
        label = known.in_language(self.linker.lang) if known else code
        yield Markup('<span title="{}">{}</span>').format(code, label)

    def _kind(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        yield Markup("{}").format(self.words["a_literal" if str(value) == SH("Literal") else "an_iri"])

    def _node(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        yield from self._parts(value, depth + 1)

    def _or(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        members = list(self.ontology.listed(self.graph, value))
        described = [each for each in members if not self._is_undescribed(each)] or members
        said = [each for each in (self.says(member, depth + 1) for member in described) if each]
        if said:
            yield joined(said, Markup(" {} ").format(self.words["or"]))

    def _and(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        said = [self.says(member, depth + 1) for member in self.ontology.listed(self.graph, value)]
        yield joined([each for each in said if each], Markup(" {} ").format(self.words["and"]))

    def _xone(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        for said in self._or(value, shape, depth):
            yield Markup("{} {}").format(self.words["one_of"], said)

    def _not(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        said = self.says(value, depth + 1)
        yield Markup("{} {}").format(self.words["not"], said or self._term(value))

    def _in(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        members = [self._term(each) for each in self.ontology.listed(self.graph, value)]
        yield Markup("{} {}").format(self.words["among"], joined(members))

    def _languages(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        codes = [one_line(str(each)) for each in self.ontology.listed(self.graph, value)]
        lang = self.linker.lang
        names = [LANGUAGES[each].in_language(lang) if each in LANGUAGES else each for each in codes]
        listed = f" {self.words['or']} ".join(names)
        yield Markup("{}").format(self.words["in_languages"].replace("{list}", listed))

    def _has_value(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        yield Markup("{} {}").format(self.words["equals"], self._term(value))

    def _disjoint(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        yield Markup("{} {}").format(self.words["differs"], self._term(value))

    def _pattern(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        flags = one_line(self.ontology.value(self.graph, shape, SH("flags")))
        yield Markup("{} <code>{}</code>{}").format(
            self.words["pattern"], one_line(str(value)), f" ({flags})" if flags else ""
        )

    def _unique(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        if str(value) in ("true", "1"):
            yield Markup("{}").format(self.words["unique_lang"])

    def _qualified(self, value: Node, shape: Node, depth: int) -> Iterator[Markup]:
        from markupsafe import Markup

        said = self.says(value, depth + 1)
        for bound, word in (("qualifiedMinCount", "at_least_such"), ("qualifiedMaxCount", "at_most_such")):
            count = one_line(self.ontology.value(self.graph, shape, SH(bound)))
            if count:
                yield Markup("{} {}").format(self.words[word].replace("{n}", count), said)

    def _scheme(self, shape: Node) -> str:
        """Return the scheme that a shape wants a concept of, or ""."""
        for rule in self.ontology.nodes(self.graph, shape, SH("property")):
            if self.ontology.value(self.graph, rule, SH("path")) == SKOS("inScheme"):
                return self.ontology.value(self.graph, rule, SH("hasValue"))
        return ""

    def _is_undescribed(self, shape: Node) -> bool:
        """Tell whether a shape lets pass what the data at hand do not describe: nothing with a class."""
        rules = self.ontology.nodes(self.graph, shape, SH("property"))
        return len(rules) == 1 and (
            self.ontology.value(self.graph, rules[0], SH("path")) == RDF("type")
            and self.ontology.value(self.graph, rules[0], SH("maxCount")) == "0"
        )


_Saying = Callable[[Constraints, "Node", "Node", int], Iterator["Markup"]]
_SAYINGS: dict[str, _Saying] = {
    "class": Constraints._class,
    "datatype": Constraints._datatype,
    "node": Constraints._node,
    "or": Constraints._or,
    "xone": Constraints._xone,
    "and": Constraints._and,
    "not": Constraints._not,
    "in": Constraints._in,
    "hasValue": Constraints._has_value,
    "languageIn": Constraints._languages,
    "uniqueLang": Constraints._unique,
    "pattern": Constraints._pattern,
    "qualifiedValueShape": Constraints._qualified,
    "disjoint": Constraints._disjoint,
    "nodeKind": Constraints._kind,
}


def classes_of(ontology: Ontology, shape: Node, depth: int = 0) -> set[str]:
    """Return the classes that a shape's values may have."""
    if depth > DEEPEST:
        return set()
    found = set(ontology.values(ontology.shapes, shape, SH("class")))
    inner = ontology.nodes(ontology.shapes, shape, SH("node"))
    for name in ("or", "xone", "and"):
        for head in ontology.nodes(ontology.shapes, shape, SH(name)):
            inner += ontology.listed(ontology.shapes, head)
    for each in inner:
        found |= classes_of(ontology, each, depth + 1)
    return found


def _name(predicate: str) -> str:
    """Return the local name of a SHACL predicate; "" for another."""
    return predicate[len(SH) :] if predicate.startswith(SH) else ""


def _place(name: str) -> int:
    """Return where a constraint stands in the sentence."""
    names = list(_SAYINGS)
    return names.index(name) if name in names else len(names)
