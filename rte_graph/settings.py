"""All limits and defaults in one table; each can be overridden by ``RTE_GRAPH_<NAME>``."""

from __future__ import annotations

import os
from dataclasses import dataclass

from rte_graph.errors import InvalidParameter

ENVIRONMENT_PREFIX = "RTE_GRAPH_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row of the table: a name, its default (a whole number) and one sentence in each language."""

    name: str
    default: int
    fr: str
    en: str

    @property
    def variable(self) -> str:
        """Name of the environment variable that overrides the default."""
        return ENVIRONMENT_PREFIX + self.name.upper()


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="max_file_bytes",
        default=256_000_000,
        fr="Taille maximale d’un fichier de données, en octets.",
        en="Largest data file that is read, in bytes.",
    ),
    Setting(
        name="max_nesting",
        default=64,
        fr="Profondeur maximale des crochets et parenthèses dans un fichier de données.",
        en="Deepest nesting of brackets and parentheses in a data file.",
    ),
    Setting(
        name="max_triples",
        default=5_000_000,
        fr="Nombre maximal de triplets dans un fichier de données.",
        en="Largest number of triples in one data file.",
    ),
    Setting(
        name="max_query_characters",
        default=100_000,
        fr="Longueur maximale du texte d’une requête, en caractères.",
        en="Longest query text, in characters.",
    ),
    Setting(
        name="max_query_nesting",
        default=100,
        fr="Profondeur maximale des accolades et parenthèses dans une requête.",
        en="Deepest nesting of braces and parentheses in a query.",
    ),
    Setting(
        name="max_path_length",
        default=100,
        fr="Nombre maximal de pas dans un chemin de propriétés d’une requête.",
        en="Most steps in one property path of a query.",
    ),
    Setting(
        name="max_query_seconds",
        default=30,
        fr="Durée maximale d’une requête libre (« rte-graph sparql »), en secondes.",
        en="Longest run of a free query (`rte-graph sparql`), in seconds.",
    ),
    Setting(
        name="max_query_memory_bytes",
        default=2_000_000_000,
        fr="Mémoire maximale d’une requête libre, en octets, données en mémoire non comprises.",
        en="Most memory of a free query, in bytes, data held in memory not counted.",
    ),
    Setting(
        name="max_result_rows",
        default=1_000_000,
        fr="Nombre maximal de lignes (ou de triplets) d’un résultat de requête libre ; au-delà, il est "
        "tronqué et le dit.",
        en="Most rows (or triples) of a free query’s result; beyond, it is cut and says so.",
    ),
    Setting(
        name="max_result_bytes",
        default=500_000_000,
        fr="Taille maximale d’un résultat de requête libre, en octets ; au-delà, il est tronqué et le dit.",
        en="Largest result of a free query, in bytes; beyond, it is cut and says so.",
    ),
    Setting(
        name="max_parse_seconds",
        default=300,
        fr="Durée maximale de lecture d’un fichier de données, en secondes.",
        en="Longest reading of one data file, in seconds.",
    ),
    Setting(
        name="max_parse_memory_bytes",
        default=2_000_000_000,
        fr="Mémoire maximale pour lire un fichier de données, en octets.",
        en="Most memory to read one data file, in bytes.",
    ),
    Setting(
        name="max_endpoint_seconds",
        default=60,
        fr="Attente maximale d’une réponse complète d’un point d’accès SPARQL, en secondes.",
        en="Longest wait for a whole answer of a SPARQL endpoint, in seconds.",
    ),
    Setting(
        name="max_endpoint_bytes",
        default=500_000_000,
        fr="Taille maximale d’une réponse d’un point d’accès SPARQL, en octets.",
        en="Largest answer of a SPARQL endpoint, in bytes.",
    ),
    Setting(
        name="max_retry_seconds",
        default=30,
        fr="Attente maximale avant de redemander, quand un point d’accès dit quand revenir "
        "(Retry-After), en secondes.",
        en="Longest wait before asking again when an endpoint says when to come back (Retry-After), "
        "in seconds.",
    ),
    Setting(
        name="max_completion_seconds",
        default=2,
        fr="Attente maximale de la touche de tabulation, en secondes ; au-delà, rien n’est proposé.",
        en="Longest wait after the tab key, in seconds; beyond, nothing is offered.",
    ),
    Setting(
        name="large_network_nodes",
        default=2_000,
        fr="Nombre de nœuds au-delà duquel la page d’un réseau est dessinée en WebGL (sigma).",
        en="Number of nodes above which a network’s page is drawn in WebGL (sigma).",
    ),
    Setting(
        name="max_null_moves",
        default=2_000_000_000,
        fr="Travail maximal d’un modèle nul : paires liées × échanges par tirage × tirages.",
        en="Most work of a null model: joined pairs × trades per draw × draws.",
    ),
    Setting(
        name="max_null_values",
        default=500_000,
        fr="Nombre maximal de valeurs (paires de nœuds) qu’un modèle nul compare au hasard.",
        en="Most values (pairs of nodes) that a null model compares with chance.",
    ),
    Setting(
        name="max_results_shown",
        default=20,
        fr="Nombre de résultats montrés par règle dans un rapport de validation en texte.",
        en="Results shown for each rule in a validation report as text.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """An environment variable that holds a text; its value is never shown, logged or put in an error."""

    variable: str
    fr: str
    en: str


SECRETS: tuple[Secret, ...] = (
    Secret(
        variable="RTE_GRAPH_ENDPOINT_USER",
        fr="Nom d’utilisateur d’un point d’accès SPARQL (HTTP Basic).",
        en="User name at a SPARQL endpoint (HTTP Basic).",
    ),
    Secret(
        variable="RTE_GRAPH_ENDPOINT_PASSWORD",
        fr="Mot de passe d’un point d’accès SPARQL (HTTP Basic).",
        en="Password at a SPARQL endpoint (HTTP Basic).",
    ),
    Secret(
        variable="RTE_GRAPH_ENDPOINT_TOKEN",
        fr="Jeton d’un point d’accès SPARQL (Bearer), au lieu du nom et du mot de passe.",
        en="Token at a SPARQL endpoint (Bearer), instead of name and password.",
    ),
    Secret(
        variable="RTE_GRAPH_ENDPOINT_ORIGIN",
        fr="Origine (https://exemple.org) à qui les trois autres sont envoyés même si c’est rte.toml, et non "
        "--store, qui nomme l’URL.",
        en="Origin (https://example.org) to which the other three are sent even if rte.toml, not --store, "
        "names the URL.",
    ),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def value_of(name: str) -> int:
    """Return the value in force of a setting: the environment's, else the default.

    Raises
    ------
    InvalidParameter
        The environment holds something else than a positive whole number.
    KeyError
        No setting has this name (a programming error).
    """
    setting = _BY_NAME[name]
    written = os.environ.get(setting.variable)
    if written is None:
        return setting.default
    # isascii: str.isdigit accepts « ² », which int() refuses.
    if not (written.isascii() and written.isdigit() and int(written) > 0):
        raise InvalidParameter(
            fr=f"La variable d’environnement {setting.variable} vaut « {written} » : "
            "donnez un nombre entier positif ou retirez-la.",
            en=f"The environment variable {setting.variable} is “{written}”: "
            "give a positive whole number or unset it.",
        )
    return int(written)


def max_file_bytes() -> int:
    """Largest data file that is read, in bytes."""
    return value_of("max_file_bytes")


def max_nesting() -> int:
    """Deepest nesting of brackets in a data file."""
    return value_of("max_nesting")


def max_triples() -> int:
    """Largest number of triples in one data file."""
    return value_of("max_triples")


def max_query_characters() -> int:
    """Longest query text, in characters."""
    return value_of("max_query_characters")


def max_query_nesting() -> int:
    """Deepest nesting of braces and parentheses in a query."""
    return value_of("max_query_nesting")


def max_results_shown() -> int:
    """Results shown for each rule in a validation report as text."""
    return value_of("max_results_shown")


def max_path_length() -> int:
    """Most steps in one property path of a query."""
    return value_of("max_path_length")


def max_query_seconds() -> int:
    """Longest run of a free query (`rte-graph sparql`), in seconds."""
    return value_of("max_query_seconds")


def max_query_memory_bytes() -> int:
    """Most memory of a free query, in bytes, data held in memory not counted."""
    return value_of("max_query_memory_bytes")


def max_result_rows() -> int:
    """Most rows (or triples) of a free query’s result; beyond, it is cut and says so."""
    return value_of("max_result_rows")


def max_result_bytes() -> int:
    """Largest result of a free query, in bytes; beyond, it is cut and says so."""
    return value_of("max_result_bytes")


def max_parse_seconds() -> int:
    """Longest reading of one data file, in seconds."""
    return value_of("max_parse_seconds")


def max_parse_memory_bytes() -> int:
    """Most memory to read one data file, in bytes."""
    return value_of("max_parse_memory_bytes")


def max_endpoint_seconds() -> int:
    """Longest wait for a whole answer of a SPARQL endpoint, in seconds."""
    return value_of("max_endpoint_seconds")


def max_endpoint_bytes() -> int:
    """Largest answer of a SPARQL endpoint, in bytes."""
    return value_of("max_endpoint_bytes")


def max_retry_seconds() -> int:
    """Longest wait before asking again when an endpoint says when to come back (Retry-After), in seconds."""
    return value_of("max_retry_seconds")


def max_completion_seconds() -> int:
    """Longest wait after the tab key, in seconds; beyond, nothing is offered."""
    return value_of("max_completion_seconds")


def large_network_nodes() -> int:
    """Number of nodes above which a network’s page is drawn in WebGL (sigma)."""
    return value_of("large_network_nodes")


def max_null_moves() -> int:
    """Most work of a null model: joined pairs × trades per draw × draws."""
    return value_of("max_null_moves")


def max_null_values() -> int:
    """Most values (pairs of nodes) that a null model compares with chance."""
    return value_of("max_null_values")
