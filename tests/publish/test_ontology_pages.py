"""The ontology's pages: every term, shape and concept, in both languages, with what the data use of them."""

from __future__ import annotations

import json
import posixpath
import re
from html import unescape
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib
from ontology_sample import Markup, hostile, site_of, small_site, written
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, SH, SKOS

from rte_graph.namespaces import RTE, VOCABULARY_BASE
from rte_graph.publish.ontology.files import as_jsonld
from rte_graph.publish.ontology.reading import Ontology, packaged
from rte_graph.publish.ontology.schemes import ordered
from rte_graph.publish.ontology.section import ontology_pages
from rte_graph.publish.write import LABELS, SECTIONS, section_pages
from rte_graph.resources import ontology_folder

INDEX = {"fr": "ontology/index.html", "en": "ontology/index.en.html"}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return written(small_site(), packaged())


@pytest.fixture(scope="module")
def pages(files: dict[str, str]) -> dict[str, Markup]:
    return {path: Markup(text) for path, text in files.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return written(small_site(), hostile(tmp_path_factory.mktemp("hostile")))


def section(text: str, anchor: str) -> str:
    """Return what stands between an anchor and the next section, as a reader sees it."""
    start = re.search(rf'<(?:section|tr)[^>]* id="{re.escape(anchor)}"[^>]*>', text)
    assert start is not None, anchor
    end = re.compile(r"<section|</tr>").search(text, start.end())
    plain = re.sub(r"<[^>]+>", " ", text[start.end() : end.start() if end else None])
    return " ".join(unescape(plain).split())


def test_the_section_is_one_of_those_that_the_site_writes() -> None:
    assert "ontology" in SECTIONS
    assert "ontology" in LABELS


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_term_stands_at_its_local_name_with_label_definition_and_example(
    files: dict[str, str], lang: str
) -> None:
    of = packaged()
    terms = [*of.classes(), *of.properties()]
    assert len(terms) > 120
    for iri in terms:
        shown = section(files[INDEX[lang]], of.local(iri))
        for predicate in ("rdfs:label", "skos:definition", "skos:example"):
            text = of.text(of.terms, iri, [rdflib.Graph().namespace_manager.expand_curie(predicate)], lang)
            assert " ".join(text.split()) in shown, (iri, predicate)


def test_every_shape_that_can_report_has_its_place_and_its_message(files: dict[str, str]) -> None:
    of, seen = packaged(), 0
    for lang, other in (("fr", "en"), ("en", "fr")):
        page = files[INDEX[lang]]
        ids = Markup(page).ids
        for shape in set(of.shapes.subjects(SH.message, None)):
            assert ids[of.local(str(shape))] == 1, shape
            said = {each.language: " ".join(Ontology.set_text(str(each), each.language).split())
                    for each in of.shapes.objects(shape, SH.message)}  # fmt: skip
            text = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
            assert said[lang] in text
            assert said[other] not in text
            seen += 1
    assert seen > 400


def test_a_rule_says_path_cardinality_values_and_severity(files: dict[str, str]) -> None:
    french, english = files[INDEX["fr"]], files[INDEX["en"]]
    assert "preuve rte:evidence 1..* citation Ajouter rte:evidence" in section(
        french, "AllianceShape-evidence"
    )
    form = section(english, "AllianceShape-form")
    assert form.startswith("form rte:form 1 concept of Forms of alliance")
    warned = section(english, "AllianceShape-descriptionFr")
    assert "at least 1: in French warning Add the description in French" in warned
    assert "agent" not in section(english, "MembershipShape-member").lower()
    once = section(french, "StakeholderRelationShape-oneParty")
    assert "une seule voie parmi : avec rte:party ou avec rte:partyFamily" in once


def test_every_concept_stands_at_its_name_with_notation_and_definition(files: dict[str, str]) -> None:
    of = packaged()
    concepts = list(of.schemes.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 700
    for concept in concepts:
        scheme, _, local = str(concept).removeprefix(VOCABULARY_BASE).partition("/")
        for lang, path in (("fr", f"vocab/{scheme}.html"), ("en", f"vocab/{scheme}.en.html")):
            shown = section(files[path], local)
            assert " ".join(of.label(str(concept), lang).split()) in shown
            assert of.value(of.schemes, concept, str(SKOS.notation)) in shown
            definition = of.text(of.schemes, concept, [str(SKOS.definition)], lang)
            assert " ".join(definition.split()) in shown


def test_concepts_come_after_their_broader_one_and_one_step_to_the_right() -> None:
    of = packaged()
    scheme = f"{VOCABULARY_BASE}need"
    depths = dict(ordered(of, scheme, "fr"))
    order = list(depths)
    assert set(order) == {iri for iri, owner in of.scheme_of.items() if owner == scheme} - {scheme}
    for iri in order:
        for broader in of.values(of.schemes, iri, str(SKOS.broader)):
            assert depths[iri] == depths[broader] + 1
            assert order.index(iri) > order.index(broader)


def test_counts_are_those_of_the_data_and_lead_to_lists_and_resources(files: dict[str, str]) -> None:
    alliance = section(files[INDEX["en"]], "Alliance")
    assert "In the data 3 resources , for example Alliance <0> , Alliance <1> , Alliance <2>" in alliance
    assert '<a href="../browse/alliances.en.html">3\u00a0resources</a>' in files[INDEX["en"]]
    assert '<a href="../id/alliance/a0.en.html"' in files[INDEX["en"]]
    assert "Expected on alliance (concept of Forms of alliance )" in section(files[INDEX["en"]], "form")
    assert "Attendue pour financement ( acteur ou initiative ou événement )" in section(
        files[INDEX["fr"]], "funded"
    )
    assert "In the data 2 statements" in section(files[INDEX["en"]], "form")
    assert "In the data not used yet" in section(files[INDEX["en"]], "Event")
    coalition = section(files["vocab/alliance-form.html"], "coalition")
    assert "Dans les données 2 ressources ( forme ), par exemple Alliance <0> , Alliance <1>" in coalition
    assert "pas encore employé" in section(files["vocab/alliance-form.html"], "network")


def test_alignments_stand_with_the_terms_and_only_there_where_they_are_others(files: dict[str, str]) -> None:
    alliance = section(files[INDEX["fr"]], "Alliance")
    assert "Sorte de acteur" in alliance
    assert "sorte de org:Organization" in alliance
    assert "schema:Organization" in alliance
    assert "pair:" in alliance or "essglobal:Network" in alliance


def test_pages_are_well_formed_with_each_identifier_once(pages: dict[str, Markup]) -> None:
    for path, page in pages.items():
        assert not page.faults, (path, page.faults[:3])
        assert not [each for each, count in page.ids.items() if each and count > 1], path
        assert not [tag for tag, found in page.elements if "style" in found], path


def test_every_link_inside_the_section_is_alive(files: dict[str, str], pages: dict[str, Markup]) -> None:
    checked = 0
    for path, page in pages.items():
        for link in page.links:
            if re.match("[a-z]+:", link):
                assert link.startswith(("http:", "https:"))
                continue
            address, _, anchor = link.partition("#")
            target = path
            if address:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address)))
            if target.startswith(("ontology/", "vocab/", "assets/ontology")):
                assert target in files, (path, link)
                assert not anchor or pages[target].ids[unquote(anchor)], (path, link)
                checked += 1
    assert checked > 5000


