"""Each thing that ``publish --check`` promises to look for is planted in a sound site, and found.

All are planted in one copy of the site, which is checked once: that a sound site has no fault is tested
beside.
"""

from __future__ import annotations

import gzip
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from observatory import BASE, observatory, observatory_store, published
from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.namespaces import DCTERMS, RTE, SKOS
from rte_graph.publish.lint import check_site
from rte_graph.publish.lint_iris import Iris, local_faults
from rte_graph.publish.lint_names import LONGEST_PATH, name_faults
from rte_graph.publish.lint_void import void_faults
from rte_graph.store import EmbeddedStore

ADDRESS = "https://observatoire.example.org"
ALLIANCE, PERSON = f"{BASE}alliance/ateliers", "id/person/camille-exemple"
LOCAL = (
    "http://localhost:3030/x",
    "http://127.0.0.1/x",
    "https://dev.example.org/x",
    "https://staging-graph.example.org/x",
    "file:///home/me/x",
    "http://nas.local/x",
    "http://172.20.0.3/x",
)

Faults = list[tuple[str, str]]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def say(path: Path, *triples: str) -> None:
    with path.open("a", encoding="utf-8") as out:
        out.write("\n" + "\n".join(f"{each} ." for each in triples) + "\n")


def add_line(path: Path, line: str) -> None:
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()) + line.encode()))


def plant_in_files(folder: Path) -> None:
    """IRIs that lead nowhere, in each sort of file; files that are broken or do not state their licence."""
    theme = f"<{RTE('theme')}>"
    say(folder / "id/alliance/ateliers.ttl", f"<{ALLIANCE}> {theme} <{BASE}theme/absent>")
    say(folder / "id/alliance/ateliers.ttl", f"<{ALLIANCE}> a <{RTE('Aliance')}>")
    twin = folder / "id/alliance/ateliers.jsonld"
    change(twin, f'"@id": "{BASE}citation/reparer"', f'"@id": "{BASE}citation/absent"')
    add_line(folder / "dumps/data.nt.gz", f"<{ADDRESS}/nowhere> {theme} <{ADDRESS}/index.html#y> .\n")
    for name in ("measurements.ttl", "measurements.jsonld"):
        text = (folder / name).read_text("utf-8")
        moved = re.sub(r"#computation-([a-z-]+)", r"#computations-\1", text, count=1)
        (folder / name).write_text(moved, "utf-8")
    (folder / "id/person/camille-exemple.ttl").write_text("<broken", "utf-8")
    change(folder / "id/alliance/table-commune.ttl", "dcterms:license", "dcterms:rights")
    change(folder / "id/alliance/table-commune.jsonld", "dcterms:license", "dcterms:rights")
    say(folder / "catalogue/dcat.ttl", *(f"<{ADDRESS}/index.html> {theme} <{each}>" for each in LOCAL))
    (folder / "dumps/data.ttl.gz").unlink()


def plant_in_pages(folder: Path) -> None:
    """Links and markup."""
    (folder / "map.html").write_text('<div id="app"></div><script>{"key":"commune-1"}</script>', "utf-8")
    links = ("map.html#at=commune-1", "map.html#at=commune-2", "absent.html", "index.html#nowhere")
    for link in links:
        change(folder / "about.html", "</main>", f'<p><a href="{link}">a</a></p></main>')
    change(folder / "about.en.html", "</main>", '<p><div></p><a href="javascript:x">x</a></main>')
    change(folder / "changes.html", "</main>", '<p id="main">twice</p><img src="assets/icon.svg"></main>')


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Faults:
    """What the checks say of a site in which everything is planted."""
    folder = tmp_path_factory.mktemp("planted") / "site"
    shutil.copytree(published(), folder)
    plant_in_files(folder)
    plant_in_pages(folder)
    return [(each.check, each.message.en) for each in check_site(observatory(), folder).faults]


@pytest.mark.parametrize(
    "sentence",
    [
        f"{BASE}theme/absent is used but not described: it has no page.",
        f"{BASE}citation/absent is used but not described: it has no page.",
        f"{RTE('Aliance')}, in id/alliance/ateliers.ttl, leads to nothing in the site.",
        f"{ADDRESS}/nowhere, in dumps/data.nt.gz, leads to nothing in the site.",
        f"{ADDRESS}/index.html#y, in dumps/data.nt.gz, leads to nothing in the site.",
    ],
)
def test_an_iri_that_leads_nowhere_is_found_in_whichever_file_it_stands(found: Faults, sentence: str) -> None:
    assert ("resolving", sentence) in found


def test_a_computation_that_measurements_name_and_nobody_describes_is_found(found: Faults) -> None:
    texts = [text for check, text in found if check == "resolving"]
    assert [text for text in texts if "#computation" in text and text.endswith("nothing in the site.")]


def test_a_file_that_is_not_the_turtle_it_says_is_found(found: Faults) -> None:
    texts = [text for check, text in found if check == "rdf"]
    assert len(texts) == 1
    assert texts[0].startswith(f"{PERSON}.ttl cannot be read as Turtle: ")


@pytest.mark.parametrize("suffix", [".ttl", ".jsonld"])
def test_a_resource_whose_file_does_not_state_its_licence_is_found(found: Faults, suffix: str) -> None:
    assert ("licence", f"id/alliance/table-commune{suffix} does not state its licence.") in found


