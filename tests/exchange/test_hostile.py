"""Files made to harm end in one sentence or in a report; nothing of them is run or fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from rte_graph.cli import main
from rte_graph.errors import LimitReached, NestingLimit, SizeLimit, TimeLimit
from rte_graph.exchange.align import align
from rte_graph.exchange.writing import files_of

PREFIXES = """@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix essglobal: <http://purl.org/essglobal/vocab/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix gr: <http://purl.org/goodrelations/v1#> .
@prefix rte: <https://w3id.org/rte/ontology#> . @prefix : <http://a.example/> .
"""


def written(folder: Path, text: str, name: str = "hostile.ttl") -> Path:
    path = folder / name
    path.write_text(text if name.endswith("json") else PREFIXES + text, encoding="utf-8")
    return path


def test_addresses_that_run_code_are_in_no_file_and_told(tmp_path: Path) -> None:
    found = align(
        written(
            tmp_path,
            """:a a org:Organization ; skos:prefLabel "A" ;
            foaf:homepage <javascript:alert(1)> , "javascript:alert(2)" , <data:text/html,x> ,
                "https://ok.example/\\"><script>" .
            <javascript:alert(3)> a org:Organization ; skos:prefLabel "B" .""",
        )
    )
    files = files_of(found, "fr")
    for name in ("mapped.ttl", "mended.ttl", "lost.ttl", "back.ttl"):
        assert "<javascript:" not in files[name]
        assert "<data:" not in files[name]
    assert "homepage" not in files["mapped.ttl"]
    assert {each.kind: each.count for each in found.mended.mends} == {"unsafe": 4}


def test_a_name_with_control_characters_is_mended_and_commands_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(
        tmp_path,
        r':a a org:Organization ; skos:prefLabel "Si\u001B[2Jel \u202EBleu\u0007" .'
        r' :b <http://p/\u202Ex> "\u0000" .',
    )
    found = align(path)
    assert '"Si[2Jel Bleu"@und' in files_of(found, "fr")["mapped.ttl"]
    assert found.gaps.of(missing=False) == ()
    assert main(["align", str(path)]) == 0
    shown = capsys.readouterr().out
    assert not set(shown) & {"\x1b", "\u202e", "\x07", "\x00"}


def test_text_of_the_data_never_becomes_query_text(tmp_path: Path) -> None:
    found = align(
        written(
            tmp_path,
            r""":a a org:Organization ; org:memberOf :b ;
            skos:prefLabel "\" } ; DROP ALL ; INSERT { <x> <y> <z> } WHERE { #"@en .
            :b a org:OrganizationalCollaboration ; skos:prefLabel "?s ?p ?o }" .""",
        )
    )
    names = {t.object.value for t in found.mapped if t.predicate.value.endswith("prefLabel")}  # type: ignore[union-attr]
    assert names == {'" } ; DROP ALL ; INSERT { <x> <y> <z> } WHERE { #', "?s ?p ?o }"}


def test_a_file_cannot_declare_mappings_of_its_own(tmp_path: Path) -> None:
    found = align(
        written(
            tmp_path,
            """<https://w3id.org/rte/vocab/organisation-kind/bank> skos:exactMatch
            <http://purl.org/essglobal/standard/legal-form/L1> .
            :a a essglobal:SSEInitiative ; gr:name "A" ;
            essglobal:legalForm <http://purl.org/essglobal/standard/legal-form/L1> .""",
        )
    )
    assert not any(triple.predicate.value.endswith("#kind") for triple in found.mapped)


def test_a_huge_file_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_FILE_BYTES", "1000")
    text = "".join(f":a{n} a org:Organization .\n" for n in range(100))
    for name in ("huge.ttl", "huge.json"):
        path = written(tmp_path, text, name)
        assert main(["align", str(path), "-o", str(tmp_path / "out")]) == 75
        assert "RTE_GRAPH_MAX_FILE_BYTES" in capsys.readouterr().err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["huge.json", "huge.ttl"]


def test_deep_json_is_refused_with_the_context_of_schema_org_too(tmp_path: Path) -> None:
    deep = '{"@context": "https://schema.org", "member": ' + "[" * 5_000 + "]" * 5_000 + "}"
    with pytest.raises(NestingLimit) as caught:
        align(written(tmp_path, deep, "deep.json"))
    assert str(tmp_path / "deep.json") in caught.value.fr


def test_a_node_with_too_many_ends_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    members = ", ".join(f":p{n}" for n in range(200))
    groups = ", ".join(f":o{n}" for n in range(200))
    path = written(tmp_path, f":m a org:Membership ; org:member {members} ; org:organization {groups} .")
    with pytest.raises(SizeLimit) as caught:  # 40 000 memberships, on the way back
        align(path)
    assert "trop de valeurs" in caught.value.fr


def test_joins_without_end_are_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_QUERY_SECONDS", "1")
    monkeypatch.setattr("rte_graph.exchange.running._AT_LEAST", 10**9)
    ends = ", ".join(f":p{n}" for n in range(2_000))
    text = f"<http://m> a <https://schema.org/Role> ; <https://schema.org/contributor> {ends} .\n"
    text += "\n".join(f":e{n} <https://schema.org/contributor> <http://m> ." for n in range(2_000))
    with pytest.raises(TimeLimit) as caught:
        align(written(tmp_path, text))
    assert "RTE_GRAPH_MAX_QUERY_SECONDS" in caught.value.fr


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("broken.ttl", ":a :b", 65),
        (
            "page.rdf",
            '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
            65,
        ),
        ("absent.ttl", None, 2),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(
    name: str, text: str | None, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert main(["align", str(path), "-o", str(tmp_path / "out")]) == code
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "base", ["javascript:alert(1)", "https://a b", 'https://a.example/"x', "a.example", "http://"]
)
def test_a_base_that_is_no_public_address_is_refused(base: str, tmp_path: Path) -> None:
    assert main(["align", str(written(tmp_path, ":a a org:Organization .")), "--base", base]) == 2


def test_limits_are_errors_of_one_kind() -> None:
    assert issubclass(TimeLimit, LimitReached)
