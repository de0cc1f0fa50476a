"""Threat: a query that changes the data of who only meant to let it read.

Three defences, each shown alone: a guard that finds the words, an engine whose door for queries takes no
update, and a store that the child opens to be read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store as Engine

from rte_graph.cli import main
from rte_graph.errors import RefusedQuery, UnreadableQuery
from rte_graph.sparql.confined import run_text
from rte_graph.sparql.guard import check_free_query
from rte_graph.store import DiskStore, Store
from tests.security.typed_queries import DATASET, GENEROUS, crowd, past_the_guard, read_all, still_answers

CROWD = DATASET.value
UPDATES = {
    "INSERT DATA": "INSERT DATA { <x:y> <x:y> 1 }",
    "INSERT DATA into a dataset": f"INSERT DATA {{ GRAPH <{CROWD}> {{ <x:y> <x:y> 1 }} }}",
    "DELETE DATA": "DELETE DATA { <http://x.org/1> <http://x.org/knows> <http://x.org/2> }",
    "DELETE WHERE": "DELETE WHERE { ?s ?p ?o }",
    "DELETE and INSERT": "DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o }",
    "WITH": f"WITH <{CROWD}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    "CLEAR": "CLEAR ALL",
    "DROP": "DROP DEFAULT",
    "CREATE": f"CREATE SILENT GRAPH <{CROWD}>",
    "ADD": f"ADD DEFAULT TO <{CROWD}>",
    "MOVE": f"MOVE SILENT DEFAULT TO <{CROWD}>",
    "COPY": f"COPY DEFAULT TO <{CROWD}>",
    "in lower case": "insert data { <x:y> <x:y> 1 }",
    "glued": "INSERTDATA{<x:y><x:y>1}",
    "glued to what it names": f"DROPGRAPH<{CROWD}>",
    "after a comment": "# SELECT * { ?s ?p ?o }\nCLEAR ALL",
    "after a prologue": "PREFIX x: <x:> BASE <x:> CLEAR ALL",
    "two operations": "CLEAR NAMED ; CLEAR DEFAULT",
}


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[DiskStore]:
    """A store of this test alone; at the end it is as it was at the start."""
    writer = DiskStore.create(tmp_path / "store")
    writer.replace_dataset(DATASET, crowd())
    writer.close()
    store = DiskStore.open(tmp_path / "store")
    before = files(store)
    yield store
    assert files(store) == before
    store.close()


def files(store: DiskStore) -> dict[str, bytes]:
    """What stands in the folder of a store, but for what its readers and the engine's log leave there."""
    return {
        str(path.relative_to(store.folder)): path.read_bytes()
        for path in sorted(store.folder.rglob("*"))
        if path.is_file() and not path.name.startswith(("LOG", "lock", "LOCK"))
    }


@pytest.mark.parametrize("text", UPDATES.values(), ids=list(UPDATES))
def test_undefended_the_update_is_carried_out(text: str) -> None:
    engine = Engine()
    engine.update(f"CREATE GRAPH <{CROWD}>")
    engine.update(text)


@pytest.mark.parametrize("text", UPDATES.values(), ids=list(UPDATES))
def test_the_guard_refuses_it_and_says_how_it_can_be_meant(text: str) -> None:
    with pytest.raises(RefusedQuery, match=r"changes the data; add --allow-update") as caught:
        check_free_query(text, datasets=[DATASET])
    assert caught.value.exit_code == 2
    assert check_free_query(text, datasets=[DATASET], update=True).update


@pytest.mark.parametrize("name", UPDATES)
def test_the_engines_door_for_queries_takes_no_update(store: Store, name: str) -> None:
    with pytest.raises(UnreadableQuery):
        read_all(past_the_guard(store, UPDATES[name], GENEROUS))
    still_answers(store)


def test_the_child_opens_a_store_on_disk_to_be_read(kept: DiskStore) -> None:
    engine = Engine.read_only(kept.location)
    for text in (UPDATES["INSERT DATA"], UPDATES["CLEAR"]):
        with pytest.raises((OSError, ValueError, RuntimeError)):
            engine.update(text)


@pytest.mark.skipif(sys.platform == "win32", reason="a store on disk needs POSIX")
@pytest.mark.parametrize("name", ["INSERT DATA", "DELETE WHERE", "glued", "after a comment"])
def test_the_command_line_refuses_it_unless_it_is_meant(
    kept: DiskStore, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sparql", "--lang", "en", "--store", str(kept.folder), UPDATES[name]]) == 2
    assert "--allow-update" in capsys.readouterr().err


def test_reading_leaves_no_trace(kept: DiskStore) -> None:
    read_all(run_text(kept, "SELECT * { ?s ?p ?o }", GENEROUS))
    still_answers(kept)


HARMLESS = (
    "SELECT ?insert ?clear { ?insert ?clear 'DELETE WHERE { ?s ?p ?o }' } # CLEAR ALL",
    "PREFIX drop: <http://x.org/> SELECT * { drop:insert drop:load <http://x.org/DELETE> }",
)


@pytest.mark.parametrize("text", HARMLESS)
def test_the_words_may_stand_where_they_mean_nothing(on_disk: Store, text: str) -> None:
    read_all(run_text(on_disk, text, GENEROUS))