def test_each_page_names_its_twin_in_the_other_language_and_its_files(files: dict[str, str]) -> None:
    base = "https://example.org/graphe"
    for path, other in ((INDEX["fr"], INDEX["en"]), ("vocab/need.html", "vocab/need.en.html")):
        for each in (path, other):
            assert f'<link rel="alternate" hreflang="fr" href="{base}/{path}">' in files[each]
            assert f'<link rel="alternate" hreflang="en" href="{base}/{other}">' in files[each]
            assert '<link rel="alternate" type="text/turtle" href="' in files[each]
            assert '<link rel="stylesheet" href="../assets/ontology.css">' in files[each]


def test_a_site_of_one_language_has_pages_of_that_language_only(tmp_path: Path) -> None:
    found = written(site_of(languages=("en",)), hostile(tmp_path))
    assert {"ontology/index.html", "vocab/evil.html"} <= found.keys()
    assert not [path for path in found if re.search(r"\.(fr|en)\.html$", path)]
    assert '<html lang="en"' in found["ontology/index.html"]


def test_files_hold_what_the_ontology_holds_now_and_under_its_version(files: dict[str, str]) -> None:
    of = packaged()
    pinned_folder = f"ontology/{of.version}"
    assert f"{pinned_folder}/index.en.html" in files
    for name, graph in (("ontology", of.terms), ("shapes", of.shapes)):
        for suffix, kind in ((".ttl", "turtle"), (".jsonld", "json-ld")):
            text = files[f"ontology/{name}{suffix}"]
            assert isomorphic(rdflib.Graph().parse(data=text, format=kind), graph), (name, suffix)
            assert files[f"{pinned_folder}/{name}{suffix}"] == text
    context = files["ontology/context.jsonld"]
    assert json.loads(context)["@context"]["Alliance"] == "rte:Alliance"
    assert files[f"{pinned_folder}/context.jsonld"] == context
    pinned = files[f"{pinned_folder}/index.html"]
    assert 'id="Alliance"' in pinned
    assert 'href="../index.html"' in pinned


