"""Known faults of published data are mended and told, whichever home of ESSGlobal they come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from exchange_samples import SAMPLES
from pyoxigraph import NamedNode

from rte_graph.exchange.align import Alignment, align
from rte_graph.exchange.mending import mend
from rte_graph.exchange.reading import read_foreign
from rte_graph.exchange.vocabularies import canonical

HOMES = (
    "http://purl.org/essglobal/vocab/",
    "http://purl.org/essglobal/vocab/v1.0/",
    "http://www.purl.org/essglobal/vocab/",
    "https://w3id.solidarityeconomy.coop/essglobal/V2a/vocab/",
    "https://lod.coop/essglobal/2.1/vocab/",
    "https://lod.coop/essglobal/2.1/",
    "https://dev.lod.coop/essglobal/2.1/vocab/",
    "https://dev.lod.coop/essglobal/V2a/vocab/",
)


def counts(found: Alignment) -> dict[str, int]:
    return {each.kind: each.count for each in found.mended.mends}


def mended(tmp_path: Path, text: str, name: str = "a.ttl", **options: str) -> tuple[set[str], dict[str, int]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = mend(read_foreign(path), **options)
    return {str(triple) for triple in found.triples}, {each.kind: each.count for each in found.mends}


def test_each_fault_of_the_directory_is_counted(aligned: Callable[[str], Alignment]) -> None:
    assert counts(aligned("essglobal")) == {
        "form": 10,
        "development": 7,
        "language": 9,
        "empty": 5,
        "blanks": 1,
        "unsafe": 1,
    }


@pytest.mark.parametrize("home", HOMES)
def test_the_same_comes_across_from_every_home_of_essglobal(
    home: str, tmp_path: Path, aligned: Callable[[str], Alignment]
) -> None:
    path = tmp_path / "directory-essglobal.ttl"
    text = SAMPLES["essglobal"].read_text(encoding="utf-8")
    path.write_text(text.replace("http://purl.org/essglobal/vocab/v1.0/", home), encoding="utf-8")
    found = align(path)
    assert found.mapped == aligned("essglobal").mapped
    assert found.round_trip.back == aligned("essglobal").round_trip.back


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        ("https://lod.coop/essglobal/V2a/standard/activities-ica/ICA10", "standard/activities-ica/ICA10"),
        (
            "https://w3id.solidarityeconomy.coop/essglobal/V2a/standard/legal-form/L1",
            "standard/legal-form/L1",
        ),
        ("http://www.purl.org/essglobal/standard/legal-form/L2", "standard/legal-form/L2"),
    ],
)
def test_concepts_are_known_in_every_home(iri: str, written: str) -> None:
    found = canonical(iri)
    assert found is not None
    assert found[2] == f"http://purl.org/essglobal/{written}"


@pytest.mark.parametrize(
    "iri", ["https://evil.example/essglobal/vocab/x", "https://lod.coop/essglobalx/2.1/y"]
)
def test_a_look_alike_is_not_taken_for_essglobal(iri: str) -> None:
    assert canonical(iri) is None


def test_what_the_file_describes_moves_to_the_public_host_and_what_it_links_to_stays(tmp_path: Path) -> None:
    triples, told = mended(
        tmp_path,
        "<http://dev.data.example/a> <http://p.example/p> <http://dev.data.example/b> , "
        "<https://dev.other.example/page> , <https://dev.to/coop> .",
    )
    assert triples == {
        "<http://data.example/a> <http://p.example/p> <http://data.example/b>",
        "<http://data.example/a> <http://p.example/p> <https://dev.other.example/page>",
        "<http://data.example/a> <http://p.example/p> <https://dev.to/coop>",
    }
    assert told == {"development": 2}


def test_local_addresses_are_told_and_replaced_when_the_public_one_is_given(tmp_path: Path) -> None:
    text = "<http://localhost:3000/a> <http://p.example/p> <http://127.0.0.1/b> ."
    kept, told = mended(tmp_path, text)
    assert kept == {"<http://localhost:3000/a> <http://p.example/p> <http://127.0.0.1/b>"}
    assert told == {"local": 2}
    moved, told = mended(tmp_path, text, base="https://data.example/x/")
    assert moved == {"<https://data.example/x/a> <http://p.example/p> <https://data.example/x/b>"}
    assert told == {"development": 2}


def test_regions_in_capitals_and_at_signs_in_texts_are_no_faults(tmp_path: Path) -> None:
    _, told = mended(tmp_path, r'<http://a> <http://p> "colour"@en-GB , "say \"@FR\"" , "a@FR.example"@fr .')
    assert told == {}


def test_the_context_of_schema_org_is_not_fetched(aligned: Callable[[str], Alignment]) -> None:
    found = aligned("schema")
    assert counts(found)["context"] == 1
    assert found.speaks == {"schema": found.account.triples}


def test_another_context_elsewhere_is_refused_by_the_name_of_the_file(tmp_path: Path) -> None:
    from rte_graph.errors import UnreadableData

    path = tmp_path / "page.jsonld"
    path.write_text(
        '{"@context": ["https://schema.org", "https://evil.example/c"], "name": "x"}', encoding="utf-8"
    )
    with pytest.raises(UnreadableData) as caught:
        align(path)
    assert caught.value.fr.startswith(f"{path} renvoie au contexte « https://evil.example/c »")


def test_nodes_without_a_name_get_the_same_one_each_time(aligned: Callable[[str], Alignment]) -> None:
    again = mend(read_foreign(SAMPLES["pair"]))
    assert again.triples == aligned("pair").mended.triples
    named = [t for t in again.triples if isinstance(t.object, NamedNode) and "/genid/" in t.object.value]
    assert len(named) == 2
