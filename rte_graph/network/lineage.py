"""What a network rests on: the text of its queries, the data, the program; for whoever computes it anew."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rte_graph import __version__
from rte_graph.errors import InvalidParameter

if TYPE_CHECKING:
    from rte_graph.sparql.model import Library
    from rte_graph.store.base import Store

SOFTWARE = f"rte-graph {__version__}"
LATEST = 253_402_300_799
"""The last second of the year 9999, after which no date can be written."""


def query_text(library: Library, name: str) -> str:
    """Return the text of the saved query of a network, then that of its nodes query, if there is one."""
    saved = library.get(name)
    parts = [saved.text]
    if saved.network and saved.network.nodes:
        parts.append(library.get(saved.network.nodes).text)
    return "\n\n".join(part.strip() for part in parts)


def data_hash(store: Store) -> str:
    """Return the SHA-256 of all triples of the store, written as sorted N-Triples.

    The data hold no blank nodes, so equal data give equal hashes in whatever order they were loaded.
    """
    digest = hashlib.sha256()
    for line in sorted(f"{triple} ." for triple in store.triples()):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def named_moment() -> datetime | None:
    """Return the moment that ``SOURCE_DATE_EPOCH`` names, in UTC; None where it is not set.

    No clock is read: the same input gives the same bytes.

    Raises
    ------
    InvalidParameter
        The variable holds no number of seconds.

    References
    ----------
    https://reproducible-builds.org/specs/source-date-epoch/
    """
    written = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and int(written) <= LATEST):
        raise InvalidParameter(
            fr=f"SOURCE_DATE_EPOCH vaut « {written} » : donnez un nombre de secondes depuis 1970, ou retirez "
            "cette variable.",
            en=f"SOURCE_DATE_EPOCH is “{written}”: give a number of seconds since 1970, or unset it.",
        )
    return datetime.fromtimestamp(int(written), UTC)
