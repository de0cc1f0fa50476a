"""The ``[publish]`` table of ``rte.toml``: what a publisher says once of the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rte_graph.errors import RteError, UnreadableData, UsageError
from rte_graph.network.wording import Text
from rte_graph.project import PROJECT_FILE
from rte_graph.publish.model import LANGUAGES, SiteConfig
from rte_graph.sparql.terms import is_absolute

LEAST_CONTRAST = 4.5
"""Contrast of text with its background (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One key of ``[publish]``, with one sentence in each language and an example in TOML."""

    name: str
    fr: str
    en: str
    example: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="base",
        fr="Début des IRI de vos données ; le genre et le nom suivent.",
        en="Beginning of the IRIs of your data; kind and name follow.",
        example='"https://w3id.org/rte/id/"',
    ),
    Setting(
        name="base-url",
        fr="Adresse du dossier publié (--base-url la remplace).",
        en="Address of the published folder (--base-url replaces it).",
        example='"https://example.org/graphe"',
    ),
    Setting(
        name="title",
        fr="Titre du site, un texte ou un par langue.",
        en="Title of the site, one text or one a language.",
        example='{ fr = "Observatoire", en = "Observatory" }',
    ),
    Setting(
        name="description",
        fr="Une phrase sur le site, un texte ou un par langue.",
        en="A sentence on the site, one text or one a language.",
        example='{ fr = "Qui coopère avec qui.", en = "Who cooperates with whom." }',
    ),
    Setting(
        name="languages",
        fr="Langues des pages, la première a les adresses simples.",
        en="Languages of the pages; the first one has the plain addresses.",
        example='["fr", "en"]',
    ),
    Setting(name="publisher", fr="Qui publie.", en="Who publishes.", example='"Observatoire de l’ESS"'),
    Setting(
        name="contact",
        fr="Où écrire : mailto: d’un service, ou http(s):.",
        en="Where to write: the mailto: of an office, or http(s):.",
        example='"mailto:contact@example.org"',
    ),
    Setting(
        name="report",
        fr="Où signaler une erreur dans un énoncé : mailto:, ou l’adresse d’un nouveau ticket.",
        en="Where to report an error in a statement: mailto:, or the address of a new issue.",
        example='"https://example.org/issues/new"',
    ),
    Setting(
        name="licence",
        fr="IRI de la licence des données, là où elles ne la disent pas elles-mêmes.",
        en="IRI of the data’s licence, where they do not state it themselves.",
        example='"https://creativecommons.org/licenses/by/4.0/"',
    ),
    Setting(
        name="accent",
        fr="Couleur des pages, assez sombre sur blanc (contraste de 4,5).",
        en="Colour of the pages, dark enough on white (a contrast of 4.5).",
        example='"#a3195b"',
    ),
    Setting(name="logo", fr="Image PNG ou SVG.", en="PNG or SVG picture.", example='"logo.svg"'),
    Setting(
        name="mint",
        fr="Écrire les IRI comme adresses du site, pour un hébergement sans règles (comme --mint).",
        en="Write the IRIs as addresses of the site, for a host without rules (as --mint).",
        example="true",
    ),
)


def read_config(
    table: Mapping[str, Any], *, base_url: str | None = None, mint: bool = False, folder: Path | None = None
) -> SiteConfig:
    """Read the ``[publish]`` table, with what the command line says in its place.

    Parameters
    ----------
    table : mapping
        As TOML gives it; see `SETTINGS`.
    base_url : str, optional
        Address of the site, in place of ``base-url``.
    mint : bool
        Whether the command line asks for minted IRIs.
    folder : path, optional
        Where ``logo`` starts from (default: the working folder).

    Raises
    ------
    UsageError
        A key does not exist, or no address is given.
    UnreadableData
        A value is not what its key needs; the sentence shows an example.
    """
    unknown = sorted(table.keys() - {each.name for each in SETTINGS})
    if unknown:
        listed = ", ".join(each.name for each in SETTINGS)
        raise UsageError(
            fr=f"Dans [publish] de {PROJECT_FILE}, « {', '.join(unknown)} » n’est pas un réglage ; réglages "
            f"possibles : {listed}.",
            en=f"In [publish] of {PROJECT_FILE}, “{', '.join(unknown)}” is not a setting; settings you can "
            f"write: {listed}.",
        )
    address = base_url or table.get("base-url")
    if address is None:
        raise UsageError(
            fr="L’adresse du site manque : donnez --base-url https://…, ou base-url dans [publish] de "
            "rte.toml.",
            en="The site’s address is missing: give --base-url https://…, or base-url in [publish] of "
            "rte.toml.",
        )
    found = {
        name.replace("-", "_"): _READERS[name](table[name], name) for name in table if name != "base-url"
    }
    config = SiteConfig(base_url=_address(address, "base-url").rstrip("/"), **found)
    if config.logo is not None:
        config = replace(config, logo=_logo((folder or Path()) / config.logo))
    return replace(config, mint=config.mint or mint)


def contrast(colour: str, other: str) -> float:
    """Return the contrast of two colours ``#rrggbb``, 1 to 21.

    References
    ----------
    https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"), 1), contrast("#777777", "#777777")
    (21.0, 1.0)
    """
    first, second = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _wrong(name: str, *, fr: str, en: str) -> RteError:
    example = f"{name} = {next(each.example for each in SETTINGS if each.name == name)}"
    return UnreadableData(
        fr=f"Dans [publish] de {PROJECT_FILE}, « {name} » {fr} : écrivez par exemple {example}.",
        en=f"In [publish] of {PROJECT_FILE}, “{name}” {en}: write for example {example}.",
        keep=(example,),
    )


def _text(value: Any, name: str) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise _wrong(name, fr="doit être un texte", en="must be a text")


def _texts(value: Any, name: str) -> Text:
    if isinstance(value, str) and value.strip():
        return Text(fr=value.strip(), en=value.strip())
    given = value if isinstance(value, dict) else {}
    if not given or set(given) - set(LANGUAGES) or not all(isinstance(each, str) for each in given.values()):
        raise _wrong(name, fr="doit être un texte, ou un par langue", en="must be a text, or one a language")
    either = next(iter(given.values()))
    return Text(fr=given.get("fr", either), en=given.get("en", either))


def _address(value: Any, name: str) -> str:
    if isinstance(value, str) and re.match(r"https?://[^/]", value) and is_absolute(value):
        return value
    raise _wrong(name, fr="doit être une adresse http(s)", en="must be an http(s) address")


def _base(value: Any, name: str) -> str:
    base = _address(value, name)
    if base[-1] in "/#":
        return base
    raise _wrong(name, fr="doit finir par « / » ou « # »", en="must end in “/” or “#”")


def _reach(value: Any, name: str) -> str:
    if (
        isinstance(value, str)
        and re.match(r"(mailto:[^@\s]+@[^@\s]+|https?://)", value)
        and is_absolute(value)
    ):
        return value
    raise _wrong(name, fr="doit commencer par mailto: ou http(s):", en="must begin with mailto: or http(s):")


def _languages(value: Any, name: str) -> tuple[str, ...]:
    if isinstance(value, list) and value and all(each in LANGUAGES for each in value):
        return tuple(dict.fromkeys(value))
    raise _wrong(name, fr="doit être une liste de fr et en", en="must be a list of fr and en")


def _accent(value: Any, name: str) -> str:
    if not isinstance(value, str) or not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise _wrong(name, fr="doit être une couleur #rrggbb", en="must be a colour #rrggbb")
    if contrast(value, "#ffffff") < LEAST_CONTRAST:
        raise _wrong(name, fr="est trop clair pour être lu sur blanc", en="is too light to be read on white")
    return value.lower()


def _flag(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return value
    raise _wrong(name, fr="doit être true ou false", en="must be true or false")


def _path(value: Any, name: str) -> Path:
    return Path(_text(value, name))


def _logo(path: Path) -> Path:
    from rte_graph.publish.model import safe_name

    if path.suffix.lower() not in (".png", ".svg") or not path.is_file() or safe_name(path.name) != path.name:
        raise _wrong(
            "logo",
            fr=f"({path}) doit être un fichier .png ou .svg, au nom sans majuscule, espace ni accent",
            en=f"({path}) must be a .png or .svg file whose name has no capital, space or accent",
        )
    return path


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "base": _base,
    "title": _texts,
    "description": _texts,
    "languages": _languages,
    "publisher": _text,
    "contact": _reach,
    "report": _reach,
    "licence": _address,
    "accent": _accent,
    "logo": _path,
    "mint": _flag,
}
