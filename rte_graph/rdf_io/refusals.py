"""The sentences that refuse a file: what is wrong with it and what to do."""

from __future__ import annotations

from pathlib import Path

from rte_graph.errors import (
    MemoryLimit,
    NestingLimit,
    RteError,
    SizeLimit,
    TimeLimit,
    UnknownName,
    UnreadableData,
    reason,
)


def missing(path: Path) -> RteError:
    """No file has this name."""
    return UnknownName(
        fr=f"Le fichier {path} n’existe pas : vérifiez le chemin.",
        en=f"The file {path} does not exist: check the path.",
        keep=(path,),
    )


def unopenable(path: Path, error: OSError) -> RteError:
    """The system refuses to open or read the file."""
    return UnreadableData(
        fr=f"{path} ne peut pas être ouvert ({reason(error, 'fr')}) : vérifiez le chemin et les droits.",
        en=f"{path} cannot be opened ({reason(error, 'en')}): check the path and the permissions.",
        keep=(path,),
    )


def not_a_file(path: Path) -> RteError:
    """A pipe, a device, a socket: it may never end."""
    return UnreadableData(
        fr=f"{path} n’est pas un fichier ordinaire mais un tube ou un périphérique : enregistrez-en "
        "le contenu dans un fichier et donnez ce fichier.",
        en=f"{path} is not an ordinary file but a pipe or a device: save what it gives to a file "
        "and name that file.",
        keep=(path,),
    )


def changed(path: Path) -> RteError:
    """The file is not what it was when reading began."""
    return UnreadableData(
        fr=f"{path} a changé pendant sa lecture : recommencez quand plus rien n’y écrit.",
        en=f"{path} changed while it was being read: try again when nothing writes to it any more.",
        keep=(path,),
    )


def unknown_format(path: Path) -> RteError:
    """The suffix is none of those read here."""
    return UnreadableData(
        fr=f"{path} n’est pas d’un format lu ici (.ttl, .nt, .jsonld) : convertissez-le en Turtle.",
        en=f"{path} is not of a format read here (.ttl, .nt, .jsonld): convert it to Turtle.",
        keep=(path,),
    )


def xml(path: Path) -> RteError:
    """RDF/XML is not read, so that no entity of it can be expanded."""
    return UnreadableData(
        fr=f"{path} est du XML, qui n’est pas lu ici : convertissez-le en Turtle (avec Protégé, rdflib "
        "ou riot par exemple).",
        en=f"{path} is XML, which is not read here: convert it to Turtle (with Protégé, rdflib or riot "
        "for instance).",
        keep=(path,),
    )


def compressed(path: Path, form: str) -> RteError:
    """The file is an archive; what it would become is not known."""
    return UnreadableData(
        fr=f"{path} est compressé ({form}), et rte-graph ne décompresse rien : décompressez-le d’abord.",
        en=f"{path} is compressed ({form}), and rte-graph decompresses nothing: decompress it first.",
        keep=(path, form),
    )


def not_text(path: Path, form: str) -> RteError:
    """The file is of a kind that holds no RDF text."""
    return UnreadableData(
        fr=f"{path} est un fichier {form}, quoi que dise son nom : donnez un fichier Turtle, "
        "N-Triples ou JSON-LD.",
        en=f"{path} is a {form} file, whatever its name says: give a Turtle, N-Triples or JSON-LD file.",
        keep=(path, form),
    )


def not_utf8(path: Path, line: int) -> RteError:
    """Some bytes are no UTF-8."""
    return UnreadableData(
        fr=f"{path}, ligne {line} : le texte n’est pas en UTF-8 ; enregistrez le fichier en UTF-8.",
        en=f"{path}, line {line}: the text is not UTF-8; save the file as UTF-8.",
        keep=(path,),
    )


