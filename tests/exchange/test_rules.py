"""Rules are plain SPARQL, say what they do, take what they say, and each of them is of use."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

import pytest
import rdflib
from pyoxigraph import NamedNode, Triple

from rte_graph.exchange.align import Alignment, made_by
from rte_graph.exchange.outward import Export, own_statements
from rte_graph.exchange.rules import Rule, rules, takes
from rte_graph.exchange.running import ALIGNMENTS, concept_mappings, run_rules
from rte_graph.exchange.vocabularies import VOCABULARIES, Vocabulary
from rte_graph.namespaces import RTE
from rte_graph.store import Store
from rte_graph.validation import packaged_ontology

FOLDERS = ("common", *(each.name for each in VOCABULARIES))
ALL = [rule for folder in FOLDERS for way in ("from", "to") for rule in rules((folder,), way)]
# What the published schemes of ESSGlobal hold: DigitalCommons/map-sse, vocabs/standard/*.ttl, and
# essglobal-linked-open-data/map-sse, vocabs/standard/*.skos.
PUBLISHED = {
    "legal-form": {f"L{n}" for n in range(1, 6)},
    "organisational-structure": {f"OS{n}" for n in (*range(10, 250, 10), 115)},
    "activities": {f"a{n:02d}" for n in range(1, 15)},
    "activities-modified": {f"AM{n}" for n in range(10, 170, 10)},
    "activities-ica": {f"ICA{n}" for n in range(10, 300, 10)},
    "themes": {f"T{n}" for n in range(1, 20)},
    "qualifiers": {"Socialinsertioninitiatives"},
}


def halves(rule: Rule) -> tuple[str, str]:
    """Return the CONSTRUCT template and the WHERE clause."""
    template, where = re.split(r"\nWHERE ", rule.construct[rule.construct.index("CONSTRUCT") :], maxsplit=1)
    return template, where


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_a_rule_names_the_terms_that_it_reads_and_writes(rule: Rule) -> None:
    template, where = halves(rule)
    read, made = (rule.theirs, rule.ours) if "/from/" in rule.name else (rule.ours, rule.theirs)
    for name in read:
        assert name in where, f"{name} is not read"
    for name in made:
        # What is chosen by a VALUES block stands there.
        assert name in template or name in where, f"{name} is not written"
    assert rule.summary.fr != rule.summary.en
    assert re.search(r"\.$", rule.summary.fr)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_rdflib_reads_a_rule_too(rule: Rule) -> None:
    from rdflib.plugins.sparql import prepareQuery

    prepareQuery(rule.construct)
    prepareQuery(rule.takes)


def test_conditions_and_our_own_graphs_are_not_taken() -> None:
    query = """PREFIX e: <http://e/>
CONSTRUCT { ?s e:b ?o }
WHERE {
  VALUES (?p ?q) { (e:p e:q) }
  ?s ?p ?o ; e:c "}" .
  FILTER(?o > 1 && EXISTS { ?s e:x ?y })
  FILTER NOT EXISTS { ?s e:z ?y }
  FILTER REGEX(STR(?o), "a{1}")
  BIND(IF(?o = 1, 2, 3) AS ?n)
  GRAPH <http://g> { ?ours e:m ?o }
}"""
    template = takes(query).partition("CONSTRUCT {")[2].partition("}\nWHERE")[0]
    assert template.split() == ["?s", "?p", "?o", ";", "e:c", '"}"', "."]


@pytest.mark.parametrize("way", ["from", "to"])
@pytest.mark.parametrize("spoken", VOCABULARIES, ids=lambda each: each.name)
def test_every_rule_is_of_use(
    spoken: Vocabulary,
    way: str,
    packaged: Store,
    exported: Callable[[str], Export],
    aligned: Callable[[str], Alignment],
) -> None:
    found = aligned(spoken.name)
    if way == "from":
        chosen, sources = rules(spoken.folders, "from"), (found.mended.triples, exported(spoken.name).triples)
    else:
        stated = own_statements(packaged.triples(), packaged_ontology())
        sources = (stated, *(aligned(each.name).mapped for each in VOCABULARIES))
        chosen = rules(spoken.writes, "to")
    outcomes = run_rules(chosen, frozenset(chain.from_iterable(sources)), confined=False)
    idle = [outcome.rule.name for outcome in outcomes if not outcome.made or not outcome.taken]
    # Those that another vocabulary lends are of use there.
    lent = ("common/from",) if spoken.name != "org" else ()
    lent += ("org/from",) if spoken.name == "essglobal" else ()
    assert [name for name in idle if not name.startswith(lent or "-")] == []


@pytest.mark.parametrize("name", [each.name for each in VOCABULARIES])
def test_a_child_gives_what_this_process_gives(name: str, aligned: Callable[[str], Alignment]) -> None:
    source = aligned(name).mended.triples
    chosen = rules(next(each.folders for each in VOCABULARIES if each.name == name), "from")
    here, there = (run_rules(chosen, source, confined=confined) for confined in (False, True))
    assert here == there
    assert made_by(here)


def test_rdflib_makes_the_same_of_the_directory(aligned: Callable[[str], Alignment]) -> None:
    found = aligned("essglobal")
    graph = rdflib.Dataset()
    graph.default_graph.parse(data=_n_triples(found.mended.triples), format="nt")
    for name, mappings in concept_mappings().items():
        graph.graph(rdflib.URIRef(name)).parse(data=_n_triples(mappings), format="nt")
    made = rdflib.Graph()
    for rule in rules(("common", "org", "essglobal"), "from"):
        made += graph.query(rule.construct).graph  # type: ignore[arg-type]
    ours = rdflib.Graph().parse(data=_n_triples(found.mapped), format="nt")
    assert set(made) == set(ours)


def _n_triples(triples: object) -> str:
    return "".join(f"{triple} .\n" for triple in triples)  # type: ignore[attr-defined]


def test_only_concepts_that_essglobal_publishes_are_mapped() -> None:
    for triple in concept_mappings()[f"{ALIGNMENTS}essglobal"]:
        scheme, _, local = triple.object.value.removeprefix("http://purl.org/essglobal/standard/").partition(
            "/"
        )
        assert local in PUBLISHED[scheme], triple.object


def test_no_concept_of_theirs_is_exactly_two_of_ours() -> None:
    exact: dict[str, str] = {}
    for triple in concept_mappings()[f"{ALIGNMENTS}essglobal"]:
        if triple.predicate.value.endswith("exactMatch"):
            assert exact.setdefault(triple.object.value, triple.subject.value) == triple.subject.value


def test_nothing_that_goes_out_is_in_our_own_terms(exported: Callable[[str], Export]) -> None:
    for each in VOCABULARIES:
        for triple in exported(each.name).triples:
            assert not any(_is_ours(node) for node in (triple.subject, triple.predicate, triple.object)), (
                triple
            )


def _is_ours(node: object) -> bool:
    assert not isinstance(node, Triple)
    return isinstance(node, NamedNode) and node.value.startswith(RTE)
