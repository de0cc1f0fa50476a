"""Read RDF files with limits; nothing is ever fetched.

One parser (Oxigraph's, 8 times as fast as rdflib's and stricter) serves the store and, converted, rdflib.
"""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import rdflib
from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from rte_graph import settings
from rte_graph.errors import LimitReached, UnknownName, UnreadableData, reason
from rte_graph.rdf_io.explain import explain
from rte_graph.rdf_io.terms import Term, to_rdflib
from rte_graph.rdf_io.tokens import too_deep
from rte_graph.resources import is_packaged

FORMATS: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}


def parse_triples(path: Path | str) -> list[Triple]:
    """Return the triples of a Turtle, N-Triples or JSON-LD file, in the order of the file.

    Blank nodes are labelled after the file: files can be put together, and the same file gives the same
    labels.

    Raises
    ------
    UnknownName
        There is no such file.
    UnreadableData
        The file is broken, or of a format that is not read; the sentence gives the line.
    LimitReached
        The file is larger or nests deeper than the settings allow (those of the package always fit).
    """
    path = Path(path)
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise _unknown_format(path)
    text = read_text(path)
    if form is RdfFormat.JSON_LD:
        _guard_json(path, text)
    else:
        _guard_nesting(path, text)
    try:
        quads = parse(text.encode(), format=form, without_named_graphs=True)
        found = [quad.triple for quad in quads]
    except SyntaxError as error:
        raise explain(path, text, error) from error
    _guard_triples(path, found)
    return _with_own_blank_nodes(path, text, found)


def read_graph(path: Path | str) -> rdflib.Graph:
    """Return a file as an rdflib graph; limits and errors as for :func:`parse_triples`."""
    return to_rdflib(parse_triples(path))


def read_graphs(paths: Iterable[Path | str]) -> rdflib.Graph:
    """Return several files as one rdflib graph."""
    graph = to_rdflib(())
    for path in paths:
        to_rdflib(parse_triples(path), graph)
    return graph


