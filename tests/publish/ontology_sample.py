"""A published ontology, and one that its author made to harm."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.namespaces import DATA_BASE, PREFIXES, RDF, RTE, SKOS
from rte_graph.publish.model import Resource, Site, SiteConfig
from rte_graph.publish.ontology.reading import Ontology
from rte_graph.publish.ontology.section import ontology_pages
from rte_graph.sparql.model import Library, Text
from rte_graph.store import EmbeddedStore

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ATTACKS = (
    "<script>alert(1)</script>",
    '\\"><img src=x onerror=alert(1)>',
    "</title></style></svg><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "{0}{label}%s{path}{n}{list}{count}",
    "&lt;b&gt;&#60;script&#62;",
    "--><!--",
    "]]>\\u202Eevil",
)


class Markup(HTMLParser):
    """Reads HTML strictly: each element closed where it was opened; keeps identifiers, links, elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        self.faults += [f"{tag} is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element's start."""
        found = dict(attrs)
        if len(found) != len(attrs):
            self.faults.append(f"{tag} has an attribute twice")
        self.elements.append((tag, found))
        self.ids[found.get("id") or ""] += "id" in found
        if found.get("href"):
            self.links.append(str(found["href"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element of SVG that holds nothing."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take an element's end."""
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> inside {self.open[-3:]} at {self.getpos()}")
        while self.open and self.open.pop() != tag:
            pass


def site_of(
    *resources: Resource, triples: tuple[Triple, ...] = (), languages: tuple[str, ...] = ("fr", "en")
) -> Site:
    """Return a site of a few resources."""
    store = EmbeddedStore.in_memory()
    store.replace_dataset(NamedNode(f"{DATA_BASE}dataset/sample"), triples)
    config = SiteConfig(base_url="https://example.org/graphe", languages=languages)
    return Site(
        config=config,
        store=store,
        library=Library(queries={}),
        resources={each.iri: each for each in resources},
    )


def small_site() -> Site:
    """Return three alliances, two of which are coalitions."""
    form, coalition = NamedNode(RTE("form")), NamedNode("https://w3id.org/rte/vocab/alliance-form/coalition")
    made = [
        Resource(
            iri=f"{DATA_BASE}alliance/a{n}",
            kind="alliance",
            slug=f"a{n}",
            label=Text(fr=f"Alliance <{n}>", en=f"Alliance <{n}>"),
            types=(RTE("Actor"), RTE("Alliance")),
        )
        for n in range(3)
    ]
    triples = [Triple(NamedNode(each.iri), form, coalition) for each in made[:2]]
    triples += [
        Triple(NamedNode(each.iri), NamedNode(SKOS("prefLabel")), Literal(each.label.fr, language="fr"))
        for each in made
    ]
    triples.append(Triple(coalition, NamedNode(RDF("type")), NamedNode(SKOS("Concept"))))
    return site_of(*made, triples=tuple(triples))


def written(site: Site, ontology: Ontology) -> dict[str, str]:
    """Return the files of an ontology's section by path."""
    found = {}
    for page in ontology_pages(site, ontology):
        assert page.path not in found, f"{page.path} is written twice"
        found[page.path] = page.content.decode()
    return found


def hostile(folder: Path) -> Ontology:
    """Write an ontology whose every text is an attack, one after the other."""
    attacks = [*ATTACKS]

    def text() -> str:
        attacks.append(attacks.pop(0))
        return f'"{attacks[-1]}"@fr, "{attacks[0]}"@en'

    parts = {
        "rte.ttl": f"""
<https://w3id.org/rte/ontology> a owl:Ontology ; dcterms:title {text()} ; dcterms:description {text()} ;
  dcterms:license <javascript:alert(1)> ; owl:versionInfo "../../evil<b>" ; dcterms:modified "<i>now</i>" .
rte:main a owl:Class ; rdfs:label {text()} ; skos:definition {text()} ; skos:example {text()} ;
  vs:term_status "<b>x</b>" ; rdfs:seeAlso <javascript:alert(2)> , <data:text/html,x> ;
  rdfs:subClassOf rte:Loop .
rte:Loop a owl:Class ; rdfs:label {text()} ; rdfs:subClassOf rte:main .
<https://w3id.org/rte/ontology#x'onclick='alert(1)> a owl:ObjectProperty ; rdfs:label {text()} ;
  rdfs:domain rte:main ; rdfs:range rte:Loop ; skos:definition {text()} .
""",
        "shapes/a.ttl": f"""
rte:mainShape a sh:NodeShape ; sh:targetClass rte:main ; sh:name {text()} ; sh:property rte:mainShape-p ;
  sh:sparql rte:q ; sh:node rte:Again ; sh:message {text()} .
rte:q sh:select "{ATTACKS[0]}" .
rte:mainShape-p sh:path <https://w3id.org/rte/ontology#x'onclick='alert(1)> ; sh:name {text()} ;
  sh:class rte:Loop ;
  sh:minCount "{ATTACKS[0]}" ; sh:pattern "{ATTACKS[1]}" ; sh:flags "{ATTACKS[0]}" ; sh:message {text()} ;
  sh:in ( "{ATTACKS[2]}" <javascript:alert(3)> ) ; sh:minLength "{ATTACKS[0]}" ; sh:unheardOf "{ATTACKS[0]}" ;
  sh:languageIn ( "{ATTACKS[0]}" ) ; sh:qualifiedValueShape rte:Again ; sh:qualifiedMinCount "{ATTACKS[0]}" .
rte:Again a sh:NodeShape ; sh:node rte:Again ; sh:not rte:Again .
""",
        "vocab/evil.ttl": f"""
scheme:evil a skos:ConceptScheme ; skos:prefLabel {text()} ; skos:definition {text()} ; skos:note {text()} .
<https://w3id.org/rte/vocab/evil/find> a skos:Concept ; skos:inScheme scheme:evil ; skos:prefLabel {text()} ;
  skos:notation "{ATTACKS[0]}" ; skos:altLabel {text()} ; skos:definition {text()} ;
  skos:exactMatch <javascript:x> ;
  skos:broader <https://w3id.org/rte/vocab/evil/b> ; rte:order "{ATTACKS[0]}" ; rte:main {text()} .
<https://w3id.org/rte/vocab/evil/b> a skos:Concept ; skos:inScheme scheme:evil ; skos:prefLabel {text()} ;
  skos:broader <https://w3id.org/rte/vocab/evil/find> .
""",
        "align/evil.ttl": f"""
<https://w3id.org/rte/ontology/align/evil> a owl:Ontology ; dcterms:title {text()} ;
  dcterms:description {text()} ; dcterms:rights {text()} .
rte:main rdfs:seeAlso <https://example.org/'%22%3E> .
""",
    }
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    for name, body in parts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + body, encoding="utf-8")
    return Ontology(folder=folder)
