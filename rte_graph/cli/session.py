"""What a command works with: the language, the store, the saved queries, and where the output goes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from rte_graph.cli.language import LANGUAGES, current_language, set_language, text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
    from rich.console import Console

    from rte_graph.sparql.model import Library
    from rte_graph.store import Store


@dataclass(slots=True)
class Session:
    """One call of the command line.

    Attributes
    ----------
    store_spec : str or None
        What ``--store`` names; None for the store of ``rte.toml``, else the packaged data.
    verbosity : int
        ``-v`` adds one, ``-q`` takes one away; below zero only results and errors are shown.
    debug : bool
        Whether an error shows its traceback.
    """

    store_spec: str | None = None
    verbosity: int = 0
    debug: bool = False
    _store: Store | None = field(default=None, repr=False)
    _library: Library | None = field(default=None, repr=False)

    @property
    def lang(self) -> str:
        """Language in force, ``fr`` or ``en``."""
        return current_language()

    @property
    def store(self) -> Store:
        """The store that the command reads, opened when first asked for."""
        if self._store is None:
            from rte_graph.loading import store_from

            self._store = store_from(self.store_spec)
        return self._store

    @property
    def library(self) -> Library:
        """The packaged saved queries and those of the user's own folder.

        Files of the user's that are left out because something is wrong with them are named once.
        """
        if self._library is None:
            from rte_graph.sparql.library import working_library

            self._library = working_library()
            for problem in self._library.problems:
                self.say(
                    fr=f"Laissée de côté : {problem.message('fr')}", en=f"Left out: {problem.message('en')}"
                )
        return self._library

    def text(self, *, fr: str, en: str) -> str:
        """Return the version in the language in force."""
        return text(fr=fr, en=en).here()

    def say(self, *, fr: str, en: str) -> None:
        """Tell the user something beside the result, on stderr; silent with ``-q``."""
        if self.verbosity >= 0:
            click.echo(self.text(fr=fr, en=en), err=True)

    def emit(self, content: str | bytes, output: Path | None = None) -> None:
        """Give the result: to a file, replaced whole, or to stdout in UTF-8."""
        if isinstance(content, bytes) or (output is not None and str(output) != "-"):
            with self.writing(output) as out:
                out.write(content if isinstance(content, bytes) else content.encode())
        else:
            sys.stdout.write(content if content.endswith("\n") or not content else content + "\n")

    @contextmanager
    def writing(self, output: Path | None = None) -> Iterator[BinaryIO]:
        """Give a stream for the result: a file that is replaced whole if nothing goes wrong, or stdout.

        Parameters
        ----------
        output
            The file; None or ``-`` for stdout.

        Raises
        ------
        UsageError
            The file cannot be written.
        """
        if output is None or str(output) == "-":
            with _stdout() as out:
                yield out
            return
        with writing_file(output) as out:
            yield out
        self.say(fr=f"Écrit : {output}", en=f"Written: {output}")

    def console(self) -> Console:
        """Return a rich console on stdout: colours on a terminal only, 100 columns elsewhere."""
        from rich.console import Console

        terminal = sys.stdout.isatty()
        return Console(file=sys.stdout, width=None if terminal else 100, highlight=False, emoji=False)

    def close(self) -> None:
        """Close the store, if it was opened."""
        if self._store is not None:
            self._store.close()


@contextmanager
def _stdout() -> Iterator[BinaryIO]:
    sys.stdout.flush()
    if hasattr(sys.stdout, "buffer"):
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:  # a notebook, or a program that gathers what we say
        gathered = BytesIO()
        yield gathered
        sys.stdout.write(gathered.getvalue().decode("utf-8", "backslashreplace"))


def write_file(path: Path, content: str | bytes) -> None:
    """Replace a file's content in one step.

    Raises
    ------
    UsageError
        The folder does not exist or cannot be written to.
    """
    with writing_file(path) as out:
        out.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def writing_file(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes replace a file's content in one step, if nothing goes wrong.

    Raises
    ------
    UsageError
        The folder does not exist or cannot be written to.
    """
    from rte_graph.errors import UsageError, reason
    from rte_graph.files import replacing

    try:
        with replacing(path) as out:
            yield out
    except BrokenPipeError:  # the file is a pipe, and its reader has left
        raise
    except OSError as error:
        raise UsageError(
            fr=f"Impossible d’écrire {path} ({reason(error, 'fr')}) : choisissez un autre endroit avec -o.",
            en=f"{path} cannot be written ({reason(error, 'en')}): choose another place with -o.",
            keep=(path,),
        ) from error


def _not_for_a_terminal() -> Exception:
    from rte_graph.errors import UsageError

    return UsageError(
        fr="Ce classeur ne se lit pas dans un terminal : donnez-lui un fichier avec -o, par exemple "
        "-o resultat.xlsx.",
        en="A terminal cannot show a workbook: give it a file with -o, for example -o result.xlsx.",
    )


def _session(ctx: click.Context) -> Session:
    return ctx.ensure_object(Session)


def _set_store(ctx: click.Context, _: click.Parameter, values: tuple[str, ...]) -> None:
    session = _session(ctx)
    for value in values:
        if session.store_spec is not None:
            from rte_graph.errors import UsageError

            raise UsageError(
                fr="--store est donné deux fois : gardez une base.",
                en="--store is given twice: keep one store.",
            )
        session.store_spec = value


def _files(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def _set_lang(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        set_language(value)


def _louder(ctx: click.Context, _: click.Parameter, value: int) -> None:
    _session(ctx).verbosity += value


def _quieter(ctx: click.Context, _: click.Parameter, value: int) -> None:
    _session(ctx).verbosity -= value


def _set_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        _session(ctx).debug = True


class _CommonOption(click.Option):
    """An option that every command has, before and after its name."""

    def __init__(self, *declarations: str, fr: str, en: str, **attributes: Any) -> None:
        self.texts = (fr, en)
        super().__init__(list(declarations), expose_value=False, **attributes)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = text(fr=self.texts[0], en=self.texts[1])
        if self.name == "store":
            self.metavar = text(fr="CHEMIN|URL", en="PATH|URL")
        return super().get_help_record(ctx)


def _store_option() -> click.Option:
    # All of them are asked for, so that a second one is noticed.
    return _CommonOption(
        "--store",
        multiple=True,
        callback=_set_store,
        shell_complete=_files,
        fr="Fichier ou dossier Turtle, dossier de base, ou URL, au lieu des données livrées.",
        en="Turtle file or folder, store folder, or URL, instead of the packaged data.",
    )


def common_options() -> list[click.Option]:
    """Return new instances of the options that every command has."""
    return [
        _store_option(),
        _CommonOption(
            "--lang",
            type=click.Choice(LANGUAGES),
            callback=_set_lang,
            fr="Langue des textes (fr par défaut).",
            en="Language of the texts (fr by default).",
        ),
        _CommonOption(
            "-q",
            "--quiet",
            count=True,
            callback=_quieter,
            fr="Ne montrer que le résultat.",
            en="Show the result only.",
        ),
        _CommonOption(
            "-v",
            "--verbose",
            count=True,
            callback=_louder,
            fr="Montrer davantage.",
            en="Show more.",
        ),
        _CommonOption(
            "--debug",
            is_flag=True,
            callback=_set_debug,
            fr="Montrer la trace complète d’une erreur.",
            en="Show the full traceback of an error.",
        ),
    ]
