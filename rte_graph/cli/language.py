"""The language of the command line: texts in two languages, chosen before click reads the line."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar

from rte_graph.typography import french

LANGUAGES = ("fr", "en")
_language: ContextVar[str] = ContextVar("language", default="fr")


def current_language() -> str:
    """Return the language in force, ``fr`` or ``en``."""
    return _language.get()


def set_language(lang: str) -> None:
    """Choose the language of what follows."""
    _language.set(lang if lang in LANGUAGES else "fr")


def early_language(arguments: Sequence[str]) -> str:
    """Return the language asked for anywhere on the line, so that help and errors speak it too."""
    found = "fr"
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and position + 1 < len(arguments):
            found = arguments[position + 1]
        elif argument.startswith("--lang="):
            found = argument.removeprefix("--lang=")
    return found if found in LANGUAGES else "fr"


class Text(str):
    """A text in French and in English; as a plain string it is in the language in force when made.

    Help texts are made at import, before anybody knows the language: the classes of
    :mod:`rte_graph.cli.localised` ask :meth:`here` when they show them.
    """

    __slots__ = ("en", "fr")

    fr: str
    en: str

    def __new__(cls, *, fr: str, en: str) -> Text:
        """Make a text of its two versions."""
        made = super().__new__(cls, en if current_language() == "en" else french(fr))
        made.fr = fr
        made.en = en
        return made

    def here(self) -> str:
        """Return the version in the language in force now."""
        return self.en if current_language() == "en" else french(self.fr)


def text(*, fr: str, en: str) -> Text:
    """Return a text in two languages: for help, and for output inside a command."""
    return Text(fr=fr, en=en)
