"""``publish --check``: what could be wrong with a site, looked for in its files and its data."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from rte_graph.namespaces import FOAF, ORG, RTE
from rte_graph.publish.faults import Fault, fault
from rte_graph.publish.lint_iris import Iris, local_faults, resolving_faults
from rte_graph.publish.lint_names import name_faults
from rte_graph.publish.lint_void import void_faults
from rte_graph.publish.markup import markup_faults
from rte_graph.publish.model import Site
from rte_graph.publish.statements import own_datasets
from rte_graph.publish.void import licences_of
from rte_graph.publish.write import KEPT, MARKER

SHOWN = 20
SCRIPTS = re.compile(r"<(script|style)\b[^>]*>.*?</\1>", re.DOTALL)
LINKS = re.compile(r'\s(?:href|src)="([^"]*)"')
IDS = re.compile(r'\sid="([^"]*)"')
PERSONS = f"""
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  ?person a ?class . VALUES ?class {{ <{RTE("Person")}> <{FOAF("Person")}> }}
  {{ BIND(?person AS ?s) }} UNION {{ ?s <{ORG("member")}>|<{RTE("participant")}> ?person }}
  ?s ?p ?o .
  FILTER(REGEX(STR(?p), "mbox|mail|phone", "i") || REGEX(STR(?o), "@|mailto:|tel:|([0-9][ .-]?){{8}}", "i"))
}}
"""
"""What is said of persons and of their roles, where it may be an address: the profile says whether it is."""
CLASSES = f"""
CONSTRUCT {{ ?person a <{RTE("Person")}> . ?role ?of ?person }} WHERE {{
  ?person a ?class . VALUES ?class {{ <{RTE("Person")}> <{FOAF("Person")}> }}
  OPTIONAL {{ ?role ?of ?person . VALUES ?of {{ <{ORG("member")}> <{RTE("participant")}> }} }}
}}
"""
APP = 'id="app"'


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
        for each in self.faults:
            seen[each.check] += 1
            if seen[each.check] <= SHOWN:
                found.append(each)
        return tuple(found)


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
    links, iris = _Links(folder, set(paths)), Iris()
    pages = [path for path in paths if path.endswith(".html")]
    found = [*name_faults(paths), *iris.read(site, folder, paths)]
    found += resolving_faults(site, iris, set(paths), links.ids)
    found += [*_licences(site, iris, paths), *local_faults(site, iris)]
    found += [*void_faults(site, folder), *_privacy(site)]
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


def _licences(site: Site, iris: Iris, paths: Sequence[str]) -> Iterator[Fault]:
    """Data without a licence, datasets without one of their own, and files that do not state it."""
    if not any(address for _, address in site.licences):
        yield fault(
            "licence",
            fr="Aucune licence : écrivez dcterms:license dans le jeu de données, ou licence dans [publish].",
            en="No licence: write dcterms:license in the dataset, or licence in [publish].",
        )
        return
    for dataset in own_datasets(site.store):
        if not licences_of(site, dataset.value):
            yield fault(
                "licence",
                fr=f"{dataset.value} n’a pas de licence : écrivez-y dcterms:license.",
                en=f"{dataset.value} has no licence: write dcterms:license there.",
            )
    for path in paths:
        if path.startswith("id/") and path.endswith((".ttl", ".jsonld")) and path not in iris.licensed:
            yield fault(
                "licence",
                fr=f"{path} ne dit pas sa licence.",
                en=f"{path} does not state its licence.",
            )


def _privacy(site: Site) -> Iterator[Fault]:
    """Persons with an e-mail address or a telephone number, by a SHACL profile of its own."""
    import rdflib
    from pyshacl import validate

    from rte_graph.rdf_io import to_rdflib
    from rte_graph.resources import assets_folder

    suspects = [*site.store.construct(PERSONS)]
    persons = to_rdflib([*suspects, *site.store.construct(CLASSES)] if suspects else [])
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
        self._read: tuple[str, set[str]] = ("", set())

    def read(self, path: str, text: str) -> Iterator[Fault]:
        """Yield the links of a page that lead nowhere."""
        for link in LINKS.findall(SCRIPTS.sub("", text)):
            if re.match(r"(?i)[a-z][a-z0-9+.-]*:", link):
                if not re.match(r"(?i)(https?|mailto|data):", link):
                    yield fault(
                        "links",
                        fr=f"{path} a un lien {link[:60]} : une page ne mène qu’à http(s) et mailto.",
                        en=f"{path} has a link {link[:60]}: a page leads to http(s) and mailto only.",
                    )
                continue
            self.count += 1
            address, _, anchor = html.unescape(link).partition("#")
            target = _joined(path, unquote(address.partition("?")[0])) if address else path
            if target not in self.paths:
                yield fault(
                    "links",
                    fr=f"{path} mène à {target}, qui n’existe pas.",
                    en=f"{path} leads to {target}, which does not exist.",
                )
            elif anchor:
                self._anchors.setdefault(target, {}).setdefault(unquote(anchor), path)

    def ids(self, path: str) -> set[str]:
        """Return the ids of a page; one page at a time is held."""
        if self._read[0] != path:
            text = (self.folder / path).read_text(encoding="utf-8")
            self._read = path, {html.unescape(each) for each in IDS.findall(text)}
        return self._read[1]

    def anchors(self) -> Iterator[Fault]:
        """Yield the places in pages that do not exist."""
        for target, wanted in sorted(self._anchors.items()):
            if not target.endswith(".html"):
                continue
            text = (self.folder / target).read_text(encoding="utf-8")
            known = {html.unescape(each) for each in IDS.findall(text)}
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
