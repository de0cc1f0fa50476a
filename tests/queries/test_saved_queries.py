"""Every file of queries/: its form, its expectation, and the same table from two engines."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from rte_graph.loading import packaged_store
from rte_graph.namespaces import RTE, VOCABULARY_BASE
from rte_graph.resources import ontology_folder, queries_folder
from rte_graph.sparql.engine import default_values, run_query
from rte_graph.sparql.formats import to_text
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import Library
from rte_graph.sparql.names import Scope, possible_values
from rte_graph.sparql.parameters import value_blocks
from rte_graph.sparql.present import shown_columns
from rte_graph.sparql.tokens import Kind, tokenize
from rte_graph.store.base import Store

sys.path.insert(0, str(Path(__file__).parent))
from expectations import expectation_file, given
from rdflib_store import RdflibStore

FOLDER = queries_folder()
LIBRARY: Library = load_library(FOLDER)
NAMES = sorted(LIBRARY.queries)

# Names, parameters and columns that documentation, reports and people’s scripts rely on.
PROMISED = {
    "alliances": ("level source", "allianceLabel form memberCount claimedCount"),
    "members-of-alliance": ("alliance", "memberLabel role"),
    "alliances-of-organisation": ("organisation", "allianceLabel role"),
    "partners-of-alliance": ("alliance", "partyLabel kind"),
    "shared-members": ("", "allianceALabel allianceBLabel memberLabel"),
    "organisations": ("", "organisationLabel kind"),
    "competences": ("", "organisationLabel competence"),
    "projects-of-alliance": ("alliance", "projectLabel pilotLabel"),
    "persons": ("", "personLabel function organisationLabel"),
    "board-interlocks": ("", "personLabel organisationALabel organisationBLabel"),
    "events": ("", "date eventLabel"),
    "figures": ("", "subjectLabel value unit counts"),
    "territories-of-alliance": ("alliance", "territoryLabel"),
    "funders": ("", "funderLabel fundedLabel kind"),
    "evidence-of": ("subject", "statement document lines"),
    "challenges": ("", "challengeLabel stepLabel"),
    "name-changes": ("", "formerName currentLabel"),
    "contradictions": ("", "subjectLabel reading lines"),
    "initiatives": ("source kind", "initiativeLabel domainLabel territoryLabel"),
    "initiatives-by-domain": ("", "domainLabel count"),
    "initiatives-of-organisation": ("organisation", "initiativeLabel role"),
    "participants-of-initiative": ("initiative", "participantLabel role level"),
    "initiatives-in-territory": ("territory", "initiativeLabel territoryLabel"),
    "initiatives-by-department": ("", "code departmentLabel count"),
    "overseas-initiatives": ("", "initiativeLabel territoryLabel"),
    "co-participation-over": ("minimum level", "actorALabel actorBLabel count"),
    "spread-perspectives": ("", "initiativeLabel whereLabel"),
    "alliance-memberships": ("", "source target sourceLabel targetLabel role start end evidence"),
    "figures-of-initiative": ("initiative", "value unit counts qualifier"),
    "reach-over": ("minimum", "initiativeLabel value counts"),
    "grid": ("", "dimensionLabel leverLabel impactLabel"),
    "initiatives-by-dimension": ("", "dimensionLabel count"),
    "research-steps": ("", "order stepLabel period"),
    "organisations-in-both-sources": ("", "organisationLabel mgenStatements ag2rStatements"),
    "white-spots": ("", "kind label"),
    "statements-without-evidence": ("", "subjectLabel statement"),
    "measurements": ("measure", "networkLabel measureLabel set rank nodeLabel value"),
}
# What must find nothing in the packaged data.
EMPTY = {"statements-without-evidence", "measurements"}
# What finds something only in data that hold what is computed: tests/network/test_measurements.py.
COMPUTED = {"measurements"}
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

# Text in both languages is made by the query itself in these; elsewhere one run on rdflib is enough.
BOTH_LANGUAGES = {
    "evidence-of",
    "contradictions",
    "alliances",
    "members-of-alliance",
    "citations-of-passage",
    "white-spots",
}


@pytest.fixture(scope="module")
def store() -> Store:
    return packaged_store()


@pytest.fixture(scope="module")
def second(store) -> RdflibStore:
    return RdflibStore(store)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_gives_what_is_expected(store: Store, name: str):
    query = LIBRARY.get(name)
    path = expectation_file(query)
    assert path.is_file(), f"write {path.name}: python tests/queries/expectations.py"
    assert given(store, query) == path.read_text(encoding="utf-8")


def test_no_expectation_is_left_without_its_query():
    expected = {path.name.removesuffix(".expected.tsv") for path in FOLDER.glob("*/*.expected.tsv")}
    assert expected == set(NAMES)


@pytest.mark.parametrize(
    ("name", "lang"),
    [(name, lang) for name in NAMES for lang in ("fr", "en") if lang == "fr" or name in BOTH_LANGUAGES],
)
def test_two_engines_give_the_same_table(store: Store, second: RdflibStore, name: str, lang: str):
    assert given(second, LIBRARY.get(name), lang) == given(store, LIBRARY.get(name), lang)


@pytest.mark.parametrize(
    ("name", "parameter"),
    [(name, each.name) for name in NAMES if name not in COMPUTED for each in LIBRARY.get(name).parameters],
)
def test_the_example_of_a_parameter_gives_rows(store: Store, second: RdflibStore, name: str, parameter: str):
    query = LIBRARY.get(name)
    examples = {each.name: each.example for each in query.parameters}
    values = {**default_values(query), parameter: examples[parameter]}
    table = run_query(store, query, values)
    assert table.rows
    if parameter not in default_values(query):
        assert to_text("tsv", run_query(second, query, values)) == to_text("tsv", table)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_run_in_english_shows_no_french_concept(store: Store, name: str):
    query = LIBRARY.get(name)
    french = run_query(store, query, default_values(query), "fr")
    english = run_query(store, query, default_values(query), "en")
    assert len(french.rows) == len(english.rows)
    concepts = [column for column in query.columns if f"{column}Iri" in query.columns]
    for column in set(concepts) - {"document"}:
        values = {term for term in french.column(column) if term is not None}
        if len(values) > 3:
            assert values != {term for term in english.column(column) if term is not None}


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_promised_parameters_and_columns_are_there(name: str):
    parameters, columns = PROMISED[name]
    query = LIBRARY.get(name)
    assert set(parameters.split()) <= {parameter.name for parameter in query.parameters}
    assert set(columns.split()) <= set(query.columns)


@pytest.mark.parametrize("name", sorted(EMPTY))
def test_what_must_find_nothing_finds_nothing(store: Store, name: str):
    query = LIBRARY.get(name)
    assert not run_query(store, query, default_values(query)).rows


@pytest.mark.parametrize("name", sorted(set(PROMISED) - EMPTY))
def test_promised_columns_are_filled(store: Store, name: str):
    query = LIBRARY.get(name)
    table = run_query(store, query, default_values(query))
    for column in set(PROMISED[name][1].split()) - {"end"}:
        assert any(term is not None for term in table.column(column)), column


@pytest.mark.parametrize("name", NAMES)
def test_the_iri_stands_beside_each_label(name: str):
    columns = set(LIBRARY.get(name).columns)
    for column in columns:
        if column.endswith("Label"):
            assert column.removesuffix("Label") in columns
    for column in columns & {"role", "form", "kind", "unit", "counts", "function", "competence", "qualifier"}:
        assert f"{column}Iri" in columns


@pytest.mark.parametrize("name", NAMES)
def test_every_query_takes_the_language(name: str):
    assert "lang" in {block.name for block in value_blocks(tokenize(LIBRARY.get(name).text))}


@pytest.mark.parametrize("name", NAMES)
def test_columns_that_people_see_have_headings(store: Store, name: str):
    query = LIBRARY.get(name)
    table = run_query(store, query, default_values(query))
    missing = [column for column in shown_columns(table, iris=False) if column not in LIBRARY.headings]
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_topics_have_titles_and_descriptions_are_sentences(name: str):
    query = LIBRARY.get(name)
    assert query.topic in LIBRARY.topics
    for lang in ("fr", "en"):
        assert query.description.in_language(lang).endswith(".")
        assert not query.summary.in_language(lang).endswith(".")
    assert query.tags


@pytest.mark.parametrize("name", NAMES)
def test_a_query_names_only_terms_that_exist(store: Store, name: str):
    ontology = (ontology_folder() / "rte.ttl").read_text(encoding="utf-8")
    declared = set(re.findall(r"^(?:rte:|<https://w3id.org/rte/ontology#)(\w+)", ontology, re.MULTILINE))
    text = LIBRARY.get(name).text
    prefixes = dict(re.findall(r"PREFIX ([\w-]*): <([^>]*)>", text))
    for token in tokenize(text):
        if token.kind is not Kind.PREFIXED_NAME:
            continue
        prefix, _, local = token.text.partition(":")
        if prefixes.get(prefix) == RTE and local:
            assert local in declared
        elif local and prefixes.get(prefix, "").startswith(VOCABULARY_BASE):
            iri = prefixes[prefix] + local
            assert store.ask(f"ASK {{ <{iri}> ?p ?o }}"), iri


@pytest.mark.parametrize("name", NAMES)
def test_no_query_declares_a_prefix_that_it_does_not_use(name: str):
    text = LIBRARY.get(name).body
    for prefix in re.findall(r"PREFIX ([\w-]*):", text):
        assert len(re.findall(rf"(?<![\w-]){re.escape(prefix)}:", text)) > 1, prefix


def test_pairs_of_alliances_are_given_once(store: Store):
    table = run_query(store, LIBRARY.get("shared-members"), {})
    pairs = list(zip(table.column("allianceA"), table.column("allianceB"), strict=True))
    assert all(str(a) < str(b) for a, b in pairs)


def test_the_network_holds_organisations_and_national_alliances_only(store: Store):
    query = LIBRARY.get("alliance-memberships")
    table = run_query(store, query, {})
    nodes = run_query(store, LIBRARY.get("alliance-memberships-nodes"), {})
    named = zip(nodes.column("set"), nodes.column("node"), strict=True)
    sets = {(str(node), str(name)) for name, node in named}
    assert all(each is not None for each in table.column("evidence"))
    national = possible_values(store, Scope(class_iri=RTE("Alliance")), "fr")
    targets = {str(term) for term in table.column("target")}
    assert {f"<{each.iri}>" for each in national if each.iri.endswith("coalition-solidaire")} <= targets
    assert targets <= {node for node, name in sets if "target" in name}
    assert {str(term) for term in table.column("source")} == {node for node, name in sets if "source" in name}


def test_every_network_is_a_query_of_its_topic():
    assert {query.topic for query in LIBRARY.networks()} == {"networks"}


def test_headings_are_not_left_over():
    used: set[str] = {column for query in LIBRARY.queries.values() for column in query.columns}
    assert not set(LIBRARY.headings) - used


@pytest.mark.parametrize("name", NAMES)
def test_a_query_fetches_nothing_from_elsewhere(name: str):
    words = {token.text.upper() for token in tokenize(LIBRARY.get(name).text) if token.kind is Kind.WORD}
    assert not words & {"SERVICE", "FROM", "LOAD"}


def _groups_that_use_the_language(text: str) -> list[tuple[bool, bool]]:
    """For each group with ?lang in a FILTER: whether it binds ?lang itself, and whether its parent does."""
    tokens = tokenize(text)
    stack: list[dict[str, bool]] = [{"binds": False, "filters": False}]
    found: list[tuple[bool, bool]] = []
    last_word = ""
    for token in tokens:
        if token.is_punctuation("{"):
            stack.append({"binds": False, "filters": False})
        elif token.is_punctuation("}"):
            group = stack.pop()
            if group["filters"]:
                found.append((group["binds"], stack[-1]["binds"]))
        elif token.kind is Kind.WORD:
            last_word = token.text.upper()
        elif token.variable == "lang":
            stack[-1]["binds" if last_word == "VALUES" else "filters"] = True
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_language_is_in_scope_where_labels_are_chosen(name: str):
    # SPARQL evaluates groups from the inside: a FILTER two OPTIONALs deep does not see the ?lang outside, and
    # the engine's fallback would hide that nothing was found.
    for own, parent in _groups_that_use_the_language(LIBRARY.get(name).body):
        assert own or parent
