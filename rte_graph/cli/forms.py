"""The form of a result, from the name of the file that it goes to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def form_of(output: Path | None, suffixes: Mapping[str, str], *, named: bool = True) -> str | None:
    """Form that the name of a file asks for; None for the screen. `named`: --format can say it instead.

    Raises
    ------
    UsageError
        The name ends in something that cannot be given here.
    """
    from rte_graph.errors import UsageError

    if output is None or str(output) == "-" or not output.suffix:
        return None
    form = suffixes.get(output.suffix.lower())
    if form is None:
        listed = ", ".join(sorted(suffixes))
        raise UsageError(
            fr=f"L’extension « {output.suffix} » n’est pas possible ici : donnez à {output.name} l’une de "
            f"celles-ci : {listed}{', ou dites la forme avec --format' if named else ''}.",
            en=f"The extension “{output.suffix}” is not possible here: give {output.name} one of these: "
            f"{listed}{', or name the form with --format' if named else ''}.",
        )
    return form
