"""Queries of the working folder: found by every verb, checked with care, never in the way of others."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

TEXTS = '#+ summary: {fr: "Liens", en: "Ties"}\n#+ description: {fr: "Des liens.", en: "Ties."}\n'
NETWORK = (
    TEXTS
    + """\
#+ order: [source, target]
#+ network: {mode: two-mode}

PREFIX rte: <https://w3id.org/rte/ontology#>

SELECT ?source ?target WHERE { ?source rte:competence ?target }
"""
)
TABLE = TEXTS + "#+ order: [s]\n\nSELECT ?s WHERE { ?s a ?type %s }\n"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with an empty ``queries/mine``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    folder = tmp_path / "queries" / "mine"
    folder.mkdir(parents=True)
    return folder


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_network_of_the_working_folder_is_known_to_every_network_verb(cli, own: Path):
    write(own, "who-can-do-what.rq", NETWORK)
    assert "who-can-do-what" in cli("network", "list").out
    assert cli("network", "show", "who-can-do-what").code == 0
    assert cli("hubs", "who-can-do-what", "--by", "degree", "--top", 1).code == 0
    assert cli("overlap", "who-can-do-what").code == 0
    assert cli("draw", "who-can-do-what", "-o", "net.svg").code == 0
    assert cli("export", "who-can-do-what", "-o", "net.gexf").code == 0
    assert "<gexf" in Path("net.gexf").read_text(encoding="utf-8")


BROKEN = {
    "Upper Case.rq": TABLE % "",
    "bytes.rq": "\xe9",
    "header-deep.rq": "#+ " + "[" * 90_000,
    "header-list.rq": "#+ " + "- " * 40_000,
    "header.rq": "#+ summary: [\nSELECT",
    "network.rq": NETWORK.replace("two-mode}", "two-mode, nodes: nobody}"),
    "persons.rq": TABLE % "",
    "syntax.rq": TABLE % "?s ?p",
    "deep.rq": TABLE % ("{" * 6000 + "}" * 6000),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_bad_file_is_named_and_the_other_queries_still_run(cli, own: Path, name: str):
    path = own / name
    path.write_bytes(BROKEN[name].encode("latin-1" if name == "bytes.rq" else "utf-8"))
    write(own, "good.rq", TABLE % "")
    for words in (("list",), ("show", "good"), ("run", "events"), ("run", "persons"), ("run", "good")):
        outcome = cli("query", *words)
        assert outcome.code == 0
        assert outcome.err.count("Laissée de côté : ") == 1
        assert str(Path("queries/mine") / name) in outcome.err
    outcome = cli("query", "check", own)
    assert outcome.code in (65, 75)
    assert f"À réparer : {path}" in outcome.out
    assert f"Bon : {own / 'good.rq'}" in outcome.out


@pytest.mark.parametrize("content", [b"a: [", b"a: {fr: A}", b"a: {fr: \xe9, en: E}", b"- a", b"a: 1\na: 2"])
@pytest.mark.parametrize("name", ["columns.yaml", "topics.yaml"])
def test_broken_headings_are_one_sentence_and_stop_nothing(cli, own: Path, name: str, content: bytes):
    (own.parent / name).write_bytes(content)
    outcome = cli("query", "list")
    assert outcome.code == 0
    assert len(outcome.err.strip().splitlines()) == 1
    assert name in outcome.err
    checked = cli("query", "check")
    assert checked.code == 65
    assert f"À réparer : {Path('queries') / name}" in checked.out


def test_a_new_query_where_queries_is_a_file_is_one_sentence(cli, own: Path):
    own.rmdir()
    own.parent.rmdir()
    own.parent.write_text("", encoding="utf-8")
    outcome = cli("query", "new", "schools")
    assert outcome.code == 2
    assert "ne peut pas être créé ici" in outcome.err


def test_a_folder_named_in_rte_toml_holds_the_queries_of_the_user(cli, own: Path):
    Path("rte.toml").write_text('queries = "my queries"\n', encoding="utf-8")
    write(own, "elsewhere.rq", TABLE % "")
    made = cli("query", "new", "schools", "--topic", "mine", "--lang", "en")
    assert made.code == 0
    path = Path("my queries/mine/schools.rq")
    assert f"{path} is written" in made.out
    listed = cli("query", "list", "--lang", "en").out
    assert "schools" in listed
    assert "— yours" in listed
    assert "elsewhere" not in listed
    assert "Siel Bleu" in cli("query", "run", "schools").out
    assert f"Bon : {path} (" in cli("query", "check", "--lang", "fr").out
    (found,) = [each for each in json.loads(cli("query", "list", "--format", "json").out) if each["own"]]
    assert found["path"] == str(path)


def test_a_missing_folder_named_in_rte_toml_is_one_sentence(cli, own: Path):
    Path("rte.toml").write_text('queries = "mes requêtes"\n', encoding="utf-8")
    outcome = cli("query", "run", "events")
    assert outcome.code == 0
    assert "rte.toml, clé « queries » : le dossier mes requêtes n’existe pas" in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1
    checked = cli("query", "check")
    assert checked.code == 2
    assert checked.out.startswith("À réparer : rte.toml, clé « queries »")
    assert cli("query", "new", "schools").code == 0
    assert "n’existe pas" not in cli("query", "list").err


def test_a_broken_rte_toml_is_one_sentence(cli, own: Path):
    Path("rte.toml").write_text("queries = 3\n", encoding="utf-8")
    outcome = cli("query", "list")
    assert outcome.code == 65
    assert len(outcome.err.strip().splitlines()) == 1


def test_a_file_right_in_the_folder_is_found_among_the_local_ones(cli, own: Path):
    write(own.parent, "ties.rq", TABLE % "")
    assert "Vos requêtes\n  ties" in cli("query", "list").out
    assert cli("query", "run", "ties", "--format", "csv").out.startswith("s\r\n")
    assert f"Bon : {Path('queries/ties.rq')} (" in cli("query", "check").out


def test_two_files_of_the_user_with_one_name_are_told_apart(cli, own: Path):
    write(own, "ties.rq", TABLE % "")
    (own.parent / "other").mkdir()
    second = write(own.parent / "other", "ties.rq", TABLE % ". ?s ?p ?o")
    assert "renommez l’un des deux" in cli("query", "list").err
    outcome = cli("query", "check", second)
    assert outcome.code == 65
    assert "renommez l’un des deux" in outcome.out


def test_a_new_query_does_not_write_over_a_faulty_file(cli, own: Path):
    path = write(own, "schools.rq", "nothing yet")
    outcome = cli("query", "new", "schools", "--topic", "mine")
    assert outcome.code == 2
    assert "schools.rq existe déjà" in outcome.err
    assert path.read_text(encoding="utf-8") == "nothing yet"


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes what it is asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - the name that the server looks for

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "text",
    [
        TABLE % "SERVICE <%s> { ?s ?p ?o }",
        TABLE % "FILTER EXISTS { service silent <%s> { ?s ?p ?o } }",
        (TABLE % "").replace("WHERE", "FROM <%s> WHERE"),
        (TABLE % "").replace("WHERE", "from named <%s> WHERE"),
        TEXTS + "#+ expect: graph\nLOAD <%s>",
    ],
)
def test_a_saved_query_that_would_fetch_is_refused_and_fetches_nothing(cli, own, listener, text: str):
    address, asked = listener
    path = write(own, "fetching.rq", text.replace("%s", address))
    assert cli("query", "run", "fetching").code == 2
    outcome = cli("query", "check", path)
    assert outcome.code == 2
    assert "irait lire ailleurs" in outcome.out
    assert asked == []


@pytest.mark.parametrize(
    "text",
    ['FILTER(?s != "SERVICE")', "# FROM <http://e.org/>\n", "OPTIONAL { ?s <http://e.org/LOAD> ?from }"],
)
def test_words_that_fetch_may_stand_in_strings_comments_and_names(cli, own: Path, text: str):
    assert cli("query", "check", write(own, "harmless.rq", TABLE % text)).code == 0


@pytest.mark.parametrize(
    "text",
    [
        "{" * 6000 + "}" * 6000,
        "FILTER(" + "(" * 6000 + "?s" + ")" * 6000 + ")",
        "FILTER(" + "!" * 20000 + "?s)",
        "FILTER(" + "?s||" * 20000 + "?s)",
        "{} UNION " * 9000 + "{}",
        "OPTIONAL { ?s ?p ?o }" * 4000,
        "?s ?p ?o . " * 8000,
        "BIND(1 AS ?x) " * 6000,
        "#" + "x" * 100_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_text_that_would_end_the_process_is_refused(cli, own: Path, text: str):
    outcome = cli("query", "check", write(own, "deep.rq", TABLE % text))
    assert outcome.code == 75
    assert "RTE_GRAPH_MAX_QUERY_" in outcome.out


def test_the_limits_on_query_text_are_settings(cli, own: Path, monkeypatch: pytest.MonkeyPatch):
    path = write(own, "nested.rq", TABLE % "{ { { ?s ?p ?o } } }")
    assert cli("query", "check", path).code == 0
    monkeypatch.setenv("RTE_GRAPH_MAX_QUERY_NESTING", "3")
    assert cli("query", "check", path).code == 75
    monkeypatch.delenv("RTE_GRAPH_MAX_QUERY_NESTING")
    monkeypatch.setenv("RTE_GRAPH_MAX_QUERY_CHARACTERS", "50")
    assert cli("query", "check", path).code == 75


PARAMETER = """\
#+ params:
#+   it:
#+     %s
#+     label: {fr: "A", en: "A"}
#+     description: {fr: "A.", en: "A."}
#+     example: "%s"
"""
USES = TEXTS + PARAMETER + "#+ order: [s]\n\nSELECT ?s WHERE { VALUES ?it { UNDEF } ?s ?p ?it }\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (USES % ("{type: concept, scheme: alliance-fom}", "x"), "le schéma « alliance-fom » n’existe pas"),
        (USES % ("{type: entity, class: rte:Aliance}", "x"), "la classe rte:Aliance n’existe"),
        (USES % ("{type: entity, class: rte:Alliance}", "zzz"), "« zzz » est inconnu ici"),
        (USES % ("{type: string}", "zzz"), "l’exemple « zzz » ne donne aucune ligne"),
        (
            (TABLE % "?s rte:venu ?v").replace(
                "SELECT", "PREFIX rte: <https://w3id.org/rte/ontology#> SELECT"
            ),
            "ligne 5 : rte:venu n’existe ni dans l’ontologie ni dans les données ; essayez rte:venue",
        ),
        (TABLE % "?s rte:kind ?k", "ajoutez en tête « PREFIX rte: <https://w3id.org/rte/ontology#> »"),
        (
            (USES % ("{type: entity, class: rte:Person}", "Atanase Périfan")).replace("?p ?it", "?it ?p"),
            "« Atanase Périfan » ne donne aucune ligne, choisissez-en un qui en donne",
        ),
        (
            (USES % ("{type: entity, class: rte:Territory}", "Lille"))
            .replace("SELECT", "PREFIX rte: <https://w3id.org/rte/ontology#> SELECT")
            .replace("?s ?p ?it", "?s a rte:Event ; rte:territory ?it"),
            "« Lille » ne donne aucune ligne, choisissez par exemple « ",
        ),
        (
            USES % ("{type: integer, default: much}", "1"),
            "clé « params.it.default » : Le paramètre « it » att",
        ),
        ((USES % ("{type: string}", "x")).replace("UNDEF", ""), "mettez-y un exemple ou UNDEF"),
        (TEXTS + TEXTS + "#+ order: [s]\nSELECT ?s { ?s ?p ?o }", "la clé « summary » est écrite deux fois"),
        (TABLE % "FILTER(LANG(?type) = ?lang)", "compare à ?lang sans le définir"),
        (TABLE % "FILTER(LANGMATCHES(LANG(?type), ?lang))", "compare à ?lang sans le définir"),
        (TABLE % "?s skos:prefLabel ?l", "ligne 5 : préfixe skos: non déclaré"),
        (TABLE % "?s ?p", "erreur de syntaxe ligne 5, colonne"),
        ((TABLE % "").replace("?s W", "?s (COUNT(?s) AS ?n) W"), "doit être dans GROUP BY"),
    ],
)
def test_check_says_in_one_french_sentence_what_is_wrong(cli, own: Path, text: str, said: str):
    text = text.replace("#+     {", "#+     ").replace("}\n#+     label", "\n#+     label")
    text = text.replace("integer, default", "integer\n#+     default")
    text = text.replace("concept, scheme", "concept\n#+     scheme").replace(
        "entity, class", "entity\n#+     class"
    )
    outcome = cli("query", "check", write(own, "mine.rq", text))
    assert outcome.code == 65
    assert said in outcome.out
    assert len(outcome.out.strip().splitlines()) == 1
    assert not {"expected", "while", "mapping"} & set(outcome.out.split())


def test_a_variable_lang_that_the_pattern_binds_is_fine(cli, own: Path):
    text = TABLE % "BIND(LANG(?type) AS ?lang)"
    assert cli("query", "check", write(own, "languages.rq", text)).code == 0


def test_check_of_the_library_does_not_fail_on_data_of_others(cli, own: Path):
    data = own.parent.parent / "other.ttl"
    data.write_text(
        "<http://example.org/a> a <https://w3id.org/rte/ontology#Organisation> ;\n"
        '  <http://www.w3.org/2004/02/skos/core#prefLabel> "A"@fr .\n',
        encoding="utf-8",
    )
    outcome = cli("query", "check", "--store", data)
    assert "À réparer" not in outcome.out
    assert outcome.code == 0
