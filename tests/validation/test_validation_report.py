from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode
from rdflib.namespace import RDF, SH
from rich.console import Console

from rte_graph.errors import InternalError
from rte_graph.loading import examine
from rte_graph.namespaces import RTE, data_namespace
from rte_graph.validation import Ontology, Report, print_text, read_ontology, to_json, to_turtle
from rte_graph.validation.checks import BLANK_NODE, UNDECLARED_CONCEPT, UNDECLARED_TERM, nearest
from tests.conftest import plain

BAD = """\
alliance:good a rte:Alliance ; skos:prefLabel "Bonne"@fr ; rte:form alliance-form:network ; rte:note "n" .
alliance:bad a rte:Alliance ;
    skos:prefLabel "Mauvaise"@fr, "Bad one"@en ;
    rte:note "n" ;
    rte:form alliance-form:network ,
        <http://x.org/shape> .
alliance:unnamed a rte:MetaCoalition ;
    skos:prefLabel "sans langue" ; rte:form alliance-form:network .
membership:m a rte:Membership ;
    org:member organisation:ghost .
alliance:self a rte:Alliance ; skos:prefLabel "Soi"@fr ; rte:note "n" ; rte:form alliance-form:network ;
    rte:memberOf alliance:self .
"""
HEAD = 12  # lines of the prefixes that the fixture puts first


def text_of(report: Report, lang: str = "fr", width: int = 100, *, raw: bool = False) -> str:
    page = StringIO()
    print_text(report, Console(file=page, width=width, highlight=False), lang)
    return page.getvalue() if raw else plain(page.getvalue())


@pytest.fixture
def report(write: Callable[..., Path], mini_ontology: Ontology, monkeypatch: pytest.MonkeyPatch) -> Report:
    path = write("bad.ttl", BAD)
    monkeypatch.chdir(path.parent)
    return examine(["bad.ttl"], ontology=mini_ontology)


def by_shape(report: Report, local: str) -> list[tuple[str, int | None, str]]:
    return [
        (result.severity, result.line and result.line - HEAD, plain(result.message("fr")))
        for result in report.results
        if result.shape == RTE(local)
    ]


def test_each_fault_is_found_once_with_its_line_severity_and_message(report: Report) -> None:
    assert by_shape(report, "ActorShape-prefLabel") == [
        ("violation", 8, "Donner un nom (skos:prefLabel), avec sa langue.")
    ]
    assert by_shape(report, "AllianceShape-note") == [("warning", 7, "Ajouter une note.")]
    assert by_shape(report, "MembershipShape-member") == [
        ("violation", 10, "Donner le membre (org:member), un acteur décrit ici.")
    ]
    assert len(report.violations) == 5
    assert len(report.warnings) == 1
    assert not report.conforms


def test_a_value_too_many_is_cited_at_the_property_and_a_wrong_one_at_the_value(report: Report) -> None:
    assert sorted(by_shape(report, "AllianceShape-form")) == [
        ("violation", 5, "Il y a trop de valeurs : gardez la bonne."),
        (
            "violation",
            6,
            "La valeur n’est pas une chose de la classe attendue : corrigez l’IRI ou décrivez-la.",
        ),
    ]


def test_messages_of_sparql_constraints_keep_their_language_and_their_values(report: Report) -> None:
    (found,) = [r for r in report.results if r.focus == NamedNode(data_namespace("alliance")("self"))]
    iri = data_namespace("alliance")("self")
    assert found.message("fr") == f"{iri} ne peut être membre d’elle-même."
    assert found.message("en") == f"{iri} cannot be a member of itself."


def test_results_are_sorted_violations_first(report: Report) -> None:
    severities = [result.severity for result in report.results]
    assert severities == sorted(severities, key=["violation", "warning", "info"].index)


