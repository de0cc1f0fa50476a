"""What a result is: the facts that travel with a table once it has left the command line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a table answers.

    Attributes
    ----------
    name : str
        Name of the saved query; empty for text of the user's own.
    summary, description : str
        What it asks, in the language of the table.
    parameters : tuple of (str, str)
        Label and value of each parameter in force.
    text : str
        Text of a query that has no name.
    """

    name: str = ""
    summary: str = ""
    description: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    text: str = ""


def no_truncation() -> None:
    """All rows are there."""
    return
