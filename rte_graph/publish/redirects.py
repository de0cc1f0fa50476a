"""Rules by which IRIs lead to their pages and files: for Apache, and for the host of the IRIs (w3id.org).

A request for ``…/id/<kind>/<slug>`` is answered by 303 (See Other) with the page, the Turtle or the JSON-LD,
by what the Accept header prefers: the highest q (to a tenth), then what it names first.

References
----------
L. Sauermann, R. Cyganiak, Cool URIs for the Semantic Web, W3C Interest Group Note, 3 December 2008,
https://www.w3.org/TR/cooluris/

RFC 9110, HTTP Semantics, section 12.5.1, https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from rte_graph.namespaces import ONTOLOGY_IRI, VOCABULARY_BASE
from rte_graph.publish.model import Page
from rte_graph.publish.void import WELL_KNOWN

if TYPE_CHECKING:
    from rte_graph.publish.model import Site

HTACCESS, W3ID, OTHER_HOST = ".htaccess", "w3id.htaccess", "iris.htaccess"
W3ID_HOST = "w3id.org"

_TURTLE = ("text/turtle", "application/x-turtle", "text/n3")
_JSONLD = ("application/ld+json", "application/json")
_HTML = ("text/html", "application/xhtml+xml", "text/*", "*/*")
_PARAMETERS = r"(?:\s*;\s*(?!q=)[^,;]*)*\s*"
_FORMS = (("ttl", _TURTLE), ("jsonld", _JSONLD), ("html", _HTML))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Addresses without a file (a pattern), and the file of each form to which they lead."""

    pattern: str
    targets: tuple[tuple[str, str], ...]


def pages(site: Site) -> Iterator[Page]:
    """Yield nothing: which rules are needed is known at the end."""
    return iter(())


def closing(site: Site, paths: Sequence[str]) -> Iterator[Page]:
    """Yield the rules for the files that were written."""
    yield Page(path=HTACCESS, content=_site_rules(site, frozenset(paths)).encode())
    host = _iri_host(site)
    if host is not None:
        yield Page(path=host, content=_host_rules(site, frozenset(paths)).encode())


def _iri_host(site: Site) -> str | None:
    """Return the name of the rules for the host of the IRIs; None where the site itself is that host."""
    base = site.config.base
    if site.config.mint or base == site.url("id/") or base.endswith("#"):
        return None
    return W3ID if urlsplit(base).netloc == W3ID_HOST else OTHER_HOST


def _site_rules(site: Site, paths: frozenset[str]) -> str:
    """Return the rules of the site's own folder: they work in whichever folder the site stands."""
    root = "%{ENV:SITE}"
    lines = [
        "# Written by rte-graph publish: media types, and 303 redirects by the Accept header.",
        "# Needs mod_rewrite and AllowOverride FileInfo; a host that reads no .htaccess leaves all this out.",
        "AddDefaultCharset off",
        "AddType text/turtle;charset=utf-8 .ttl",
        "AddType application/ld+json .jsonld",
        "AddType application/n-triples;charset=utf-8 .nt",
        "AddType text/csv;charset=utf-8 .csv",
        "AddType text/html;charset=utf-8 .html",
        "AddType image/svg+xml .svg",
        # A file to download stays what its name says: not unpacked on the way.
        "RemoveEncoding .gz",
        "AddType application/gzip .gz",
    ]
    if "404.html" in paths:
        lines.append(f"ErrorDocument 404 {quote(urlsplit(site.config.base_url).path)}/404.html")
    lines += [
        "",
        "<IfModule mod_rewrite.c>",
        "RewriteEngine On",
        f"RewriteRule ^{re.escape(WELL_KNOWN)}$ - [T=text/turtle,L]",
        "# What is a file is given as it is.",
        "RewriteCond %{REQUEST_FILENAME} -f",
        "RewriteRule ^ - [L]",
        *_own_folder(),
        *_wanted(),
    ]
    for way in _ways(site, paths, prefix="id/", vocabulary=False):
        lines += _rules(way, root, here=True)
    return "\n".join([*lines, "</IfModule>", "", *_vary(), ""])


def _host_rules(site: Site, paths: frozenset[str]) -> str:
    """Return the rules of the host of the IRIs: everything goes to the site."""
    base = urlsplit(site.config.base)
    folder, _, inner = base.path.strip("/").rpartition("/")
    where = f"{base.netloc}/{folder}" if folder else base.netloc
    lines = [
        f"# Written by rte-graph publish for https://{where}/ : redirects by the Accept header (303).",
        *(_w3id_head(site, folder) if base.netloc == W3ID_HOST else ()),
        "RewriteEngine On",
        *_wanted(),
    ]
    ours = site.config.base.startswith(ONTOLOGY_IRI.rpartition("/")[0] + "/")
    for way in _ways(site, paths, prefix=f"{inner}/" if inner else "", vocabulary=ours):
        lines += _rules(way, f"{site.config.base_url}/", here=False)
    lines += [f"RewriteRule ^$ {site.config.base_url}/ [R=303,L]", "", *_vary(), ""]
    return "\n".join(lines)


def _w3id_head(site: Site, folder: str) -> list[str]:
    contact = site.config.contact.removeprefix("mailto:") or site.config.base_url
    return [
        f"# To be placed as {folder or '.'}/.htaccess of https://github.com/perma-id/w3id.org",
        f"# Contact: {re.sub(r'[^!-~]', '', contact)}",
        "Options +FollowSymLinks",
    ]


