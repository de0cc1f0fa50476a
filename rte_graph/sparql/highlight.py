"""Query text in colours, by its tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rte_graph.errors import UnreadableQuery
from rte_graph.sparql.tokens import Kind, tokenize

if TYPE_CHECKING:
    from rich.text import Text as Styled

# Four colours of Okabe and Ito (https://jfly.uni-koeln.de/color/), which nobody confuses, readable on dark
# and light grounds; keywords are bold, texts and comments slanted too, for those who see none.
_BLUE, _VERMILION, _GREEN, _PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
STYLES = {
    Kind.WORD: f"bold {_BLUE}",
    Kind.VARIABLE: _VERMILION,
    Kind.IRI: _GREEN,
    Kind.PREFIXED_NAME: _GREEN,
    Kind.BLANK_NODE: _GREEN,
    Kind.STRING: f"italic {_PURPLE}",
    Kind.LANGUAGE_TAG: f"italic {_PURPLE}",
    Kind.NUMBER: _PURPLE,
    Kind.COMMENT: "dim italic",
}


def highlighted(text: str) -> Styled:
    """Return query text in colours; a text that cannot be cut into tokens comes back plain.

    Examples
    --------
    >>> [str(span.style) for span in highlighted("SELECT ?x { ?x a 'y' }").spans][:2]
    ['bold #0072b2', '#d55e00']
    """
    from rich.text import Text as Styled

    styled = Styled(text)
    try:
        tokens = tokenize(text, comments=True)
    except UnreadableQuery:
        return styled
    for token in tokens:
        if token.kind in STYLES:
            styled.stylize(STYLES[token.kind], token.start, token.end)
    return styled
