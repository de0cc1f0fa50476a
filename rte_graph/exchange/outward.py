"""Write our graph in a vocabulary of others, with the loss stated in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.errors import SizeLimit
from rte_graph.exchange.accounting import Account, Row, account
from rte_graph.exchange.align import made_by
from rte_graph.exchange.report_words import share
from rte_graph.exchange.rules import rules
from rte_graph.exchange.running import concept_labels, run_rules
from rte_graph.exchange.vocabularies import Vocabulary, vocabulary
from rte_graph.namespaces import DATA_BASE, DCAT, DCTERMS, ONTOLOGY_IRI, RDF, RDFS, RTE, VOCABULARY_BASE
from rte_graph.rdf_io import format_turtle
from rte_graph.rdf_io.closure import superterms
from rte_graph.settings import max_triples
from rte_graph.sparql.model import Text
from rte_graph.store import Store
from rte_graph.typography import french
from rte_graph.validation import Ontology, labels, number, packaged_ontology

NAMES = ("essglobal", "pair", "schema", "org")
_TYPE = RDF("type")
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Our graph in their vocabulary.

    Attributes
    ----------
    vocabulary : Vocabulary
    triples : frozenset of Triple
        What is written, the description of the export included.
    account : Account
        What happens to our triples.
    description : Text
        The loss, in a few sentences.
    """

    vocabulary: Vocabulary
    triples: frozenset[Triple]
    account: Account
    description: Text


def export_graph(store: Store, name: str, *, ontology: Ontology | None = None) -> Export:
    """Write what a store holds in a vocabulary of others.

    Parameters
    ----------
    store : Store
    name : str
        One of `NAMES`.
    ontology : Ontology, optional
        Ours, by default.

    Raises
    ------
    SizeLimit
        The store holds more triples than can be worked on in memory.
    """
    ontology = packaged_ontology() if ontology is None else ontology
    chosen = vocabulary(name)
    held = _held(store)
    stated = own_statements(held, ontology)
    # What follows is no statement to be counted, but rules look for it: a meta-coalition is an alliance.
    data = [triple for triple in held if not _of_vocabulary(triple)]
    outcomes = run_rules(rules(chosen.writes, "to"), data, labels=concept_labels(held), confined=False)
    counted = account(stated, outcomes, outward=True)
    description = describe_loss(counted, chosen, ontology)
    about = _about(stated, chosen, description)
    return Export(
        vocabulary=chosen,
        triples=made_by(outcomes) | frozenset(about),
        account=counted,
        description=description,
    )


def to_turtle(export: Export) -> str:
    """Return the file: the loss first, as a comment and in the description of the dataset."""
    lines = [export.description.in_language("fr"), export.description.en]
    return format_turtle(export.triples, header="\n".join(f"# {line}" for line in lines))


def own_statements(triples: Iterable[Triple], ontology: Ontology) -> frozenset[Triple]:
    """Return what data state: without the ontology, and without what the ontology adds to them.

    ``a org:Organization`` that follows from ``a rte:Alliance`` is no statement of its own; counting it as
    carried over would make the loss look smaller than it is.
    """
    declared = frozenset(ontology.triples)
    classes = superterms(ontology.triples, RDFS("subClassOf"))
    properties = superterms(ontology.triples, RDFS("subPropertyOf"))
    stated = frozenset(triple for triple in triples if triple not in declared and not _of_vocabulary(triple))
    derived = set[Triple]()
    for triple in stated:
        if triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode):
            above = classes.get(triple.object, ())
            derived.update(Triple(triple.subject, triple.predicate, each) for each in above)
        for each in properties.get(triple.predicate, ()):
            derived.add(Triple(triple.subject, each, triple.object))
    return stated - derived


def _of_vocabulary(triple: Triple) -> bool:
    """Whether a triple describes a concept or the ontology, not the data."""
    subject = triple.subject
    return isinstance(subject, NamedNode) and subject.value.startswith((VOCABULARY_BASE, ONTOLOGY_IRI))


