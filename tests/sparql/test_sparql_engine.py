from __future__ import annotations

from collections.abc import Callable

import pytest
from pyoxigraph import Literal

from rte_graph.errors import InvalidParameter, MissingParameter, UnreadableQuery
from rte_graph.resources import queries_folder
from rte_graph.sparql.completing import sort_lists
from rte_graph.sparql.engine import default_values, run_query
from rte_graph.sparql.grid import Grid, Rows
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import Library, SavedQuery
from rte_graph.sparql.possible import explain_empty, fitting_values, values_of, values_with_rows
from rte_graph.sparql.results import Table, text
from rte_graph.store import EmbeddedStore

Make = Callable[..., SavedQuery]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(queries_folder())


def column(table: Table, name: str) -> list[str]:
    return [text(term) for term in table.column(name)]


def test_members_are_given_in_french_order_with_their_evidence(world: EmbeddedStore, library: Library):
    table = run_query(world, library.get("members-of-alliance"), {"alliance": "coalition zebre"}, "fr")
    assert column(table, "memberLabel") == ["Éco Habitat", "Fabrique", "L’Œuvre Bleue"]
    assert column(table, "role") == ["membre"] * 3
    assert column(table, "lines") == ["20-20", "20-20", "10-12, 20-20"]


def test_labels_speak_the_language_and_fall_back(world: EmbeddedStore, library: Library):
    table = run_query(world, library.get("members-of-alliance"), {"alliance": "ecole"}, "en")
    assert list(zip(column(table, "memberLabel"), column(table, "role"), strict=True)) == [
        ("Éco Habitat", "founder"),
        ("Éco Habitat", "member"),
        ("L’Œuvre Bleue", "member"),
    ]


def test_a_label_that_the_query_leaves_empty_is_found_or_read_off_the_iri(world: EmbeddedStore, saved: Make):
    header = '#+ summary: {fr: "a", en: "a"}\n#+ description: {fr: "a", en: "a"}\n#+ order: [thing]\n'
    zebre, housing = "<https://w3id.org/rte/id/alliance/zebre>", "<https://w3id.org/rte/vocab/theme/housing>"
    rows = f"({zebre} {housing}) (<http://e.org/x> UNDEF)"
    body = f"SELECT ?thing ?thingLabel ?role ?roleIri WHERE {{ VALUES (?thing ?roleIri) {{ {rows} }} }}"
    table = run_query(world, saved(body, header), {}, "en")
    assert column(table, "thingLabel") == ["x", "Coalition Zèbre"]
    assert column(table, "role") == ["", "housing"]


def test_alliances_are_national_unless_another_level_is_asked_for(world: EmbeddedStore, library: Library):
    query = library.get("alliances")
    assert column(run_query(world, query, {}), "allianceLabel") == [
        "Alliance École",
        "Coalition Zèbre",
        "Collectif Emploi",
    ]
    assert column(run_query(world, query, {"level": "territorial"}), "parentLabel") == ["Collectif Emploi"]
    assert len(run_query(world, query, {"level": "*"}).rows) == 4


def test_named_members_are_counted_and_claimed_ones_stand_apart(world: EmbeddedStore, library: Library):
    table = run_query(world, library.get("alliances"), {})
    assert column(table, "memberCount") == ["2", "3", "0"]
    assert column(table, "claimedCount") == ["", "15", ""]


def test_a_dataset_is_a_parameter_like_another(world: EmbeddedStore, library: Library):
    query = library.get("alliances")
    assert len(run_query(world, query, {"source": "Petit monde"}).rows) == 3
    assert len(run_query(world, query, {"source": "dataset:small"}).rows) == 3


def test_a_missing_parameter_is_asked_for_with_an_example(world: EmbeddedStore, library: Library):
    with pytest.raises(MissingParameter) as caught:
        run_query(world, library.get("members-of-alliance"), {})
    # The example of the header is not in these data: one that they hold stands in its place.
    assert '-p alliance="Alliance École"' in str(caught.value)
    assert "other values: Coalition Zèbre, Collectif Emploi" in str(caught.value)


