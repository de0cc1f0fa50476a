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
        name="max_results_shown",
        default=20,
        fr="Nombre de résultats montrés par règle dans un rapport de validation en texte.",
        en="Results shown for each rule in a validation report as text.",
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
