"""``publish --check``: what could be wrong with a site, looked for in its files and its data."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import NamedNode, RdfFormat, parse

from rte_graph.namespaces import FOAF, RTE, VOID
from rte_graph.network.wording import Text
from rte_graph.publish.markup import markup_faults
from rte_graph.publish.model import DEVICES, Site
from rte_graph.publish.write import KEPT, MARKER

SHOWN = 20
LONGEST_NAME = 230
"""Bytes of a file name: file systems take 255, hosts add to it."""
PLAIN_NAME = re.compile(r"[A-Za-z0-9._~-]+\Z")
SCRIPTS = re.compile(r"<(script|style)\b[^>]*>.*?</\1>", re.DOTALL)
LINKS = re.compile(r'\s(?:href|src)="([^"]*)"')
IDS = re.compile(r'\sid="([^"]*)"')
LOCAL = re.compile(
    r"(?i)(file:|https?://(localhost|127\.|0\.0\.0\.0|\[::1\]|10\.|192\.168\.|[^/]*\.(local|localhost|test|invalid)([/:]|$)))"
)
PERSONS = f"""
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  ?s a ?class ; ?p ?o . VALUES ?class {{ <{RTE("Person")}> <{FOAF("Person")}> }}
}}
"""
APP = 'id="app"'
VOID_FILE = "catalogue/void.ttl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: which check found it, and a sentence."""

    check: str
    message: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LintReport:
    """What the checks found, in the order of the checks."""

    faults: tuple[Fault, ...]
    pages: int
    links: int

    @property
    def shown(self) -> tuple[Fault, ...]:
        """The first faults of each check, as many as a reader takes in."""
        seen: Counter[str] = Counter()
        found = []
        for fault in self.faults:
            seen[fault.check] += 1
            if seen[fault.check] <= SHOWN:
                found.append(fault)
        return tuple(found)


def fault(check: str, fr: str, en: str) -> Fault:
    """Return a fault with its sentence in both languages."""
    return Fault(check=check, message=Text(fr=fr, en=en))


def check_site(site: Site, folder: Path) -> LintReport:
    """Check a site that was written.

    Parameters
    ----------
    site : Site
        What it was written from.
    folder : path
        Where it is.

    Returns
    -------
    LintReport
        Without faults where all is well.

    Notes
    -----
    Every page is read once; memory grows with the number of files, not with their size.
    """
    paths = sorted(_paths(folder))
    links = _Links(folder, set(paths))
    pages = [path for path in paths if path.endswith(".html")]
    found = [*_names(paths), *_resolving(site, set(paths)), *_licences(site), *_local(site)]
    found += [*_void(site, folder), *_privacy(site)]
    for path in pages:
        text = (folder / path).read_text(encoding="utf-8")
        found += [*links.read(path, text), *markup_faults(path, text)]
    found += links.anchors()
    return LintReport(faults=tuple(found), pages=len(pages), links=links.count)


