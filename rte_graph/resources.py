"""Where the ontology, the data, the queries and the web assets are.

An installed wheel carries them inside the package; a clone has them beside it.
"""

from __future__ import annotations

from pathlib import Path

from rte_graph.errors import InternalError

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    for base in (_PACKAGE / "_resources", _PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    raise InternalError(
        fr=f"Le dossier « {name} » manque dans l’installation de rte-graph : réinstallez le paquet.",
        en=f"The folder “{name}” is missing from this installation of rte-graph: reinstall the package.",
    )


def ontology_folder() -> Path:
    """Folder of ``rte.ttl``, ``shapes/``, ``vocab/`` and ``align/``."""
    return _folder("ontology")


def data_folder() -> Path:
    """Folder of ``turtle/<source>/*.ttl``."""
    return _folder("data")


def queries_folder() -> Path:
    """Folder of ``<topic>/<name>.rq``."""
    return _folder("queries")


def assets_folder() -> Path:
    """Folder of the vendored web assets."""
    return _PACKAGE / "assets"


def ontology_files() -> tuple[Path, ...]:
    """Return ``rte.ttl`` and the concept schemes, sorted: what is loaded beside the data."""
    folder = ontology_folder()
    main = folder / "rte.ttl"
    return ((main,) if main.exists() else ()) + tuple(sorted((folder / "vocab").glob("*.ttl")))


def shape_files() -> tuple[Path, ...]:
    """Return the files of SHACL shapes, sorted."""
    return tuple(sorted((ontology_folder() / "shapes").glob("*.ttl")))


def data_files() -> tuple[Path, ...]:
    """Return the packaged Turtle files, sorted."""
    return tuple(sorted((data_folder() / "turtle").rglob("*.ttl")))


def is_packaged(path: Path) -> bool:
    """Tell whether a file comes with the package: such files are ours, and the limits are not for them.

    A user who lowers a limit to look at a stranger's file must not lose the ontology.
    """
    found = path.resolve()
    return any(found.is_relative_to(folder.resolve()) for folder in (ontology_folder(), data_folder()))
