"""Where the territories of a query lie: département, région, or wider, by their official codes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rte_graph.network.wording import Text
from rte_graph.views.map_codes import DEPARTEMENTS, REGIONS
from rte_graph.views.map_model import ELSEWHERE, LEVELS, NATIONAL, NOWHERE, SEVERAL, WIDER, MapPlace
from rte_graph.views.page_model import same, shown_text
from rte_graph.views.page_texts import read_rows, read_texts, terms

if TYPE_CHECKING:
    from rte_graph.store.base import Store
    from rte_graph.views.page_texts import Texts

KIND = "https://w3id.org/rte/vocab/territory-kind/"
UNPLACED = MapPlace(iri="", label=Text(fr="Territoire non précisé", en="Territory not stated"), group=NOWHERE)
ABOVE = """
SELECT ?item ?area ?kind ?code WHERE {
  VALUES ?item { %s }
  ?item rte:within* ?area . ?area rte:kind ?kind .
  OPTIONAL { ?area rte:inseeCode ?code }
}
"""
INSIDE = """
SELECT ?item ?code WHERE {
  VALUES ?item { %s }
  ?part rte:within* ?item ; rte:kind <https://w3id.org/rte/vocab/territory-kind/departement> ;
    rte:inseeCode ?code .
}
"""
BESIDE = """
SELECT ?item ?kind ?code WHERE {
  VALUES ?item { %s }
  { ?item rte:overlaps ?area } UNION { ?area rte:overlaps ?item } UNION { ?area rte:within ?item }
  ?area rte:kind ?kind ; rte:inseeCode ?code .
}
"""
REGION_OF = {code: region for code, region, _ in DEPARTEMENTS.values()}
# A région with one département is the same area as it (La Réunion, Martinique …).
ONLY = {
    region: next(code for code, each in REGION_OF.items() if each == region)
    for region in REGIONS
    if sum(each == region for each in REGION_OF.values()) == 1
}


@dataclass(slots=True)
class _Known:
    """What the store says of one territory."""

    kind: str = ""
    above: dict[str, set[str]] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)


def read_places(store: Store, territories: Collection[str]) -> tuple[MapPlace, ...]:
    """Return where each territory lies, in the order of the IRIs; what the code does not know has no area.

    Parameters
    ----------
    store
        Where kinds, codes and hierarchy are.
    territories
        IRIs of territories.
    """
    if not territories:
        return ()
    known = _read(store, territories)
    kinds = {KIND + each.kind for each in known.values() if each.kind}
    texts = read_texts(store, {*territories, *kinds})
    return tuple(_place(iri, known[iri], texts) for iri in sorted(known))


def _read(store: Store, territories: Collection[str]) -> dict[str, _Known]:
    known = {iri: _Known() for iri in territories}
    for row in read_rows(store, ABOVE % terms(territories)):
        item, kind = row["item"][0], row["kind"][0].removeprefix(KIND)
        if row["item"] == row["area"]:
            known[item].kind = kind
        if "code" in row:
            known[item].above.setdefault(kind, set()).add(row["code"][0])
    wide = [iri for iri, each in known.items() if not each.above.get("departement")]
    if wide:
        for row in read_rows(store, INSIDE % terms(wide)):
            known[row["item"][0]].inside.add(row["code"][0])
        for row in read_rows(store, BESIDE % terms(wide)):
            kind, code = row["kind"][0].removeprefix(KIND), row["code"][0]
            found = {code} if kind == "departement" else _parts(code) if kind == "region" else set()
            known[row["item"][0]].beside |= found
    return known


def _parts(region: str) -> set[str]:
    return {code for code, each in REGION_OF.items() if each == region}


def _place(iri: str, known: _Known, texts: Mapping[str, Texts]) -> MapPlace:
    departements = known.above.get("departement", set()) & set(REGION_OF)
    regions = known.above.get("region", set()) & set(REGIONS)
    # Two départements or two régions at once: the data do not say which, so neither gets it.
    departement = next(iter(departements)) if len(departements) == 1 else ""
    region = next(iter(regions)) if len(regions) == 1 else REGION_OF.get(departement, "")
    departement = departement or (ONLY.get(region, "") if known.kind == "region" else "")
    covers = ((known.inside or known.beside) & set(REGION_OF)) or ({departement} if departement else set())
    name = texts[iri].label if iri in texts and texts[iri].label.fr else same(iri)
    kind = texts[KIND + known.kind].label if KIND + known.kind in texts else same("")
    return MapPlace(
        iri=iri,
        label=shown_text(name),
        kind=shown_text(kind),
        level=known.kind if known.kind in LEVELS else "",
        departement=departement,
        region=region,
        covers=() if len(covers) == len(REGION_OF) else tuple(sorted(covers)),
        group=_group(known, region, covers),
    )


def _group(known: _Known, region: str, covers: Collection[str]) -> str:
    if region:
        return WIDER
    if known.kind == "country":
        return NATIONAL
    return SEVERAL if covers else ELSEWHERE
