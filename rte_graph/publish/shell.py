"""The frame of every page: head, navigation, languages, licence and edition.

A section makes its own body, escaped, and calls :func:`html`. Classes of ``assets/site.css`` that bodies
use: ``front`` (``kicker``, ``h1``, ``standfirst``, ``byline``), ``page`` (text with an ``aside`` beside it),
``terms`` (a definition list), ``ties`` (statements), ``figures`` (large numbers), ``cards``, ``scroll``
around a table, ``files``, ``note``, ``tag``, ``verdict``, ``tabs``; ``figure class="paper"`` holds pictures
drawn on white.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rte_graph.publish.model import Site, relative
from rte_graph.publish.places import place_book
from rte_graph.publish.words import LANGUAGE_NAMES, SECTIONS, SHELL
from rte_graph.resources import assets_folder
from rte_graph.sparql.wording import colon

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'"
)
"""Only the site's own files, no inline script, no inline style, nothing sent anywhere."""
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that nobody sees and that turn a text around or command: no page has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLink:
    """A ``<link>`` of a page's head: ``href`` is relative to the page, or absolute."""

    rel: str
    href: str
    type: str = ""
    title: str = ""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates of ``assets/site``: everything that they are given is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(assets_folder() / "site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: Any) -> Markup:
    """Fill one of the templates of ``assets/site``."""
    from markupsafe import Markup

    return Markup(environment().get_template(template).render(**values))


def html(
    site: Site,
    *,
    path: str,
    lang: str,
    title: str,
    body: Markup,
    description: str = "",
    section: str = "",
    alternates: Mapping[str, str] | None = None,
    head: Sequence[HeadLink] = (),
    jsonld: Mapping[str, Any] | None = None,
    policy: str = POLICY,
) -> bytes:
    """Return a whole page.

    Parameters
    ----------
    site : Site
        The site that the page belongs to.
    path : str
        Where the page stands; every link in it is relative to there.
    lang : {"fr", "en"}
        The page's only language.
    title, description : str
        Of the document; plain text.
    body : Markup
        What stands in ``<main>``, escaped by the caller.
    section : str
        Name of the section to mark in the navigation (see `SECTIONS`), or nothing.
    alternates : mapping of str to str, optional
        Path of the same page by language, this one included; the language switch goes there. Without it,
        the path with and without ``.en`` before ``.html``.
    head : sequence of HeadLink
        Further links: the twins for machines, ``describedby``.
    jsonld : mapping, optional
        Embedded as JSON-LD.
    policy : str
        What may run in the page, where it is more than on other pages.

    Returns
    -------
    bytes
        UTF-8; the same for the same arguments.
    """
    versions = dict(alternates) if alternates is not None else paths_by_language(site, path, lang)
    made = (
        environment()
        .get_template("page.html")
        .render(
            lang=lang,
            root="../" * path.count("/"),
            policy=policy,
            title=title,
            description=description,
            canonical=site.url(path),
            hreflang=_hreflang(site, versions),
            head=head,
            jsonld=script_json(jsonld) if jsonld else "",
            body=body,
            front=relative(site.named("index", lang), path),
            logo=relative(f"assets/{site.config.logo.name}", path) if site.config.logo else "",
            index=f"assets/search.{lang}.js",
            languages=_languages(versions, path),
            nav=_navigation(site, path, lang, section),
            **_frame(site, lang),
        )
    )
    return UNSEEN.sub("", made).encode() + b"\n"


def titled(section: str, title: str, lang: str) -> str:
    """Return the title of a document with the word for what it is, where others have the same name.

    >>> titled("Question", "Organisations", "en"), titled("Réseau", "Acteurs", "fr")
    ('Question: Organisations', 'Réseau\xa0: Acteurs')
    """
    return f"{section}{colon(lang)} {title}"


def paths_by_language(site: Site, path: str, lang: str) -> dict[str, str]:
    """Return the path of a page in each language of the site, by the naming that `Site.named` has.

    Examples
    --------
    ``about.html`` in French gives ``{"fr": "about.html", "en": "about.en.html"}``.
    """
    stem = path.removesuffix(".html").removesuffix(f".{lang}" if lang != site.first else "")
    return {each: site.named(stem, each) for each in site.config.languages}


def script_json(value: Any) -> Markup:
    """Write JSON that can stand inside a ``<script>`` element, whatever the data hold."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def cite(site: Site, lang: str) -> str:
    """Return how the site is cited: who, what, which edition, where."""
    said = (site.config.title.fr, site.config.title.en)
    who = f"{site.config.publisher}, " if site.config.publisher and site.config.publisher not in said else ""
    what, which = site.config.title.in_language(lang), edition(site, lang, short=False)
    return f"{who}{what}, {which}, {site.config.base_url}/"


def edition(site: Site, lang: str, *, short: bool = True) -> str:
    """Return the edition: the data's version, its date, and the first letters of its hash unless short."""
    from rte_graph.sparql.wording import date_in_words

    digest = f"{_words(lang)['hash']} {site.data_hash[:12]}" if site.data_hash and not short else ""
    parts = [site.data_version, date_in_words(site.issued, lang), digest]
    return ", ".join(part for part in parts if part)


def _frame(site: Site, lang: str) -> dict[str, Any]:
    """Return what is the same on all pages of a language."""
    return {
        "words": _words(lang),
        "site_title": site.config.title.in_language(lang),
        "licences": site.licences,
        "edition": edition(site, lang),
        "cite": cite(site, lang),
        "publisher": site.config.publisher,
        "contact": site.config.contact,
    }


@lru_cache(maxsize=2)
def _words(lang: str) -> dict[str, str]:
    return {name: text.in_language(lang) for name, text in SHELL.items()}


def _hreflang(site: Site, versions: Mapping[str, str]) -> list[tuple[str, str]]:
    if len(versions) < 2:
        return []
    found = [(lang, site.url(path)) for lang, path in versions.items()]
    return [*found, ("x-default", site.url(versions.get(site.first, next(iter(versions.values())))))]


def _languages(versions: Mapping[str, str], path: str) -> list[dict[str, str]]:
    if len(versions) < 2:
        return []
    return [
        {"code": lang, "href": relative(there, path), "name": LANGUAGE_NAMES.get(lang, lang)}
        for lang, there in versions.items()
    ]


def _navigation(site: Site, path: str, lang: str, section: str) -> list[dict[str, Any]]:
    found = []
    for name, stem, label in SECTIONS:
        if name == "map" and not place_book(site).has_map:
            continue
        there = site.named(stem, lang)
        found.append(
            {
                "href": relative(there, path),
                "label": label.in_language(lang),
                "here": name == section,
                "page": there == path,
            }
        )
    return found