def _paths(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.split("/")[0] not in KEPT and name != MARKER:
            yield name


def _names(paths: Iterable[str]) -> Iterator[Fault]:
    """Names that Linux, macOS or Windows would not take, or take for one another."""
    folded: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        bad = [p for p in parts if not PLAIN_NAME.match(p) or DEVICES.match(p) or p.endswith(".")]
        if bad or any(len(part) > LONGEST_NAME for part in parts):
            yield fault(
                "names",
                fr=f"Le nom de fichier {path} n’est pas possible partout.",
                en=f"The file name {path} is not possible everywhere.",
            )
        other = folded.setdefault(path.casefold(), path)
        if other != path:
            yield fault(
                "names",
                fr=f"{path} et {other} sont un même fichier sur macOS et Windows.",
                en=f"{path} and {other} are one file on macOS and Windows.",
            )


def _resolving(site: Site, paths: set[str]) -> Iterator[Fault]:
    """IRIs under the base that have no page."""
    base = site.config.base
    used = {
        term.value
        for triple in site.store.triples()
        for term in (triple.subject, triple.object)
        if isinstance(term, NamedNode) and term.value.startswith(base)
    }
    for iri in sorted(used):
        resource = site.resources.get(iri)
        files = (
            [f"{resource.stem}.ttl", f"{resource.stem}.jsonld"]
            + [resource.page(lang, site.first) for lang in site.config.languages]
            if resource
            else []
        )
        if not files or not paths.issuperset(files):
            yield fault(
                "resolving",
                fr=f"{iri} est employé mais n’est pas décrit : il n’a pas de page.",
                en=f"{iri} is used but not described: it has no page.",
            )


def _licences(site: Site) -> Iterator[Fault]:
    """Datasets without a licence, where nothing else gives one to their resources."""
    if not any(address for _, address in site.licences):
        yield fault(
            "licence",
            fr="Aucune licence : écrivez dcterms:license dans le jeu de données, ou licence dans [publish].",
            en="No licence: write dcterms:license in the dataset, or licence in [publish].",
        )


def _local(site: Site) -> Iterator[Fault]:
    """Addresses that only the machine that made the site knows."""
    found = {site.config.base, site.config.base_url}
    for triple in site.store.triples():
        found.update(
            term.value
            for term in (triple.subject, triple.object)
            if isinstance(term, NamedNode) and LOCAL.match(term.value)
        )
    for iri in sorted(each for each in found if LOCAL.match(each)):
        yield fault(
            "local",
            fr=f"{iri} n’existe que sur une machine : publiez sous une adresse publique.",
            en=f"{iri} exists on one machine only: publish under a public address.",
        )


def _void(site: Site, folder: Path) -> Iterator[Fault]:
    """Counts of the VoID description against the dumps that it names."""
    path = folder / VOID_FILE
    if not path.is_file():
        return
    said: dict[str, dict[str, list[str]]] = {}
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        values = said.setdefault(str(quad.subject), {}).setdefault(quad.predicate.value, [])
        values.append(str(getattr(quad.object, "value", "")))
    for about in said.values():
        for address in about.get(VOID("dataDump"), []):
            dump = folder / unquote(address.removeprefix(f"{site.config.base_url}/"))
            if not dump.is_file():
                yield fault(
                    "void",
                    fr=f"VoID nomme {address}, qui manque.",
                    en=f"VoID names {address}, which is missing.",
                )
            elif dump.name.endswith(".nt.gz"):
                yield from _counted(dump, about.get(VOID("triples"), []))


def _counted(dump: Path, stated: Sequence[str]) -> Iterator[Fault]:
    with gzip.open(dump) as lines:
        counted = str(sum(1 for _ in lines))
    if stated and list(stated) != [counted]:
        yield fault(
            "void",
            fr=f"VoID annonce {stated[0]} triplets, {dump.name} en a {counted}.",
            en=f"VoID states {stated[0]} triples, {dump.name} has {counted}.",
        )


def _privacy(site: Site) -> Iterator[Fault]:
    """Persons with an e-mail address or a telephone number, by a SHACL profile of its own."""
    import rdflib
    from pyshacl import validate

    from rte_graph.rdf_io import to_rdflib
    from rte_graph.resources import assets_folder

    persons = to_rdflib(site.store.construct(PERSONS))
    shapes = rdflib.Graph().parse(assets_folder() / "site" / "privacy.ttl")
    conforms, report, _ = validate(persons, shacl_graph=shapes)
    if conforms:
        return
    focus = rdflib.URIRef("http://www.w3.org/ns/shacl#focusNode")
    for iri in sorted({str(node) for node in report.objects(None, focus)}):
        yield fault(
            "privacy",
            fr=f"{iri} porte une adresse électronique ou un téléphone : retirez-les des données.",
            en=f"{iri} has an e-mail address or a telephone number: take them out of the data.",
        )


class _Links:
    """Follows the links of pages to files of the site, and to places in pages."""

    def __init__(self, folder: Path, paths: set[str]) -> None:
        self.folder, self.paths, self.count = folder, paths, 0
        self._anchors: dict[str, dict[str, str]] = {}

    def read(self, path: str, text: str) -> Iterator[Fault]:
        """Yield the links of a page that lead nowhere."""
        for link in LINKS.findall(SCRIPTS.sub("", text)):
            if re.match(r"(?i)[a-z][a-z0-9+.-]*:", link):
                if not re.match(r"(?i)(https?|mailto|data):", link):
                    yield fault("links", fr=f"{path} : lien {link[:60]}", en=f"{path}: link {link[:60]}")
                continue
            self.count += 1
            address, _, anchor = link.replace("&amp;", "&").partition("#")
            target = _joined(path, unquote(address.partition("?")[0])) if address else path
            if target not in self.paths:
                yield fault(
                    "links",
                    fr=f"{path} mène à {target}, qui n’existe pas.",
                    en=f"{path} leads to {target}, which does not exist.",
                )
            elif anchor:
                self._anchors.setdefault(target, {}).setdefault(unquote(anchor), path)

    def anchors(self) -> Iterator[Fault]:
        """Yield the places in pages that do not exist."""
        for target, wanted in sorted(self._anchors.items()):
            if not target.endswith(".html"):
                continue
            text = (self.folder / target).read_text(encoding="utf-8")
            known = {each.replace("&amp;", "&") for each in IDS.findall(text)}
            if APP in text:
                known |= {anchor for anchor in wanted if _opens(anchor, text)}
            for anchor in sorted(wanted.keys() - known):
                yield fault(
                    "links",
                    fr=f"{wanted[anchor]} mène à {target}#{anchor}, qui n’existe pas.",
                    en=f"{wanted[anchor]} leads to {target}#{anchor}, which does not exist.",
                )


def _opens(anchor: str, text: str) -> bool:
    """Whether a page that keeps its state in its address, as the map does, knows the place that is named."""
    state = dict(part.partition("=")[::2] for part in anchor.split("&"))
    area = re.match(r"(departement|region)-(\w+)\Z", state.get("at", ""))
    return f'"{area[2]}":' in text if area else f'"key":"{state.get("at")}"' in text


def _joined(path: str, link: str) -> str:
    parts = path.split("/")[:-1]
    for step in link.split("/"):
        if step == "..":
            if not parts:
                return f"../{link}"
            parts.pop()
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)
