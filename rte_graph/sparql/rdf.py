"""Saved queries as RDF, so that other tools can find and run them.

The form is that of the SPARQL examples of the Swiss Institute of Bioinformatics, which its editor, its chat
and its test tools read: a ``sh:SPARQLExecutable`` with its text, what it answers (``rdfs:comment``), key
words, the endpoint to ask, and the prefixes. Parameters are added as SHACL's ``sh:Parameter``.

References
----------
J. Bolleman et al., A large collection of bioinformatics question-query pairs over federated knowledge graphs,
2024, https://doi.org/10.48550/arXiv.2410.06010

SHACL Advanced Features, W3C Working Group Note, 8 June 2017, https://www.w3.org/TR/shacl-af/
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.errors import InvalidParameter, UnreadableQuery
from rte_graph.namespaces import DATA_BASE, DCTERMS, OWL, RDF, RDFS, SCHEMA, SH, SKOS, VOCABULARY_BASE, XSD
from rte_graph.sparql.coherence import declared_prefixes
from rte_graph.sparql.model import Library, Parameter, SavedQuery, Text
from rte_graph.sparql.parameters import value_blocks
from rte_graph.sparql.terms import is_absolute
from rte_graph.sparql.tokens import Kind, tokenize
from rte_graph.store import EmbeddedStore
from rte_graph.store.base import Term

COLLECTION = NamedNode(f"{DATA_BASE}queries")
"""The library itself, which declares the prefixes of its queries."""

SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
_FORMS = {
    "SELECT": (SH("SPARQLSelectExecutable"), SH("select")),
    "CONSTRUCT": (SH("SPARQLConstructExecutable"), SH("construct")),
    "ASK": (SH("SPARQLAskExecutable"), SH("ask")),
    # SHACL has no word for it, that collection has.
    "DESCRIBE": (f"{SPEX}SPARQLDescribeExecutable", f"{SPEX}describe"),
}
_LANGUAGE = Parameter(
    name="lang",
    type="string",
    label=Text(fr="Langue", en="Language"),
    description=Text(fr="Langue des libellés, fr ou en.", en="Language of the labels, fr or en."),
    example="fr",
    optional=True,
    default="fr",
    class_name=None,
    scheme=None,
)


def library_triples(library: Library, endpoint: str | None = None) -> list[Triple]:
    """Return the library as triples.

    Parameters
    ----------
    library
        What to export.
    endpoint
        URL of the SPARQL endpoint that the queries are for; left out when None.

    Raises
    ------
    InvalidParameter
        The endpoint is no ``http`` or ``https`` URL, or holds a password.

    Notes
    -----
    Each text is complete SPARQL: it runs as it is, with an example or ``UNDEF`` in each parameter's block.
    """
    target = None if endpoint is None else _target(endpoint)
    prefixes = _shared_prefixes(library)
    triples = list(_collection(prefixes))
    for name in sorted(library.queries):
        triples += _query(library, library.queries[name], target)
    return triples


def query_iri(name: str) -> str:
    """IRI of a saved query."""
    return f"{DATA_BASE}query/{name}"


def _target(endpoint: str) -> NamedNode:
    try:
        address = urlsplit(endpoint)
    except ValueError:
        address = urlsplit("")
    if "@" in address.netloc:
        raise InvalidParameter(
            fr="L’URL de --endpoint contient un nom ou un mot de passe : retirez-les, ils seraient publiés.",
            en="The URL of --endpoint holds a name or a password: remove them, they would be published.",
        )
    if address.scheme not in ("http", "https") or not address.hostname or not is_absolute(endpoint):
        raise InvalidParameter(
            fr="--endpoint attend l’URL entière d’un point d’accès, comme https://example.org/sparql.",
            en="--endpoint wants the whole URL of an endpoint, such as https://example.org/sparql.",
        )
    return NamedNode(endpoint)


def _shared_prefixes(library: Library) -> dict[str, str]:
    """Prefixes on which all queries agree; the others are in the texts, as all are."""
    meanings: dict[str, set[str]] = {}
    for query in library.queries.values():
        for prefix, namespace in declared_prefixes(tokenize(query.text)).items():
            meanings.setdefault(prefix, set()).add(namespace)
    return {prefix: found.pop() for prefix, found in sorted(meanings.items()) if len(found) == 1}


def _collection(prefixes: dict[str, str]) -> Iterator[Triple]:
    yield _is(COLLECTION, OWL("Ontology"))
    yield from _texts(COLLECTION, RDFS("label"), Text(fr="Requêtes enregistrées", en="Saved queries"))
    for prefix, namespace in prefixes.items():
        node = NamedNode(f"{COLLECTION.value}#prefix-{prefix}")
        yield Triple(COLLECTION, NamedNode(SH("declare")), node)
        yield _is(node, SH("PrefixDeclaration"))
        yield Triple(node, NamedNode(SH("prefix")), Literal(prefix))
        yield Triple(node, NamedNode(SH("namespace")), Literal(namespace, datatype=NamedNode(XSD("anyURI"))))


def _query(library: Library, query: SavedQuery, target: NamedNode | None) -> Iterator[Triple]:
    node = NamedNode(query_iri(query.name))
    words = (token.text.upper() for token in tokenize(query.text) if token.kind is Kind.WORD)
    kind, predicate = _FORMS[next(word for word in words if word in _FORMS)]
    yield _is(node, SH("SPARQLExecutable"))
    yield _is(node, kind)
    yield Triple(node, NamedNode(DCTERMS("identifier")), Literal(query.name))
    yield from _texts(node, RDFS("label"), query.summary)
    yield from _texts(node, RDFS("comment"), query.summary)
    yield from _texts(node, DCTERMS("description"), query.description)
    if query.topic in library.topics:
        yield from _texts(node, DCTERMS("subject"), library.topics[query.topic])
    for word in (query.topic, *query.tags):
        yield Triple(node, NamedNode(SCHEMA("keywords")), Literal(word.strip()))
    if target is not None:
        yield Triple(node, NamedNode(SCHEMA("target")), target)
    yield Triple(node, NamedNode(SH("prefixes")), COLLECTION)
    yield Triple(node, NamedNode(predicate), Literal(query.body))
    yield from _parameters(node, query)


def _parameters(node: NamedNode, query: SavedQuery) -> Iterator[Triple]:
    rows = {block.name: query.text[block.start : block.end] for block in value_blocks(tokenize(query.text))}
    parameters = [*query.parameters, *([_LANGUAGE] if "lang" in rows else [])]
    if parameters:
        # SHACL’s word for what has parameters, of which its functions are one kind.
        yield _is(node, SH("Parameterizable"))
    for order, parameter in enumerate(parameters):
        own = NamedNode(f"{node.value}#{parameter.name}")
        yield Triple(node, NamedNode(SH("parameter")), own)
        yield Triple(own, NamedNode(SH("order")), Literal(order))
        yield from _parameter(own, parameter)
        yield from _range(own, parameter)
        if parameter is _LANGUAGE:
            yield Triple(own, NamedNode(SH("pattern")), Literal("^(fr|en)$"))
        default = _term(query, parameter.name, rows[parameter.name])
        if default is not None and parameter.default is not None:
            yield Triple(own, NamedNode(SH("defaultValue")), default)


def _parameter(own: NamedNode, parameter: Parameter) -> Iterator[Triple]:
    yield _is(own, SH("Parameter"))
    # The end of this IRI is the parameter’s name, says SHACL; it stands for no property of the data.
    yield Triple(own, NamedNode(SH("path")), NamedNode(f"{DATA_BASE}query/parameter#{parameter.name}"))
    yield Triple(own, NamedNode(SH("optional")), Literal(parameter.optional))
    yield from _texts(own, SH("name"), parameter.label)
    yield from _texts(own, SH("description"), parameter.description)
    yield Triple(own, NamedNode(SKOS("example")), Literal(parameter.example))


def _range(own: NamedNode, parameter: Parameter) -> Iterator[Triple]:
    if parameter.type not in ("entity", "concept"):
        yield Triple(own, NamedNode(SH("datatype")), NamedNode(XSD(parameter.type)))
        return
    yield Triple(own, NamedNode(SH("nodeKind")), NamedNode(SH("IRI")))
    if parameter.class_name and parameter.scheme:
        return  # one or the other: the description says it
    if parameter.class_name:
        yield Triple(own, NamedNode(SH("class")), NamedNode(parameter.class_name))
    if parameter.scheme:
        within = NamedNode(f"{own.value}-scheme")
        yield Triple(own, NamedNode(SH("property")), within)
        yield _is(within, SH("PropertyShape"))
        yield Triple(within, NamedNode(SH("path")), NamedNode(SKOS("inScheme")))
        yield Triple(within, NamedNode(SH("hasValue")), NamedNode(VOCABULARY_BASE + parameter.scheme))


def _term(query: SavedQuery, name: str, row: str) -> Term | None:
    """The first term that stands in a parameter's block, read by the engine; None for ``UNDEF``."""
    declared = declared_prefixes(tokenize(query.text))
    prefixes = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in declared.items())
    try:
        found = EmbeddedStore.in_memory().select(
            f"{prefixes} SELECT ?{name} {{ VALUES ?{name} {{ {row} }} }}"
        )
    except UnreadableQuery:  # an IRI that the text completes by a BASE
        return None
    return next((term for (term,) in found.rows), None)


def _is(node: NamedNode, kind: str) -> Triple:
    return Triple(node, NamedNode(RDF("type")), NamedNode(kind))


def _texts(node: NamedNode, predicate: str, text: Text) -> Iterator[Triple]:
    for lang, value in (("fr", text.fr), ("en", text.en)):
        yield Triple(node, NamedNode(predicate), Literal(value, language=lang))
