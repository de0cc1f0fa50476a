"""rte-graph: a knowledge graph and query engine for cooperation networks of the ESS.

>>> import rte_graph
>>> graph = rte_graph.open(lang="en")
>>> graph.network("alliance-memberships").hubs(by=["degree"], set="target", top=1).rows[0]["label"]
'Coalition Solidaire'
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rte_graph.api import Graph

__version__ = "0.1.0"


def open(path_or_url: str | PathLike[str] | None = None, *, lang: str = "fr") -> Graph:  # noqa: A001
    """Open a store for reading.

    Parameters
    ----------
    path_or_url : str or path, optional
        What ``--store`` takes: a Turtle file or folder, a store folder, or the URL of a SPARQL endpoint; by
        default the store of the working folder's ``rte.toml``, else the packaged data.
    lang : {"fr", "en"}
        Language of texts.

    Raises
    ------
    StoreUnavailable
        There is nothing there, or it cannot be opened.
    """
    from rte_graph.api import Graph

    return Graph(path_or_url, lang=lang)