@pytest.mark.parametrize("iri", LOCAL)
def test_an_address_of_one_machine_or_of_development_is_found(found: Faults, iri: str) -> None:
    assert ("local", f"{iri} exists on one machine only: publish under a public address.") in found


def test_a_public_address_is_no_local_one() -> None:
    iris = Iris()
    public = (
        "https://developers.example.org/x",
        "https://localhost.example.org/x",
        "https://10.example.org/x",
    )
    iris.used.update(dict.fromkeys(public, ""))
    assert [each.message.en for each in local_faults(observatory(), iris)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "about.html leads to absent.html, which does not exist.",
        "about.html leads to index.html#nowhere, which does not exist.",
        "about.html leads to map.html#at=commune-2, which does not exist.",
        "about.en.html has a link javascript:x: a page leads to http(s) and mailto only.",
    ],
)
def test_a_dead_link_is_found_in_pages_in_places_of_pages_and_on_the_map(
    found: Faults, sentence: str
) -> None:
    assert ("links", sentence) in found
    assert not [text for _, text in found if "commune-1," in text]


@pytest.mark.parametrize(
    "sentence",
    [
        "about.en.html: <div> inside <p>.",
        "changes.html: id “main” twice or empty.",
        "changes.html: picture without a text.",
    ],
)
def test_html_that_is_not_valid_is_found(found: Faults, sentence: str) -> None:
    assert ("markup", sentence) in found


def test_a_dump_that_is_missing_and_one_that_has_too_much_are_found(found: Faults) -> None:
    assert ("void", f"VoID names {ADDRESS}/dumps/data.ttl.gz, which is missing.") in found
    assert [
        text for _, text in found if re.fullmatch(r"data.nt.gz has \d+ triples, the data have \d+\.", text)
    ]


@pytest.mark.parametrize(
    ("name", "node"),
    [
        ("triples", "#dataset>\n    a void:Dataset"),
        ("entities", "#dataset>\n    a void:Dataset"),
        ("classes", "#dataset>\n    a void:Dataset"),
        ("distinctObjects", "#dataset>\n    a void:Dataset"),
        ("entities", "#class-rte-Alliance>\n"),
        ("triples", "#property-skos-prefLabel>\n"),
    ],
)
def test_a_count_of_void_that_is_off_by_one_is_found(tmp_path: Path, name: str, node: str) -> None:
    for part in ("catalogue", "dumps"):
        shutil.copytree(published() / part, tmp_path / part)
    path = tmp_path / "catalogue/void.ttl"
    text = path.read_text("utf-8")
    number = re.compile(rf"void:{name} (\d+)").search(text, text.index(node))
    assert number is not None
    wrong = int(number[1]) + 1
    path.write_text(f"{text[: number.start(1)]}{wrong}{text[number.end(1) :]}", "utf-8")
    (fault,) = void_faults(observatory(), tmp_path)
    assert fault.message.en.startswith(f"VoID states void:{name} {wrong}, there are {number[1]} (data.nt.gz")


def test_a_dataset_without_a_licence_and_a_telephone_in_a_persons_role_are_found(tmp_path: Path) -> None:
    node, store, site = (
        f"{BASE}membership/camille-exemple--cantine-du-pont",
        EmbeddedStore.in_memory(),
        observatory(),
    )
    kept = [each for each in observatory_store().triples() if each.predicate.value != DCTERMS("license")]
    note = Triple(
        NamedNode(node), NamedNode(SKOS("note")), Literal("joindre au +32 475 12 34 56", language="fr")
    )
    store.replace_dataset(NamedNode(f"{BASE}dataset/val-clair"), [*kept, note])
    changed = replace(site, store=store, config=replace(site.config, licence=""))
    texts = [(each.check, each.message.en) for each in check_site(changed, tmp_path).faults]
    licence = f"{BASE}dataset/val-clair has no licence: write dcterms:license there."
    assert ("licence", licence) in texts
    privacy = f"{node} has an e-mail address or a telephone number: take them out of the data."
    assert ("privacy", privacy) in texts


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("id/x/con.html", "has the name of a device of Windows, con.html"),
        ("id/x/LPT1", "has the name of a device of Windows, LPT1"),
        ("id/x./a.html", "ends in a dot or a space, which Windows takes away"),
        ("id/x/a:b.html", "has characters that not every system takes (:)"),
        ("id/x/é.html", "has characters that not every system takes (é)"),
        ("id/x/" + "n" * LONGEST_PATH, f"has {LONGEST_PATH + 5} characters, Windows refuses more than 240"),
    ],
)
def test_a_file_name_that_a_system_refuses_is_found_with_its_reason(path: str, reason: str) -> None:
    assert f"The file {path} {reason}." in [each.message.en for each in name_faults([path])]


def test_names_that_differ_by_capitals_only_are_found_and_plain_ones_are_not() -> None:
    (fault,) = name_faults(["id/A.html", "id/a.html"])
    assert fault.message.en == "id/a.html and id/A.html are one file on macOS and Windows."
    assert not list(name_faults(["id/x/a-b.en.html", ".well-known/void", ".htaccess"]))
