"""Small maps made by hand, and stores and queries of others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rte_graph.network.wording import Text
from rte_graph.views.map_model import MapData, MapEntry, MapPlace
from rte_graph.views.page_model import PageCategory, PageSource, same

HOSTILE = '</script><img src=x onerror="window.hacked=1">'
LOT = MapPlace(
    iri="https://example.org/lot", label=same("Lot"), kind=same("département"), departement="46", region="76"
)
BRETAGNE = MapPlace(
    iri="https://example.org/bretagne",
    label=same("Bretagne"),
    kind=same("région"),
    region="53",
    covers=("22", "29", "35", "56"),
    group="wider",
)
NOWHERE = MapPlace(iri="", label=Text(fr="Sans territoire", en="No territory"), group="nowhere")


def entry(name: str, *places: int, iri: str = "", domain: int = 0) -> MapEntry:
    return MapEntry(
        iri=iri or f"https://example.org/{name}",
        label=same(name),
        places=tuple((place, (0,)) for place in places),
        domains=(domain,),
    )


def small_map() -> MapData:
    return MapData(
        name="sample",
        title=Text(fr="Carte d’essai", en="Sample map"),
        description=same("…"),
        noun=(same("initiative"), same("initiatives")),
        places=(LOT, BRETAGNE, NOWHERE),
        entries=(entry("a", 0), entry("b", 0, 1), entry("c", 1, domain=1), entry("d", 2, domain=1)),
        domains=(
            PageCategory(key="http://x/health", label=same("Santé")),
            PageCategory(key="http://x/food", label=same("Alimentation")),
        ),
        sources=(PageSource(document=same("Rapport"), heading="Titre", first_line=3, last_line=5),),
    )


def hostile_map() -> MapData:
    """A map whose every text is an attack, and whose IRIs are scripts."""
    bad = "javascript:window.hacked=1"
    return replace(
        small_map(),
        title=same(HOSTILE),
        places=(replace(LOT, label=same(HOSTILE), iri=bad), replace(BRETAGNE, kind=same(HOSTILE)), NOWHERE),
        entries=(entry(HOSTILE, 0, iri=bad), entry("b", 1, iri=bad)),
        domains=(
            PageCategory(key=HOSTILE, label=same(HOSTILE)),
            PageCategory(key="http://x/b", label=same("b")),
        ),
        sources=(PageSource(document=same(HOSTILE), heading=HOSTILE, first_line=1, last_line=1),),
    )


RATES = """#+ summary: {fr: "Part", en: "Share"}
#+ description: {fr: "Une part par région.", en: "A share for each région."}
#+ tags: [territory]
#+ order: [region]

PREFIX territory: <https://w3id.org/rte/id/territory/>
SELECT ?region ?regionLabel ?localShare WHERE {
  VALUES (?region ?regionLabel ?localShare) {
    (territory:region-53 "Bretagne" 0.25)
    (territory:region-76 "Occitanie" 0.5)
    (territory:region-11 "IdF" 0.75)
  }
}
"""


def write_rates(folder: Path, text: str = RATES) -> Path:
    """Write a query that gives a rate for three régions."""
    (folder / "local").mkdir()
    path = folder / "local" / "rates.rq"
    path.write_text(text, encoding="utf-8")
    return path
