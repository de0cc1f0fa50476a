from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rte_graph.store import Store
from tests.store.back_ends import BACK_ENDS


@pytest.fixture(params=sorted(BACK_ENDS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each back end in turn."""
    opened = BACK_ENDS[request.param](tmp_path / "store")
    yield opened
    opened.close()
