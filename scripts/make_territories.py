"""Write data/turtle/territories/{regions,departements,communes}.ttl: ``python scripts/make_territories.py``.

Names, codes and hierarchy are those of Insee's code officiel géographique, taken from the npm package
@etalab/decoupage-administratif (Licence Ouverte). The rows that are used stand in scripts/territories/, so
that the files can be made again without a network. ``--renew FOLDER`` takes those rows anew from a copy of
the package's ``data`` folder: all régions and départements, and the communes whose codes are listed in
scripts/territories/communes.txt (those that the sources name).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from rte_graph.ingest.communes_file import COMMUNE
from rte_graph.ingest.territories import COUNTRY, EDITION, OVERSEAS, OfficialTerritory, territory_triples
from rte_graph.rdf_io import format_turtle
from rte_graph.resources import data_folder

ROWS = Path(__file__).parent / "territories"
FOLDER = data_folder() / "turtle" / "territories"
FILES = {"regions": "region", "departements": "departement", "communes": "commune"}
KEPT = {
    "regions": ("code", "nom", "zone"),
    "departements": ("code", "region", "nom", "zone"),
    "communes": ("code", "departement", "region", "nom", "zone"),
}


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--renew", type=Path, metavar="FOLDER", help="take the rows from the package's data")
    folder = parser.parse_args().renew
    if folder is not None:
        renew(folder)
    for name in FILES:
        (FOLDER / f"{name}.ttl").write_text(territories_text(name), encoding="utf-8", newline="\n")


def territories_text(name: str) -> str:
    """Return the Turtle of one of the files, the same for the same rows."""
    rows = json.loads((ROWS / f"{name}.json").read_text(encoding="utf-8"))
    return format_turtle(territory_triples(_territory(FILES[name], row) for row in rows))


def renew(folder: Path) -> None:
    """Take the rows that are used from the package's data."""
    wanted = set((ROWS / "communes.txt").read_text(encoding="utf-8").split())
    for name, keys in KEPT.items():
        rows = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        used = [row for row in rows if _used(name, row, wanted)]
        lines = (json.dumps({key: row[key] for key in keys}, ensure_ascii=False) for row in used)
        (ROWS / f"{name}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def _used(name: str, row: dict[str, Any], wanted: set[str]) -> bool:
    # Overseas collectivities are neither régions nor départements.
    if name != "communes":
        return bool(row["zone"] != "com")
    return row["type"] == COMMUNE and row["code"] in wanted


def _territory(kind: str, row: dict[str, str]) -> OfficialTerritory:
    return OfficialTerritory(
        kind=kind, code=row["code"], name=row["nom"], around=_around(kind, row), edition=EDITION
    )


def _around(kind: str, row: dict[str, str]) -> str:
    if kind == "commune":
        return f"departement-{row['departement']}"
    if kind == "departement":
        return f"region-{row['region']}"
    return OVERSEAS if row["zone"] == "drom" else COUNTRY


if __name__ == "__main__":
    main()
