"""Threat: a query that takes all the memory of the machine.

The defence: the process that runs it cannot have more than it was given; ours stays as it was.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rte_graph.errors import MemoryLimit
from rte_graph.sparql.confined import run_text
from rte_graph.store import DiskStore, Store
from tests.security.typed_queries import GENEROUS, read_all, still_answers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces RLIMIT_AS")

LITTLE = replace(GENEROUS, memory_bytes=40_000_000)
PRODUCT = "?a <http://x.org/knows> ?b . ?c <http://x.org/knows> ?d"
LONG = 'BIND("x" AS ?y0) ' + "".join(f"BIND(CONCAT(?y{n}, ?y{n}) AS ?y{n + 1}) " for n in range(17))
DOUBLED = "".join(f'BIND(REPLACE(?x{n}, ".", "$0$0$0$0$0$0$0$0$0$0") AS ?x{n + 1}) ' for n in range(8))
GREEDY = {
    "sorting": f"SELECT * {{ {PRODUCT} }} ORDER BY ?d ?b",
    "distinct rows": f"SELECT DISTINCT * {{ {PRODUCT} }}",
    "groups": f"SELECT ?a ?b ?c ?d (COUNT(*) AS ?n) {{ {PRODUCT} }} GROUP BY ?a ?b ?c ?d",
    "one long list": f"SELECT (GROUP_CONCAT(?y17) AS ?all) {{ {{ SELECT ?y17 {{ {LONG} }} }} {PRODUCT} }}",
    "a text that doubles": f'SELECT ?x8 {{ BIND("x" AS ?x0) {DOUBLED} }}',
    "a join of all with all": f"SELECT * {{ {{ SELECT * {{ {PRODUCT} }} }} {{ SELECT * {{ {PRODUCT} }} }} }}",
}


@pytest.mark.parametrize("name", GREEDY)
def test_a_query_that_takes_too_much_is_stopped_and_we_live(store: Store, name: str) -> None:
    with pytest.raises(MemoryLimit, match=r"40 MB.*RTE_GRAPH_MAX_QUERY_MEMORY_BYTES") as caught:
        read_all(run_text(store, GREEDY[name], LITTLE))
    assert caught.value.exit_code == 75
    still_answers(store)


def test_with_the_memory_that_it_needs_it_is_answered(on_disk: Store) -> None:
    """So that it is the limit that stops, and not something in these queries."""
    text = f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT * {{ {PRODUCT} }} LIMIT 700000 }} }}"
    with pytest.raises(MemoryLimit):
        read_all(run_text(on_disk, text, LITTLE))
    assert read_all(run_text(on_disk, text, GENEROUS))[0][0].value == "700000"


WATCHED = """
import resource, sys
from pathlib import Path
from rte_graph.errors import MemoryLimit
from rte_graph.sparql.confined import run_text
from rte_graph.store import DiskStore
from tests.security.typed_queries import COUNT, GENEROUS
from tests.security.test_query_memory import GREEDY, LITTLE, PRODUCT

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

store = DiskStore.open(Path(sys.argv[1]))
for row in run_text(store, COUNT, GENEROUS).rows:
    pass
before = peak()
for name in ("sorting", "one long list"):
    try:
        list(run_text(store, GREEDY[name], LITTLE).rows)
    except MemoryLimit:
        pass
result = run_text(store, f"SELECT * {{ {PRODUCT} }} LIMIT 200000", GENEROUS)
rows = sum(1 for row in result.rows)
result = run_text(store, f"CONSTRUCT {{ [] ?b ?f }} WHERE {{ ?a ?b ?c . ?d ?e ?f }}", GENEROUS)
triples = sum(1 for _, triple in zip(range(100000), result.triples))
result.close()
print(rows, triples, peak() - before)
"""


def test_our_own_memory_stays_flat_whatever_is_asked(on_disk: DiskStore) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(on_disk.folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    rows, triples, kilobytes = map(int, done.stdout.split())
    assert (rows, triples) == (200_000, 100_000)
    # The rows alone would be some 100 MB.
    assert kilobytes < 30_000
