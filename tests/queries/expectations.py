"""What the saved queries give on the packaged data, written beside them.

``python tests/queries/expectations.py`` writes all of them anew; read what changed before you commit it: the
expectation is what a person has checked against the source.
"""

from __future__ import annotations

from pathlib import Path

from rte_graph.loading import packaged_store
from rte_graph.resources import queries_folder
from rte_graph.sparql.engine import default_values, run_query
from rte_graph.sparql.formats import to_text
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import SavedQuery
from rte_graph.store.base import Store


def expectation_file(query: SavedQuery) -> Path:
    return query.path.with_name(f"{query.name}.expected.tsv")


def given(store: Store, query: SavedQuery, lang: str = "fr") -> str:
    return to_text("tsv", run_query(store, query, default_values(query), lang))


def write_all() -> list[Path]:
    store = packaged_store()
    changed = []
    for query in load_library(queries_folder()).queries.values():
        path, table = expectation_file(query), given(store, query)
        if not path.exists() or path.read_text(encoding="utf-8") != table:
            path.write_text(table, encoding="utf-8")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for path in write_all():
        print(f"Written: {path}")
