"""A graph, queries and settings that are attacks wherever somebody may write something, as one whole site."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from observatory import PAYLOADS
from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.namespaces import DCAT, DCTERMS, FOAF, ORG, RDF, RTE, SKOS
from rte_graph.publish import Site
from rte_graph.publish.config import read_config
from rte_graph.publish.site import build_site
from rte_graph.publish.write import SECTIONS, write_site
from rte_graph.resources import queries_folder
from rte_graph.sparql.library import load_library
from rte_graph.store import EmbeddedStore

BASE = "https://attack.example.org/id/"
VOCABULARY = "https://w3id.org/rte/vocab/"
LONG = "W" * 4000
ATTACKS = (
    *PAYLOADS,
    '=HYPERLINK("https://evil.example.org";"x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "nul\u0001\u0008\u001b[2J\u007f\u0085",
    "data:text/html,<script>window.hacked=1</script>",
    "\u2066\u2067\u202e\u2069\ufeff\u200b retourné",
    "🙂👩‍👩‍👧‍👦 e\u0301\u0301\u0301 ｆｕｌｌ",
    "<svg><script href=data:,window.hacked=1 />",
    '`${window.hacked=1}` \\"; window.hacked=1; //',
    "<a href=javascript&colon;window.hacked=1>x</a>",
    LONG,
)
SLUGS = (
    "..",
    ".",
    "%2e%2e",
    "..%2F..%2Fetc%2Fpasswd",
    "%00",
    "NUL.txt",
    "com1",
    "a.",
    "a:b",
    "é🙂",
    "<script>window.hacked=1<%2Fscript>".replace("<", "%3C").replace(">", "%3E"),
    "index.en",
    "x" * 300,
    "UPPER",
    "upper",
    "{{7*7}}".replace("{", "%7B").replace("}", "%7D"),
    "a'onload='window.hacked=1",
)
WRITTEN = tuple(name for name in SECTIONS if name != "ontology")
"""The ontology's pages have a corpus of their own."""


class _Graph:
    """Gathers triples under the base."""

    def __init__(self) -> None:
        self.triples: list[Triple] = []

    def say(self, subject: str, predicate: str, *values: str | Literal) -> None:
        for value in values:
            term = NamedNode(value) if isinstance(value, str) else value
            self.triples.append(Triple(NamedNode(BASE + subject), NamedNode(predicate), term))

    def thing(self, name: str, classes: tuple[str, ...], text: str, **links: str) -> None:
        """Describe a thing with one attack in all its texts, and its links by local name."""
        self.say(name, RDF("type"), *classes)
        for lang in ("fr", "en"):
            for predicate in (SKOS("prefLabel"), DCTERMS("description"), RTE("purpose")):
                self.say(name, predicate, Literal(text, language=lang))
        for predicate in (RTE("formerName"), SKOS("altLabel"), SKOS("note"), RTE("printedRole")):
            self.say(name, predicate, Literal(text, language="fr"))
        self.say(name, FOAF("homepage"), "javascript:window.hacked=1", "data:text/html,x")
        for predicate, target in links.items():
            self.say(name, RTE(predicate), BASE + target if ":" not in target else target)


def attack_triples() -> list[Triple]:
    """Return one of each kind of thing for each attack, tied to each other, and things with hostile names."""
    graph = _Graph()
    for place, text in enumerate(ATTACKS):
        _cooperation(graph, place, text)
    for place, slug in enumerate(SLUGS):
        graph.thing(f"organisation/{slug}", (RTE("Organisation"), RTE("Actor")), f"Nom {place}")
        graph.thing(f"{slug}/x{place}", (RTE("Organisation"), RTE("Actor")), f"Genre {place}")
    dataset = "dataset/d"
    graph.say(dataset, RDF("type"), DCAT("Dataset"))
    graph.say(dataset, DCTERMS("license"), "https://creativecommons.org/licenses/by/4.0/")
    for text in ATTACKS[:3]:
        graph.say(dataset, DCTERMS("title"), Literal(text, language="fr"))
        graph.say(dataset, RTE("absenceMeaning"), Literal(text, language="fr"))
    return graph.triples


