"""``rte.toml``: what a working folder says of itself, so that commands in it need no options."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rte_graph.errors import UnreadableData, UsageError

PROJECT_FILE = Path("rte.toml")
PUBLISH = "publish"
"""Name of the table that says how the data are published; `rte_graph.publish.config` reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of ``rte.toml``: a text, with one sentence in each language and an example."""

    name: str
    fr: str
    en: str
    example: str


KEYS: tuple[Key, ...] = (
    Key(
        name="store",
        fr="Base que les commandes lisent sans --store : dossier de base, fichier ou dossier Turtle, "
        "URL d’un point d’accès SPARQL.",
        en="Store that commands read without --store: a store folder, a Turtle file or folder, or the URL of "
        "a SPARQL endpoint.",
        example="rte-store",
    ),
    Key(
        name="queries",
        fr="Dossier de vos requêtes enregistrées, à côté de celles qui sont livrées.",
        en="Folder of your saved queries, beside the packaged ones.",
        example="queries",
    ),
    Key(
        name="endpoint-update",
        fr="URL de mise à jour (SPARQL Update) du point d’accès nommé par « store ».",
        en="Update URL (SPARQL Update) of the endpoint that “store” names.",
        example="https://example.org/update",
    ),
    Key(
        name="endpoint-graph-store",
        fr="URL du Graph Store Protocol du point d’accès nommé par « store ».",
        en="Graph Store Protocol URL of the endpoint that “store” names.",
        example="https://example.org/store",
    ),
    Key(
        name="endpoint-default-graph",
        fr="Graphe qui tient lieu de graphe par défaut, là où celui du point d’accès nommé par « store » "
        "réunit tous ses graphes.",
        en="Graph that stands for the default graph, where that of the endpoint that “store” names is all "
        "its graphs together.",
        example="https://example.org/graph/all",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What ``rte.toml`` says; None where it says nothing.

    Paths are as written, relative to the working folder. ``publish`` is the table of that name, unread.
    """

    store: str | None = None
    queries: str | None = None
    endpoint_update: str | None = None
    endpoint_graph_store: str | None = None
    endpoint_default_graph: str | None = None
    publish: Mapping[str, Any] = field(default_factory=dict)


def read_project(path: Path = PROJECT_FILE) -> Project:
    """Read ``rte.toml`` of the working folder; an empty project when there is none.

    Raises
    ------
    UnreadableData
        It is not TOML, or a value is no text.
    UsageError
        It has a key that does not exist.
    """
    if not path.is_file():
        return Project()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UnreadableData(
            fr=f"{path} n’est pas du TOML lisible ({error}) : corrigez-le ou donnez --store.",
            en=f"{path} is not readable TOML ({error}): correct it or give --store.",
            keep=(path,),
        ) from error
    publish = _publish_table(found, path)
    known = {key.name: key for key in KEYS}
    unknown = sorted(found.keys() - known.keys())
    if unknown:
        listed = ", ".join([*known, f"[{PUBLISH}]"])
        raise UsageError(
            fr=f"Dans {path}, « {', '.join(unknown)} » n’est pas un réglage ; réglages possibles : {listed}.",
            en=f"In {path}, “{', '.join(unknown)}” is not a setting; settings you can write: {listed}.",
            keep=(path,),
        )
    for name, value in found.items():
        if not isinstance(value, str) or not value:
            example = f'{name} = "{known[name].example}"'
            raise UnreadableData(
                fr=f"Dans {path}, « {name} » doit être un texte : écrivez {example}.",
                en=f"In {path}, “{name}” must be a text: write {example}.",
                keep=(path, example),
            )
    return Project(**{name.replace("-", "_"): value for name, value in found.items()}, publish=publish)


def _publish_table(found: dict[str, Any], path: Path) -> dict[str, Any]:
    """Take the table of the site out of what was read."""
    table = found.pop(PUBLISH, {})
    if isinstance(table, dict):
        return table
    raise UnreadableData(
        fr=f"Dans {path}, « {PUBLISH} » doit être une table : écrivez [{PUBLISH}] et ses réglages dessous.",
        en=f"In {path}, “{PUBLISH}” must be a table: write [{PUBLISH}] and its settings below it.",
        keep=(path,),
    )
