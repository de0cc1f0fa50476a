"""click's commands, groups and options, speaking French and English and sharing the common options."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from rte_graph.cli.language import Text, text
from rte_graph.cli.session import common_options
from rte_graph.errors import UnknownName

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _here(value: str | None) -> str | None:
    return value.here() if isinstance(value, Text) else value


class _Completed(click.Parameter):
    """A parameter for which a shell can be told what it may be."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Return what may stand there."""
        from rte_graph.cli.completion.candidates import candidates

        found = candidates(self, ctx, incomplete)
        return super().shell_complete(ctx, incomplete) if found is None else found


class LocalOption(_Completed, click.Option):
    """An option whose help is a :class:`~rte_graph.cli.language.Text`, or a function that makes one.

    The function is called only when the help is shown, and may import what it speaks of.
    """

    def __init__(self, *declarations: Any, **attributes: Any) -> None:
        self.text: str | Callable[[], str] | None = attributes.pop("help", None)
        self.placeholder: str | None = attributes.get("metavar")
        super().__init__(*declarations, **attributes)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help in the language in force."""
        self.help = _here(self.text() if callable(self.text) else self.text)
        self.metavar = _here(self.placeholder)
        record = super().get_help_record(ctx)
        if record is None:
            return None
        words = {
            "[default: ": text(fr="[par défaut : ", en="[default: "),
            "[required]": text(fr="[obligatoire]", en="[required]"),
        }
        shown = record[1]
        for word, translation in words.items():
            shown = shown.replace(word, translation)
        return record[0], shown


class LocalArgument(_Completed, click.Argument):
    """An argument whose metavar is a :class:`~rte_graph.cli.language.Text`."""

    def __init__(self, *declarations: Any, **attributes: Any) -> None:
        self.placeholder: str | None = attributes.get("metavar")
        # Kept from click, which knows help for arguments from 8.5 on only.
        self.text: str | None = attributes.pop("help", None)
        super().__init__(*declarations, **attributes)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return the argument and its help in the language in force (empty when it has none)."""
        return self.make_metavar(ctx), _here(self.text) or ""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the argument's name in the language in force, as the usage line shows it."""
        self.metavar = _here(self.placeholder)
        return super().make_metavar(ctx)


class _Local(click.Command):
    """What commands and groups share: help in two languages, an example, the common options apart."""

    def __init__(self, *arguments: Any, example: str | Text | None = None, **attributes: Any) -> None:
        self.text: str | None = attributes.get("help")
        self.example = example
        super().__init__(*arguments, **attributes)
        self.params.extend(common_options())

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with a help in the language in force."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = text(fr="Montrer cette aide.", en="Show this help.")
        return option

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Return the options that begin so, with their help in the language in force."""
        for parameter in self.get_params(ctx):
            parameter.get_help_record(ctx)
        # Not click's own for groups, which imports every verb.
        return click.Command.shell_complete(self, ctx, incomplete)

    def get_short_help_str(self, limit: int = 90) -> str:
        """Return the first sentence of the help in the language in force."""
        self.help = _here(self.text)
        return super().get_short_help_str(limit)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, help, options and example."""
        self.help = _here(self.text)
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=text(fr="Usage : ", en="Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options first, then those that every command has."""
        own: list[tuple[str, str]] = []
        common: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and (record[1] or isinstance(parameter, click.Option)):
                shared = parameter.name in _COMMON_NAMES or "--help" in parameter.opts
                (common if shared else own).append(record)
        if own:
            with formatter.section(text(fr="Options ", en="Options")):
                formatter.write_dl(own)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)
        with formatter.section(text(fr="Options communes ", en="Common options")):
            formatter.write_dl(common)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example."""
        example = _here(self.example)
        if example:
            with formatter.section(text(fr="Exemple ", en="Example")):
                formatter.write_text("\b\n" + example)


class LocalCommand(_Local):
    """A verb."""


class LocalGroup(_Local, click.Group):
    """A verb with verbs of its own, imported only when they are called.

    Parameters
    ----------
    lazy : mapping, optional
        Name → (``"module:attribute"``, help); the module is imported when the verb is used.
    """

    def __init__(
        self, *arguments: Any, lazy: Mapping[str, tuple[str, Text]] | None = None, **attributes: Any
    ) -> None:
        self.lazy = dict(lazy or {})
        super().__init__(*arguments, **attributes)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        self.subcommand_metavar = text(fr="COMMANDE …", en="COMMAND …")
        return super().collect_usage_pieces(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order in which they were declared."""
        return [*self.lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb, importing its module now."""
        if cmd_name in self.lazy:
            module, _, attribute = self.lazy[cmd_name][0].partition(":")
            command = getattr(importlib.import_module(module), attribute)
            assert isinstance(command, click.Command)
            return command
        return self.commands.get(cmd_name)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Return the verbs that begin so, without importing them, else the options."""
        from click.shell_completion import CompletionItem

        verbs = [(name, about) for name, about in self._verbs(ctx) if name.startswith(incomplete)]
        return [
            *(CompletionItem(name, help=about) for name, about in verbs),
            *super().shell_complete(ctx, incomplete),
        ]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or name the nearest one."""
        name = args[0]
        known = self.list_commands(ctx)
        if name not in known:
            near = get_close_matches(name, known, n=1)
            listed = near[0] if near else ", ".join(known)
            raise UnknownName(
                fr=f"« {name} » n’est pas une commande de {ctx.command_path} : essayez {listed}.",
                en=f"“{name}” is not a command of {ctx.command_path}: try {listed}.",
            )
        return name, self.get_command(ctx, name), args[1:]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them."""
        with formatter.section(text(fr="Commandes ", en="Commands")):
            formatter.write_dl(list(self._verbs(ctx)))

    def _verbs(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        """Name and first sentence of each verb."""
        for name in self.list_commands(ctx):
            if name in self.lazy:
                yield name, self.lazy[name][1].here()
            else:
                yield name, self.commands[name].get_short_help_str()


_COMMON_NAMES = frozenset({parameter.name for parameter in common_options()})
