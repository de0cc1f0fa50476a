"""The pages of the ontology: the reference of its terms, now and under its version, and a page a scheme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rte_graph.namespaces import DCTERMS, OWL
from rte_graph.network.wording import whole
from rte_graph.publish.model import Page, Site, relative
from rte_graph.publish.ontology.drawing import diagram_of, draw, in_words, path_label
from rte_graph.publish.ontology.files import file_pages
from rte_graph.publish.ontology.links import Linker, joined, markup, scheme_stem
from rte_graph.publish.ontology.reading import DEFINITIONS, LABELS, Ontology
from rte_graph.publish.ontology.schemes import Scheme, scheme_of
from rte_graph.publish.ontology.shapes import Shapes
from rte_graph.publish.ontology.terms import Terms, namespaces
from rte_graph.publish.ontology.usage import Usage, read_usage
from rte_graph.publish.ontology.words import words
from rte_graph.publish.shell import HeadLink, html, render, titled
from rte_graph.resources import assets_folder
from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.wording import date_in_words, one_line

if TYPE_CHECKING:
    from markupsafe import Markup

ASSETS = ("ontology.css", "ontology.js")
INDEX = "ontology/index"


def ontology_pages(site: Site, ontology: Ontology) -> Iterator[Page]:
    """Yield the pages and the files of an ontology.

    Parameters
    ----------
    site : Site
    ontology : Ontology
        Whose texts may hold anything: they are escaped.

    Yields
    ------
    Page
        ``ontology/index.html`` and its twins in other languages, the same under ``ontology/<version>/``,
        ``vocab/<scheme>.html``, then the files (see `file_pages`), sheet and script.
    """
    usage = read_usage(site)
    stems = [INDEX, *([f"ontology/{ontology.version}/index"] if ontology.version else [])]
    for lang in site.config.languages:
        for stem in stems:
            yield _Reference(site=site, ontology=ontology, usage=usage, lang=lang, stem=stem).page()
        for iri in ontology.scheme_iris:
            stem = scheme_stem(iri)
            yield _SchemePage(site=site, ontology=ontology, usage=usage, lang=lang, stem=stem, iri=iri).page()
    yield from file_pages(ontology)
    for name in ASSETS:
        text = (assets_folder() / "site" / name).read_text(encoding="utf-8").replace("\r\n", "\n")
        yield Page(path=f"assets/{name}", content=text.encode())


@dataclass(frozen=True, kw_only=True)
class _OntologyPage:
    """What both kinds of pages share."""

    site: Site
    ontology: Ontology
    usage: Usage
    lang: str
    stem: str

    @property
    def path(self) -> str:
        return self.site.named(self.stem, self.lang)

    @property
    def reference(self) -> str:
        """Path of the page that has the terms."""
        return self.site.named(INDEX, self.lang)

    @cached_property
    def linker(self) -> Linker:
        return Linker(
            site=self.site, ontology=self.ontology, path=self.path, reference=self.reference, lang=self.lang
        )

    @cached_property
    def terms(self) -> Terms:
        return Terms(linker=self.linker, usage=self.usage)

    def set(
        self,
        template: str,
        *,
        title: str,
        description: str,
        twin: str,
        values: Mapping[str, Any],
        document: str = "",
    ) -> Page:
        """Fill a template and put the frame around it; ``twin`` is the stem of the files for machines.

        The document is called ``document`` where its title alone would not tell it from another page.
        """
        turtle, jsonld = relative(f"{twin}.ttl", self.path), relative(f"{twin}.jsonld", self.path)
        shared = {
            "words": words(self.lang),
            "script": relative("assets/ontology.js", self.path),
            "turtle": turtle,
            "jsonld": jsonld,
            "back": relative(self.reference, self.path),
        }
        content = html(
            self.site,
            path=self.path,
            lang=self.lang,
            title=document or title,
            description=description,
            body=render(template, **shared, **values),
            section="ontology",
            alternates={each: self.site.named(self.stem, each) for each in self.site.config.languages},
            head=self._head(turtle, jsonld),
            jsonld=self._schema(values["iri"], title, description),
        )
        return Page(path=self.path, content=content)

    def _head(self, turtle: str, jsonld: str) -> list[HeadLink]:
        return [
            HeadLink(rel="stylesheet", href=relative("assets/ontology.css", self.path)),
            HeadLink(rel="alternate", href=turtle, type="text/turtle", title="Turtle"),
            HeadLink(rel="alternate", href=jsonld, type="application/ld+json", title="JSON-LD"),
        ]

    def _schema(self, iri: str, title: str, description: str) -> dict[str, Any]:
        return {
            "@context": "https://schema.org",
            "@type": "DefinedTermSet",
            "@id": iri,
            "name": title,
            "description": description,
            "inLanguage": self.lang,
            "url": self.site.url(self.path),
        }


@dataclass(frozen=True, kw_only=True)
class _Reference(_OntologyPage):
    """All classes, properties and rules on one page: the anchor of a term is its local name."""

    @property
    def reference(self) -> str:
        return self.path

    @property
    def _is_pinned(self) -> bool:
        return self.stem != INDEX

    def page(self) -> Page:
        """Return the page."""
        of, lang = self.ontology, self.lang
        title = of.text(of.terms, of.iri, LABELS[::-1], lang) or one_line(of.iri)
        description = of.text(of.terms, of.iri, DEFINITIONS, lang)
        groups, common = diagram_of(self.linker)
        shapes = Shapes(self.linker)
        classes = self.terms.classes()
        values = {
            "iri": of.iri,
            "title": title,
            "description": description,
            "header": self._facts(),
            "files": self._files(),
            "classes": classes,
            "class_count": whole(sum(len(group.terms) for group in classes), lang),
            "properties": self.terms.properties(),
            "property_count": whole(len(of.properties()), lang),
            "schemes": self._schemes(),
            "svg": draw(self.linker, groups),
            "in_words": in_words(groups),
            "common": self._common(common),
            "tables": shapes.common(),
            "helpers": shapes.helpers(),
            "alignments": self._alignments(),
            "namespaces": namespaces(of),
            "latest": relative(self.site.named(INDEX, lang), self.path) if self._is_pinned else "",
        }
        folder = self.stem.rpartition("/")[0]
        return self.set(
            "ontology.html", title=title, description=description, twin=f"{folder}/ontology", values=values
        )

    def _facts(self) -> list[tuple[str, Markup]]:
        from markupsafe import Markup, escape

        of, said = self.ontology, words(self.lang)
        code = Markup("<code>{}</code>")
        version_iri = of.value(of.terms, of.iri, OWL("versionIRI"))
        version = [escape(one_line(of.value(of.terms, of.iri, OWL("versionInfo")) or of.version))]
        modified = of.value(of.terms, of.iri, DCTERMS("modified"))
        if modified:
            version.append(Markup("{} {}").format(said["modified"], date_in_words(modified, self.lang)))
        if of.version and not self._is_pinned:
            there = self.site.named(f"ontology/{of.version}/index", self.lang)
            href = relative(there, self.path)
            version.append(Markup('<a href="{}">{}</a>').format(href, said["pinned_link"]))
        facts = [
            (said["iri"], code.format(one_line(of.iri))),
            (said["version"], joined(version)),
            (said["this_version"], code.format(one_line(version_iri)) if version_iri else Markup("")),
            (said["namespace"], code.format(of.namespace)),
            (said["licence"], joined([_licence(self.linker, each) for each in
                                      of.values(of.terms, of.iri, DCTERMS("license"))])),
        ]  # fmt: skip
        return [(name, value) for name, value in facts if value]

    def _files(self) -> list[tuple[str, list[tuple[str, str]]]]:
        said, folder = words(self.lang), self.stem.rpartition("/")[0]
        files = [
            (said["file_ontology"], [("Turtle", "ontology.ttl"), ("JSON-LD", "ontology.jsonld")]),
            (said["file_shapes"], [("Turtle", "shapes.ttl"), ("JSON-LD", "shapes.jsonld")]),
        ]
        if (self.ontology.folder / "context.jsonld").is_file():
            files.append((said["file_context"], [("JSON-LD", "context.jsonld")]))
        at = self.path
        return [
            (name, [(kind, relative(f"{folder}/{file}", at)) for kind, file in kinds])
            for name, kinds in files
        ]

    def _schemes(self) -> list[dict[str, Any]]:
        of = self.ontology
        found = []
        for iri in of.scheme_iris:
            count = sum(owner == iri for owner in of.scheme_of.values()) - 1
            found.append(
                {
                    "label": of.label(iri, self.lang) or self.linker.to(iri).label,
                    "href": self.linker.href(iri),
                    "definition": of.text(of.schemes, iri, DEFINITIONS, self.lang),
                    "count": whole(count, self.lang),
                    "find": of.label(iri, "fr" if self.lang == "en" else "en"),
                }
            )
        return sorted(found, key=lambda each: collation_key(str(each["label"])))

    def _common(self, common: list[tuple[str, str, int]]) -> list[Markup]:
        from markupsafe import Markup

        said, link = words(self.lang), self.linker.to
        return [
            Markup("{} → {} ({})").format(
                markup(link(path, path_label(self.linker, path))), markup(link(value)),
                said["from_classes"].replace("{count}", whole(count, self.lang)),
            )
            for path, value, count in common
        ]  # fmt: skip

    def _alignments(self) -> list[dict[str, Any]]:
        from rte_graph.namespaces import RDF

        of, found = self.ontology, []
        for path in of.files("align"):
            for iri in of.subjects(of.alignments, RDF("type"), OWL("Ontology")):
                if iri.rpartition("/")[2] == path.stem:
                    found.append(
                        {
                            "label": of.text(of.alignments, iri, LABELS[::-1], self.lang),
                            "description": of.text(of.alignments, iri, DEFINITIONS, self.lang),
                            "rights": " ".join(of.texts(of.alignments, iri, DCTERMS("rights"), self.lang)),
                            "turtle": relative(f"ontology/align/{path.stem}.ttl", self.path),
                            "jsonld": relative(f"ontology/align/{path.stem}.jsonld", self.path),
                        }
                    )
        return found


@dataclass(frozen=True, kw_only=True)
class _SchemePage(_OntologyPage):
    """A concept scheme."""

    iri: str

    def page(self) -> Page:
        """Return the page."""
        scheme: Scheme = scheme_of(self.terms, self.iri)
        values = {
            "iri": self.iri,
            "scheme": scheme,
            "count": whole(len(scheme.concepts), self.lang),
        }
        return self.set(
            "scheme.html",
            title=scheme.label,
            document=titled(words(self.lang)["kicker"], scheme.label, self.lang),
            description=scheme.definition,
            twin=self.stem,
            values=values,
        )


def _licence(linker: Linker, iri: str) -> Markup:
    from rte_graph.views.page_texts import licence_name

    return markup(linker.to(iri, licence_name(iri)))
