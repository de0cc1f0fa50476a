"""What changed from one edition to another: told in words, handed over as triples, the same each time."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Triple
from sites import site_of, written

from rte_graph.loading import edition_from, load
from rte_graph.namespaces import DATA_BASE, ONTOLOGY_IRI
from rte_graph.publish.difference import compare_stores
from rte_graph.rdf_io import parse_triples
from rte_graph.resources import data_folder
from rte_graph.store import DiskStore, Store

Cli = Callable[..., Any]
HOSTILE = "<img src=x onerror=alert(1)>[x](javascript:alert(1))\\u001B[2J|"


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Packaged data, and a later edition: one name otherwise, one membership less, one person more."""
    folder = tmp_path_factory.mktemp("editions")
    old, new = folder / "old", folder / "new"
    for each in (old, new):
        shutil.copytree(data_folder() / "turtle/ag2r", each / "ag2r")
    alliances = new / "ag2r/alliances.ttl"
    text = alliances.read_text(encoding="utf-8")
    name = 'skos:prefLabel "Collectif Emploi"@fr'
    assert name in text
    renamed = 'skos:prefLabel "Collectif Emplois"@fr ; rte:formerName "Collectif Emploi"@fr'
    alliances.write_text(text.replace(name, renamed), encoding="utf-8")
    memberships = new / "ag2r/memberships.ttl"
    blocks = memberships.read_text(encoding="utf-8").split("\n\n")
    kept = [block for block in blocks if not block.startswith("membership:bernard-saincy--innovation")]
    assert len(kept) == len(blocks) - 1
    memberships.write_text("\n\n".join(kept), encoding="utf-8")
    with (new / "ag2r/persons.ttl").open("a", encoding="utf-8") as persons:
        persons.write(f'\nperson:new-one a rte:Person ; skos:prefLabel "{HOSTILE}"@fr .\n')
    return old, new


def data(store: Store) -> set[Triple]:
    return {
        triple for each in store.datasets() if each.value != ONTOLOGY_IRI for triple in store.triples(each)
    }


def test_the_triples_that_came_and_went_are_those_of_one_edition_and_not_of_the_other(
    editions: tuple[Path, Path],
) -> None:
    with closing(edition_from(str(editions[0]))) as old, closing(edition_from(str(editions[1]))) as new:
        found = compare_stores(old, new)
        assert list(found.added)
        assert set(found.added) == data(new) - data(old)
        assert list(found.removed)
        assert set(found.removed) == data(old) - data(new)
        assert (found.old_size, found.new_size) == (len(data(old)), len(data(new)))


def test_a_reader_is_told_what_is_new_gone_and_changed_by_name(cli: Cli, editions: tuple[Path, Path]) -> None:
    french = cli("diff", *editions)
    assert french.code == 0
    assert "Nouveau : 1 ; retiré : 1 ; modifié : 1. Triplets : " in french.out
    assert (
        "  ~ Collectif Emplois\n      nom : « Collectif Emploi » (fr) → « Collectif Emplois » (fr)"
        in french.out
    )
    assert (
        "Adhésions (1)\n  − Bernard Saincy, président ou présidente de « Innovation Sociale Cons"
        in french.out
    )
    assert "Personnes (1)\n  + <img" in french.out
    english = cli("diff", *editions, "--lang", "en")
    assert "New: 1; gone: 1; changed: 1. Triples: " in english.out
    assert "Memberships (1)\n  − Bernard Saincy, president of “Innovation Sociale Conseil”" in english.out


