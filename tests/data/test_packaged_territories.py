"""Régions, départements and communes are those of the official code, and all lie in France."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

RTE = Namespace("https://w3id.org/rte/ontology#")
TERRITORY = Namespace("https://w3id.org/rte/id/territory/")
KIND = Namespace("https://w3id.org/rte/vocab/territory-kind/")
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "turtle" / "territories"
SCRIPT = ROOT / "scripts" / "make_territories.py"

# Written by hand from what everybody can look up, not from the package: région, its name, its départements.
REGIONS = {
    "01": ("Guadeloupe", "971"),
    "02": ("Martinique", "972"),
    "03": ("Guyane", "973"),
    "04": ("La Réunion", "974"),
    "06": ("Mayotte", "976"),
    "11": ("Île-de-France", "75 77 78 91 92 93 94 95"),
    "24": ("Centre-Val de Loire", "18 28 36 37 41 45"),
    "27": ("Bourgogne-Franche-Comté", "21 25 39 58 70 71 89 90"),
    "28": ("Normandie", "14 27 50 61 76"),
    "32": ("Hauts-de-France", "02 59 60 62 80"),
    "44": ("Grand Est", "08 10 51 52 54 55 57 67 68 88"),
    "52": ("Pays de la Loire", "44 49 53 72 85"),
    "53": ("Bretagne", "22 29 35 56"),
    "75": ("Nouvelle-Aquitaine", "16 17 19 23 24 33 40 47 64 79 86 87"),
    "76": ("Occitanie", "09 11 12 30 31 32 34 46 48 65 66 81 82"),
    "84": ("Auvergne-Rhône-Alpes", "01 03 07 15 26 38 42 43 63 69 73 74"),
    "93": ("Provence-Alpes-Côte d’Azur", "04 05 06 13 83 84"),
    "94": ("Corse", "2A 2B"),
}
OVERSEAS = ("01", "02", "03", "04", "06")
# In the order of their codes, Corsica between 19 and 21.
DEPARTEMENTS = """
Ain, Aisne, Allier, Alpes-de-Haute-Provence, Hautes-Alpes, Alpes-Maritimes, Ardèche, Ardennes, Ariège,
Aube, Aude, Aveyron, Bouches-du-Rhône, Calvados, Cantal, Charente, Charente-Maritime, Cher, Corrèze,
Corse-du-Sud, Haute-Corse, Côte-d’Or, Côtes-d’Armor, Creuse, Dordogne, Doubs, Drôme, Eure, Eure-et-Loir,
Finistère, Gard, Haute-Garonne, Gers, Gironde, Hérault, Ille-et-Vilaine, Indre, Indre-et-Loire, Isère,
Jura, Landes, Loir-et-Cher, Loire, Haute-Loire, Loire-Atlantique, Loiret, Lot, Lot-et-Garonne, Lozère,
Maine-et-Loire, Manche, Marne, Haute-Marne, Mayenne, Meurthe-et-Moselle, Meuse, Morbihan, Moselle,
Nièvre, Nord, Oise, Orne, Pas-de-Calais, Puy-de-Dôme, Pyrénées-Atlantiques, Hautes-Pyrénées,
Pyrénées-Orientales, Bas-Rhin, Haut-Rhin, Rhône, Haute-Saône, Saône-et-Loire, Sarthe, Savoie,
Haute-Savoie, Paris, Seine-Maritime, Seine-et-Marne, Yvelines, Deux-Sèvres, Somme, Tarn,
Tarn-et-Garonne, Var, Vaucluse, Vendée, Vienne, Haute-Vienne, Vosges, Yonne, Territoire de Belfort,
Essonne, Hauts-de-Seine, Seine-Saint-Denis, Val-de-Marne, Val-d’Oise, Guadeloupe, Martinique, Guyane, La
Réunion, Mayotte
"""
# What a source names and the code does not know, each with what lies in it.
GATHERED = {
    "academie-toulouse": "departement-09 -12 -31 -32 -46 -65 -81 -82",
    "former-region-auvergne": "departement-03 -15 -43 -63",
    "former-region-rhone-alpes": "departement-01 -07 -26 -38 -42 -69 -73 -74",
    "former-region-limousin-poitou-charentes": "departement-16 -17 -19 -23 -79 -86 -87",
    "ocean-indien": "region-04 -06",
}


@cache
def graph() -> Graph:
    result = Graph()
    for path in sorted(FOLDER.glob("*.ttl")):
        result.parse(path, format="turtle")
    return result


def of_kind(kind: str) -> dict[str, URIRef]:
    """Code → territory."""
    g = graph()
    return {str(g.value(node, RTE.inseeCode)): node for node in g.subjects(RTE.kind, KIND[kind])}


def name(node: URIRef) -> str:
    return str(graph().value(node, SKOS.prefLabel))


@pytest.mark.parametrize("name", ["regions", "departements", "communes"])
def test_files_are_what_the_script_makes_of_the_committed_rows(name: str) -> None:
    spec = importlib.util.spec_from_file_location("make_territories", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    committed = (FOLDER / f"{name}.ttl").read_bytes()
    assert committed == script.territories_text(name).encode(), "run: python scripts/make_territories.py"


def test_there_are_eighteen_regions_five_of_them_overseas() -> None:
    regions = of_kind("region")
    assert {code: name(node) for code, node in regions.items()} == {c: n for c, (n, _) in REGIONS.items()}
    for code, node in regions.items():
        around = TERRITORY["overseas-france" if code in OVERSEAS else "country-fr"]
        assert (node, RTE.within, around) in graph()


def test_there_are_a_hundred_and_one_departements_each_in_its_region() -> None:
    g, departements = graph(), of_kind("departement")
    assert len(departements) == 101
    wanted = [each.strip() for each in DEPARTEMENTS.replace("\n", " ").split(",")]
    in_order = sorted(departements, key=lambda code: code.replace("2A", "20A").replace("2B", "20B"))
    assert [name(departements[code]) for code in in_order] == wanted
    for code, (_, within) in REGIONS.items():
        found = {
            other
            for other, node in departements.items()
            if (node, RTE.within, TERRITORY[f"region-{code}"]) in g
        }
        assert found == set(within.split()), code


def test_the_communes_of_the_list_are_there_each_in_its_departement() -> None:
    g, communes = graph(), of_kind("commune")
    listed = (ROOT / "scripts" / "territories" / "communes.txt").read_text(encoding="utf-8").split()
    assert sorted(communes) == sorted(listed)
    for code, node in communes.items():
        departement = code[:3] if code.startswith("97") else code[:2]
        assert (node, RTE.within, TERRITORY[f"departement-{departement}"]) in g


def test_every_code_has_its_edition_and_its_iri() -> None:
    g = graph()
    for node, code in g.subject_objects(RTE.inseeCode):
        assert str(g.value(node, RTE.cogEdition)) == "2026"
        kind = str(g.value(node, RTE.kind)).removeprefix(str(KIND))
        assert node == TERRITORY[f"{kind}-{code}"]


def test_every_territory_lies_in_france() -> None:
    g, france = graph(), TERRITORY["country-fr"]
    described = set(g.subjects(RDF.type, RTE.Territory))
    outside = {node for node in described if france not in set(g.transitive_objects(node, RTE.within))}
    assert outside == set()
    named = set(g.objects(None, RTE.within)) | set(g.objects(None, RTE.overlaps))
    assert named <= described


def test_what_sources_name_besides_is_found_from_without_and_from_within() -> None:
    g = graph()
    for gathering, listed in GATHERED.items():
        kind = listed.partition("-")[0]
        codes = listed.removeprefix(kind).split()
        assert set(g.subjects(RTE.within, TERRITORY[gathering])) == {TERRITORY[kind + c] for c in codes}


def test_the_dataset_and_the_licence_file_name_edition_package_and_licence() -> None:
    g, dataset = graph(), URIRef("https://w3id.org/rte/id/dataset/territories")
    texts = [str(text) for text in g.objects(dataset, DCTERMS.rights)]
    assert len(texts) == 2
    for text in (*texts, (ROOT / "data" / "LICENSE").read_text(encoding="utf-8")):
        for part in ("Insee", "2026", "@etalab/decoupage-administratif 6.0.0", "Licence Ouverte", "2.0"):
            assert part in text
    assert str(g.value(dataset, DCTERMS.license)) == (
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    )