def test_schemes_and_alignments_have_their_files(files: dict[str, str]) -> None:
    for part, folder in (("vocab", "vocab"), ("align", "ontology/align")):
        for path in sorted((ontology_folder() / part).glob("*.ttl")):
            graph = rdflib.Graph().parse(path, format="turtle")
            assert files[f"{folder}/{path.stem}.ttl"] == path.read_text(encoding="utf-8")
            read = rdflib.Graph().parse(data=files[f"{folder}/{path.stem}.jsonld"], format="json-ld")
            assert isomorphic(read, graph), path.stem


def test_jsonld_keeps_lists_and_nodes_without_a_name() -> None:
    graph = rdflib.Graph().parse(
        data="@prefix : <http://x.org/> . :a :p ( 1 ( ) [ :q 'é'@fr ] ) ; :r [ :s :a ] .", format="turtle"
    )
    assert isomorphic(rdflib.Graph().parse(data=as_jsonld(graph).decode(), format="json-ld"), graph)


def test_the_same_ontology_gives_the_same_bytes(files: dict[str, str]) -> None:
    again = ontology_pages(small_site(), Ontology(folder=ontology_folder()))
    for page in islice(again, 30):
        assert page.content.decode() == files[page.path], page.path


def test_the_index_is_a_plain_list_and_the_filter_waits_for_its_script(files: dict[str, str]) -> None:
    page = Markup(files[INDEX["fr"]])
    assert [found for tag, found in page.elements if found.get("class") == "seek" and "hidden" in found]
    of = packaged()
    assert {f"#{of.local(iri)}" for iri in [*of.classes(), *of.properties()]} <= set(page.links)


def test_names_stand_in_the_order_of_the_language_with_accents_beside_their_letter(
    files: dict[str, str],
) -> None:
    evidence = section(files[INDEX["fr"]], "evidence")
    assert evidence.index("chiffre") < evidence.index("événement") < evidence.index("financement")


def test_hostile_texts_do_nothing(attacked: dict[str, str]) -> None:
    pages = {path: Markup(text) for path, text in attacked.items() if path.endswith(".html")}
    assert {"ontology/index.html", "vocab/evil.html"} <= pages.keys()
    for path, page in pages.items():
        assert not page.faults, (path, page.faults[:3])
        assert not [each for each, count in page.ids.items() if each and count > 1], path
        for tag, found in page.elements:
            assert tag not in ("b", "i", "img", "iframe", "object", "embed"), path
            assert not [name for name in found if name.startswith("on") or name == "style"], path
            if tag == "script":
                assert found.get("src") or found.get("type") == "application/ld+json"
        for link in page.links:
            assert not re.match(r"(?i)\s*(javascript|data|vbscript):", link), (path, link)
        assert "\u202e" not in attacked[path]


def test_hostile_texts_are_shown_as_they_are(attacked: dict[str, str]) -> None:
    shown = unescape(attacked["ontology/index.html"] + attacked["vocab/evil.html"])
    for text in ("<script>alert(1)</script>", "{{ 7 * 7 }}{% raw %}", "{label}%s{path}"):
        assert text in shown
    assert "49" not in attacked["ontology/index.html"]


def test_a_version_cannot_leave_its_folder_nor_a_term_take_an_anchor_of_the_frame(
    attacked: dict[str, str],
) -> None:
    assert not [path for path in attacked if ".." in path.split("/") or "<" in path]
    page = Markup(attacked["ontology/index.html"])
    assert page.ids["main"] == 1
    assert page.ids["_main"] == 1
    assert "#_main" in page.links


def test_an_ontology_without_shapes_schemes_or_version_has_its_page(tmp_path: Path) -> None:
    graph = rdflib.Graph()
    graph.add((rdflib.URIRef(RTE("Thing")), RDF.type, OWL.Class))
    graph.serialize(tmp_path / "rte.ttl", format="turtle")
    found = written(site_of(), Ontology(folder=tmp_path))
    page = Markup(found["ontology/index.html"])
    assert not page.faults
    assert page.ids["Thing"] == 1
    assert set(found) == {
        "ontology/index.html", "ontology/index.en.html", "ontology/ontology.ttl", "ontology/ontology.jsonld",
        "ontology/shapes.ttl", "ontology/shapes.jsonld", "assets/ontology.css", "assets/ontology.js",
    }  # fmt: skip


def test_the_section_can_be_written_twice_in_one_process() -> None:
    for _ in range(2):
        assert next(section_pages(small_site(), "ontology")).path == "ontology/index.html"