def test_the_text_names_subject_value_place_and_repair_in_100_columns(report: Report) -> None:
    text = text_of(report)
    assert "Violation · nom · rte:ActorShape-prefLabel" in text
    assert "bad.ttl:18  Mauvaise (alliance:bad)" in text
    assert "rte:form http://x.org/shape" in text
    assert "Avertissement · rte:AllianceShape-note" in text
    assert text.rstrip().endswith("Non conforme : 5 violations, 1 avertissement ; 20 triplets, 3 formes.")
    assert max(map(len, text.splitlines())) <= 100
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_the_text_speaks_english(report: Report) -> None:
    text = text_of(report, "en")
    assert "Violation · name · rte:ActorShape-prefLabel" in text
    assert "Bad one (alliance:bad)" in text
    assert "Give a name (skos:prefLabel), with its language." in text
    assert "Does not conform: 5 violations, 1 warning; 20 triples against 3 shapes." in text


def test_a_no_break_space_never_breaks_a_line(write: Callable[..., Path], mini_ontology: Ontology) -> None:
    body = f'alliance:a a rte:Actor ; skos:prefLabel "{"mot " * 9}fin" .'
    report = examine([write("x.ttl", body)], ontology=mini_ontology)
    for width in range(30, 80):
        lines = text_of(report, width=width, raw=True).splitlines()
        assert not any(line.endswith("«") or line.strip().startswith("»") for line in lines)
        assert any("«\u00a0mot" in line for line in lines)


def test_the_json_holds_every_result_with_file_and_line(report: Report) -> None:
    document = json.loads(to_json(report, "en"))
    assert document["conforms"] is False
    assert document["violations"] == 5
    assert document["warnings"] == 1
    (name,) = [r for r in document["results"] if r["shape"] == RTE("ActorShape-prefLabel")]
    assert name == {
        "severity": "violation",
        "shape": RTE("ActorShape-prefLabel"),
        "shapeLabel": "name",
        "component": str(SH.DatatypeConstraintComponent),
        "focus": data_namespace("alliance")("unnamed"),
        "focusLabel": "sans langue",
        "subject": data_namespace("alliance")("unnamed"),
        "subjectLabel": "sans langue",
        "path": "http://www.w3.org/2004/02/skos/core#prefLabel",
        "value": "sans langue",
        "valueLabel": "sans langue",
        "values": [],
        "file": "bad.ttl",
        "line": 8 + HEAD,
        "message": "Give a name (skos:prefLabel), with its language.",
    }


