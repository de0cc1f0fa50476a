"""What people read on the pages: passages by their lines, one language a page, names told apart."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from observatory import observatory, observatory_store, pages_of
from sites import packaged_site

from rte_graph.describe import describe
from rte_graph.publish import Site
from rte_graph.publish.graph import reading_of
from rte_graph.publish.markup import markup_faults
from rte_graph.publish.ontology.formulas import FRENCH
from rte_graph.publish.resources import Desk, resource_pages
from rte_graph.publish.site import build_site
from rte_graph.publish.standings import Standings
from rte_graph.sparql.library import working_library
from rte_graph.store import EmbeddedStore

DATASET = "https://w3id.org/rte/id/dataset/ag2r"


@pytest.fixture(scope="module")
def queries() -> dict[str, bytes]:
    return pages_of(observatory(), "queries")


def test_a_document_lists_its_passages_by_lines_and_heading_in_their_order() -> None:
    page = pages_of(observatory(), "resources")["id/document/annuaire-2026.html"].decode()
    listed = re.findall(r">(lignes\u00a0[^<]*)</a>", page)
    assert listed == [
        "lignes\u00a012–19, «\u00a0Réparer ensemble\u00a0»",
        "lignes\u00a030–38, «\u00a0Nourrir\u00a0»",
    ]


def test_a_text_in_two_languages_is_shown_in_that_of_the_page_only() -> None:
    french, english = (describe(packaged_site().store, DATASET, lang) for lang in ("fr", "en"))
    in_french, in_english = (" ".join(fact.value.label for fact in of.facts) for of in (french, english))
    assert "a choisi les cas" in in_french
    assert "chose the cases" not in in_french
    assert "chose the cases" in in_english
    assert "a choisi les cas" not in in_english
    assert [link.label for link in french.types] == ["jeu de données"]


def test_the_lines_of_an_answer_lead_to_the_passages(queries: dict[str, bytes]) -> None:
    page = queries["queries/members-of-alliance.html"].decode()
    assert re.search(r'<td><a href="\.\./id/citation/(reparer|nourrir)\.html">(12–19|30–38)</a></td>', page)
    english = queries["queries/members-of-alliance.en.html"].decode()
    assert re.search(r'href="\.\./id/citation/(reparer|nourrir)\.en\.html"', english)
    assert re.search(r"rte-graph query run members-of-alliance .* --lang en</code>", english)


def test_a_query_named_in_a_description_is_a_link_with_its_title(queries: dict[str, bytes]) -> None:
    page = queries["queries/members-of-alliance.html"].decode()
    assert '«\u00a0<a href="partners-of-alliance.html">Partenaires d’une alliance</a>\u00a0»' in page
    assert "partners-of-alliance\u00a0»" not in page
    assert 'content="Qui en est membre selon la source' in page


def test_networks_are_described_in_words_and_name_questions_by_their_titles() -> None:
    made = pages_of(observatory(), "networks")
    for path in ("networks/index", "networks/cooperation"):
        french, english = made[f"{path}.html"].decode(), made[f"{path}.en.html"].decode()
        assert "«\u00a0instance\u00a0»" not in french
        assert "«\u00a0family\u00a0»" not in french
        assert "Au niveau «\u00a0famille\u00a0», les organisations" in french
        assert "At the level “organisation” the actors" in english
        assert '<a href="../queries/board-interlocks.html">Mandats croisés</a>' in french
        assert "board-interlocks”" not in english


def without_statements() -> Site:
    """The observatory without who is in what: nothing is tied."""
    store = EmbeddedStore.in_memory()
    for dataset in observatory_store().datasets():
        kept = (
            triple
            for triple in observatory_store().triples(dataset)
            if not re.search("/id/(membership|participation|relation|funding)/", str(triple.subject))
        )
        store.replace_dataset(dataset, kept)
    return build_site(store, working_library(), observatory().config)


def test_a_network_without_one_of_its_sides_is_not_listed_and_one_without_ties_says_so() -> None:
    from rte_graph.publish.networks import read_network

    site = without_statements()
    index = pages_of(site, "networks")["networks/index.html"].decode()
    drawn = {query.name: read_network(site, query.name) for query in site.library.networks()}
    lopsided = {name for name, each in drawn.items() if each.is_lopsided}
    untied = {name for name, each in drawn.items() if each.network.nodes and not each.network.edges}
    assert {name for name in drawn if f'href="{name}.html"' in index} == drawn.keys() - lopsided
    assert lopsided
    assert untied
    for card in index.split("<li>"):
        named = next((name for name in drawn if f'href="{name}.html"' in card), "")
        assert ("Aucun lien dans ces données" in card) == (named in untied)


def test_territories_of_the_same_name_are_told_apart_in_lists_and_filters() -> None:
    made = pages_of(packaged_site(), "browse")
    territories, events = (made[f"browse/{name}.html"].decode() for name in ("territories", "events"))
    assert re.search(r">Guadeloupe</a> <small>département</small>", territories)
    assert re.search(r">Guadeloupe</a> <small>région</small>", territories)
    assert ">Finistère</a></h3>" in territories
    assert "<span>Paris (commune)</span>" in events
    assert "<span>Paris (département)</span>" in events


def test_namesakes_are_told_apart_in_the_search() -> None:
    import json

    script = pages_of(packaged_site(), "search")["assets/search.fr.js"].decode()
    index = json.loads(script.removeprefix("window.rteSearch=").removesuffix(";\n"))
    found = [index["kinds"][entry[2]] for entry in index["entries"] if entry[0] == "Guadeloupe"]
    assert sorted(found) == ["Territoire · département", "Territoire · région"]
    assert {index["kinds"][entry[2]] for entry in index["entries"] if entry[0] == "Finistère"} == {
        "Territoire"
    }


def packaged_page(name: str, suffix: str = ".html") -> str:
    site = packaged_site()
    made = resource_pages(
        Desk(site, reading_of(site), Standings()), site.resources[f"https://w3id.org/rte/id/{name}"]
    )
    return next(page.content.decode() for page in made if page.path == f"id/{name}{suffix}")


def test_several_roles_in_one_initiative_stand_in_one_row_each_with_its_evidence() -> None:
    page = packaged_page("organisation/mgen")
    section = next(each for each in page.split("<section") if ">Projets et événements" in each)
    others = re.findall(r'<a href="\.\./(initiative|event)/([^"]*)\.html">', section)
    assert len(others) == len(set(others)) > 40
    more = re.findall(r"et (\d+) autres, dans le fichier Turtle", section)
    assert f"<small>{len(others) + int(more[0] if more else 0)}</small>" in section
    row = section[section.index(">Agir Ensemble</a>") :].partition("</ul>")[0]
    roles = re.findall(r">— (?:<a [^>]*>)?([^<]*)|— <a [^>]*>([^<]*)", row)
    assert [a or b for a, b in roles] == ["contributeur", "partenaire", "soutien"]
    assert len(set(re.findall(r"<sup>(.*?)</sup>", row))) == 3
    assert len(set(re.findall(r'href="(\.\./participation/[^"]*)"', row))) == 3


def test_a_passage_does_not_name_itself_as_its_source() -> None:
    for name in ("citation/ag2r-0036-0038", "citation/mgen-0160-0163"):
        page = packaged_page(name)
        assert 'id="sources"' not in page
        assert 'href="#s' not in page
        assert 'href="#sources"' not in page


def test_the_kind_of_a_thing_is_said_once() -> None:
    page = packaged_page("organisation/mgen")
    assert page.count(">mutuelle</a>") == 1
    assert "<dt>Genre</dt>" not in page


def test_namesakes_in_ties_and_titles_are_told_apart() -> None:
    page = packaged_page("territory/departement-75")
    assert ">Paris (commune)</a>" in page
    assert "<title>Paris (département) — " in page
    assert "<h1>Paris</h1>" in page
    assert "(region)" in packaged_page("territory/departement-971", ".en.html")
    assert "(" not in re.findall(r"<title>(.*?) — ", packaged_page("territory/departement-46"))[0]


def test_the_page_for_no_page_can_be_read_anywhere_in_both_languages() -> None:
    made = pages_of(observatory(), "about")["404.html"].decode()
    style = re.findall("<style>(.*?)</style>", made)
    digest = b64encode(sha256(style[0].encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in unescape(made)
    assert "<base" not in made
    assert '<a class="skip" href="#main">' in made
    address = observatory().config.base_url
    for link in re.findall(r'\s(?:href|src|data-root)="([^"]*)"', made):
        assert link == "#main" or link.startswith((f"{address}/", "https:", "mailto:")), link
    french, english = re.findall(r'<div class="front" lang="(?:fr|en)">.*?</div>', made, re.DOTALL)
    assert "<h1>Page introuvable</h1>" in french
    assert f'href="{address}/index.html"' in french
    assert "<h2>Page not found</h2>" in english
    assert f'href="{address}/index.en.html"' in english
    assert list(markup_faults("404.html", made)) == []
    alone = pages_of(observatory(languages=["en"]), "about")["404.html"].decode()
    assert "<h1>Page not found</h1>" in alone
    assert "introuvable" not in alone


def test_pages_of_the_same_name_have_titles_of_their_own() -> None:
    made = pages_of(observatory(), "queries", "networks", "ontology", "browse")
    said = {
        "queries/cooperation.html": "Question\u00a0: Tous les liens de coopération",
        "networks/cooperation.html": "Réseau\u00a0: Tous les liens de coopération",
        "networks/cooperation.en.html": "Network: All ties of cooperation",
        "vocab/difficulty.html": "Vocabulaire\u00a0: Difficultés des projets communs",
        "queries/difficulties.html": "Question\u00a0: Difficultés des projets communs",
    }
    for path, title in said.items():
        page = made[path].decode()
        assert f"<title>{title} — " in page
        assert f"<h1>{title}" not in page
    pages = {
        path for path in made if path.endswith(".html") and not path.endswith(("-page.html", "-page.en.html"))
    }
    for lang in ("fr", "en"):
        mine = sorted(path for path in pages if path.endswith(".en.html") == (lang == "en"))
        titles = Counter(re.findall("<title>(.*?)</title>", made[path].decode())[0] for path in mine)
        assert [title for title, count in titles.items() if count > 1 and "Ontolog" not in title] == []


def test_formulas_are_in_the_language_of_the_page() -> None:
    made = pages_of(packaged_site(), "ontology")
    french, english = (made[f"vocab/measure{end}.html"].decode() for end in ("", ".en"))
    said = re.findall(r"<dt>Formule</dt><dd>(.*?)</dd>", french)
    assert len(said) > 30
    known = {"max", "min", "div", "mod", "ext", "int", "noyau"}
    for formula in said:
        words = set(re.findall("[^\\W\\d_]{3,}", formula)) - known
        assert words <= set(" ".join(FRENCH.values()).split()) | {"triangles"}, formula
    assert "over joined pairs (u, v); one-mode: each pair both ways" in english


def test_a_base_that_no_data_have_is_refused_with_the_one_that_they_have() -> None:
    from rte_graph.errors import UsageError

    with pytest.raises(UsageError) as refused:
        observatory(base="https://autre.example.org/id/")
    for text in (refused.value.fr, refused.value.en):
        assert 'base = "https://observatoire.example.org/id/"' in text


def test_a_file_that_somebody_added_to_the_site_is_named_and_kept(tmp_path: Path) -> None:
    from rte_graph.errors import UsageError
    from rte_graph.publish.write import write_site

    out = tmp_path / "site"
    write_site(observatory(), out, sections=("assets", "about"))
    for name in ("notes.txt", ".DS_Store", "CNAME"):
        (out / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        write_site(observatory(), out, sections=("assets",))
    assert "notes.txt" in refused.value.fr
    assert "notes.txt" in refused.value.en
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (out / "about.html").is_file()
    (out / "notes.txt").unlink()
    write_site(observatory(), out, sections=("assets",))
    assert not (out / "about.html").exists()
    assert (out / "CNAME").is_file()


def test_questions_without_an_answer_stand_apart_and_the_citation_names_nobody_twice(
    queries: dict[str, bytes],
) -> None:
    index = queries["queries/index.html"].decode()
    answered, _, rest = index.partition("Sans réponse dans ces données")
    assert 'href="members-of-alliance.html"' in answered
    assert ">0 lignes" not in answered
    assert 'href="themes-of-alliance.html"' in rest
    assert "Observatoire du Val Clair, Observatoire du Val Clair" not in index
