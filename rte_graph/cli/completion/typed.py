"""What has been typed on a command line so far, read as a shell reads it, and what to write after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ESCAPED_IN_DOUBLE = '"\\$`\n'
_SPECIAL = re.compile(r"""([ \t\n"'\\$`&|;<>()*?\[\]{}!^#~])""")


@dataclass(slots=True, kw_only=True)
class Typed:
    """A command line up to the cursor.

    Attributes
    ----------
    line : str
        As it was typed.
    words : list of str
        The words before the one under the cursor, without their quotes; the command is the first.
    incomplete : str
        The word under the cursor up to it, without its quotes.
    begins : int
        Where that word begins in the line.
    quote : str
        The quotation mark that is still open at the cursor, if there is one.
    opened : int
        Where the last quotation mark that opened stands in the line.
    shielded : set of int
        Positions in the line that stand in quotes or after a backslash.
    """

    line: str
    words: list[str] = field(default_factory=list)
    incomplete: str = ""
    begins: int = 0
    quote: str = ""
    opened: int = 0
    shielded: set[int] = field(default_factory=set)

    def replaced_from(self, breaks: str) -> int:
        """Where bash replaces the line from: after an open quotation mark, else after the last of `breaks`.

        Only part of a word is so replaced: after the ``=`` of ``-p alliance=Coal``.
        """
        if self.quote:
            return self.opened + 1
        found = [at for at, c in enumerate(self.line) if c in breaks and at not in self.shielded]
        return max([self.begins, *(at + 1 for at in found)])


def read_typed(line: str) -> Typed:
    """Read a line as POSIX shells do, as far as it goes.

    Examples
    --------
    >>> read_typed('rte-graph query run x -p alliance="Coal').incomplete
    'alliance=Coal'
    """
    typed = Typed(line=line)
    inside = escape = False
    for at, character in enumerate(line):
        if escape:
            escape = False
            if typed.quote == '"' and character not in _ESCAPED_IN_DOUBLE:
                typed.incomplete += "\\"
            typed.incomplete += character if character != "\n" else ""
        elif character == "\\" and typed.quote != "'":
            inside, escape = _begun(typed, inside, at), True
        elif typed.quote:
            if character == typed.quote:
                typed.quote = ""
            else:
                typed.incomplete += character
        elif character in "\"'":
            inside = _begun(typed, inside, at)
            typed.quote, typed.opened = character, at
        elif character in " \t\n":
            if inside:
                typed.words.append(typed.incomplete)
            inside, typed.incomplete = False, ""
            continue
        else:
            inside = _begun(typed, inside, at)
            typed.incomplete += character
            continue
        typed.shielded.add(at)
    if not inside:
        typed.begins = len(line)
    return typed


def _begun(typed: Typed, inside: bool, at: int) -> bool:
    if not inside:
        typed.begins = at
    return True


def written(text: str, quote: str = "") -> str:
    """Return a text as it is typed in a shell, outside quotes or within those that are open.

    Examples
    --------
    >>> print(written("Génér’action (Lyon)"), written("L'Outil", "'"))
    Génér’action\\ \\(Lyon\\) L'\\''Outil
    """
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        return re.sub(r'(["\\$`])', r"\\\1", text)
    shielded = _SPECIAL.sub(r"\\\1", text)
    # At the beginning of a word zsh takes « =ls » for the place of ls.
    return f"\\{shielded}" if shielded.startswith("=") else shielded
