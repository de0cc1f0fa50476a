"""What the sections of the site share: its settings, its resources, its pages and their addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from rte_graph.namespaces import DATA_BASE, DCAT, FOAF, RTE, SCHEMES, VOCABULARY_BASE
from rte_graph.network.wording import Text
from rte_graph.sparql.terms import is_absolute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rte_graph.loading.report import LoadReport
    from rte_graph.sparql.model import Library
    from rte_graph.store.base import Store

Made = TypeVar("Made")
LANGUAGES = ("fr", "en")
# What every file system takes: letters, digits, and marks that no system gives a meaning.
SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*\Z")
# Names that Windows keeps for devices.
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?\Z")
LINKABLE = re.compile(r"https?://", re.IGNORECASE)


CATEGORIES = {
    RTE("Alliance"): "alliance",
    RTE("Organisation"): "organisation",
    RTE("Person"): "person",
    RTE("Initiative"): "initiative",
    RTE("Event"): "event",
    RTE("Territory"): "territory",
    RTE("Document"): "document",
    FOAF("Document"): "document",
    DCAT("Dataset"): "dataset",
    RTE("Membership"): "membership",
    RTE("StakeholderRelation"): "relation",
    RTE("Interaction"): "interaction",
    RTE("Participation"): "participation",
    RTE("Funding"): "funding",
    RTE("Figure"): "figure",
    RTE("Characterisation"): "characterisation",
    RTE("Claim"): "claim",
    RTE("Citation"): "citation",
}
"""Classes that the site has a list or a word for; the data's IRIs may call them what they like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """What a publisher says of the site, in ``rte.toml`` (``[publish]``) and on the command line.

    Attributes
    ----------
    base_url : str
        Address of the site's folder, without a slash at its end: of pages and files, never of IRIs.
    base : str
        Beginning of the IRIs that the data mint; ``<base><kind>/<slug>`` has its page in the site.
    title, description : Text
    languages : tuple of str
        ``fr``, ``en`` or both; the first one has the plain file names.
    publisher, contact, report : str
        Who publishes; how to reach them; where errors in a statement go (mailto: or http(s): for both).
    licence : str
        IRI of the data's licence; "" where the data say it themselves.
    accent : str
        ``#rrggbb``, dark enough on white (4.5:1).
    logo : Path or None
        PNG or SVG file.
    mint : bool
        Write IRIs as ``<base_url>/id/<kind>/<slug>#it`` in the published copy, for hosts without rules.
    """

    base_url: str
    base: str = DATA_BASE
    title: Text = field(
        default_factory=lambda: Text(
            fr="Réseaux de coopération de l’ESS", en="Cooperation networks of the ESS"
        )
    )
    description: Text = field(default_factory=lambda: Text(fr="", en=""))
    languages: tuple[str, ...] = LANGUAGES
    publisher: str = ""
    contact: str = ""
    report: str = ""
    licence: str = ""
    accent: str = "#a3195b"
    logo: Path | None = None
    mint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of the site: its path from the site's folder, ``/`` between names, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something that the data mint: ``<base><kind>/<slug>`` (or ``<base><slug>``: no kind), with its names.

    ``types`` are the IRIs of its classes; labels fall back as elsewhere (the language, French, English, any).
    """

    iri: str
    kind: str
    slug: str
    label: Text
    types: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Path of the resource's files without their extension."""
        folder = f"id/{safe_name(self.kind)}" if self.kind else "id"
        return f"{folder}/{safe_name(self.slug)}"

    @property
    def category(self) -> str:
        """What the resource is, whatever word its IRI has for it: by its class, else the kind of its IRI."""
        return next((name for each, name in CATEGORIES.items() if each in self.types), self.kind)

    def page(self, lang: str, first: str) -> str:
        """Path of the page in a language; the site's first language has the plain name."""
        return f"{self.stem}.html" if lang == first else f"{self.stem}.{lang}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that a section reads: settings, store, saved queries, resources by IRI (sorted by kind and slug).

    ``data_version`` and ``data_hash`` name the edition; ``issued`` is its date (ISO) where the data or
    SOURCE_DATE_EPOCH say one, else "": no clock is read. ``licences`` are names with their addresses;
    ``loaded`` says whether the shapes were asked, where files were loaded for the site; ``previous`` is the
    edition before, for the page of changes.
    """

    config: SiteConfig
    store: Store
    library: Library
    resources: dict[str, Resource]
    data_version: str = ""
    data_hash: str = ""
    issued: str = ""
    licences: tuple[tuple[str, str], ...] = ()
    loaded: LoadReport | None = None
    previous: Store | None = None
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What sections made once and others read too; see `once`."""

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """Return what was made under a name, making it the first time that it is asked for."""
        if name not in self.kept:
            self.kept[name] = make()
        found: Made = self.kept[name]
        return found

    @property
    def first(self) -> str:
        """The language whose pages have the plain names."""
        return self.config.languages[0]

    def named(self, stem: str, lang: str) -> str:
        """Path of a page that is no resource: ``about`` is about.html, in another language about.en.html."""
        return f"{stem}.html" if lang == self.first else f"{stem}.{lang}.html"

    def link(self, iri: str, *, at: str, lang: str) -> str:
        """Address of an IRI as a link from the page ``at``: relative inside the site, "" for none.

        Only http and https are links; what the data write may be anything.
        """
        found = self.resources.get(iri)
        if found is not None:
            return relative(found.page(lang, self.first), at)
        path, _, anchor = self.term_place(iri, lang).partition("#")
        if path:
            return relative(path, at) + f"#{quote(anchor)}" * bool(anchor)
        return iri if LINKABLE.match(iri) and is_absolute(iri) else ""

    def term_place(self, iri: str, lang: str) -> str:
        """Path and anchor of the page that defines a term of the ontology or a concept; "" for anything else.

        A class or property stands in ``ontology/index.html#Name``, a concept in ``vocab/<scheme>.html#name``.
        """
        if iri.startswith(RTE):
            return f"{self.named('ontology/index', lang)}#{iri[len(RTE) :]}"
        scheme, _, concept = iri.removeprefix(VOCABULARY_BASE).partition("/")
        if iri.startswith(VOCABULARY_BASE) and scheme in SCHEMES:
            return self.named(f"vocab/{scheme}", lang) + f"#{concept}" * bool(concept)
        return ""

    def published(self, iri: str) -> str:
        """Return the IRI as the published files write it: minted in the site where that was asked for."""
        found = self.resources.get(iri) if self.config.mint else None
        return f"{self.url(found.stem)}#it" if found else iri

    def url(self, path: str) -> str:
        """Absolute address of a file of the site."""
        return f"{self.config.base_url}/{quote(path)}"


