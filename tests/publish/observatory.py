"""The made-up observatory of the tutorial, from the text of the tutorial; and one whose names are attacks."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.loading import load
from rte_graph.namespaces import DCTERMS, FOAF, ORG, RDF, RTE, SKOS
from rte_graph.publish import Page, Site
from rte_graph.publish.config import read_config
from rte_graph.publish.site import build_site
from rte_graph.publish.write import section_pages, write_site
from rte_graph.sparql.library import working_library
from rte_graph.store import EmbeddedStore

DOCS = Path(__file__).resolve().parents[2] / "docs"
BASE = "https://observatoire.example.org/id/"
HOSTILE_BASE = "https://hostile.example.org/id/"
SECTIONS = ("assets", "front", "resources", "browse", "search", "queries", "ask", "networks", "about")
PAYLOADS = (
    "</script><script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "' onmouseover='window.hacked=1",
    "javascript:window.hacked=1",
    "{{ 7*7 }}{% raw %}",
    "</title></svg><svg/onload=window.hacked=1>",
    "\u202egnp.exe\u2028window.hacked=1",
    "--></style><style>*{display:none}</style>",
    "]]><!--",
    "&lt;b&gt; &amp; \\u003cscript\\u003e",
)
SLUGS = ("con", "..", "A", "a", "a.en", "x%2F..%2Fy", "é&'", "a;b=(c)", "q?x", "n" * 260)


def blocks(lang: str, kind: str) -> list[str]:
    """Code blocks of one kind in the tutorial."""
    text = (DOCS / f"publish.{lang}.md").read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def write_folder(folder: Path, lang: str = "fr") -> None:
    """Write what the tutorial says to write."""
    (folder / "donnees").mkdir()
    (folder / "donnees" / "observatoire.ttl").write_text(blocks(lang, "turtle")[0], encoding="utf-8")
    (folder / "rte.toml").write_text(blocks(lang, "toml")[0], encoding="utf-8")


@cache
def observatory_store() -> EmbeddedStore:
    folder = Path(tempfile.mkdtemp(prefix="rte-graph-observatory-"))
    write_folder(folder)
    store = EmbeddedStore.in_memory()
    load(store, [folder / "donnees"])
    return store


def observatory(**settings: object) -> Site:
    """The site of the tutorial's data."""
    import tomllib

    table = tomllib.loads(blocks("fr", "toml")[0])["publish"]
    table |= {name.replace("_", "-"): value for name, value in settings.items()}
    return build_site(observatory_store(), working_library(), read_config(table))


@cache
def published() -> Path:
    """The folder of the tutorial's site, whole, written once a process."""
    folder = Path(tempfile.mkdtemp(prefix="rte-graph-site-")) / "site"
    write_site(observatory(), folder)
    return folder


def pages_of(site: Site, *sections: str) -> dict[str, bytes]:
    """All pages of some sections by path."""
    found: dict[str, bytes] = {}
    for name in sections or SECTIONS:
        page: Page
        for page in section_pages(site, name):
            assert page.path not in found
            found[page.path] = page.content
    return found


def hostile_triples() -> Sequence[Triple]:
    """An alliance, organisations and statements whose labels, notes, roles and addresses are attacks."""
    made: list[Triple] = []

    def say(subject: str, predicate: str, value: NamedNode | Literal) -> None:
        made.append(Triple(NamedNode(HOSTILE_BASE + subject), NamedNode(predicate), value))

    def described(subject: str, class_name: str, text: str) -> None:
        for name in {class_name, "Actor"} if class_name != "Initiative" else {class_name}:
            say(subject, RDF("type"), NamedNode(RTE(name)))
        for lang in ("fr", "en"):
            say(subject, SKOS("prefLabel"), Literal(text, language=lang))
            say(subject, DCTERMS("description"), Literal(f"{text} texte", language=lang))
        say(subject, RTE("formerName"), Literal(f"ancien {text}", language="fr"))
        say(subject, SKOS("note"), Literal(text, language="fr"))
        say(subject, FOAF("homepage"), NamedNode("javascript:window.hacked=1"))

    described("alliance/a", "Alliance", PAYLOADS[0])
    form, level = (
        "https://w3id.org/rte/vocab/alliance-form/coalition",
        "https://w3id.org/rte/vocab/alliance-level/national",
    )
    say("alliance/a", RTE("form"), NamedNode(form))
    say("alliance/a", RTE("level"), NamedNode(level))
    for place, payload in enumerate(PAYLOADS):
        described(f"organisation/o{place}", "Organisation", payload)
        node = f"membership/m{place}"
        say(node, RDF("type"), NamedNode(RTE("Membership")))
        say(node, ORG("member"), NamedNode(f"{HOSTILE_BASE}organisation/o{place}"))
        say(node, ORG("organization"), NamedNode(f"{HOSTILE_BASE}alliance/a"))
        say(node, ORG("role"), NamedNode("https://w3id.org/rte/vocab/membership-role/member"))
        say(node, RTE("printedRole"), Literal(payload, language="fr"))
        say(node, SKOS("note"), Literal(payload, language="fr"))
    for place, slug in enumerate(SLUGS):
        described(f"organisation/{slug}", "Organisation", f"{place} {PAYLOADS[1]}")
    return made


def hostile_site(**settings: object) -> Site:
    """A site of hostile data, unvalidated as a store of others may be."""
    from rte_graph.validation import packaged_ontology

    store = EmbeddedStore.in_memory()
    store.replace_dataset(NamedNode("urn:ontology"), packaged_ontology().triples)
    store.replace_dataset(NamedNode("urn:hostile"), hostile_triples())
    table = {
        "base": HOSTILE_BASE,
        "base-url": "https://hostile.example.org",
        "title": '"><script>window.hacked=1</script>',
        "report": "mailto:erreurs@hostile.example.org",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }
    return build_site(store, working_library(), read_config(table | settings))
