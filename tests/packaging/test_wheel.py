"""The wheel alone, installed without a network into an empty environment, does the main job."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: object, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "RTE_GRAPH", "PIP"))}
    environment |= variables
    result = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr + result.stdout
    return result


@pytest.fixture(scope="module")
def wheels() -> Path:
    folder = os.environ.get("RTE_GRAPH_WHEELS", str(ROOT / ".wheels"))
    if not (Path(folder) / ".fetched").exists():
        pytest.skip("the wheels that the installation needs are not fetched; `make wheels` fetches them")
    return Path(folder)


@pytest.fixture(scope="module")
def installed(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the commands of an empty environment with the wheel in it."""
    home = tmp_path_factory.mktemp("clean-room")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    run(*build, "--wheel-dir", home / "dist", ROOT, cwd=home)
    wheel = next((home / "dist").glob("rte_graph-*.whl"))
    venv.create(home / "env", with_pip=True)
    commands = home / "env" / "bin"
    install = [commands / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*install, "--no-index", "--find-links", wheels, wheel, cwd=home)
    return commands


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_the_installed_wheel_does_in_an_empty_folder_what_the_source_tree_does(
    installed: Path, tmp_path: Path
) -> None:
    job = [installed / "python", "-m", "rte_graph.cli", "run", "--out", "out"]
    (tmp_path / "wheel").mkdir()
    (tmp_path / "tree").mkdir()
    wheel = run(installed / "rte-graph", "run", "--out", "out", cwd=tmp_path / "wheel")
    # The same environment, so that only the place of the package and its files differs.
    tree = run(*job, cwd=tmp_path / "tree", PYTHONPATH=str(ROOT))
    assert "Coalition Solidaire" in wheel.stdout
    assert wheel.stdout == tree.stdout
    ours, theirs = written(tmp_path / "wheel"), written(tmp_path / "tree")
    assert len(ours["out/index.html"]) > 10_000
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.slow
def test_the_wheel_holds_types_and_no_expectations(installed: Path) -> None:
    (package,) = (installed.parent / "lib").glob("python*/site-packages/rte_graph")
    assert (package / "py.typed").exists()
    queries = package / "_resources" / "queries"
    assert len(list(queries.rglob("*.rq"))) == len(list((ROOT / "queries").rglob("*.rq")))
    assert list(queries.rglob("*.expected.*")) == []


@pytest.mark.slow
def test_the_installed_wheel_answers_a_saved_query_in_an_empty_folder(
    installed: Path, tmp_path: Path
) -> None:
    query = ["query", "run", "members-of-alliance", "-p", "alliance=Coalition Solidaire", "--format", "csv"]
    answer = run(installed / "rte-graph", *query, cwd=tmp_path)
    assert "Siel Bleu" in answer.stdout