def local_links(site: Site, iris: Iterable[str], at: str, lang: str) -> dict[str, str]:
    """Return the links from a page to those pages of the site that some IRIs have, by IRI."""
    links = {iri: site.link(iri, at=at, lang=lang) for iri in iris}
    return {iri: link for iri, link in links.items() if link and not LINKABLE.match(link)}


def relative(path: str, at: str) -> str:
    """Return the link from one file of the site to another: the site works from any folder, and from disk.

    >>> relative("id/alliance/a.html", "id/organisation/b.html"), relative("index.html", "index.html")
    ('../alliance/a.html', 'index.html')
    """
    there, here = path.split("/"), at.split("/")[:-1]
    same = 0
    while same < min(len(there) - 1, len(here)) and there[same] == here[same]:
        same += 1
    return _quoted("/".join([".."] * (len(here) - same) + there[same:]))


@lru_cache(maxsize=100_000)
def _quoted(path: str) -> str:
    return quote(path)


@lru_cache(maxsize=100_000)
def safe_name(slug: str) -> str:
    """Return a file name that Linux, macOS and Windows take, different for different slugs.

    >>> safe_name("coalition-solidaire"), safe_name("con"), safe_name("Édith/x")
    ('coalition-solidaire', '_con', '__c389dith_2fx')
    """
    ends = (".", *(f".{lang}" for lang in LANGUAGES))  # « a.en » would take the file of a's English page
    if SAFE.match(slug) and not DEVICES.match(slug) and slug == slug.lower() and not slug.endswith(ends):
        return slug[:200] if len(slug) <= 200 else _digested(slug)
    if DEVICES.match(slug):
        return f"_{slug.lower()}" if slug == slug.lower() else _digested(slug)
    written = "".join(c if re.match(r"[a-z0-9-]", c) else _hex(c) for c in slug)
    return f"_{written}" if len(written) <= 200 else _digested(slug)


def _hex(char: str) -> str:
    return "_" + char.encode().hex()


def _digested(slug: str) -> str:
    from hashlib import sha256

    plain = re.sub(r"[^a-z0-9-]+", "-", slug.lower())[:100].strip("-")
    return f"_{plain}-{sha256(slug.encode()).hexdigest()[:16]}"
