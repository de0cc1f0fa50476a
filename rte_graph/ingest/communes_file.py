"""Read data/communes.json of the npm package @etalab/decoupage-administratif, whoever wrote it.

The file comes from elsewhere: it is parsed in a child with little memory and little time, as files of RDF
are, and nothing of it is used that was not looked at: codes, names, no commune twice.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rte_graph.errors import RteError, UnreadableData
from rte_graph.ingest.territories import PACKAGE
from rte_graph.rdf_io import refusals
from rte_graph.rdf_io.guards import check_nesting
from rte_graph.rdf_io.limits import Limits
from rte_graph.rdf_io.source import Source, check_text, opened
from rte_graph.worker.deaths import Death
from rte_graph.worker.parent import Pool, available

COMMUNE = "commune-actuelle"
LEFT_OUT = ("arrondissement-municipal", "commune-deleguee", "commune-associee")
"""What the file lists beside communes: parts of communes, not communes."""

LONGEST_NAME = 100
_CHILDREN = Pool("rte_graph.ingest.communes_child")
_DEPARTEMENT = re.compile(r"[0-9]{2}|2[AB]|97[0-9]|98[0-9]")
_CODE = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A commune of the file: its code, its name, the code of its département or overseas collectivity."""

    code: str
    name: str
    departement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunesFile:
    """What a file holds.

    Attributes
    ----------
    communes : tuple of Commune
        In the order of the file; no code twice.
    left_out : mapping
        Type → number of rows of that type, which are not communes.
    """

    communes: tuple[Commune, ...]
    left_out: Mapping[str, int]


def read_communes(path: Path) -> CommunesFile:
    """Return the communes of a file, within the limits of files of data.

    Raises
    ------
    UnknownName
        There is no such file.
    UnreadableData
        It is not the package's file: no JSON, another shape, a code or a name that cannot be.
    LimitReached
        It is larger, or takes more time or memory, than the settings allow.
    """
    if path.suffix.lower() != ".json" and path.exists():
        raise not_communes(path, "son nom ne finit pas par .json", "its name does not end in .json")
    limits = Limits.in_force()
    if not available():
        with opened(path, most=limits.file_bytes) as source:
            rows, left_out = rows_of(source, limits.nesting)
        return CommunesFile(communes=tuple(rows), left_out=left_out)
    request = {"path": str(path.absolute()), "shown": str(path), **dataclasses.asdict(limits)}
    with _CHILDREN.ask(
        request, seconds=limits.seconds, explain=lambda death: _sentence(path, limits, death)
    ) as answer:
        lines = b"".join(answer).decode().splitlines()
    communes = tuple(Commune(**json.loads(line)) for line in lines)
    return CommunesFile(communes=communes, left_out=answer.summary["left_out"])


def written(communes: Iterable[Commune]) -> bytes:
    """Return communes as the child sends them: a line of JSON each."""
    return "".join(json.dumps(dataclasses.asdict(each)) + "\n" for each in communes).encode()


def rows_of(source: Source, nesting: int) -> tuple[list[Commune], dict[str, int]]:
    """Return the communes of an open file, and how many rows of each other type it has.

    Raises
    ------
    UnreadableData, NestingLimit
        As :func:`read_communes`.
    """
    path = source.path
    check_text(source)
    check_nesting(source, nesting)
    try:
        rows = json.loads(source.content[source.start :].decode())
    except RecursionError:
        raise not_communes(path, "imbrications trop profondes", "nested too deep") from None
    except ValueError as error:  # its message may quote the file
        line = getattr(error, "lineno", None)
        where = ("", "") if line is None else (f" (ligne {line})", f" (line {line})")
        raise not_communes(path, f"ce n’est pas du JSON{where[0]}", f"it is not JSON{where[1]}") from None
    finally:
        source.check_unchanged()
    if not isinstance(rows, list) or not rows:
        raise not_communes(path, "une liste de communes est attendue", "a list of communes is expected")
    return _communes(path, rows)


def _communes(path: Path, rows: list[Any]) -> tuple[list[Commune], dict[str, int]]:
    found: dict[str, Commune] = {}
    left_out: Counter[str] = Counter()
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not isinstance(row.get("type"), str):
            raise _wrong_row(path, number, "« type » manque", "“type” is missing")
        if row["type"] in LEFT_OUT:
            left_out[row["type"]] += 1
            continue
        if row["type"] != COMMUNE:
            raise _wrong_row(path, number, "« type » n’est pas connu", "“type” is not known")
        commune = _commune(path, number, row)
        if commune.code in found:
            raise _wrong_row(path, number, f"« {commune.code} » revient", f"“{commune.code}” comes again")
        found[commune.code] = commune
    if not found:
        raise not_communes(path, f"aucune entrée du type {COMMUNE}", f"no entry of the type {COMMUNE}")
    return list(found.values()), dict(sorted(left_out.items()))


def _commune(path: Path, number: int, row: Mapping[str, Any]) -> Commune:
    code, name, departement = (row.get(key) for key in ("code", "nom", "departement"))
    if not isinstance(departement, str) or not _DEPARTEMENT.fullmatch(departement):
        raise _wrong_row(
            path, number, "« departement » n’est pas un code", "“departement” is not a code of a département"
        )
    if not isinstance(code, str) or not _CODE.fullmatch(code) or not code.startswith(departement):
        raise _wrong_row(
            path,
            number,
            "« code » n’est pas un code de commune de son département",
            "“code” is not a code of a commune of its département",
        )
    # isprintable: no line break, no direction mark, no half of a surrogate pair.
    plain = isinstance(name, str) and name.strip() == name and name.isprintable()
    if not isinstance(name, str) or not plain or not 0 < len(name) <= LONGEST_NAME:
        raise _wrong_row(path, number, "« nom » n’est pas un nom lisible", "“nom” is not a readable name")
    return Commune(code=code, name=name, departement=departement)


def not_communes(path: Path, fr: str, en: str) -> RteError:
    """Refuse a file that is not the package's, saying what shows it."""
    return UnreadableData(
        fr=f"{path} n’est pas le fichier des communes ({fr}) : donnez le data/communes.json du paquet npm "
        f"{PACKAGE}.",
        en=f"{path} is not the file of the communes ({en}): give data/communes.json of the npm package "
        f"{PACKAGE}.",
        keep=(path, PACKAGE),
    )


def _wrong_row(path: Path, number: int, fr: str, en: str) -> RteError:
    return not_communes(path, f"entrée {number}, {fr}", f"entry {number}, {en}")


def _sentence(path: Path, limits: Limits, death: Death) -> RteError | None:
    if death.cause == "time":
        return refusals.too_slow(path, limits.seconds)
    if death.cause == "memory":
        return refusals.too_hungry(path, limits.memory_bytes)
    if death.cause == "nesting":
        return refusals.changed(path)  # Python counts its depth; a signal means that the file was cut short
    return None
