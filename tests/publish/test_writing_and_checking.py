"""The folder is written whole or not at all, and the checks find what is wrong with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from observatory import BASE, observatory, observatory_store, published
from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.cli import main
from rte_graph.errors import RteError, UnreadableData, UsageError
from rte_graph.namespaces import FOAF, RDF, RTE, SKOS
from rte_graph.publish import Page, Site, about
from rte_graph.publish.config import read_config
from rte_graph.publish.lint import check_site
from rte_graph.publish.write import write_site
from rte_graph.store import EmbeddedStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(published(), tmp_path / "site")
    return tmp_path / "site"


def faults(site: Site, folder: Path) -> list[tuple[str, str]]:
    """What the checks find."""
    return [(fault.check, fault.message.en) for fault in check_site(site, folder).faults]


def checks(site: Site, folder: Path) -> set[str]:
    return {check for check, _ in faults(site, folder)}


def with_triples(*triples: tuple[str, str, NamedNode | Literal]) -> Site:
    store = EmbeddedStore.in_memory()
    store.replace_dataset(NamedNode("urn:a"), observatory_store().triples())
    store.replace_dataset(NamedNode("urn:b"), [Triple(NamedNode(s), NamedNode(p), o) for s, p, o in triples])
    return replace(observatory(), store=store)


def test_a_sound_site_has_no_fault(folder: Path) -> None:
    assert faults(observatory(), folder) == []


def test_a_dead_link_and_a_missing_place_are_found(folder: Path) -> None:
    (folder / "id" / "person" / "camille-exemple.html").unlink()
    page = folder / "about.html"
    page.write_text(
        page.read_text("utf-8").replace("</main>", '<a href="index.html#nowhere">x</a></main>'), "utf-8"
    )
    found = faults(observatory(), folder)
    assert any("camille-exemple.html, which does not exist" in text for _, text in found)
    assert any("index.html#nowhere" in text for _, text in found)
    assert any(check == "resolving" and "camille-exemple" in text for check, text in found)


def test_an_iri_that_nothing_describes_is_found(folder: Path) -> None:
    site = with_triples((f"{BASE}alliance/ateliers", RTE("theme"), NamedNode(f"{BASE}theme/absent")))
    assert ("resolving", f"{BASE}theme/absent is used but not described: it has no page.") in faults(
        site, folder
    )


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (FOAF("mbox"), NamedNode("mailto:camille@example.org")),
        (SKOS("note"), Literal("écrire à camille.exemple@example.org", language="fr")),
        (SKOS("note"), Literal("Tél. 06 12 34 56 78", language="fr")),
        ("https://schema.org/telephone", Literal("+33 6 12 34 56 78")),
    ],
)
def test_a_persons_address_or_telephone_is_refused(folder: Path, predicate: str, value: Any) -> None:
    site = with_triples((f"{BASE}person/camille-exemple", predicate, value))
    assert checks(site, folder) == {"privacy", "void"}  # the dumps lack the statement


def test_a_local_address_is_found(folder: Path) -> None:
    site = with_triples((f"{BASE}alliance/ateliers", FOAF("homepage"), NamedNode("http://localhost:8000/x")))
    assert checks(site, folder) == {"local", "void"}


def test_data_without_a_licence_are_found(folder: Path) -> None:
    assert [check for check, _ in faults(replace(observatory(), licences=()), folder)] == ["licence"]


def test_markup_that_browsers_forgive_is_found(folder: Path) -> None:
    page = folder / "about.html"
    page.write_text(page.read_text("utf-8").replace("</main>", "<p><div></p></main>"), "utf-8")
    assert {check for check, _ in faults(observatory(), folder)} == {"markup"}


def test_a_file_name_that_windows_refuses_is_found(folder: Path) -> None:
    (folder / "aux.html").write_bytes((folder / "about.html").read_bytes())
    assert any(check == "names" for check, _ in faults(observatory(), folder))


def test_when_a_section_fails_the_old_site_stays_and_nothing_lies_about(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(site: Site) -> Iterator[Page]:
        yield Page(path="new.html", content=b"")
        raise KeyboardInterrupt

    monkeypatch.setattr(about, "pages", broken)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(KeyboardInterrupt):
        write_site(observatory(), folder, sections=("assets", "about"))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


def test_publishing_again_replaces_the_site_and_leaves_what_hosts_keep_there(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref", "utf-8")
    (folder / "CNAME").write_text("example.org", "utf-8")
    (folder / "id" / "gone.html").write_text("", "utf-8")
    write_site(observatory(), folder, sections=("assets", "about"))
    assert (folder / ".git" / "HEAD").read_text("utf-8") == "ref"
    assert (folder / "CNAME").is_file()
    assert not (folder / "id").exists()
    assert (folder / "about.html").is_file()


def test_a_folder_of_somebody_else_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    words = ["publish", "--out", str(tmp_path), "--base-url", "https://example.org/x"]
    assert main(words) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_data_that_do_not_conform_write_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.ttl").write_text(f"<{BASE}alliance/x> <{RDF('type')}> <{RTE('Alliance')}> .", "utf-8")
    words = ["publish", "--data", str(tmp_path / "bad.ttl"), "--out", str(tmp_path / "site")]
    assert main([*words, "--base-url", "https://example.org/x", "--lang", "en"]) == 1
    assert "Nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ({}, UsageError),
        ({"base-url": "https://a.example", "colour": "x"}, UsageError),
        ({"base-url": "ftp://a.example"}, UnreadableData),
        ({"base-url": "https://a.example", "accent": "#ffff00"}, UnreadableData),
        ({"base-url": "https://a.example", "base": "https://a.example/id"}, UnreadableData),
        ({"base-url": "https://a.example", "report": "javascript:alert(1)"}, UnreadableData),
        ({"base-url": "https://a.example", "languages": ["de"]}, UnreadableData),
        ({"base-url": "https://a.example", "logo": "absent.svg"}, UnreadableData),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_what_to_write(
    table: dict[str, Any], error: type[RteError]
) -> None:
    with pytest.raises(error) as caught:
        read_config(table)
    assert "write" in str(caught.value) or "give" in str(caught.value)


def test_a_site_of_one_language_has_no_page_of_another() -> None:
    from observatory import pages_of

    found = pages_of(observatory(languages=["en"]), "about", "browse", "front")
    assert not [path for path in found if ".en." in path or ".fr." in path]
    assert b'<html lang="en"' in found["index.html"]
    assert b"hreflang" not in found["index.html"]
