"""``query run`` in each form: which there are, where they go, and a file whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from openpyxl import load_workbook
from pyoxigraph import QueryResultsFormat, RdfFormat

from rte_graph.cli.forms import RESULT_FORMS, RESULT_SUFFIXES
from rte_graph.sparql.formats import BOOLEAN_FORMS, GRAPH_FORMS, TABLE_FORMS

MEMBERS = ("query", "run", "members-of-alliance", "-p", "alliance=Coalition Solidaire")
HEAD = '#+ summary: {fr: "a", en: "a"}\n#+ description: {fr: "a", en: "a"}\n'
GRAPH = "#+ expect: graph\nCONSTRUCT { ?s a ?t } WHERE { ?s a ?t . FILTER(STRENDS(STR(?s), 'siel-bleu')) }"
FORMULAS = '#+ order: [x]\nSELECT ?x WHERE { VALUES (?x) { ("=1+1") ("plain") (-5) } }'


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with three queries of one's own."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "queries" / "mine"
    folder.mkdir(parents=True)
    for name, body in (
        ("types", GRAPH),
        ("any", "#+ expect: boolean\nASK { ?s ?p ?o }"),
        ("formulas", FORMULAS),
    ):
        (folder / f"{name}.rq").write_text(HEAD + body, encoding="utf-8")
    return tmp_path


def rte_graph(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "rte_graph.cli", *words], capture_output=True, **options)  # type: ignore[call-overload,no-any-return]


def test_every_form_has_a_name_an_ending_and_a_writer() -> None:
    assert set(RESULT_FORMS) == {*TABLE_FORMS, *GRAPH_FORMS, *BOOLEAN_FORMS} == set(RESULT_SUFFIXES.values())


@pytest.mark.parametrize("name", ["m.tsv", "m.json", "m.srj", "m.xml", "M.SRX"])
def test_a_table_in_the_w3cs_forms_is_the_same_table(cli, name: str) -> None:
    assert cli(*MEMBERS, "-o", name).code == 0
    form = {"tsv": "tsv", "json": "json", "srj": "json"}.get(name.lower().rpartition(".")[2], "xml")
    parsed = pyoxigraph.parse_query_results(path=name, format=QueryResultsFormat.from_extension(form))
    cli(*MEMBERS, "-o", "m.csv")
    table = list(csv.reader(io.StringIO(Path("m.csv").read_bytes().decode(), newline="")))
    assert [variable.value for variable in parsed.variables] == table[0]
    assert [[cell.value if cell else "" for cell in row] for row in parsed] == table[1:]


def test_a_workbook_says_which_question_it_answers(cli) -> None:
    assert cli(*MEMBERS, "-o", "m.xlsx", "--lang", "en").code == 0
    book = load_workbook("m.xlsx")
    assert book.sheetnames == ["members-of-alliance", "About"]
    assert book.worksheets[0]["A1"].value == "Member"
    assert book.worksheets[0]["A2"].hyperlink.target.startswith("https://w3id.org/rte/id/organisation/")
    facts = dict(book["About"].iter_rows(values_only=True))
    assert facts["Alliance (-p alliance)"] == "Coalition Solidaire"
    assert facts["Number of rows"] == "15"
    assert "tome II" in facts["Documents cited"]


def test_a_graph_is_given_in_each_form(cli) -> None:
    assert cli("query", "run", "types").out == cli("query", "run", "types", "--format", "turtle").out
    for name, form in (
        ("t.ttl", RdfFormat.TURTLE),
        ("t.jsonld", RdfFormat.JSON_LD),
        ("t.nt", RdfFormat.N_TRIPLES),
    ):
        assert cli("query", "run", "types", "-o", name).code == 0
        quads = list(pyoxigraph.parse(path=name, format=form))
        assert "https://w3id.org/rte/id/organisation/siel-bleu" in {quad.subject.value for quad in quads}
        assert len(quads) >= 2


def test_yes_and_no_are_given_in_each_form(cli) -> None:
    assert cli("query", "run", "any", "--lang", "en").out == "yes\n"
    assert json.loads(cli("query", "run", "any", "--format", "json").out) == {"head": {}, "boolean": True}
    assert "<boolean>true</boolean>" in cli("query", "run", "any", "--format", "xml").out


def test_csv_is_bare_and_safe_when_asked(cli) -> None:
    words = ("query", "run", "formulas", "--format", "csv")
    assert cli(*words).out.splitlines() == ["x", "-5", "=1+1", "plain"]
    assert cli(*words, "--safe-csv").out.splitlines() == ["x", "-5", "'=1+1", "plain"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("types", "--format", "xlsx"),
            "donne un graphe, qui ne s’écrit pas en xlsx : choisissez parmi turtle, ",
        ),
        (("types", "-o", "t.csv"), "choisissez parmi turtle, jsonld, ntriples"),
        (
            ("any", "-o", "a.csv"),
            "donne oui ou non, qui ne s’écrit pas en csv : choisissez parmi table, json, xml",
        ),
        (("formulas", "--format", "ntriples"), "donne un tableau, qui ne s’écrit pas en ntriples"),
        (("formulas", "--safe-csv"), "--safe-csv ne vaut que pour csv, pas pour table"),
        (("formulas", "-o", "x.xls"), "L’extension « .xls » n’est pas possible ici"),
    ],
)
def test_what_cannot_be_written_gets_one_sentence_and_no_file(cli, words: tuple[str, ...], said: str) -> None:
    outcome = cli("query", "run", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert [path.name for path in Path().iterdir()] == ["queries"]


def test_a_workbook_goes_to_a_pipe_but_not_to_a_terminal() -> None:
    piped = rte_graph("query", "run", "formulas", "--format", "xlsx")
    assert load_workbook(io.BytesIO(piped.stdout)).worksheets[0]["A2"].value == -5
    assert piped.stderr == b""
    ours, theirs = os.openpty()
    try:
        shown = subprocess.run(
            [
                sys.executable,
                "-m",
                "rte_graph.cli",
                "query",
                "run",
                "formulas",
                "--format",
                "xlsx",
                "--lang",
                "en",
            ],
            stdout=theirs,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert shown.returncode == 2
    assert b"A terminal cannot show xlsx: give a file, for example -o table.xlsx." in shown.stderr


def test_an_error_while_rows_are_written_leaves_the_old_file_and_nothing_beside_it(
    cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("x.csv").write_text("before", encoding="utf-8")

    def broken(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("rte_graph.sparql.formats.separated.write_texts", broken)
    assert cli("query", "run", "formulas", "-o", "x.csv").code == 130
    assert Path("x.csv").read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in Path().iterdir()) == ["queries", "x.csv"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_gets_a_sentence() -> None:
    outcome = rte_graph("query", "run", "formulas", "-o", "/dev/full", "--format", "csv", "--lang", "en")
    assert outcome.returncode == 2
    assert b"/dev/full cannot be written (disk full): choose another place with -o." in outcome.stderr
    with Path("/dev/full").open("wb") as full:
        outcome = subprocess.run(
            [
                sys.executable,
                "-m",
                "rte_graph.cli",
                "query",
                "run",
                "formulas",
                "--format",
                "csv",
                "--lang",
                "en",
            ],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert outcome.returncode == 75
    assert b"The output could not be written, the disk is full" in outcome.stderr


def test_a_reader_that_leaves_ends_the_writing_quietly() -> None:
    command = (
        f"{sys.executable} -m rte_graph.cli query run formulas --format csv | true; exit ${{PIPESTATUS[0]}}"
    )
    outcome = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (outcome.returncode in (0, 141), outcome.stderr) == (True, b"")