def read_text(path: Path) -> str:
    """Return the text of a file (UTF-8, byte order mark dropped), within the size limit."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, str(path))
        limit = settings.max_file_bytes()
        if size > limit and not is_packaged(path):
            raise LimitReached(
                fr=f"{path} pèse {size} octets, plus que la limite de {limit} : découpez le fichier "
                "ou relevez RTE_GRAPH_MAX_FILE_BYTES.",
                en=f"{path} has {size} bytes, more than the limit of {limit}: split the file "
                "or raise RTE_GRAPH_MAX_FILE_BYTES.",
                keep=(path,),
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UnknownName(
            fr=f"Le fichier {path} n’existe pas : vérifiez le chemin.",
            en=f"The file {path} does not exist: check the path.",
            keep=(path,),
        ) from None
    except OSError as error:
        raise UnreadableData(
            fr=f"{path} ne peut pas être ouvert ({reason(error, 'fr')}) : vérifiez le chemin et les droits.",
            en=f"{path} cannot be opened ({reason(error, 'en')}): check the path and the permissions.",
            keep=(path,),
        ) from error
    return _decoded(path, raw)


def _decoded(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableData(
            fr=f"{path}, ligne {line} : le texte n’est pas en UTF-8 ; enregistrez le fichier en UTF-8.",
            en=f"{path}, line {line}: the text is not UTF-8; save the file as UTF-8.",
            keep=(path,),
        ) from error


def _guard_nesting(path: Path, text: str) -> None:
    limit = settings.max_nesting()
    line = too_deep(text, limit)
    if line is not None and not is_packaged(path):
        raise _nested_too_deep(path, line, limit)


def _nested_too_deep(path: Path, line: int, limit: int) -> LimitReached:
    return LimitReached(
        fr=f"{path}, ligne {line} : plus de {limit} crochets ou parenthèses imbriqués ; "
        "donnez un nom (IRI) aux nœuds intérieurs ou relevez RTE_GRAPH_MAX_NESTING.",
        en=f"{path}, line {line}: more than {limit} nested brackets or parentheses; "
        "name the inner nodes with IRIs or raise RTE_GRAPH_MAX_NESTING.",
        keep=(path,),
    )


def _guard_json(path: Path, text: str) -> None:
    """Refuse JSON-LD that nests too deep (it kills the parser) or names a context elsewhere."""
    _guard_json_nesting(path, text)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableData(
            fr=f"{path}, ligne {error.lineno} : ce n’est pas du JSON valide ; corrigez cette ligne "
            f"près de la colonne {error.colno}.",
            en=f"{path}, line {error.lineno}: this is not valid JSON ({error.msg}); correct this line "
            f"near column {error.colno}.",
            keep=(path,),
        ) from error
    except ValueError as error:
        # Python reads no integer of more than 4 300 digits.
        raise UnreadableData(
            fr=f"{path} contient un nombre trop long pour être lu : raccourcissez-le ou écrivez-le en texte.",
            en=f"{path} holds a number too long to be read: shorten it or write it as a text.",
            keep=(path,),
        ) from error
    remote = _remote_context(document)
    if remote is not None:
        raise UnreadableData(
            fr=f"{path} renvoie au contexte « {remote} », et rte-graph ne télécharge jamais rien : "
            "copiez le contexte dans le fichier.",
            en=f"{path} refers to the context “{remote}”, and rte-graph never fetches anything: "
            "copy the context into the file.",
            keep=(
                path,
                remote,
            ),
        )


def _guard_json_nesting(path: Path, text: str) -> None:
    limit = settings.max_nesting()
    depth, line, inside, escaped = 0, 1, False, False
    for character in text:
        if character == "\n":
            line += 1
        if inside:
            inside = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            if depth > limit:
                raise _nested_too_deep(path, line, limit)
        elif character in "]}":
            depth -= 1


def _remote_context(value: object) -> str | None:
    """Return the first context that stands elsewhere, wherever it is named in the document."""
    if isinstance(value, list):
        return next((found for item in value if (found := _remote_context(item))), None)
    if not isinstance(value, dict):
        return None
    contexts = value.get("@context")
    for context in contexts if isinstance(contexts, list) else [contexts]:
        if isinstance(context, str):
            return context
        if isinstance(context, dict) and isinstance(context.get("@import"), str):
            return str(context["@import"])
    return next((found for item in value.values() if (found := _remote_context(item))), None)


def _with_own_blank_nodes(path: Path, text: str, found: list[Triple]) -> list[Triple]:
    """Label blank nodes after the file, in its order.

    The parser's own labels are random, which would show in reports, or the file's, which would make one
    node of two when files are put together.
    """
    if not any(isinstance(t.object, BlankNode) or isinstance(t.subject, BlankNode) for t in found):
        return found
    seed = hashlib.sha256(f"{path.name}\0{text}".encode()).hexdigest()[:12]
    names: dict[object, BlankNode] = {}

    def own(term: Term | Triple) -> Term | Triple:
        if isinstance(term, BlankNode):
            return names.setdefault(term, BlankNode(f"f{seed}n{len(names)}"))
        return term

    return [Triple(own(t.subject), t.predicate, own(t.object)) for t in found]  # type: ignore[arg-type]


def _guard_triples(path: Path, found: list[Triple]) -> None:
    limit = settings.max_triples()
    if len(found) > limit and not is_packaged(path):
        raise LimitReached(
            fr=f"{path} contient {len(found)} triplets, plus que la limite de {limit} : découpez le fichier "
            "ou relevez RTE_GRAPH_MAX_TRIPLES.",
            en=f"{path} holds {len(found)} triples, more than the limit of {limit}: split the file "
            "or raise RTE_GRAPH_MAX_TRIPLES.",
            keep=(path,),
        )
    if any(isinstance(triple.object, Triple) for triple in found):
        raise UnreadableData(
            fr=f"{path} contient des triplets cités (<<( … )>>), qui ne sont pas lus : "
            "décrivez l’énoncé par un rte:Claim.",
            en=f"{path} holds quoted triples (<<( … )>>), which are not read: "
            "describe the statement with a rte:Claim.",
            keep=(path,),
        )


def _unknown_format(path: Path) -> UnreadableData | UnknownName:
    if not path.exists():
        return UnknownName(
            fr=f"Le fichier {path} n’existe pas : vérifiez le chemin.",
            en=f"The file {path} does not exist: check the path.",
            keep=(path,),
        )
    return UnreadableData(
        fr=f"{path} n’est pas d’un format lu ici (.ttl, .nt, .jsonld) : convertissez-le en Turtle.",
        en=f"{path} is not of a format read here (.ttl, .nt, .jsonld): convert it to Turtle.",
        keep=(path,),
    )