def test_an_unknown_parameter_is_answered_with_those_that_there_are(world: EmbeddedStore, library: Library):
    with pytest.raises(InvalidParameter, match="its parameters are: alliance"):
        run_query(world, library.get("members-of-alliance"), {"allaince": "x"})
    with pytest.raises(InvalidParameter, match="it has none"):
        run_query(world, library.get("persons"), {"x": "y"})


def test_a_required_parameter_cannot_be_left_free(world: EmbeddedStore, library: Library):
    with pytest.raises(Exception, match="not known here"):
        run_query(world, library.get("members-of-alliance"), {"alliance": "*"})


def test_an_unknown_language_is_refused(world: EmbeddedStore, library: Library):
    with pytest.raises(InvalidParameter, match="choose fr or en"):
        run_query(world, library.get("persons"), {}, "de")


def test_text_that_is_not_sparql_is_refused_with_its_file(world: EmbeddedStore, saved: Make):
    header = '#+ summary: {fr: "a", en: "a"}\n#+ description: {fr: "a", en: "a"}\n#+ order: [x]\n'
    said = r"things\.rq: syntax error at line 4, column \d+, near"
    with pytest.raises(UnreadableQuery, match=said) as caught:
        run_query(world, saved("SELECT ?x WHERE { ?x ?y }", header), {})
    for message in (caught.value.fr, caught.value.en):
        assert "expected" not in message
        assert "{" not in message.partition("»")[2]
    assert "erreur de syntaxe ligne 4" in caught.value.fr


def test_joined_values_are_put_into_order():
    joined = Grid.of_rows(
        ("lines", "evidenceA", "documentIri"),
        [(Literal("12-13, 9-9, 12-13"), Literal("b a"), Literal("b ; a"))],
    )
    nothing = Grid.of_rows(("lines",), [(Literal(""),)])
    for grid in (joined, nothing):
        sort_lists(grid)
    assert Rows(joined) == [(Literal("9-9, 12-13"), Literal("a b"), Literal("b ; a"))]
    assert Rows(nothing) == [(None,)]


def test_an_empty_table_says_which_values_give_rows(world: EmbeddedStore, library: Library):
    query = library.get("projects-of-alliance")
    values = {"alliance": "Coalition Zèbre"}
    assert not run_query(world, query, values).rows
    said = explain_empty(world, query, values, "fr").replace("\u00a0", " ")
    assert said == (
        "Aucune ligne pour alliance = « Coalition Zèbre ».\n"
        "Valeurs de « alliance » qui donnent des lignes : Alliance École."
    )
    assert "Values of “alliance” that give rows: Alliance École." in explain_empty(world, query, values, "en")


def test_possible_values_of_a_parameter(world: EmbeddedStore, library: Library):
    query = library.get("alliances")
    level, source = query.parameters
    assert [each.label for each in values_of(world, level, "fr")] == ["national", "territorial"]
    assert [each.label for each in values_of(world, source, "fr")] == ["Petit monde"]
    assert [each.label for each in values_with_rows(world, query, level, {}, "fr")] == [
        "national",
        "territorial",
    ]


OF_THE_SMALL_WORLD = {"alliances", "organisations", "people", "projects", "challenges"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_saved_queries_run_on_any_data_of_this_form(world: EmbeddedStore, library: Library, lang: str):
    values = {
        "alliance": "Alliance École",
        "organisation": "Groupe Mutuel",
        "subject": "L’Œuvre Bleue",
    }
    empty = set()
    for name, query in library.queries.items():
        given = default_values(query)
        fitting = values if given.keys() <= values.keys() else fitting_values(world, query, lang)
        if fitting is None:
            continue
        found = run_query(world, query, {each: fitting[each] for each in given}, lang).rows
        if not found and query.topic in OF_THE_SMALL_WORLD:
            empty.add(name)
    # What the small world says nothing of.
    assert empty == {
        "alliances-of-organisation",
        "difficulties",
        "funding-models",
        "governance-of-alliance",
        "partner-stakes",
        "priorities",
        "publics-of-alliance",
    }


def test_defaults_are_the_examples_of_what_is_required(library: Library):
    assert default_values(library.get("alliances")) == {}
    assert default_values(library.get("evidence-of")) == {"subject": "Siel Bleu"}