def _own_folder() -> list[str]:
    """Set SITE to the address of the folder that holds the rules, whatever it is."""
    return [
        "# SITE: the address of this folder.",
        r"RewriteCond %{REQUEST_URI}::$1 ^(.*?/)(.*)::\2$",
        "RewriteRule ^(.*)$ - [E=SITE:%1]",
    ]


def _wanted() -> list[str]:
    """Set FORM to ttl, jsonld or html: one look at the Accept header for each tenth of q, from 1 down."""
    lines = ["# FORM: what the Accept header prefers."]
    known = "|".join(re.escape(each) for _, medias in _FORMS for each in medias)
    for tenth in range(10, -1, -1):
        q = {10: r"(?:;\s*q=1(?:\.0*)?\s*)?", 0: r";\s*q=0?\.0[0-9]*[1-9][0-9]*\s*"}.get(
            tenth, rf";\s*q=0?\.{tenth}[0-9]*\s*"
        )
        lines += [
            "RewriteCond %{ENV:MEDIA} ^$",
            rf'RewriteCond %{{HTTP_ACCEPT}} "(?:^|,)\s*({known}){_PARAMETERS}{q}(?:,|$)" [NC]',
            "RewriteRule ^ - [E=MEDIA:%1]",
        ]
    for form, medias in _FORMS[:2]:
        listed = "|".join(re.escape(each) for each in medias)
        lines += [f"RewriteCond %{{ENV:MEDIA}} ^({listed})$ [NC]", f"RewriteRule ^ - [E=FORM:{form}]"]
    return [*lines, "RewriteCond %{ENV:FORM} ^$", "RewriteRule ^ - [E=FORM:html]", ""]


def _vary() -> list[str]:
    return [
        "<IfModule mod_headers.c>",
        'Header always merge Vary Accept "expr=%{REQUEST_STATUS} == 303"',
        "</IfModule>",
    ]


def _ways(site: Site, paths: frozenset[str], *, prefix: str, vocabulary: bool) -> Iterator[Way]:
    """Yield the ways that lead somewhere: exceptions first, then what holds for all."""
    if vocabulary:
        yield from _vocabulary_ways(paths)
    for iri, resource in site.resources.items():
        inner = iri.removeprefix(site.config.base)
        # A space or a quotation mark would end the rule; such an IRI is percent-encoded, or is none.
        if f"id/{inner}" != resource.stem and re.search(r"[\s\"\x00-\x1f]", unquote(inner)) is None:
            pattern = re.escape(prefix + unquote(inner))
            yield Way(pattern=pattern, targets=_all_forms(_literally(resource.stem)))
    yield Way(pattern=f"{re.escape(prefix)}([^/]+(?:/[^/]+)?)", targets=_all_forms("id/$1"))


def _vocabulary_ways(paths: frozenset[str]) -> Iterator[Way]:
    """Yield the ways of our own ontology, its versions and vocabularies, where the site has their pages."""
    start = ONTOLOGY_IRI.rpartition("/")[0] + "/"
    own, inner = re.escape(ONTOLOGY_IRI.removeprefix(start)), re.escape(VOCABULARY_BASE.removeprefix(start))
    files = {"ttl": "ontology.ttl", "jsonld": "ontology.jsonld", "html": "index.html"}
    present = {form: name for form, name in files.items() if f"ontology/{name}" in paths}
    if present:
        yield Way(
            pattern=f"{own}/?", targets=tuple((form, f"ontology/{name}") for form, name in present.items())
        )
        yield Way(
            pattern=f"{own}/([0-9][0-9A-Za-z.-]*)/?",
            targets=tuple((form, f"ontology/$1/{name}") for form, name in present.items()),
        )
    suffixes = {path.rpartition(".")[2] for path in paths if path.startswith("vocab/")}
    forms = [form for form, _ in _FORMS if form in suffixes]
    if forms:
        yield Way(pattern=f"{inner}([^/]+)/?", targets=tuple((form, f"vocab/$1.{form}") for form in forms))
        yield Way(
            pattern=f"{inner}([^/]+)/([^/]+)",
            targets=tuple((form, f"vocab/$1.{form}{'#$2' * (form == 'html')}") for form in forms),
        )


def _all_forms(stem: str) -> tuple[tuple[str, str], ...]:
    return tuple((form, f"{stem}.{form}") for form, _ in _FORMS)


def _literally(path: str) -> str:
    return quote(path).replace("%", r"\%").replace("$", r"\$")


def _rules(way: Way, root: str, *, here: bool) -> list[str]:
    """Return one rule a form; where a form has no file, the page stands in, else the first that there is.

    ``here`` says that the files stand beside the rules: then only those that exist are led to.
    """
    lines: list[str] = []
    found = dict(way.targets)
    exists = ["RewriteCond %{REQUEST_FILENAME}.html -f"] if here and "$1" in way.targets[0][1] else []
    stem = found.get("ttl", "").removesuffix(".ttl")
    if found == dict(_all_forms(stem)):
        return [*exists, f"RewriteRule ^{way.pattern}$ {root}{stem}.%{{ENV:FORM}} [R=303,L,NE]"]
    for form, path in found.items():
        condition = f"RewriteCond %{{ENV:FORM}} ={form}"
        lines += [*exists, condition, f"RewriteRule ^{way.pattern}$ {root}{path} [R=303,L,NE]"]
    if len(found) < len(_FORMS):
        path = found.get("html") or next(iter(found.values()))
        lines.append(f"RewriteRule ^{way.pattern}$ {root}{path} [R=303,L,NE]")
    return lines
