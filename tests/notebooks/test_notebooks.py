"""The notebooks of docs/ give, when they are run, the outputs that stand in them."""

from __future__ import annotations

import importlib.util
import re
import sys
from base64 import b64decode
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def script() -> ModuleType:
    for name in ("nbformat", "nbclient", "ipykernel", "pandas"):
        pytest.importorskip(name, reason=f"{name} is not installed: pip install -e .[dev]")
    spec = importlib.util.spec_from_file_location("run_notebooks", ROOT / "scripts" / "run_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["run_notebooks"] = module
    spec.loader.exec_module(module)
    return module


def without_hash(html: str) -> str:
    """Leave the hash of the data out of a picture: it changes with any triple, the picture does not."""
    found = re.search(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", html)
    if found is None:
        return html
    picture = b64decode(found.group(1)).decode()
    return re.sub(r"\([0-9a-f]{12}\)", "", picture)


def shown(notebook: Any) -> list[tuple[str, list[dict[str, str]]]]:
    """Sources and outputs of the code cells."""
    found = []
    for cell in (each for each in notebook.cells if each.cell_type == "code"):
        outputs = [dict(output.get("data") or {"text": output.get("text")}) for output in cell.outputs]
        found.append((cell.source, [{k: without_hash(str(v)) for k, v in each.items()} for each in outputs]))
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_gives_the_outputs_that_stand_in_it(
    path: Path, script: ModuleType, tmp_path: Path
) -> None:
    import nbformat

    committed = nbformat.read(path, as_version=4)
    assert shown(script.executed(path, tmp_path)) == shown(committed), "run: python scripts/run_notebooks.py"


def test_both_notebooks_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["analyst", "researcher"]