def _cooperation(graph: _Graph, n: int, text: str) -> None:
    """An alliance, an organisation, a person, an initiative with a place, and statements with a passage."""
    cited = {"evidence": f"citation/c{n}"}
    graph.thing(f"document/d{n}", (RTE("Document"), FOAF("Document")), text)
    graph.say(f"document/d{n}", DCTERMS("title"), Literal(text, language="fr"))
    graph.thing(f"citation/c{n}", (RTE("Citation"),), text, document=f"document/d{n}")
    graph.say(f"citation/c{n}", RTE("heading"), Literal(text, language="fr"))
    kind = f"{VOCABULARY}territory-kind/departement"
    graph.thing(f"territory/t{n}", (RTE("Territory"),), text, kind=kind)
    graph.say(f"territory/t{n}", RTE("inseeCode"), Literal("46" if n % 2 else "974"))
    shape = {"form": f"{VOCABULARY}alliance-form/coalition", "level": f"{VOCABULARY}alliance-level/national"}
    graph.thing(f"alliance/a{n}", (RTE("Alliance"), RTE("Actor")), text, **cited, **shape)
    graph.thing(f"organisation/o{n}", (RTE("Organisation"), RTE("Actor")), text, **cited)
    graph.thing(f"person/p{n}", (RTE("Person"), RTE("Actor")), text, **cited)
    graph.thing(f"initiative/i{n}", (RTE("Initiative"),), text, **cited, territory=f"territory/t{n}")
    for member in (f"organisation/o{n}", f"person/p{n}", f"organisation/o{(n + 1) % len(ATTACKS)}"):
        node = f"membership/{member.partition('/')[2]}-a{n}"
        graph.thing(node, (RTE("Membership"), ORG("Membership")), text, **cited)
        graph.say(node, ORG("member"), BASE + member)
        graph.say(node, ORG("organization"), f"{BASE}alliance/a{n}")
        graph.say(node, ORG("role"), f"{VOCABULARY}membership-role/member")
    for actor in (f"organisation/o{n}", f"alliance/a{n}"):
        graph.thing(f"participation/{actor.partition('/')[2]}-i{n}", (RTE("Participation"),), text, **cited,
                    participant=actor, initiative=f"initiative/i{n}",
                    role=f"{VOCABULARY}participation-role/carrier")  # fmt: skip


QUERY = """#+ summary: {fr: %(text)s, en: %(text)s}
#+ description: {fr: %(text)s, en: %(text)s}
#+ tags: [alliance]
#+ order: [attackLabel, attack]
PREFIX rte: <https://w3id.org/rte/ontology#>
# </pre></code><script>window.hacked=1</script>
SELECT ?attack ?attackLabel WHERE { VALUES ?lang { "fr" }
  ?attack a rte:Alliance . BIND("<img src=x onerror=window.hacked=1>" AS ?attackLabel) }
"""


def write_queries(folder: Path) -> Path:
    """Write queries whose titles, descriptions, topic and column headings are attacks."""
    import json

    (folder / "attacks").mkdir(parents=True)
    for place, text in enumerate(each for each in PAYLOADS if each.isprintable()):
        header = QUERY % {"text": json.dumps(text, ensure_ascii=False)}
        (folder / "attacks" / f"attack-{place}.rq").write_text(header, encoding="utf-8")
    word = json.dumps(PAYLOADS[0], ensure_ascii=False)
    for name, key in (("topics", "attacks"), ("columns", "attackLabel")):
        (folder / f"{name}.yaml").write_text(f"{key}: {{fr: {word}, en: {word}}}\n", encoding="utf-8")
    return folder


def attacked_site() -> Site:
    """The site of the corpus, unvalidated as a store of others may be."""
    from rte_graph.validation import packaged_ontology

    store = EmbeddedStore.in_memory()
    store.replace_dataset(NamedNode("https://w3id.org/rte/ontology"), packaged_ontology().triples)
    store.replace_dataset(NamedNode(f"{BASE}dataset/d"), attack_triples())
    own = write_queries(Path(tempfile.mkdtemp(prefix="rte-graph-attacks-")))
    config = read_config(
        {
            "base": BASE,
            "base-url": "https://attack.example.org/site",
            "title": {"fr": PAYLOADS[0], "en": PAYLOADS[1]},
            "description": PAYLOADS[5],
            "publisher": PAYLOADS[2],
            "contact": "mailto:office@attack.example.org?subject=%22%3E%3Cscript%3E",
            "report": "https://attack.example.org/issues/new?a=b",
        }
    )
    return build_site(store, load_library(queries_folder(), own), config)


@cache
def attacked() -> Path:
    """The folder of the corpus's site, written once a process."""
    folder = Path(tempfile.mkdtemp(prefix="rte-graph-attacked-")) / "out" / "site"
    write_site(attacked_site(), folder, sections=WRITTEN)
    return folder
