"""The house stands: imports go downward, files stay small, nothing is called « utils »."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from heavy_modules import HEAVY

import rte_graph

PACKAGE = Path(rte_graph.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# Room → floor; a room imports only from lower floors and from itself.
FLOORS = {
    "typography": 1,
    "errors": 1,
    "files": 1,
    "settings": 1,
    "project": 1,
    "worker": 1,
    "namespaces": 1,
    "resources": 1,
    "rdf_io": 2,
    "store": 3,
    "sparql": 4,
    "network": 5,
    "describe": 5,
    "validation": 5,
    "views": 6,
    "loading": 6,
    "exchange": 6,
    "publish": 7,
    "ingest": 7,
    "pipeline": 8,
    "server": 8,
    "cli": 9,
    "api": 9,
}
# The ground floor is one room: settings raise errors, resources too.
GROUND = 1


def room(parts: list[str]) -> str:
    return parts[1] if len(parts) > 1 else ""


def imports(path: Path) -> list[tuple[int, str]]:
    """Return (line, room) for each import of the package, wherever it stands in the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write absolute imports"
            if node.module == "rte_graph":
                found += [(node.lineno, f"rte_graph.{alias.name}") for alias in node.names]
            elif node.module:
                found.append((node.lineno, node.module))
    return [(line, room(name.split("."))) for line, name in found if name.split(".")[0] == "rte_graph"]


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE.parent))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_imports_from_its_own_floor_or_above(path: Path) -> None:
    here = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if here == "__init__":
        # « import rte_graph » stays light: what programs open is imported when they open it.
        assert {there for _, there in imports(path)} <= {"api"}
        return
    assert here in FLOORS, f"{here}: give this room a floor"
    for line, there in imports(path):
        if there in (here, "", "__version__"):
            continue
        assert there in FLOORS, f"{name_of(path)}:{line}: {there} has no floor"
        ground = FLOORS[here] == FLOORS[there] == GROUND
        assert ground or FLOORS[there] < FLOORS[here], (
            f"{name_of(path)}:{line}: {here} (floor {FLOORS[here]}) imports {there} (floor {FLOORS[there]})"
        )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_file_has_more_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_function_has_40_lines_or_more_of_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[0]
        documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        start = first.end_lineno if documented and first.end_lineno else node.lineno
        assert (node.end_lineno or start) - start < 40, (
            f"{name_of(path)}:{node.lineno}: {node.name} is too long"
        )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_named_for_nothing_in_particular(path: Path) -> None:
    assert not {"utils", "util", "helpers", "misc", "common_utils"} & set(path.with_suffix("").parts)


@pytest.mark.parametrize("path", sorted((PACKAGE / "cli").rglob("*.py")), ids=name_of)
def test_command_modules_import_nothing_heavy_at_their_top(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            assert name.split(".")[0] not in HEAVY, f"{name_of(path)}:{node.lineno}: import {name} inside"
            light = (
                "rte_graph",
                "rte_graph.errors",
                "rte_graph.settings",
                "rte_graph.namespaces",
                "rte_graph.typography",
            )
            assert (
                not name.startswith("rte_graph")
                or name.startswith(("rte_graph.cli", *light[1:]))
                or name in light
            )
