"""Run the notebooks of docs/notebooks and write what they give: ``python scripts/run_notebooks.py``.

What differs from run to run though nothing has changed (times, numbers of runs, identifiers) is left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "notebooks"


def executed(path: Path, folder: Path) -> Any:
    """Return a notebook with the outputs that it gives now, run in a folder where nothing else is."""
    notebook = nbformat.read(path, as_version=4)
    # Outputs of an earlier run do not pass for those of this one.
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return steady(notebook)


def steady(notebook: Any) -> Any:
    """Leave out of a notebook what says nothing about its results."""
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for number, cell in enumerate(notebook.cells):
        cell.id, cell.metadata = f"cell-{number:02}", {}
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = None
    return notebook


def main() -> None:
    """Run them all."""
    import tempfile

    for path in sorted(FOLDER.glob("*.ipynb")):
        with tempfile.TemporaryDirectory() as folder:
            written = nbformat.writes(executed(path, Path(folder)), indent=1, ensure_ascii=False)
        path.write_text(written.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