def test_what_loading_derives_is_no_change_of_anybody(
    cli: Cli, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    changed = json.loads(cli("diff", *editions, "--format", "json").out)["resources"]
    assert [value["iri"] for each in changed for value in each["values"]] == [
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "https://w3id.org/rte/ontology#formerName",  # and not skos:altLabel, which is above it
    ]


def test_a_store_and_the_files_that_it_was_loaded_from_do_not_differ(
    cli: Cli, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    with closing(DiskStore.create(tmp_path / "store")) as store:
        load(store, [editions[0]])
    same = cli("diff", tmp_path / "store", editions[0], "--exit-code")
    assert (same.code, "Rien n’a changé." in same.out) == (0, True)
    assert "Nothing has changed." in cli("diff", editions[0], tmp_path / "store", "--lang", "en").out


def test_the_exit_code_tells_of_changes_only_where_that_is_asked(
    cli: Cli, editions: tuple[Path, Path]
) -> None:
    assert cli("diff", *editions).code == 0
    assert cli("diff", *editions, "--exit-code").code == 1
    assert cli("diff", editions[0], editions[0], "--exit-code").code == 0


def test_turtle_gives_two_files_that_turn_one_edition_into_the_other(
    cli: Cli, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    assert cli("diff", *editions, "-o", tmp_path / "delta.ttl").code == 0
    removed, added = (set(parse_triples(tmp_path / f"delta.{each}.ttl")) for each in ("removed", "added"))
    with closing(edition_from(str(editions[0]))) as old, closing(edition_from(str(editions[1]))) as new:
        assert (data(old) - removed) | added == data(new)
    refused = cli("diff", *editions, "--format", "turtle")
    assert (refused.code, "-o delta.ttl" in refused.err) == (2, True)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_the_same_editions_give_the_same_bytes_and_the_way_back_mirrors_them(
    cli: Cli, editions: tuple[Path, Path], form: str
) -> None:
    first = cli("diff", *editions, "--format", form).out
    assert first == cli("diff", *editions, "--format", form).out
    if form == "json":
        there, back = json.loads(first), json.loads(cli("diff", *reversed(editions), "--format", form).out)
        assert there["counts"]["came"] == back["counts"]["went"] == 1
        assert there["counts"]["triplesAdded"] == back["counts"]["triplesRemoved"]


def test_hostile_names_do_nothing_in_any_form(cli: Cli, editions: tuple[Path, Path]) -> None:
    page = cli("diff", *editions, "--format", "html").out
    assert "&lt;img src=x" in page
    assert "<img" not in page
    assert not re.search(r'(?:href|src)="(?!https?://)', page)
    markdown = cli("diff", *editions, "--format", "markdown").out
    assert r"\<img src=x onerror=alert(1)\>\[x\](javascript:alert(1))" in markdown
    for form in ("text", "markdown", "html"):
        assert "\x1b" not in cli("diff", *editions, "--format", form).out


def test_an_edition_that_uses_terms_of_another_time_can_be_compared(
    cli: Cli, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    shutil.copytree(editions[0], tmp_path / "older")
    with (tmp_path / "older/ag2r/persons.ttl").open("a", encoding="utf-8") as persons:
        persons.write('\nperson:x a rte:Person ; rte:abandonedTerm "x" .\n')
    found = cli("diff", tmp_path / "older", editions[0])
    assert found.code == 0
    assert "retiré : 1" in found.out


def test_the_edition_in_force_is_the_second_when_only_one_is_named(
    cli: Cli, editions: tuple[Path, Path]
) -> None:
    packaged = data_folder() / "turtle"
    assert "Rien n’a changé." in cli("diff", packaged).out
    assert "modifié : 1" in cli("diff", editions[0], "--store", editions[1]).out


def test_nothing_there_is_said_and_nothing_is_written(
    cli: Cli, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    found = cli("diff", tmp_path / "none", editions[0], "-o", tmp_path / "out.md")
    assert (found.code, list(tmp_path.iterdir())) == (69, [])


def test_the_page_of_changes_links_what_is_there_and_offers_the_triples(editions: tuple[Path, Path]) -> None:
    with closing(edition_from(str(editions[0]))) as old, closing(edition_from(str(editions[1]))) as new:
        folder = written(replace(site_of(new), previous=old), ("assets", "changes"))
        added = set(parse_triples(folder / "dumps/changes-added.ttl"))
        removed = set(parse_triples(folder / "dumps/changes-removed.ttl"))
        assert (data(old) - removed) | added == data(new)
    page = (folder / "changes.html").read_text(encoding="utf-8")
    assert 'href="id/alliance/collectif-emploi.html"' in page
    assert "<del>Bernard Saincy" in page
    assert 'href="dumps/changes-added.ttl"' in page
    assert "&lt;img src=x" in page
    assert "<img" not in page
    assert "Changes since the last edition" in (folder / "changes.en.html").read_text(encoding="utf-8")


def test_minted_iris_stand_in_the_changes_too(editions: tuple[Path, Path]) -> None:
    with closing(edition_from(str(editions[0]))) as old, closing(edition_from(str(editions[1]))) as new:
        folder = written(replace(site_of(new, mint=True), previous=old), ("assets", "changes"))
    text = (folder / "dumps/changes-added.ttl").read_text(encoding="utf-8")
    assert "/graphe/id/person/new-one#it>" in text
    assert DATA_BASE not in text


def test_a_site_without_an_edition_before_says_so(editions: tuple[Path, Path]) -> None:
    with closing(edition_from(str(editions[0]))) as store:
        folder = written(site_of(store), ("assets", "changes"))
    assert "n’a pas été comparée" in (folder / "changes.html").read_text(encoding="utf-8")
    assert not (folder / "dumps").exists()