def describe_loss(counted: Account, chosen: Vocabulary, ontology: Ontology) -> Text:
    """Return the loss in a few sentences, in both languages, with its numbers."""
    names = labels(ontology.triples)
    gone = [row for row in counted.of_kind("class") if row.fate == "lost" and row.iri.startswith(RTE)]
    told = {lang: _gone(gone, names, lang) for lang in ("fr", "en")}
    fr = (
        f"Graphe rte écrit en {chosen.title} : sur {number(counted.triples, 'fr')} triplets, "
        f"{number(counted.whole, 'fr')} ({share(counted.whole, counted.triples, 'fr')}) passent tels quels, "
        f"{number(counted.lossy, 'fr')} avec une perte, {number(len(counted.lost), 'fr')} "
        f"({share(len(counted.lost), counted.triples, 'fr')}) n’ont pas d’équivalent"
    )
    en = (
        f"rte graph written in {chosen.title}: of {number(counted.triples, 'en')} triples, "
        f"{number(counted.whole, 'en')} ({share(counted.whole, counted.triples, 'en')}) come across as they "
        f"are, {number(counted.lossy, 'en')} with a loss, {number(len(counted.lost), 'en')} "
        f"({share(len(counted.lost), counted.triples, 'en')}) have no equivalent"
    )
    return Text(fr=fr + told["fr"], en=en + told["en"])


def _gone(rows: Sequence[Row], names: Mapping[str, Mapping[str, str]], lang: str) -> str:
    if not rows:
        return "."
    parts = [
        f"{names.get(row.iri, {}).get(lang, row.iri)} ({number(row.triples, lang)})"
        for row in rows[:_MOST_NAMED]
    ]
    word = {
        "fr": ", dont toutes les ressources de ces classes : ",
        "en": ", among them all resources of these classes: ",
    }[lang]
    return f"{word}{', '.join(parts)}."


def _about(stated: Iterable[Triple], chosen: Vocabulary, description: Text) -> list[Triple]:
    """Describe the export: what it is made from, under which licence, and what it lacks."""
    me = NamedNode(f"{DATA_BASE}dataset/export-{chosen.name}")
    datasets = {
        t.subject for t in stated if t.predicate.value == _TYPE and t.object == NamedNode(DCAT("Dataset"))
    }
    licences = {t.object for t in stated if t.subject in datasets and t.predicate.value == DCTERMS("license")}
    title = Text(fr=f"Graphe rte en {chosen.title}", en=f"rte graph in {chosen.title}")
    facts: list[tuple[str, object]] = [
        (_TYPE, NamedNode(DCAT("Dataset"))),
        *(
            (DCTERMS("title"), Literal(text, language=lang))
            for lang, text in (("fr", title.fr), ("en", title.en))
        ),
        (DCTERMS("description"), Literal(french(description.fr), language="fr")),
        (DCTERMS("description"), Literal(description.en, language="en")),
        *((DCTERMS("conformsTo"), NamedNode(space)) for space in chosen.spaces[:1]),
        *((DCTERMS("source"), dataset) for dataset in sorted(datasets, key=str)),
        *((DCTERMS("license"), licence) for licence in sorted(licences, key=str) if len(licences) == 1),
    ]
    return [Triple(me, NamedNode(predicate), value) for predicate, value in facts]  # type: ignore[arg-type]


def _held(store: Store) -> list[Triple]:
    limit = max_triples()
    found = list(islice(store.triples(), limit + 1))
    if len(found) > limit:
        raise SizeLimit(
            fr=f"La base contient plus de {limit} triplets, trop pour être traduits ensemble : relevez "
            "RTE_GRAPH_MAX_TRIPLES.",
            en=f"The store holds more than {limit} triples, too many to be translated together: raise "
            "RTE_GRAPH_MAX_TRIPLES.",
        )
    return found