def too_large(path: Path, size: int, limit: int) -> RteError:
    """The file has more bytes than allowed."""
    return SizeLimit(
        fr=f"{path} pèse {size} octets, plus que la limite de {limit} : découpez le fichier "
        "ou relevez RTE_GRAPH_MAX_FILE_BYTES.",
        en=f"{path} has {size} bytes, more than the limit of {limit}: split the file "
        "or raise RTE_GRAPH_MAX_FILE_BYTES.",
        keep=(path,),
    )


def too_many(path: Path, limit: int) -> RteError:
    """The file states more triples than allowed."""
    return SizeLimit(
        fr=f"{path} contient plus de {limit} triplets, la limite : découpez le fichier "
        "ou relevez RTE_GRAPH_MAX_TRIPLES.",
        en=f"{path} holds more than {limit} triples, the limit: split the file "
        "or raise RTE_GRAPH_MAX_TRIPLES.",
        keep=(path,),
    )


def too_deep(path: Path, line: int, limit: int) -> RteError:
    """Brackets nest deeper than allowed, seen before the parser."""
    return NestingLimit(
        fr=f"{path}, ligne {line} : plus de {limit} crochets ou parenthèses imbriqués ; "
        "donnez un nom (IRI) aux nœuds intérieurs ou relevez RTE_GRAPH_MAX_NESTING.",
        en=f"{path}, line {line}: more than {limit} nested brackets or parentheses; "
        "name the inner nodes with IRIs or raise RTE_GRAPH_MAX_NESTING.",
        keep=(path,),
    )


def died_of_depth(path: Path) -> RteError:
    """The parser ran out of stack."""
    return NestingLimit(
        fr=f"{path} imbrique ses nœuds trop profondément pour être lu : donnez un nom (IRI) aux nœuds "
        "intérieurs.",
        en=f"{path} nests its nodes too deep to be read: name the inner nodes with IRIs.",
        keep=(path,),
    )


def too_slow(path: Path, seconds: int) -> RteError:
    """Parsing passed its time limit."""
    return TimeLimit(
        fr=f"La lecture de {path} a dépassé la limite de {seconds} s : découpez le fichier "
        "ou relevez RTE_GRAPH_MAX_PARSE_SECONDS.",
        en=f"Reading {path} passed the limit of {seconds} s: split the file "
        "or raise RTE_GRAPH_MAX_PARSE_SECONDS.",
        keep=(path,),
    )


def too_hungry(path: Path, limit: int) -> RteError:
    """Parsing passed its memory limit, or what is written out in full does."""
    return MemoryLimit(
        fr=f"La lecture de {path} demande plus de mémoire que la limite de {limit} octets : découpez "
        "le fichier ou relevez RTE_GRAPH_MAX_PARSE_MEMORY_BYTES.",
        en=f"Reading {path} takes more memory than the limit of {limit} bytes: split the file "
        "or raise RTE_GRAPH_MAX_PARSE_MEMORY_BYTES.",
        keep=(path,),
    )


def too_long_a_piece(path: Path) -> RteError:
    """One text or name is larger than the parser's buffer, which no setting moves."""
    return SizeLimit(
        fr=f"{path} contient un texte ou un nom de plus de 16 millions d’octets d’un seul tenant : "
        "raccourcissez-le.",
        en=f"{path} holds a single text or name of more than 16 million bytes: shorten it.",
        keep=(path,),
    )


def context_elsewhere(path: Path, context: str) -> RteError:
    """A JSON-LD context is named by its address."""
    return UnreadableData(
        fr=f"{path} renvoie au contexte « {context} », et rte-graph ne télécharge jamais rien : "
        "copiez le contexte dans le fichier.",
        en=f"{path} refers to the context “{context}”, and rte-graph never fetches anything: "
        "copy the context into the file.",
        keep=(path, context),
    )


def triple_terms(path: Path) -> RteError:
    """The file uses RDF 1.2's triples as values."""
    return UnreadableData(
        fr=f"{path} contient des triplets cités (<<( … )>>), qui ne sont pas lus : "
        "décrivez l’énoncé par un rte:Claim.",
        en=f"{path} holds quoted triples (<<( … )>>), which are not read: "
        "describe the statement with a rte:Claim.",
        keep=(path,),
    )
