"""``rte-graph sparql``, from the words on the line to what stands on the screen or in the file."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from rte_graph.store import DiskStore
from tests.store.sparql_server import server

Run = Callable[..., Any]
DATA = NamedNode("https://x.org/data")
LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
ALL = "SELECT ?thing ?label { ?thing skos:prefLabel ?label } ORDER BY ?label"


def things(count: int) -> list[Triple]:
    return [
        Triple(NamedNode(f"https://x.org/{n}"), LABEL, Literal(f"Chose {n}", language="fr"))
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of five things, which no test here changes."""
    folder = tmp_path_factory.mktemp("five") / "store"
    writer = DiskStore.create(folder)
    writer.replace_dataset(DATA, things(5))
    writer.close()
    return folder


@pytest.fixture
def ask(cli: Run, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the verb on that store, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: cli("sparql", "--store", base, *words)


def test_a_table_for_the_eye_with_the_prefixes_of_the_project(ask: Run) -> None:
    outcome = ask(ALL)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[0].split() == ["Thing", "Label"]
    assert lines[2].split() == ["https://x.org/0", "Chose", "0"]
    assert lines[-1] == "5 lignes"
    assert outcome.err == ""


def test_yes_or_no_in_both_languages(ask: Run) -> None:
    assert ask("ASK { ?x skos:prefLabel ?l }").out == "oui\n"
    assert ask("ASK { ?x skos:altLabel ?l }", "--lang", "en").out == "no\n"


def test_a_graph_is_turtle(ask: Run) -> None:
    outcome = ask("CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x skos:prefLabel ?l }")
    assert len(list(parse(outcome.out.encode(), format=RdfFormat.TURTLE))) == 5


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "markdown", "xlsx"])
def test_each_form_of_a_table_by_the_name_of_the_file(ask: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"things.{'md' if form == 'markdown' else form}"
    outcome = ask(ALL, "-o", path)
    assert (outcome.code, outcome.out) == (0, "")
    assert str(path) in outcome.err
    content = path.read_bytes()
    assert (b"PK" if form == "xlsx" else b"Chose 4") in content
    if form in ("tsv", "json", "xml"):
        kinds = {
            "tsv": QueryResultsFormat.TSV,
            "json": QueryResultsFormat.JSON,
            "xml": QueryResultsFormat.XML,
        }
        assert len(list(parse_query_results(content, format=kinds[form]))) == 5  # type: ignore[arg-type]


def test_a_query_from_a_file_with_a_header_of_a_saved_query(ask: Run, tmp_path: Path) -> None:
    path = tmp_path / "things.rq"
    path.write_text("#+ summary: {fr: 'Choses', en: 'Things'}\n" + ALL, encoding="utf-8-sig")
    assert ask("-f", path, "--format", "csv").out.count("Chose") == 5


@pytest.mark.parametrize("words", [("-",), (), ("-f", "-")])
def test_a_query_from_standard_input(
    ask: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ALL.encode()), encoding="utf-8"))
    assert ask(*words, "--format", "csv").out.count("Chose") == 5


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_without_a_query_a_terminal_gets_an_example(ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    outcome = ask()
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert 'rte-graph sparql "SELECT ?label' in outcome.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("ASK {", "-f", "x.rq"), 2, "s’excluent"),
        (("-f", "missing.rq"), 2, "missing.rq ne peut pas être lu"),
        (("-f", "."), 2, "c’est un dossier"),
        (("query.rq",), 2, "écrivez -f query.rq"),
        (("ASK {",), 65, "erreur de syntaxe ligne 1, colonne 6"),
        (("hello",), 65, "SELECT, ASK, CONSTRUCT ou DESCRIBE"),
        (("SELECT * { ?s foo:bar ?o }",), 65, "le préfixe « foo: » n’est pas déclaré"),
        (("SELECT * { SERVICE <x:y> { } }",), 2, "« SERVICE » irait lire ailleurs"),
        (("SELECT * FROM <x:y> { }",), 2, "nommez l’un de ceux-ci : https://x.org/data"),
        (("ASK { }", "--format", "csv"), 2, "Cette requête donne oui ou non"),
        (("ASK { }", "--safe-csv"), 2, "--safe-csv ne vaut que pour csv"),
        (("CLEAR ALL",), 2, "--allow-update"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(ask: Run, words: tuple[str, ...], code: int, said: str) -> None:
    outcome = ask(*words)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith("rte-graph : ")


def test_a_file_that_is_no_text_is_one_sentence(ask: Run, tmp_path: Path) -> None:
    path = tmp_path / "query.rq"
    path.write_bytes(b"SELECT \xff")
    assert (ask("-f", path).code, "UTF-8" in ask("-f", path).err) == (65, True)


def test_a_file_that_is_too_long_is_not_read_to_its_end(ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_QUERY_CHARACTERS", "100")
    outcome = ask("-f", "/dev/zero")
    assert outcome.code == 75
    assert "404 caractères, 100 au plus" in outcome.err


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "tsv", "json", "xml"])
def test_a_cut_result_is_given_and_said_and_ends_with_75(
    ask: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_RESULT_ROWS", "3")
    outcome = ask(ALL, "--format", form, "-q")
    assert outcome.code == 75
    assert outcome.out.count("Chose") == 3
    sentence = (
        "Le résultat est tronqué après 3 lignes : demandez-en moins, ou relevez RTE_GRAPH_MAX_RESULT_ROWS."
    )
    assert outcome.err == f"rte-graph : {sentence}\n", "with -q too"
    assert (sentence in outcome.out) == (form in ("table", "markdown"))
    if form == "json":
        assert len(json.loads(outcome.out)["results"]["bindings"]) == 3


def test_a_cut_result_stands_in_the_file_too(
    ask: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_RESULT_ROWS", "3")
    outcome = ask("CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x skos:prefLabel ?l }", "-o", tmp_path / "x.ttl")
    assert outcome.code == 75
    written = (tmp_path / "x.ttl").read_text(encoding="utf-8")
    assert len(list(parse(written.encode(), format=RdfFormat.TURTLE))) == 3
    assert "# Le résultat est tronqué" in written.replace("\u00a0", " ")


def test_a_limit_that_ends_the_query_leaves_the_file_as_it_was(
    ask: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_QUERY_SECONDS", "1")
    path = tmp_path / "x.csv"
    path.write_text("before", encoding="utf-8")
    endless = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(12))
    outcome = ask(f"SELECT (COUNT(*) AS ?n) {{ {endless} }}", "-o", path)
    assert outcome.code == 75
    assert "arrêtée après 1 s" in outcome.err
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_an_update_of_data_in_memory_is_refused_as_nothing_would_remain(
    cli: Run, tmp_path: Path, write: Callable[..., Path]
) -> None:
    path = write("a.ttl", "organisation:a a rte:Organisation .\n")
    outcome = cli("sparql", "--store", path, "--allow-update", "CLEAR ALL")
    assert outcome.code == 2
    assert "rien ne resterait de ce changement" in outcome.err


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A store that a test may change."""
    writer = DiskStore.create(tmp_path / "own")
    writer.replace_dataset(DATA, things(5))
    writer.close()
    return tmp_path / "own"


def test_an_update_that_is_meant_is_carried_out_and_says_how_to_come_back(cli: Run, own: Path) -> None:
    outcome = cli(
        "sparql",
        "--store",
        own,
        "--allow-update",
        "DELETE WHERE { <https://x.org/1> skos:prefLabel ?l } ;"
        "INSERT DATA { <https://x.org/9> skos:prefLabel 'Neuf'@fr , 'Nine'@en }",
    )
    assert (outcome.code, outcome.out) == (0, "")
    assert "2 triplets de plus, 1 de moins." in outcome.err
    assert "« rte-graph rebuild » y revient" in outcome.err
    assert cli("sparql", "--store", own, ALL, "--format", "csv").out.count("Chose") == 4
    with_dataset = f"INSERT DATA {{ GRAPH <{DATA.value}> {{ <https://x.org/8> skos:prefLabel 'Huit'@fr }} }}"
    assert (
        "1 triplet de plus, 0 de moins" in cli("sparql", "--store", own, "--allow-update", with_dataset).err
    )
    assert DiskStore.open(own).manifest.updates == 2


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("INSERT DATA {\n <https://x.org/1> skos:x }", 65, "ligne 2, colonne 27"),
        ("INSERT DATA { <x:y> skos:x }", 65, "ligne 1, colonne 28"),
        ("LOAD <http://127.0.0.1:9/>", 2, "« LOAD » irait lire ailleurs"),
        ("CLEAR GRAPH <x:y>", 2, "« <x:y> » n’est pas un jeu de données"),
    ],
)
def test_an_update_that_cannot_be_done_is_one_sentence(
    cli: Run, own: Path, text: str, code: int, said: str
) -> None:
    outcome = cli("sparql", "--store", own, "--allow-update", text)
    assert outcome.code == code
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
    assert DiskStore.open(own).manifest.updates == 0


def test_a_query_that_changes_nothing_may_have_the_option(ask: Run) -> None:
    assert ask("--allow-update", "ASK { }").out == "oui\n"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with server() as address:
        yield address


def test_an_endpoint_gives_the_same_answers_and_takes_updates(cli: Run, address: str, base: Path) -> None:
    statements = " ".join(f"{triple} ." for triple in things(5))
    at = ("--store", f"{address}/query")
    outcome = cli("sparql", *at, "--allow-update", f"INSERT DATA {{ {statements} }}")
    assert outcome.code == 0, outcome.err
    assert "Le point d’accès a fait la mise à jour" in outcome.err
    here = cli("sparql", "--store", base, ALL, "--format", "csv")
    assert cli("sparql", *at, ALL, "--format", "csv").out == here.out
    for refused in ("SELECT * { SERVICE <x:y> { } }", "CLEAR ALL", "SELECT * FROM <x:y> { }"):
        assert cli("sparql", *at, refused).code == 2


def test_an_endpoints_result_is_cut_too(cli: Run, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_RESULT_ROWS", "3")
    text = "SELECT ?n { VALUES ?n { 1 2 3 4 } }"
    outcome = cli("sparql", "--store", f"{address}/query", text, "--format", "csv")
    assert (outcome.code, outcome.out.split()) == (75, ["n", "1", "2", "3"])


def test_a_reader_that_leaves_ends_the_query_quietly(base: Path) -> None:
    text = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(12))
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "rte_graph.cli",
            "sparql",
            "--store",
            base,
            "--format",
            "tsv",
            f"SELECT * {{ {text} }}",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"?o0\t")
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_help_says_the_limits_the_exit_code_and_an_example(cli: Run) -> None:
    for lang, words in (("fr", "code de sortie"), ("en", "exit code")):
        page = " ".join(cli("sparql", "--help", "--lang", lang).out.split())
        assert words in page
        assert "75" in page
        assert "RTE_GRAPH_MAX_QUERY_" in page
        assert "rte-graph sparql -f query.rq -o result.csv" in page
