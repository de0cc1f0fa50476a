"""The catalogue: files to download, described for people and for machines (VoID, DCAT-AP, schema.org)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from rte_graph.network.wording import Text
from rte_graph.publish.dumps import Dump, dataset_stems, dump_pages, published_data
from rte_graph.publish.model import Page, Site, relative
from rte_graph.publish.void import (
    DCAT_FILE,
    VOID_FILE,
    WELL_KNOWN,
    Counts,
    count,
    dataset_iri,
    licences_of,
    uri_space,
    void_triples,
)
from rte_graph.sparql.wording import colon

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.publish.shell import HeadLink

DCAT_JSONLD = "catalogue/dcat.jsonld"
INDEX = "catalogue/index"

WORDS: dict[str, Text] = {
    "title": Text(fr="Données à télécharger", en="Data to download"),
    "kicker": Text(fr="Données", en="Data"),
    "standfirst": Text(
        fr="Tout ce que montrent ces pages, en fichiers : le graphe entier, chaque jeu de données, un "
        "tableau par sorte de chose, les requêtes et les mesures.",
        en="All that these pages show, as files: the whole graph, each dataset, a table for each sort of "
        "thing, the queries and the measurements.",
    ),
    "triples": Text(fr="triplets", en="triples"),
    "entities": Text(fr="choses décrites", en="things described"),
    "classes": Text(fr="classes", en="classes"),
    "properties": Text(fr="propriétés", en="properties"),
    "data": Text(fr="Tout le graphe", en="The whole graph"),
    "dataset": Text(fr="Jeu par jeu", en="Dataset by dataset"),
    "dataset_note": Text(
        fr="Les licences diffèrent : celle de chaque jeu vaut pour ses fichiers.",
        en="Licences differ: that of each dataset holds for its files.",
    ),
    "table": Text(fr="Tableaux (CSV)", en="Tables (CSV)"),
    "table_note": Text(
        fr="Une ligne par chose, une colonne par propriété ; plusieurs valeurs d’une case sont séparées par "
        "« | ». Une apostrophe précède ce qu’un tableur exécuterait comme une formule.",
        en="A row for each thing, a column for each property; several values of one cell are separated by "
        "“|”. An apostrophe stands before what a spreadsheet would run as a formula.",
    ),
    "more": Text(fr="Requêtes et mesures", en="Queries and measurements"),
    "machines": Text(fr="Pour les machines", en="For machines"),
    "void": Text(fr="description VoID, avec les effectifs", en="VoID description, with counts"),
    "dcat": Text(fr="catalogue DCAT-AP 3", en="DCAT-AP 3 catalogue"),
    "space": Text(fr="Début des IRI", en="IRIs begin with"),
    "itself": Text(fr="IRI des données", en="IRI of the data"),
    "counts": Text(fr="Ce que contient le graphe", en="What the graph holds"),
    "class": Text(fr="Classe", en="Class"),
    "instances": Text(fr="Exemplaires", en="Instances"),
    "property": Text(fr="Propriété", en="Property"),
    "uses": Text(fr="Triplets", en="Triples"),
    "subjects": Text(fr="Sujets", en="Subjects"),
    "objects": Text(fr="Valeurs", en="Values"),
    "name": Text(fr="Nom", en="Name"),
    "licence": Text(fr="Licence", en="Licence"),
    "rows": Text(fr="Lignes", en="Rows"),
    "files": Text(fr="Fichiers", en="Files"),
    "sums": Text(fr="Empreintes SHA-256", en="SHA-256 checksums"),
    "file": Text(fr="Fichier", en="File"),
    "cite": Text(fr="Pour citer", en="How to cite"),
}


def pages(site: Site) -> Iterator[Page]:
    """Yield the files to download, then their descriptions."""
    dumps: list[Dump] = []
    with published_data(site) as statements:
        for dump, page in dump_pages(site, statements):
            dumps.append(dump)
            yield page
        counts = count(statements, uri_space(site))
    parts = dict(_parts(site))
    yield from _descriptions(site, counts, parts, dumps)
    for lang in site.config.languages:
        yield _index(site, lang, counts, dumps)


def _parts(site: Site) -> Iterator[tuple[str, Counts]]:
    from pyoxigraph import NamedNode

    for iri in dataset_stems(site):
        with published_data(site, NamedNode(iri)) as statements:
            yield iri, count(statements, uri_space(site))


def _descriptions(
    site: Site, counts: Counts, parts: dict[str, Counts], dumps: Sequence[Dump]
) -> Iterator[Page]:
    from rte_graph.publish.dcat import dcat_triples

    void = _written("turtle", void_triples(site, counts, parts, dumps))
    yield Page(path=VOID_FILE, content=void)
    yield Page(path=WELL_KNOWN, content=void)
    catalogue = dcat_triples(site, dumps)
    yield Page(path=DCAT_FILE, content=_written("turtle", catalogue))
    yield Page(path=DCAT_JSONLD, content=_written("jsonld", catalogue))


def _written(form: str, triples: Sequence[Triple]) -> bytes:
    from rte_graph.sparql.formats import write_graph

    out = BytesIO()
    write_graph(form, triples, out)
    return out.getvalue()


def _index(site: Site, lang: str, counts: Counts, dumps: Sequence[Dump]) -> Page:
    from rte_graph.publish.dcat import schema_dataset
    from rte_graph.publish.shell import cite, html, render

    path = site.named(INDEX, lang)
    datasets = _datasets(site, dumps, path, lang)
    words = {name: said.in_language(lang) for name, said in WORDS.items()}
    body = render(
        "catalogue.html",
        words=words,
        cite=cite(site, lang),
        space=uri_space(site),
        itself=dataset_iri(site),
        figures=_figures(counts, words, lang),
        groups={"data": _files(site, dumps, "data", path, lang), "more": _more(site, dumps, path, lang)},
        colon=colon(lang),
        datasets=datasets,
        several_licences=len({str(each["licences"]) for each in datasets}) > 1,
        tables=_files(site, dumps, "table", path, lang),
        machines=_machines(path, words),
        classes=_classes(site, counts, lang),
        properties=_properties(site, counts, lang),
        sums=[(dump.path, relative(dump.path, path), dump.sha256) for dump in dumps],
    )
    content = html(
        site,
        path=path,
        lang=lang,
        title=words["title"],
        description=words["standfirst"],
        body=body,
        section="catalogue",
        head=_head(path),
        jsonld=schema_dataset(site, dumps, lang),
    )
    return Page(path=path, content=content)


def _head(path: str) -> list[HeadLink]:
    from rte_graph.publish.shell import HeadLink

    turtle, jsonld = "text/turtle", "application/ld+json"
    return [
        HeadLink(rel="describedby", href=relative(VOID_FILE, path), type=turtle, title="VoID"),
        HeadLink(rel="alternate", href=relative(DCAT_FILE, path), type=turtle, title="DCAT-AP"),
        HeadLink(rel="alternate", href=relative(DCAT_JSONLD, path), type=jsonld, title="DCAT-AP"),
    ]


def _figures(counts: Counts, words: dict[str, str], lang: str) -> list[tuple[str, str]]:
    from rte_graph.network.wording import whole

    numbers = {
        "triples": counts.triples,
        "entities": counts.entities,
        "classes": len(counts.classes),
        "properties": len(counts.properties),
    }
    return [(words[name], whole(number, lang)) for name, number in numbers.items()]


def _files(site: Site, dumps: Sequence[Dump], group: str, path: str, lang: str) -> list[dict[str, Any]]:
    from rte_graph.network.wording import whole
    from rte_graph.publish.dcat import FORM_NAMES

    return [
        {
            "title": dump.title.in_language(lang),
            "form": FORM_NAMES[dump.media] + (", gzip" if dump.zipped else ""),
            "href": relative(dump.path, path),
            "size": size_in_words(dump.size, lang),
            "rows": whole(dump.rows, lang),
            "name": dump.path.rpartition("/")[2],
            "dataset": dump.dataset,
        }
        for dump in dumps
        if dump.group == group
    ]


def _more(site: Site, dumps: Sequence[Dump], path: str, lang: str) -> list[tuple[str, list[dict[str, Any]]]]:
    groups = (_files(site, dumps, name, path, lang) for name in ("queries", "measurements"))
    return [(files[0]["title"], files) for files in groups if files]


def _datasets(site: Site, dumps: Sequence[Dump], path: str, lang: str) -> list[dict[str, Any]]:
    """Return each dataset with its files, its licences and the link to its page."""
    from rte_graph.views.page_texts import licence_name

    found: dict[str, dict[str, Any]] = {}
    for file in _files(site, dumps, "dataset", path, lang):
        iri = file["dataset"]
        known = {
            "title": file["title"],
            "href": site.link(iri, at=path, lang=lang),
            "rows": file["rows"],
            "licences": [(licence_name(each), each) for each in licences_of(site, iri)],
            "files": [],
        }
        found.setdefault(iri, known)["files"].append(file)
    return list(found.values())


def _machines(path: str, words: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        ("void.ttl", relative(VOID_FILE, path), words["void"]),
        ("dcat.ttl", relative(DCAT_FILE, path), words["dcat"]),
        ("dcat.jsonld", relative(DCAT_JSONLD, path), words["dcat"]),
    ]


def _classes(site: Site, counts: Counts, lang: str) -> list[tuple[str, str, str]]:
    from rte_graph.network.wording import whole

    names = _names(site, list(counts.classes), lang)
    ordered = sorted(counts.classes.items(), key=lambda each: (-each[1], each[0]))
    return [(*names[iri], whole(number, lang)) for iri, number in ordered]


def _properties(site: Site, counts: Counts, lang: str) -> list[tuple[str, ...]]:
    from rte_graph.network.wording import whole

    names = _names(site, list(counts.properties), lang)
    ordered = sorted(counts.properties.items(), key=lambda each: (-each[1].triples, each[0]))
    return [
        (*names[iri], *(whole(number, lang) for number in (used.triples, used.subjects, used.objects)))
        for iri, used in ordered
    ]


def _names(site: Site, iris: Sequence[str], lang: str) -> dict[str, tuple[str, str]]:
    """Return the label and the short form of terms."""
    from rte_graph.namespaces import shorten
    from rte_graph.sparql.names import labels
    from rte_graph.sparql.wording import one_line

    known = labels(site.store, sorted(iris), lang)
    return {iri: (one_line(known.get(iri, "")), shorten(iri)) for iri in iris}


def size_in_words(size: int, lang: str) -> str:
    """Write a number of bytes for people: in thousands or millions of bytes.

    >>> size_in_words(999, "en"), size_in_words(200062, "en"), size_in_words(12_345_678, "en")
    ('999 B', '200 kB', '12.3 MB')
    """
    from rte_graph.network.wording import NBSP, decimal, whole

    unit = "B" if lang == "en" else "o"
    space = " " if lang == "en" else NBSP
    if size < 1000:
        return f"{size}{space}{unit}"
    if size < 999_500:
        return f"{whole(round(size / 1000), lang)}{space}k{unit}"
    return f"{decimal(size / 1_000_000, lang, 1)}{space}M{unit}"
