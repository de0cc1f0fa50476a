"""The command line over saved queries, as a user types it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from rte_graph.rdf_io import is_canonical

MEMBERS = ("query", "run", "members-of-alliance", "-p", "alliance=Coalition Solidaire")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, on a terminal of 100 columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def test_the_reserved_parameter_is_given_like_any_other(cli):
    outcome = cli(*MEMBERS, "-p", "lang=en")
    assert outcome.out == cli(*MEMBERS, "--lang", "en").out
    assert "Lines of: " in outcome.out
    assert cli(*MEMBERS, "-p", "lang=de").code == 2
    cli("query", "list", "--lang", "fr")


def test_lists_and_explanations_fit_the_terminal(cli, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    for lang in ("fr", "en"):
        lines = cli("query", "list", "--lang", lang).out.splitlines()
        assert max(map(len, lines)) <= 80
        for name in ("alliances", "figures", "meta-coalitions"):
            shown = cli("query", "show", name, "--lang", lang).out.partition("SELECT")[0].splitlines()
            for line in shown:
                assert len(line) <= 80 or "queries" in line
                assert not line.endswith("«")
                assert not line.strip().startswith(("»", ":", ";"))


def test_columns_of_iris_say_that_they_are(cli, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "400")
    heads = re.split(r"\s{2,}", cli("query", "run", "alliances", "-v").out.splitlines()[0].strip())
    assert {"Alliance (IRI)", "Forme (IRI)", "Niveau (IRI)", "Dépend de (IRI)"} <= set(heads)
    assert len(heads) == len(set(heads))
    assert "Form iri" not in heads


def test_an_unknown_name_says_what_is_possible_and_only_what_is_near(cli):
    def run(value: str, name: str = "members-of-alliance", parameter: str = "alliance") -> str:
        return cli("query", "run", name, "-p", f"{parameter}={value}").err

    assert "Valeurs possibles : national, territorial." in run("xyz", "alliances", "level")
    assert "query show" not in run("xyz", "alliances", "level")
    assert "Coalition Solidaire" in run("Coalition Solidère")
    for far in ("Renault", "zzzzzz", "la", "Tesla"):
        assert "plus proches" not in run(far)
    echoed = run("x" * 500 + "\nsecond line\x1b[2J")
    assert "x" * 79 + "…" in echoed
    assert len(echoed.strip().splitlines()) == 1
    assert "\x1b" not in run("a\x1b[2Jb")


def test_a_missing_parameter_is_answered_with_what_the_store_holds(cli, elsewhere: Path):
    (elsewhere / "other.ttl").write_text(
        "<urn:a> a <https://w3id.org/rte/ontology#Alliance> ;\n"
        '  <http://www.w3.org/2004/02/skos/core#prefLabel> "Ligue A"@fr , "League A"@en .\n',
        encoding="utf-8",
    )
    outcome = cli("query", "run", "members-of-alliance", "--store", elsewhere / "other.ttl")
    assert outcome.code == 2
    assert '-p alliance="Ligue A"' in outcome.err
    assert "d’autres valeurs : " in cli("query", "run", "members-of-alliance").err


OTHER_ADDRESSES = """\
@prefix rte: <https://w3id.org/rte/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix role: <https://w3id.org/rte/vocab/membership-role/> .
@prefix level: <https://w3id.org/rte/vocab/alliance-level/> .
<urn:uuid:5> a rte:Alliance ; skos:prefLabel "Cinq"@fr ; rte:level level:national .
<http:bar> a rte:Organisation ; skos:prefLabel "Bar\\nnoir\\u001b[2J"@fr .
<urn:m> a rte:Membership ; org:member <http:bar> ; org:organization <urn:uuid:5> ; org:role role:member .
"""


@pytest.mark.parametrize(
    "words",
    [
        ("describe", "urn:uuid:5"),
        ("describe", "http:bar"),
        ("draw", "alliance-memberships", "-o", "net.html"),
        ("export", "alliance-memberships", "-o", "net.gexf"),
        ("hubs", "alliance-memberships", "--by", "degree"),
        ("query", "run", "alliance-memberships"),
        ("query", "run", "members-of-alliance", "-p", "alliance=urn:uuid:5"),
        ("query", "run", "alliances-of-organisation", "-p", "organisation=http:bar"),
        ("query", "run", "evidence-of", "-p", "subject=Cinq"),
    ],
)
def test_things_with_other_addresses_are_answered_like_any(cli, elsewhere: Path, words: tuple[str, ...]):
    (elsewhere / "other.ttl").write_text(OTHER_ADDRESSES, encoding="utf-8")
    outcome = cli(*words, "--store", elsewhere / "other.ttl")
    assert outcome.code == 0
    assert "\x1b" not in outcome.out
    assert "Document" not in outcome.out


def test_an_empty_result_names_the_default_in_force(cli):
    outcome = cli("query", "run", "alliances", "-p", "source=territoires")
    assert outcome.code == 0
    assert "« level » vaut « national » par défaut ; -p level=* prend toutes les valeurs." in outcome.out


def test_the_list_groups_queries_by_topic_with_their_parameters(cli):
    outcome = cli("query", "list")
    assert outcome.code == 0
    assert "Personnes\n  board-interlocks" in outcome.out
    assert "Alliances et coalitions  ([level] [source])" in outcome.out
    names = [each["name"] for each in json.loads(cli("query", "list", "--format", "json").out)]
    assert names == sorted(names)


def test_a_search_finds_queries_in_either_language_and_says_what_each_answers(cli):
    outcome = cli("query", "list", "membres", "commun")
    assert outcome.code == 0
    assert outcome.out.startswith("shared-members · Alliances\n  Membres communs à deux alliances\n")
    english = cli("query", "list", "membre", "COMMUNS", "--lang", "en").out
    assert english.startswith("shared-members · Alliances\n  Members shared by two alliances\n")
    found = json.loads(cli("query", "list", "membres", "commun", "--format", "json").out)
    assert found[0]["name"] == "shared-members"
    assert {"topic", "summary", "own", "path", "tags"} <= set(found[0])


def test_a_search_keeps_to_a_topic_named_or_titled(cli):
    for name in ("people", "Personnes", "PEOPLE", "personnes"):
        outcome = cli("query", "list", "--topic", name)
        assert outcome.out.startswith("Personnes\n  board-interlocks")
        assert "Alliances\n" not in outcome.out
    assert "persons" in cli("query", "list", "fonction", "--topic", "people").out


def test_a_search_without_result_is_no_error_and_says_what_to_try(cli):
    outcome = cli("query", "list", "mmembre")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.startswith("Aucune requête ne parle de « mmembre » : essayez membre")
    assert len(outcome.err.strip().splitlines()) == 1
    outcome = cli("query", "list", "zzz", "--format", "json", "--lang", "en")
    assert (outcome.code, outcome.out) == (0, "[]\n")
    assert "“rte-graph query list”" in outcome.err
    assert "shared-members" in cli("query", "list", "communs", "--topic", "people").err
    assert "du sujet « local »" in cli("query", "list", "--topic", "local").err


def test_an_unknown_topic_is_answered_with_all_topics(cli):
    outcome = cli("query", "list", "--topic", "zzz", "--lang", "en")
    assert outcome.code == 2
    assert "No topic is called “zzz”: choose among alliances (Alliances), " in outcome.err


def test_the_packaged_library_is_listed_without_the_engine():
    code = (
        "import sys; from rte_graph.cli import main; code = main(['query', 'list', *sys.argv[1:]]); "
        "print(code, [m for m in ('pyoxigraph', 'rdflib', 'rich', 'rte_graph.sparql.engine') "
        "if m in sys.modules])"
    )
    for words in ([], ["membres"], ["--format", "json"]):
        done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)
        assert done.stdout.splitlines()[-1] == "0 []", done.stderr


def on_a_terminal(*words: str, **environment: str) -> str:
    """What a command writes to a terminal of its own."""
    import pty

    main, side = pty.openpty()
    code = "import sys; from rte_graph.cli import main; sys.exit(main(sys.argv[1:]))"
    given = {**os.environ, "TERM": "xterm-256color", **environment}
    given = {name: value for name, value in given.items() if name != "NO_COLOR" or name in environment}
    process = subprocess.Popen([sys.executable, "-c", code, *words], stdout=side, stderr=side, env=given)
    os.close(side)
    pieces = []
    with contextlib.suppress(OSError):  # a terminal whose other side has closed
        while piece := os.read(main, 65536):
            pieces.append(piece)
    os.close(main)
    assert process.wait() == 0
    return b"".join(pieces).decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal (POSIX)")
def test_show_colours_the_text_on_a_terminal_only():
    shown = on_a_terminal("query", "show", "events")
    assert "\x1b[1;38;5;25mSELECT\x1b[0m" in shown
    assert "\x1b" not in shown.partition("PREFIX")[0].removesuffix("\x1b[1;38;5;25m")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r\n", "\n")
    assert plain == on_a_terminal("query", "show", "events", NO_COLOR="1").replace("\r\n", "\n")


def test_show_gives_topic_key_words_and_headings_of_columns(cli):
    out = cli("query", "show", "alliance-memberships").out
    assert "Sujet : Réseaux (networks)" in out
    assert "Mots-clés : " in out
    assert "« rte-graph hubs alliance-memberships »" in out
    assert "\n  role           Rôle\n  roleIri        Rôle (IRI)\n" in out
    assert "\x1b" not in out


def test_show_explains_a_query_whose_values_cannot_be_read(cli):
    outcome = cli("query", "show", "alliances", "--store", "missing")
    assert outcome.code == 0
    assert "Valeurs des paramètres non lues : " in outcome.err
    assert "Exemple : territorial" in outcome.out


def test_show_explains_parameters_with_their_values_and_the_text(cli):
    out = cli("query", "show", "alliances", "--lang", "en").out
    assert "optional, national by default, * for all" in out
    assert "Values: national, territorial" in out
    assert "SELECT ?alliance ?allianceLabel" in out
    assert "#+" not in out


def test_show_gives_all_values_on_request(cli):
    short, full = (cli("query", "show", "members-of-alliance", *more).out for more in ((), ("--values",)))
    assert "(20, --values)" in " ".join(short.split())
    assert "Collectif Emploi de Tours" in full


def test_run_gives_a_table_for_people(cli):
    outcome = cli(*MEMBERS)
    assert outcome.code == 0
    assert outcome.out.splitlines()[0].split() == ["Membre", "Rôle", "Lignes"]
    assert outcome.out.rstrip().endswith("15 lignes")
    assert "Lignes de : AG2R LA MONDIALE" in outcome.out
    assert "https://" not in outcome.out
    assert "organisation:astree" in cli(*MEMBERS, "-v").out


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "markdown"])
def test_the_form_follows_the_name_of_the_file(cli, elsewhere: Path, form: str):
    suffix = {"markdown": "md"}.get(form, form)
    assert cli(*MEMBERS, "-o", f"members.{suffix}").code == 0
    written = (elsewhere / f"members.{suffix}").read_text(encoding="utf-8")
    asked = cli(*MEMBERS, "--format", form).out
    assert written.replace("\u00a0", " ").replace("\r\n", "\n") == asked.replace("\r\n", "\n")
    assert [path.name for path in elsewhere.iterdir()] == [f"members.{suffix}"]


def test_an_empty_result_says_what_would_give_rows_and_exits_zero(cli):
    outcome = cli("query", "run", "projects-of-alliance", "-p", "alliance=Coalition Solidaire")
    assert outcome.code == 0
    assert "Valeurs de « alliance » qui donnent des lignes : Alliance pour l’activité" in outcome.out
    machine = cli(
        "query", "run", "projects-of-alliance", "-p", "alliance=coalition solidaire", "--format", "csv"
    )
    assert machine.out.splitlines()[0].startswith("alliance,project,")
    assert "Génér’action" in machine.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("query", "run", "membres"), 2, "Aucune requête ne s’appelle « membres »"),
        (("query", "run", "members-of-aliance"), 2, "members-of-alliance"),
        (
            ("query", "run", "members-of-alliance"),
            2,
            'query run members-of-alliance -p alliance="Coalition Solidaire"',
        ),
        ((*MEMBERS, "-p", "alliance=x"), 2, "donné deux fois"),
        (("query", "run", "persons", "-p", "alliance"), 2, "NOM=VALEUR"),
        (("query", "run", "persons", "-p", "x=y"), 2, "elle n’en a aucun"),
        (("query", "run", "members-of-alliance", "-p", "alliance=emploi de"), 2, "peut désigner 9 choses"),
        (("query", "run", "members-of-alliance", "-p", "alliance=zzz"), 2, "est inconnu ici"),
        (("query", "run", "alliances", "-p", "level=régional"), 2, "national, territorial"),
        (("query", "run", "persons", "--format", "turtle"), 2, "choisissez parmi table, csv"),
        (("query", "run", "persons", "--format", "xls"), 2, "choisissez parmi table"),
        (("query", "run", "persons", "-o", "missing/x.csv"), 2, "Impossible d’écrire"),
        (("query", "show", "x"), 2, "query list"),
        (("query", "check", "missing.rq"), 2, "missing.rq n’existe pas"),
        (("query", "check", "."), 2, "ne contient aucun fichier .rq"),
        (
            ("query", "run", "persons", "-o", "persons.ods"),
            2,
            "L’extension « .ods » n’est pas possible ici",
        ),
        (("query", "export", "-o", "library.csv"), 2, "L’extension « .csv » n’est pas possible ici"),
    ],
)
def test_wrong_input_gets_one_sentence_and_its_code(cli, words: tuple[str, ...], code: int, said: str):
    outcome = cli(*words)
    assert outcome.code == code
    assert said in outcome.err + outcome.out
    assert "Traceback" not in outcome.err


def test_a_new_query_works_at_once_and_is_found(cli, elsewhere: Path):
    made = cli("query", "new", "schools", "--topic", "mine", "--lang", "en")
    assert made.code == 0
    assert "queries/mine/schools.rq is written" in made.out
    assert (elsewhere / "queries/mine/schools.rq").is_file()
    assert cli("query", "check", "queries/mine/schools.rq").code == 0
    listed = cli("query", "list").out
    assert "mine\n  schools" in listed
    assert "Siel Bleu" in cli("query", "run", "schools", "-p", "ofKind=association").out


@pytest.mark.parametrize("name", ["../x", "Upper", "a b", "-x", "alliances"])
def test_a_new_query_needs_a_free_and_plain_name(cli, elsewhere: Path, name: str):
    assert cli("query", "new", "--", name).code == 2
    assert not list(elsewhere.rglob("*.rq"))


def test_the_user_s_own_file_may_not_take_a_known_name(cli, elsewhere: Path):
    cli("query", "new", "schools")
    own = elsewhere / "queries/local/schools.rq"
    own.rename(own.with_name("persons.rq"))
    outcome = cli("query", "list")
    assert outcome.code == 0
    assert "Laissée de côté : " in outcome.err
    assert "renommez l’un des deux" in outcome.err
    outcome = cli("query", "check", "queries/local/persons.rq")
    assert outcome.code == 65
    assert "renommez l’un des deux" in outcome.out


def test_check_finds_what_is_wrong_and_goes_on(cli, elsewhere: Path):
    cli("query", "new", "good")
    cli("query", "new", "bad")
    bad = elsewhere / "queries/local/bad.rq"
    bad.write_text(bad.read_text(encoding="utf-8").replace("SELECT", "SELEKT"), encoding="utf-8")
    outcome = cli("query", "check", "queries/local/bad.rq", "queries/local/good.rq")
    assert outcome.code == 65
    assert "À réparer : queries/local/bad.rq" in outcome.out
    assert "Bon : queries/local/good.rq" in outcome.out


def test_all_packaged_queries_pass_the_check(cli):
    outcome = cli("query", "check")
    assert outcome.code == 0
    assert "À réparer" not in outcome.out


def test_the_library_is_exported_as_canonical_turtle(cli, elsewhere: Path):
    assert cli("query", "export", "-o", "library.ttl").code == 0
    path = elsewhere / "library.ttl"
    quads = list(parse(path=path, format=RdfFormat.TURTLE))
    texts = [quad for quad in quads if quad.predicate.value == "http://www.w3.org/ns/shacl#select"]
    assert len(texts) == len(json.loads(cli("query", "list", "--format", "json").out))
    assert all("SELECT" in str(quad.object) for quad in texts)
    assert is_canonical(path)


def test_graph_and_boolean_queries_run_too(cli, elsewhere: Path):
    folder = elsewhere / "queries" / "mine"
    folder.mkdir(parents=True)
    head = '#+ summary: {fr: "a", en: "a"}\n#+ description: {fr: "a", en: "a"}\n#+ expect: %s\n'
    (folder / "any.rq").write_text(head % "boolean" + "ASK { ?s ?p ?o }", encoding="utf-8")
    construct = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t . FILTER(STRENDS(STR(?s), 'siel-bleu')) }"
    (folder / "types.rq").write_text(head % "graph" + construct, encoding="utf-8")
    assert cli("query", "run", "any").out == "oui\n"
    assert json.loads(cli("query", "run", "any", "--format", "json").out)["boolean"] is True
    assert "organisation:siel-bleu" in cli("query", "run", "types").out
    assert cli("query", "run", "types", "--format", "csv").code == 2
    assert cli("query", "check", "queries/mine/any.rq", "queries/mine/types.rq").code == 0
