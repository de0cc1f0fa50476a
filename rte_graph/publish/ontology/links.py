"""Links from the ontology's pages: to terms, concepts, resources, and elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from rte_graph.namespaces import shorten
from rte_graph.publish.model import Site, relative, safe_name
from rte_graph.publish.ontology.reading import Ontology
from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.terms import last_segment
from rte_graph.sparql.wording import one_line

if TYPE_CHECKING:
    from markupsafe import Markup

TAKEN = frozenset({"main", "find", "found"})
"""Anchors of the frame around every page."""
OWN = "_"
"""First character of anchors that are no term's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something to name on a page: its label, its short IRI, and where it leads ("" for nowhere)."""

    label: str
    code: str = ""
    href: str = ""
    outside: bool = False


def anchor(local: str) -> str:
    """Return the anchor of a local name: the name itself, unless the page's frame has it or it would be ours.

    Examples
    --------
    >>> anchor("Alliance"), anchor("main")
    ('Alliance', '_main')
    """
    name = "".join(local.split())
    return f"{OWN}{name}" if name in TAKEN or name.startswith(OWN) or not name else name


def markup(link: Link) -> Markup:
    """Return a link as HTML, escaped; its short IRI stands in a tooltip."""
    from markupsafe import Markup

    if not link.href:
        return Markup("<span>{}</span>").format(link.label)
    title = Markup(' title="{}"').format(link.code) if link.code else ""
    rel = Markup(' rel="noopener noreferrer"') if link.outside else ""
    label = link.label if link.code else Markup("<code>{}</code>").format(link.label)
    return Markup('<a href="{}"{}{}>{}</a>').format(link.href, title, rel, label)


def joined(parts: Sequence[Markup], separator: str = ", ") -> Markup:
    """Join pieces of HTML."""
    from markupsafe import Markup

    return Markup(separator).join(parts)


@dataclass(frozen=True, kw_only=True)
class Linker:
    """Makes the links of one page, in its language.

    Attributes
    ----------
    path : str
        The page's path in the site.
    reference : str
        Path of the page that has the terms: links to terms of the page itself are anchors only.
    """

    site: Site
    ontology: Ontology
    path: str
    reference: str
    lang: str

    def to(self, iri: str, label: str = "") -> Link:
        """Return the link to an IRI, with its label in the page's language."""
        href = self.href(iri)
        outside = href.startswith(("http:", "https:"))
        found = label or self.label(iri)
        short = one_line(shorten(iri))
        return Link(label=found or short, code=short if found else "", href=href, outside=outside)

    def named(self, iris: Iterable[str]) -> Markup:
        """Return links to several IRIs as HTML, by label, separated by commas."""
        links = sorted(
            (self.to(iri) for iri in iris), key=lambda each: (collation_key(each.label), each.code)
        )
        return joined([markup(each) for each in links])

    def label(self, iri: str) -> str:
        """Return the label of a term, a concept or a resource, or ""."""
        resource = self.site.resources.get(iri)
        if resource is not None:
            return one_line(resource.label.in_language(self.lang))
        return self.ontology.label(iri, self.lang)

    def href(self, iri: str) -> str:
        """Return the address of an IRI from this page."""
        if self.ontology.is_own(iri):
            return self.page(self.reference) + f"#{quote(anchor(self.ontology.local(iri)))}"
        scheme = self.ontology.scheme_of.get(iri, "")
        if scheme:
            there = self.site.named(scheme_stem(scheme), self.lang)
            own = "" if iri == scheme else f"#{quote(concept_anchor(iri, scheme))}"
            return (self.page(there) + own) or relative(there, self.path)
        return self.site.link(iri, at=self.path, lang=self.lang)

    def page(self, there: str) -> str:
        """Return the link to a page; "" for this one."""
        return "" if there == self.path else relative(there, self.path)


def scheme_stem(scheme: str) -> str:
    """Return the path of a scheme's files without their extension."""
    return f"vocab/{safe_name(last_segment(scheme))}"


def concept_anchor(iri: str, scheme: str) -> str:
    """Return the anchor of a concept on its scheme's page."""
    return anchor(iri[len(scheme) + 1 :] if iri.startswith(f"{scheme}/") else last_segment(iri))