def test_the_turtle_is_a_w3c_report_with_as_many_results(report: Report) -> None:
    graph = rdflib.Graph().parse(data=to_turtle(report), format="turtle")
    (head,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert len(list(graph.objects(head, SH.result))) == len(report.results)
    assert graph.value(head, SH.conforms) == rdflib.Literal(False)
    assert (None, SH.resultMessage, rdflib.Literal("Ajouter une note.", lang="fr")) in graph


def test_same_data_give_the_same_bytes(write: Callable[..., Path], mini_ontology: Ontology) -> None:
    path = write("bad.ttl", BAD + "alliance:x rte:nope [ rte:note 1 ], [ rte:note 2 ] .\n")
    one, two = (examine([path], ontology=mini_ontology) for _ in range(2))
    assert to_turtle(one) == to_turtle(two)
    assert to_json(one) == to_json(two)
    assert text_of(one) == text_of(two)


def test_good_data_conform_and_say_so(write: Callable[..., Path], mini_ontology: Ontology) -> None:
    report = examine([write("good.ttl", BAD.splitlines()[0])], ontology=mini_ontology)
    assert report.conforms
    assert report.results == ()
    assert text_of(report) == "Conforme : 0 violation, 0 avertissement ; 4 triplets, 3 formes.\n"
    graph = rdflib.Graph().parse(data=to_turtle(report), format="turtle")
    assert (None, SH.conforms, rdflib.Literal(True)) in graph


def test_warnings_alone_conform_but_the_w3c_report_says_false(
    write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    body = 'alliance:a a rte:Alliance ; skos:prefLabel "A"@fr ; rte:form alliance-form:network .'
    report = examine([write("warn.ttl", body)], ontology=mini_ontology)
    assert report.conforms
    assert [r.severity for r in report.results] == ["warning"]
    assert "sh:conforms false" in to_turtle(report)


@pytest.mark.parametrize(
    ("statement", "rule", "message"),
    [
        (
            "alliance:a rte:levle 1 .",
            UNDECLARED_TERM,
            "Le terme rte:levle n’est déclaré nulle part : écrivez rte:level.",
        ),
        (
            "alliance:a a rte:Aliance .",
            UNDECLARED_TERM,
            "Le terme rte:Aliance n’est déclaré nulle part : écrivez rte:Alliance.",
        ),
        (
            "alliance:a rdf:predicate rte:zzzzzz .",
            UNDECLARED_TERM,
            "Le terme rte:zzzzzz n’est déclaré nulle part : corrigez-le ou déclarez-le dans l’ontologie.",
        ),
        (
            "alliance:a rte:form alliance-form:netwrok .",
            UNDECLARED_CONCEPT,
            "Le concept alliance-form:netwrok n’est déclaré nulle part : écrivez alliance-form:network.",
        ),
    ],
)
def test_an_undeclared_term_is_a_violation_that_names_the_nearest(
    write: Callable[..., Path], mini_ontology: Ontology, statement: str, rule: str, message: str
) -> None:
    report = examine([write("typo.ttl", statement)], ontology=mini_ontology)
    (found,) = [r for r in report.results if r.shape == rule]
    assert plain(found.message("fr")) == message
    assert found.severity == "violation"
    assert found.line == 1 + HEAD


def test_a_concept_declared_in_the_files_themselves_is_declared(
    write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    body = "alliance:a rte:form alliance-form:own . alliance-form:own a skos:Concept ."
    report = examine([write("own.ttl", body)], ontology=mini_ontology)
    assert not [r for r in report.results if r.shape == UNDECLARED_CONCEPT]


def test_the_nearest_term_is_the_one_with_the_fewest_slips() -> None:
    declared = [RTE(name) for name in ("level", "lever", "form")]
    assert nearest("rte:levle", declared) == "rte:level"
    assert nearest("rte:levre", declared) == "rte:lever"
    assert nearest("rte:quiteother", declared) is None


def test_blank_nodes_are_warned_of_and_do_not_fail(
    write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    report = examine([write("b.ttl", "alliance:a rte:note [] .\n[] rte:note 1 .")], ontology=mini_ontology)
    found = [r for r in report.results if r.shape == BLANK_NODE]
    assert [r.severity for r in found] == ["warning", "warning"]
    assert {r.line for r in found} == {None, 1 + HEAD}
    assert "nœud anonyme" in text_of(report)


def test_a_thing_that_nobody_describes_is_cited_where_it_is_pointed_to(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rte: <https://w3id.org/rte/ontology#> ."
        "rte:S a sh:NodeShape ; sh:targetObjectsOf rte:note ; sh:property rte:S-type ."
        "rte:S-type a sh:PropertyShape ; sh:minCount 1 ;"
        "  sh:path <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> .",
        encoding="utf-8",
    )
    path = write("x.ttl", "\nalliance:a\n  rte:note alliance:b .")
    report = examine([path], ontology=read_ontology([], [shapes]))
    (found,) = [r for r in report.results if r.shape == RTE("S-type")]
    assert (found.file, found.line) == (path, 3 + HEAD)


def test_what_only_explains_another_result_is_not_counted_again(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rte: <https://w3id.org/rte/ontology#> ."
        "rte:S a sh:NodeShape ; sh:targetSubjectsOf rte:note ; sh:property rte:S-note ."
        "rte:S-note a sh:PropertyShape ; sh:path rte:note ; sh:node rte:Short ."
        "rte:Short a sh:NodeShape ; sh:maxLength 2 .",
        encoding="utf-8",
    )
    report = examine([write("x.ttl", 'alliance:a rte:note "long" .')], ontology=read_ontology([], [shapes]))
    assert [r.shape for r in report.results if r.shape != UNDECLARED_TERM] == [RTE("S-note")]
    assert "sh:detail" in to_turtle(report)


def test_shapes_that_are_broken_are_our_fault_and_not_the_data_s(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rte: <https://w3id.org/rte/ontology#> ."
        "rte:S a sh:NodeShape ; sh:targetNode rte:x ; sh:property rte:P ."
        "rte:P sh:path rte:p ; sh:minCount 'x' .",
        encoding="utf-8",
    )
    with pytest.raises(InternalError) as caught:
        examine([write("x.ttl", "alliance:a a rte:Alliance .")], ontology=read_ontology([], [shapes]))
    assert "\n" not in caught.value.fr


def test_a_returned_validation_failure_is_noticed(
    write: Callable[..., Path], mini_ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyshacl
    from pyshacl.errors import ValidationFailure

    monkeypatch.setattr(
        pyshacl, "validate", lambda *a, **k: (False, ValidationFailure("too deep"), "too deep")
    )
    with pytest.raises(InternalError, match="too deep"):
        examine([write("x.ttl", BAD)], ontology=mini_ontology)


def test_long_groups_are_cut_and_say_how_many_more(
    write: Callable[..., Path], mini_ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_RESULTS_SHOWN", "2")
    body = "".join(f"membership:m{n} a rte:Membership .\n" for n in range(5))
    text = text_of(examine([write("x.ttl", body)], ontology=mini_ontology))
    assert text.count("org:member — absent") == 2
    assert "… et 3 de plus (tous avec --format json)" in text


def test_a_name_or_a_value_cannot_command_the_terminal(
    write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    hostile = "\\u001B]0;x\\u0007\\u202ESiel Bleu"
    body = f'alliance:a a rte:Alliance ; skos:prefLabel "{hostile}"@fr, "{hostile}" ; rte:form 1 .'
    text = text_of(examine([write("x.ttl", body)], ontology=mini_ontology), width=1000)
    assert "]0;xSiel Bleu (alliance:a)" in text
    assert "« ]0;xSiel Bleu »" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


SETWISE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rte: <https://w3id.org/rte/ontology#> .
rte:S-order a sh:NodeShape ; sh:targetNode rte:note ; sh:message "Ranger."@fr, "Sort."@en ;
  sh:sparql [ sh:select "SELECT $this ?value WHERE { ?value $this ?a, ?b . FILTER (?a < ?b) }" ] .
"""


def test_a_shape_that_looks_at_a_set_names_the_thing_at_fault_and_its_line(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "shapes.ttl").write_text(SETWISE, encoding="utf-8")
    body = 'alliance:a skos:prefLabel "Alpha"@fr ;\n  rte:note 1, 2 .'
    report = examine([write("x.ttl", body)], ontology=read_ontology([], [tmp_path / "shapes.ttl"]))
    (found,) = [r for r in report.results if r.shape == RTE("S-order")]
    assert (found.focus, found.subject) == (
        NamedNode(RTE("note")),
        NamedNode(data_namespace("alliance")("a")),
    )
    assert found.line == 2 + HEAD
    text = text_of(report, width=1000)
    assert "Alpha (alliance:a)\n        rte:note\n" in text
    assert "sh:focusNode rte:note" in to_turtle(report), "the W3C report says what the shape says"


def test_too_many_values_are_all_named(report: Report) -> None:
    text = text_of(report, width=1000)
    assert "rte:form alliance-form:network « réseau », http://x.org/shape\n" in text


ILL_TYPED = " ; ".join(
    f'rte:note "{value}"^^xsd:{name}'
    for value, name in (
        *(
            ("hier", "date"),
            ("2020-13-45", "date"),
            ("hier", "gYear"),
            ("oui", "boolean"),
            ("1,5", "decimal"),
        ),
        *(("douze", "integer"), ("?", "base64Binary"), ("x", "hexBinary"), ("P", "duration"), ("?", "time")),
    )
)


@pytest.mark.parametrize("form", ["text", "json", "turtle"])
def test_ill_typed_values_write_nothing_but_the_report(write: Callable[..., Path], form: str) -> None:
    path = write("x.ttl", f"alliance:a {ILL_TYPED} .")
    command = [sys.executable, "-m", "rte_graph.cli", "validate", str(path), "--format", form]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 1


def test_ill_typed_values_make_no_noise(
    write: Callable[..., Path], mini_ontology: Ontology, caplog: pytest.LogCaptureFixture
) -> None:
    examine([write("x.ttl", 'alliance:a rte:note "hier"^^xsd:date .')], ontology=mini_ontology)
    assert caplog.records == []
