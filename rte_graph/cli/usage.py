"""click's usage errors as one sentence in the chosen language."""

from __future__ import annotations

import re
from difflib import get_close_matches

import click

from rte_graph.errors import InvalidParameter, MissingParameter, RteError, UsageError


def usage_error(error: click.ClickException) -> RteError:
    """Return the error of ours that says what click found."""
    see_fr, see_en = _see(error)
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error, see_fr, see_en)
    if isinstance(error, click.MissingParameter):
        name = _name(error.param, error.ctx)
        return MissingParameter(
            fr=f"Il manque {name}{see_fr}.",
            en=f"{name} is missing{see_en}.",
        )
    if isinstance(error, click.BadParameter):
        return _bad_parameter(error, see_fr, see_en)
    extra = re.search(r"unexpected extra arguments? \((.*)\)", error.message)
    if extra:
        return UsageError(
            fr=f"« {extra.group(1)} » est de trop{see_fr}.",
            en=f"“{extra.group(1)}” is one word too many{see_en}.",
        )
    valueless = re.search(r"Option '?([^' ]+)'? requires an argument", error.message)
    if valueless:
        return MissingParameter(
            fr=f"L’option {valueless.group(1)} attend une valeur{see_fr}.",
            en=f"The option {valueless.group(1)} needs a value{see_en}.",
        )
    detail = error.format_message().rstrip(".")
    return UsageError(
        fr=f"La ligne de commande n’est pas comprise ({detail}){see_fr}.", en=f"{detail}{see_en}."
    )


def _see(error: click.ClickException) -> tuple[str, str]:
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    path = ctx.command_path if ctx is not None else "rte-graph"
    return f" : voyez « {path} --help »", f": see “{path} --help”"


def _no_such_option(error: click.NoSuchOption, see_fr: str, see_en: str) -> UsageError:
    near = get_close_matches(error.option_name, error.possibilities or (), n=1)
    if near:
        see_fr, see_en = f" : essayez {near[0]}", f": try {near[0]}"
    return UsageError(
        fr=f"L’option {error.option_name} n’existe pas{see_fr}.",
        en=f"There is no option {error.option_name}{see_en}.",
    )


def _bad_parameter(error: click.BadParameter, see_fr: str, see_en: str) -> InvalidParameter:
    name = _name(error.param, error.ctx)
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        allowed = ", ".join(str(choice) for choice in kind.choices)
        return InvalidParameter(
            fr=f"{name} n’accepte pas cette valeur : choisissez parmi {allowed}.",
            en=f"{name} does not accept this value: choose among {allowed}.",
        )
    value = re.match(r"'(.*)' is not a valid (\w+)", error.message)
    if value:
        expected = {"integer": "un nombre entier", "float": "un nombre"}.get(value.group(2), value.group(2))
        return InvalidParameter(
            fr=f"{name} attend {expected}, pas « {value.group(1)} »{see_fr}.",
            en=f"{name} expects a valid {value.group(2)}, not “{value.group(1)}”{see_en}.",
        )
    detail = error.message.rstrip(".")
    return InvalidParameter(
        fr=f"La valeur de {name} n’est pas valable ({detail}){see_fr}.",
        en=f"The value of {name} is not valid ({detail}){see_en}.",
    )


def _name(parameter: click.Parameter | None, ctx: click.Context | None) -> str:
    if parameter is None:
        return "—"
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(ctx) if ctx is not None else str(parameter.name).upper()
