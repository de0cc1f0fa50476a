"""Whether the header of a saved query and its text speak of the same thing."""

from __future__ import annotations

from rte_graph.errors import UnreadableQuery
from rte_graph.namespaces import PREFIXES
from rte_graph.sparql.header import HeaderReader
from rte_graph.sparql.model import SavedQuery
from rte_graph.sparql.parameters import value_blocks
from rte_graph.sparql.tokens import Kind, Token, line_and_column


def check_coherence(header: HeaderReader, query: SavedQuery, tokens: tuple[Token, ...]) -> None:
    """Compare what the header declares with what the text does.

    Raises
    ------
    UnreadableQuery
        Naming the file, the key or the line, and the repair.
    """
    _check_prefixes(query, tokens)
    _check_form(header, query, tokens)
    _check_parameters(header, query, tokens)
    _check_columns(header, query)


def declared_prefixes(tokens: tuple[Token, ...]) -> dict[str, str]:
    """Prefixes that a text declares, each with its namespace.

    Examples
    --------
    >>> from rte_graph.sparql.tokens import tokenize
    >>> declared_prefixes(tokenize("PREFIX ex: <http://e.org/> ASK { ?s a ex:A }"))
    {'ex': 'http://e.org/'}
    """
    return {
        name.text.removesuffix(":"): iri.text[1:-1]
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if word.is_word("PREFIX") and iri.kind is Kind.IRI
    }


def _check_prefixes(query: SavedQuery, tokens: tuple[Token, ...]) -> None:
    declared = declared_prefixes(tokens)
    for token in tokens:
        prefix = token.text.partition(":")[0]
        if token.kind is Kind.PREFIXED_NAME and prefix not in declared:
            line, _ = line_and_column(query.text, token.start)
            path, known = query.path, PREFIXES.get(prefix, "…")
            raise UnreadableQuery(
                fr=f"{path}, ligne {line} : préfixe {prefix}: non déclaré ; ajoutez en tête "
                f"« PREFIX {prefix}: <{known}> ».",
                en=f"{path}, line {line}: prefix {prefix}: not declared; add `PREFIX {prefix}: <{known}>` at "
                "the top.",
            )


def _check_form(header: HeaderReader, query: SavedQuery, tokens: tuple[Token, ...]) -> None:
    forms = {"table": ("SELECT",), "graph": ("CONSTRUCT", "DESCRIBE"), "boolean": ("ASK",)}[query.expect]
    words = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE")
    form = next((token.text.upper() for token in tokens if token.text.upper() in words), "")
    if form not in forms:
        wanted = forms[0]
        header.fail(
            "expect",
            f"« {query.expect} » veut une requête {wanted}, pas {form or 'un texte vide'}",
            f"“{query.expect}” wants a {wanted} query, not {form or 'an empty text'}",
        )


def _check_parameters(header: HeaderReader, query: SavedQuery, tokens: tuple[Token, ...]) -> None:
    blocks = list(value_blocks(tokens))
    used = {block.name for block in blocks}
    declared = {parameter.name for parameter in query.parameters}
    for name in sorted(declared - used):
        header.fail(
            f"params.{name}",
            f"la requête n’a pas de bloc VALUES ?{name} {{ … }}, ajoutez-le ou retirez ce paramètre",
            f"the query has no VALUES ?{name} {{ … }} block, add it or remove this parameter",
        )
    if "lang" not in used and _compares_language(tokens):
        header.fail(
            "",
            'la requête compare à ?lang sans le définir, ajoutez VALUES ?lang { "fr" }',
            'the query compares with ?lang, which nothing binds, add VALUES ?lang { "fr" }',
        )
    for name in sorted(used - declared - {"lang"}):
        header.fail(
            f"params.{name}",
            f"déclarez ce paramètre, ou écrivez la constante VALUES (?{name}) {{ (…) }}",
            f"declare this parameter, or write the constant VALUES (?{name}) {{ (…) }}",
        )
    for block in blocks:
        if not any(block.start <= token.start < block.end for token in tokens):
            header.fail(
                f"params.{block.name}" if block.name in declared else "",
                f"rien n’est entre les accolades de VALUES ?{block.name} {{ }}, mettez-y un exemple ou UNDEF",
                f"nothing stands between the braces of VALUES ?{block.name} {{ }}, put an example or UNDEF",
            )


def _compares_language(tokens: tuple[Token, ...]) -> bool:
    return any(
        token.variable == "lang"
        and (tokens[index - 1].is_punctuation("=") or tokens[index - 1].is_punctuation(","))
        for index, token in enumerate(tokens)
    )


def _check_columns(header: HeaderReader, query: SavedQuery) -> None:
    if query.expect != "table":
        return
    if not query.columns:
        header.fail(
            "",
            "énumérez les colonnes après SELECT (SELECT * les donne dans le désordre)",
            "list the columns after SELECT (SELECT * gives them in no order)",
        )
    if not query.order:
        header.fail(
            "order",
            "donnez les colonnes qui trient le tableau : [colonne, -colonne]",
            "give the columns that sort the table: [column, -column]",
        )
    known = ", ".join(query.columns)
    for key in query.order:
        if key.column not in query.columns:
            header.fail(
                "order",
                f"« {key.column} » n’est pas une colonne, choisissez parmi {known}",
                f"“{key.column}” is not a column, choose among {known}",
            )
    if query.network is not None and not {"source", "target"} <= set(query.columns):
        header.fail(
            "network",
            "un réseau a au moins les colonnes ?source et ?target",
            "a network has at least the columns ?source and ?target",
        )
