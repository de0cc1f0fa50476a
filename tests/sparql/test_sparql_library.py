from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rte_graph.errors import UnknownQuery, UnreadableQuery
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import SavedQuery

Make = Callable[..., SavedQuery]

HEADER = """\
#+ summary: {fr: "Un résumé", en: "A summary"}
#+ description: {fr: "Une description.", en: "A description."}
#+ order: [thing]
"""
BODY = "SELECT ?thing WHERE { ?thing a ?type }\n"
PARAMETER = """\
#+ params:
#+   value:
#+     type: string
#+     label: {fr: "Valeur", en: "Value"}
#+     description: {fr: "Une valeur.", en: "A value."}
#+     example: "x"
"""
USES = 'SELECT ?thing WHERE { VALUES ?value { "x" } ?thing a ?value }\n'


def test_a_query_is_its_name_its_topic_its_header_and_its_text(saved: Make):
    query = saved(USES, HEADER + PARAMETER)
    assert (query.name, query.topic, query.columns) == ("things", "tests", ("thing",))
    assert query.summary.in_language("fr") == "Un résumé"
    assert query.body == USES
    (parameter,) = query.parameters
    assert not parameter.optional


def test_a_default_of_null_makes_a_parameter_optional(saved: Make):
    query = saved(USES, HEADER + PARAMETER + "#+     default: null\n")
    assert query.parameters[0].optional
    assert query.parameters[0].default is None


@pytest.mark.parametrize(
    ("header", "body", "words"),
    [
        ("", BODY, "start the file with a `#+` header"),
        ("#+ summary: [\n", BODY, "header, line 1: correct the YAML near “summary: [”"),
        ("#+ summary\n", BODY, "`key: value` pairs"),
        (HEADER + "#+ colour: red\n", BODY, "key “colour”: unknown key, the keys allowed are summary"),
        (HEADER.replace(', en: "A summary"', ""), BODY, "key “summary.en”: add this text"),
        (HEADER.replace('"A summary"', '" "'), BODY, "key “summary.en”: add this text"),
        (HEADER.replace("[thing]", "[size]"), BODY, "“size” is not a column, choose among thing"),
        (HEADER.replace("#+ order: [thing]\n", ""), BODY, "give the columns that sort the table"),
        (HEADER, "SELECT * WHERE { ?thing a ?type }", "list the columns after SELECT"),
        (HEADER + "#+ expect: list\n", BODY, "choose among table, graph, boolean"),
        (HEADER, "ASK { ?thing a ?type }", "“table” wants a SELECT query, not ASK"),
        (HEADER, "DELETE WHERE { ?thing a ?type }", "wants a SELECT query, not DELETE"),
        (HEADER + PARAMETER, BODY, "the query has no VALUES ?value { … } block, add it"),
        (HEADER, USES, "declare this parameter, or write the constant VALUES (?value) { (…) }"),
        (HEADER + PARAMETER.replace("string", "text"), USES, "choose among entity, concept, string"),
        (HEADER + PARAMETER.replace("string", "entity"), USES, "give the class of an entity"),
        (HEADER + PARAMETER.replace("string", "concept"), USES, "give the scheme of a concept"),
        (HEADER + PARAMETER + "#+     class: rte:Alliance\n", USES, "give the class of an entity"),
        (
            HEADER + PARAMETER.replace("string", "entity") + "#+     class: xx:A\n",
            USES,
            "the prefix of “xx:A” is unknown",
        ),
        (HEADER + PARAMETER.replace('#+     example: "x"\n', ""), USES, "give an example value"),
        (HEADER + PARAMETER.replace("value:", "lang:"), USES, "this name is reserved"),
        (HEADER + PARAMETER + "#+     width: 3\n", USES, "key “params.value.width”: unknown key"),
        (HEADER + "#+ network: {mode: three-mode}\n", BODY, "choose among two-mode, one-mode, multi"),
        (HEADER + "#+ network: {mode: two-mode}\n", BODY, "at least the columns ?source and ?target"),
        (HEADER, 'SELECT ?thing WHERE { ?thing a "unclosed }', "cannot be read at line 4, column"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_repair(
    saved: Make, header: str, body: str, words: str
):
    with pytest.raises(UnreadableQuery) as caught:
        saved(body, header)
    assert "things.rq" in str(caught.value)
    assert words in str(caught.value)
    assert caught.value.fr != caught.value.en


def test_constants_of_a_query_need_no_parameter(saved: Make):
    saved("SELECT ?thing WHERE { VALUES (?thing) { (1) (2) } }")


def test_two_files_of_one_name_are_refused_unless_they_are_the_same(saved: Make, tmp_path: Path):
    saved(BODY, topic="one")
    saved(BODY, topic="two")
    assert list(load_library(tmp_path).queries) == ["things"]
    saved(BODY + "# changed\n", topic="two")
    with pytest.raises(UnreadableQuery, match="already called “things”, rename one of them"):
        load_library(tmp_path)


def test_a_network_whose_nodes_query_is_missing_is_refused(saved: Make, tmp_path: Path):
    header = HEADER.replace("[thing]", "[source]") + "#+ network: {mode: one-mode, nodes: nobody}\n"
    saved("SELECT ?source ?target WHERE { ?source ?p ?target }", header)
    with pytest.raises(UnreadableQuery, match="no query is called “nobody”"):
        load_library(tmp_path)


def test_an_unknown_name_is_answered_with_the_nearest(saved: Make, tmp_path: Path):
    saved(BODY)
    with pytest.raises(UnknownQuery) as caught:
        load_library(tmp_path).get("thing")
    assert "Did you mean things?" in str(caught.value)
    assert caught.value.exit_code == 2


def test_topics_and_headings_come_from_their_files(saved: Make, tmp_path: Path):
    saved(BODY)
    (tmp_path / "topics.yaml").write_text('tests: {fr: "Essais", en: "Tests"}\n', encoding="utf-8")
    (tmp_path / "columns.yaml").write_text('thing: {fr: "Chose", en: "Thing"}\n', encoding="utf-8")
    library = load_library(tmp_path)
    assert library.heading("thing", "fr") == "Chose"
    assert library.heading("otherThingLabel", "fr") == "Other thing"
    assert [query.name for query in library.by_topic()["tests"]] == ["things"]
    (tmp_path / "columns.yaml").write_text("thing: Chose\n", encoding="utf-8")
    with pytest.raises(UnreadableQuery, match=r"columns\.yaml"):
        load_library(tmp_path)
