"""What a query asks, told in French and in English: exact sentences, and every saved query."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ask_harness import script_value, write_page
from chromium import until

from rte_graph.loading import store_from
from rte_graph.namespaces import PREFIXES
from rte_graph.resources import queries_folder
from rte_graph.sparql.library import load_library
from rte_graph.sparql.names import labels

LABELLED = """
SELECT DISTINCT ?x WHERE {
  { ?x <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } UNION
  { ?x <http://www.w3.org/2000/01/rdf-schema#label> ?l }
}
"""
Explain = Callable[..., Any]
# Words of SPARQL and of its grammar, and what JavaScript says of what it does not have.
BARE = re.compile(
    r"\b(undefined|null|NaN|bgp|filter|optional|notexists|exists|operation|aggregate|group_concat|coalesce|"
    r"termType|NamedNode|Variable|SELECT|WHERE|BIND|UNION|GRAPH|COUNT|STR|LANG|UNDEF)\b|\[object|https?://|\{|\}"
)


@cache
def names() -> dict[str, dict[str, str]]:
    store = store_from(None)
    iris = sorted(str(getattr(row[0], "value", "")) for row in store.select(LABELLED).rows)
    return {lang: dict(labels(store, iris, lang)) for lang in ("fr", "en")}


@pytest.fixture(scope="module")
def explain(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Explain:
    """Explain a text in the browser: the tree of sentences, or the error."""
    setup = f"window.NAMES = {script_value(names())};"
    browser.get(write_page(tmp_path_factory.mktemp("explain"), "explain", setup).as_uri())
    until(browser, "typeof rteExplain === 'function'")

    def told(text: str, lang: str = "fr") -> Any:
        return browser.execute_script(
            "return rteExplain(arguments[0], arguments[1], {labelOf: (iri) => NAMES[arguments[1]][iri]})",
            text,
            lang,
        )

    return told


def prefixed(text: str) -> str:
    used = {name for name in PREFIXES if f"{name}:" in text}
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in sorted(used)) + text


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def saved() -> dict[str, str]:
    return {query.name: query.text for query in load_library(queries_folder()).queries.values()}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_saved_query_is_told_in_whole_sentences_without_words_of_the_grammar(
    explain: Explain, lang: str
) -> None:
    for name, text in saved().items():
        found = explain(text, lang)
        assert "error" not in found, (name, found)
        assert len(found["sentences"]) > 1
        for sentence in found["sentences"]:
            assert not BARE.search(sentence), (name, sentence)
            assert re.match(r"[A-ZÀÉ?L«“]", sentence), (name, sentence)
            assert sentence.endswith((".", "!", "?", "…")), (name, sentence)
        if lang == "fr":
            assert not re.search(r"\S[:;»!]|«\S| [:;»](?:\s|$)", " ".join(found["sentences"])), name


PAIRS = [
    (
        "SELECT ?alliance WHERE { ?alliance a rte:Alliance }",
        ["On dresse une liste : chaque ligne donne ?alliance.",
         "Pour cela, ceci doit être vrai dans le graphe : ?alliance est une alliance."],
        ["A list is made: each row gives ?alliance.",
         "For that, this must be true in the graph: ?alliance is an alliance."],
    ),
    (
        "SELECT ?m { ?membership a rte:Membership ; org:organization ?a ; org:member ?m }",
        ["On dresse une liste : chaque ligne donne ?m.",
         "Pour cela, ceci doit être vrai dans le graphe : ?membership est une adhésion qui a pour "
         "organisation "
         "?a et pour membre ?m."],
        ["A list is made: each row gives ?m.",
         "For that, this must be true in the graph: ?membership is a membership that has organisation ?a and "
         "member ?m."],
    ),
    (
        "ASK { ?x rte:within+ <https://w3id.org/rte/id/territory/region-76> }",
        ["On demande si le graphe contient de quoi remplir toutes les conditions ci-dessous : la réponse est "
         "oui ou non.",
         "Pour cela, ceci doit être vrai dans le graphe : ?x se trouve dans « Occitanie », directement "
         "ou de proche en proche."],
        ["The question is whether the graph holds something that meets all the conditions below: the answer "
         "is yes or no.",
         "For that, this must be true in the graph: ?x lies in “Occitanie”, directly or step by step."],
    ),
    (
        "SELECT ?kind (COUNT(DISTINCT ?o) AS ?n) { ?o rte:kind ?kind } GROUP BY ?kind HAVING (COUNT(?o) "
        ">= 3) "
        "ORDER BY DESC(?n) ?kind LIMIT 1000 OFFSET 5",
        ["On dresse une liste : chaque ligne donne ?kind et le nombre de ?o différents (?n).",
         "Pour cela, ceci doit être vrai dans le graphe : ?o a pour genre ?kind.",
         "Ces calculs se font pour chaque ?kind.",
         "On ne garde que les groupes où le nombre de ?o vaut au moins 3.",
         "Les lignes sont rangées par ?n en commençant par le plus grand, puis par ?kind.",
         "Les 5 premières lignes sont sautées.",
         "On en donne 1 000 lignes au plus."],
        ["A list is made: each row gives ?kind and the number of distinct ?o (?n).",
         "For that, this must be true in the graph: ?o has kind ?kind.",
         "These are computed for each ?kind.",
         "Only the groups are kept where the number of ?o is at least 3.",
         "Rows are sorted by ?n, largest first, then by ?kind.",
         "The first 5 rows are left out.",
         "1,000 rows at most are given."],
    ),
    (
        "SELECT DISTINCT ?a ?d { ?a rte:start ?d . OPTIONAL { ?a rte:end ?e } "
        "FILTER NOT EXISTS { ?a rte:end ?any } FILTER(YEAR(?d) > 2019 && ?a != ?d) }",
        ["On dresse une liste : chaque ligne donne ?a et ?d.",
         "Pour cela, tout ceci doit être vrai dans le graphe : ?a a pour début ?d. ?a n’a pas de fin. "
         "L’année "
         "de ?d dépasse 2019. ?a n’est pas ?d.",
         "Une ligne qui se répète n’est donnée qu’une fois."],
        ["A list is made: each row gives ?a and ?d.",
         "For that, all of this must be true in the graph: ?a has start ?d. ?a has no end. The year of ?d is "
         "greater than 2019. ?a is not ?d.",
         "A row that repeats is given once only."],
    ),
    (
        "SELECT ?a { ?a rte:within ?b } VALUES ?b { <https://w3id.org/rte/id/territory/region-76> "
        "<https://w3id.org/rte/id/territory/region-11> }",
        ["On dresse une liste : chaque ligne donne ?a.",
         "Pour cela, tout ceci doit être vrai dans le graphe : ?a se trouve dans ?b. ?b est l’un de ces "
         "choix : « Occitanie », « Île-de-France »."],
        ["A list is made: each row gives ?a.",
         "For that, all of this must be true in the graph: ?a lies in ?b. ?b is one of “Occitanie”, "
         "“Île-de-France”."],
    ),
    (
        'SELECT ?a ?l { ?a skos:prefLabel ?l FILTER(CONTAINS(LCASE(STR(?l)), "eau") && LANG(?l) = "fr") }',
        ["On dresse une liste : chaque ligne donne ?a et ?l.",
         "Pour cela, tout ceci doit être vrai dans le graphe : ?a a pour nom ?l. ?l contient « eau », en "
         "majuscules ou en minuscules. ?l est en français."],
        ["A list is made: each row gives ?a and ?l.",
         "For that, all of this must be true in the graph: ?a has name ?l. ?l contains “eau”, in capitals or "
         "small letters. ?l is in French."],
    ),
    (
        "SELECT ?a { { ?a a rte:Alliance } UNION { ?a a rte:Organisation } MINUS { ?a rte:end ?e } }",
        ["On dresse une liste : chaque ligne donne ?a.",
         "Pour cela, tout ceci doit être vrai dans le graphe : L’un de ces cas se présente : ?a est une "
         "alliance. ?a est une organisation. Sont écartés les cas où ?a a pour fin ?e."],
        ["A list is made: each row gives ?a.",
         "For that, all of this must be true in the graph: One of these cases holds: ?a is an alliance. "
         "?a is "
         "an organisation. Left out are the cases where ?a has end ?e."],
    ),
    (
        "CONSTRUCT { ?a rte:towards ?b } WHERE { ?a ^org:member/org:organization ?b }",
        ["On fabrique un graphe : pour chaque réponse, il dit que : ?a est une relation envers ?b.",
         "Pour cela, ceci doit être vrai dans le graphe : Un intermédiaire a pour membre ?a, et cet "
         "intermédiaire a pour organisation ?b."],
        ["A graph is made: for each answer it says that: ?a is a relation towards ?b.",
         "For that, this must be true in the graph: A go-between has member ?a, and this go-between has "
         "organisation ?b."],
    ),
    (
        "SELECT (AVG(?v) AS ?mean) { ?f rte:value ?v ; rte:unknownThing 4.50 ; rte:inseeCode ?c }",
        ["On calcule la moyenne de ?v (?mean).",
         "Pour cela, ceci doit être vrai dans le graphe : ?f a pour valeur ?v, pour unknown thing 4,50 "
            "et pour code INSEE ?c."],
        ["Computed is the average of ?v (?mean).",
         "For that, this must be true in the graph: ?f has value ?v, unknown thing 4.50 and INSEE "
            "code ?c."],
    ),
    (
        "SELECT ?a { VALUES ?source { UNDEF } ?a a rte:Alliance "
        "FILTER(!BOUND(?source) || EXISTS { GRAPH ?source { ?a a rte:Alliance } }) }",
        ["On dresse une liste : chaque ligne donne ?a.",
         "Valeur à choisir : ?source est laissé libre : tout convient.",
         "Pour cela, tout ceci doit être vrai dans le graphe : ?a est une alliance. Si ?source est fixé, "
         "selon "
         "?source, ?a est une alliance."],
        ["A list is made: each row gives ?a.",
         "Value to choose: ?source is left free: anything fits.",
         "For that, all of this must be true in the graph: ?a is an alliance. If ?source is given, according "
         "to ?source, ?a is an alliance."],
    ),
    (
        "SELECT ?a { SERVICE <https://example.org/sparql> { ?a ?b ?c } }",
        ["On dresse une liste : chaque ligne donne ?a.",
         "Pour cela, ceci doit être vrai dans le graphe : Cette partie interroge un autre site (« sparql "
         "») : "
         "ce n’est pas possible ici, la page ne va sur aucun réseau."],
        ["A list is made: each row gives ?a.",
         "For that, this must be true in the graph: This part asks another site (“sparql”): that is not "
         "possible here, the page goes on no network."],
    ),
    (
        "SELECT * FROM <https://example.org/g> { ?a ?p ?o }",
        ["Cette requête demande à lire d’autres fichiers (FROM) : ce n’est pas possible ici, la page n’a que "
         "ses propres données.",
         "On dresse une liste : chaque ligne donne tout ce qui est nommé ci-dessous par un « ? ».",
         "Pour cela, ceci doit être vrai dans le graphe : ?a a un lien avec ?o par la propriété ?p."],
        ["This query asks to read other files (FROM): that is not possible here, the page has only its own "
         "data.",
         "A list is made: each row gives everything that is named below by a “?”.",
         "For that, this must be true in the graph: ?a is linked to ?o by the property ?p."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("query", "french", "english"), PAIRS, ids=range(len(PAIRS)))
def test_a_query_is_told_in_these_words(
    explain: Explain, query: str, french: list[str], english: list[str]
) -> None:
    assert [spaced(text) for text in explain(prefixed(query), "fr")["sentences"]] == french
    assert explain(prefixed(query), "en")["sentences"] == english


def test_members_of_an_alliance_are_told_as_a_person_would(explain: Explain) -> None:
    tree = explain(saved()["members-of-alliance"], "fr")["tree"]
    told = [spaced(each["text"]) for part in tree for each in [part, *part.get("items", [])]]
    assert told == [
        "On dresse une liste : chaque ligne donne ?alliance, ?member (avec son nom), ?roleIri (avec son "
        "nom), "
        "?printedRole, ?start et ?end, avec les passages des sources qui le disent.",
        "Valeur à choisir :",
        "?alliance est « Coalition Solidaire ».",
        "Pour cela, tout ceci doit être vrai dans le graphe :",
        "?membership est une adhésion qui a pour organisation ?alliance, pour membre ?member et pour rôle "
        "?roleIri.",
        "?roleIri est « appartenance » ou une notion plus précise, ou bien ?roleIri n’a pas de notion plus "
        "large.",
        "?roleIri n’est ni « siège dans une instance » ni une notion plus précise.",
        "?roleIri n’est ni « fonction » ni une notion plus précise.",
        "?member est une organisation ou une alliance, ou bien (?member est une personne, et ?roleIri est "
        "« appartenance » ou une notion plus précise).",
        "On ajoute, quand le graphe le dit :",
        "?membership a pour rôle imprimé ?printedRole, pour début ?start et pour fin ?end.",
        "Les noms sont donnés en français.",
    ]


def test_what_cannot_be_read_says_so_and_where(explain: Explain) -> None:
    found = explain("SELECT ?a WHERE {\n  ?a a \n}", "en")
    assert found["error"] == "The query cannot be read yet: first correct the error that is marked."
    assert found["line"] == 3
    assert "sentences" not in found


def test_hostile_names_are_shown_as_text_and_unknowns_stand_apart(browser: Any, explain: Explain) -> None:
    text = 'SELECT ?a { ?a <http://x/<b> "<img src=x onerror=window.hacked=1>" }'.replace("<b>", "b>")
    browser.execute_script(
        "rteExplainInto(document.getElementById('explained'), arguments[0], 'fr',"
        " {labelOf: () => '<script>window.hacked=1</script>'})",
        text,
    )
    shown = browser.execute_script(
        "const e = document.getElementById('explained');"
        "return [e.textContent.includes('<img src=x'), e.querySelectorAll('img, script').length,"
        " [...e.querySelectorAll('var')].map((v) => v.textContent), window.hacked ?? null]"
    )
    assert shown[:2] == [True, 0]
    assert set(shown[2]) == {"?a"}
    assert shown[3] is None


def test_the_page_of_explanations_stays_quick(explain: Explain) -> None:
    deep = "SELECT ?a { " + "{ " * 40 + "?a a rte:Alliance" + " }" * 40 + " }"
    assert explain(prefixed(deep), "en")["sentences"][1].endswith("?a is an alliance.")
    wide = "SELECT ?a { " + " ".join(f"OPTIONAL {{ ?a rte:start ?s{i} }}" for i in range(300)) + " }"
    assert "error" not in explain(prefixed(wide), "en")


def test_the_folder_of_scripts_is_listed_whole() -> None:
    from ask_harness import ASSETS, SCRIPTS

    known = {Path(script).stem for script in SCRIPTS}
    assert {path.stem for path in (ASSETS / "ask").glob("explain*.js")} <= known


def test_columns_are_told_by_their_headings_where_they_have_some(browser: Any, explain: Explain) -> None:
    query = prefixed(
        "SELECT ?member ?memberLabel (COUNT(?m) AS ?count) ?constructor {"
        " ?m org:member ?member . OPTIONAL { ?member skos:prefLabel ?memberLabel }"
        " } GROUP BY ?member ?memberLabel ?constructor"
    )
    told = browser.execute_script(
        "const headings = {memberLabel: 'Membre', count: 'Nombre'};"
        "return rteExplain(arguments[0], 'fr', {headings}).sentences[0]",
        query,
    )
    assert spaced(told) == (
        "On dresse une liste : chaque ligne donne « Membre » (?member), « Nombre » (?count : le nombre de "
        "?m) et ?constructor."
    )
