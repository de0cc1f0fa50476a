"""Which names fit what has been typed, blind to accents, case and punctuation, and how they go on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence


def squeezed(text: str) -> str:
    """Letters and digits of a text, in lower case and without accents.

    Examples
    --------
    >>> squeezed("L’Œuvre Bleue")
    'loeuvrebleue'
    """
    from rte_graph.sparql.collation import fold

    return fold(text).replace(" ", "")


def after(typed: str, name: str) -> str | None:
    """Return what is missing of a name after its beginning was typed in other letters; None if it was not.

    Examples
    --------
    >>> after("eco h", "Éco Habitat"), after("l'", "L’Outil"), after("x", "Éco")
    ('abitat', 'Outil', None)
    """
    wanted = squeezed(typed)
    ends = [at for at in range(len(name) + 1) if squeezed(name[:at]) == wanted]
    if not ends:
        return None
    # What was typed after the last letter (an apostrophe, a space) stands for the name's own.
    return name[ends[0] if typed[-1:].isalnum() else ends[-1] :]


def growing(names: Sequence[str], typed: str) -> list[str]:
    """Return names of which several fit, so that a shell never shortens what was typed.

    A shell writes what its candidates have in common. Where that is less than was typed, because they spell
    it in different ways, all begin in one of these, with a capital letter if there is one.

    Examples
    --------
    >>> growing(["Éco Habitat", "Eco-Systèmes", "Éco"], "eco")
    ['Éco Habitat', 'Éco-Systèmes', 'Éco']
    """
    common = os.path.commonprefix(list(names))  # noqa: RUF071 - of characters, not of folders
    if len(names) < 2 or len(squeezed(common)) >= len(squeezed(typed)):
        return list(names)
    pairs = [(name.removesuffix(rest), rest) for name in names if (rest := after(typed, name)) is not None]
    usual = Counter(beginning for beginning, _ in pairs)
    chosen = max(usual, key=lambda each: (each[:1].isupper(), usual[each]), default="")
    return [chosen + rest for _, rest in pairs]
