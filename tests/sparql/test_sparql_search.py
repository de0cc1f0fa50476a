from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rte_graph.errors import UsageError
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import Library, SavedQuery
from rte_graph.sparql.search import nothing_found, search, topic_named

Make = Callable[..., SavedQuery]

HEADER = """\
#+ summary: {{fr: "{fr}", en: "{en}"}}
#+ description: {{fr: "{about}", en: "About."}}
#+ tags: [{tags}]
#+ order: [thing]
"""
PARAMETER = """\
#+ params:
#+   town:
#+     type: string
#+     label: {fr: "Commune", en: "Town"}
#+     description: {fr: "Où c’est.", en: "Where it is."}
#+     example: "Lille"
"""
BODY = "SELECT ?thing WHERE { ?thing a ?type }\n"
USES = 'SELECT ?thing WHERE { VALUES ?town { "Lille" } ?thing a ?town }\n'


def head(fr: str, en: str, about: str = "Rien.", tags: str = "") -> str:
    return HEADER.format(fr=fr, en=en, about=about, tags=tags)


@pytest.fixture
def library(saved: Make, tmp_path: Path) -> Library:
    saved(BODY, head("Écoles et réseaux", "Schools and networks", tags="learning"), "schools", "places")
    saved(
        USES,
        head("Hôpitaux", "Hospitals", "Chaque hôpital, avec ses écoles.") + PARAMETER,
        "hospitals",
        "places",
    )
    saved(BODY, head("Gens", "People", "L’école de chacun."), "pupils", "persons")
    (tmp_path / "topics.yaml").write_text('places: {fr: "Lieux", en: "Places"}\n', encoding="utf-8")
    (tmp_path / "columns.yaml").write_text('thing: {fr: "Œuvre", en: "Work"}\n', encoding="utf-8")
    return load_library(tmp_path)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("schools", ["schools"]),
        ("ECOLES", ["schools", "hospitals", "pupils"]),
        ("école", ["schools", "hospitals", "pupils"]),
        ("hopital", ["hospitals"]),
        ("hôpitaux", ["hospitals"]),
        ("commun", ["hospitals"]),
        ("where town", ["hospitals"]),
        ("œuvre", ["hospitals", "schools", "pupils"]),
        ("lieux", ["hospitals", "schools"]),
        ("learn", ["schools"]),
        ("gens ecole", ["pupils"]),
        ("gens hopital", []),
        ("zzz", []),
        ("’", ["hospitals", "schools", "pupils"]),
    ],
)
def test_all_words_must_be_found_somewhere_in_either_language(library: Library, words: str, names: list[str]):
    assert [query.name for query in search(library, words.split())] == names


def test_what_a_query_is_called_counts_more_than_what_is_said_of_it(library: Library):
    assert search(library, ["ecole"])[0].name == "schools"
    assert [query.name for query in search(library, ["ecole"], "persons")] == ["pupils"]


def test_nothing_found_names_the_word_that_was_meant(library: Library):
    assert "essayez ecoles" in nothing_found(library, ["ecolles"], None).fr
    assert "schools" in nothing_found(library, ["learning"], "persons").en
    assert "“rte-graph query list”" in nothing_found(library, ["zz"], None).en
    assert len(nothing_found(library, ["x" * 500], None).fr) < 250


def test_a_topic_is_meant_by_its_name_or_its_title(library: Library):
    assert topic_named(library, "LIEUX") == topic_named(library, "places") == "places"
    with pytest.raises(UsageError, match=r"choose among places \(Places\), persons\."):
        topic_named(library, "zz")
