"""The coding of the initiatives: its files keep the codebook, what is made of them is fresh, kappa is right.

The codings in these tests are made up, and so is the text that they cite.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from rte_graph.namespaces import DATA_BASE, RTE, VOCABULARY_BASE, data_namespace
from rte_graph.rdf_io import is_canonical
from rte_graph.resources import data_folder, ontology_folder

ROOT = Path(__file__).parents[2]
SOURCE = "mgen-responsabilite-territoriale.txt"
UNITS = """initiative	body	title	heading
pedibus	1-4	5	1. Marcher
atelier	6-8	11	1. Marcher
atelier	9-10	12	2. Réparer
jardin	13-16	17	2. Réparer
"""
CODER_A = """initiative	dimension	aspect	lines
pedibus	citizen-engagement	lever	2
pedibus	response-to-needs	impact	3-4
atelier	environmental-impact	lever	7, 10
jardin	-	-	-
"""
CODER_B = """initiative	dimension	aspect	lines
pedibus	citizen-engagement	lever	2-3
atelier	environmental-impact	lever	7
atelier	environmental-impact	impact	8
jardin	local-cooperation	lever	14
"""
ADJUDICATED = """initiative	dimension	aspect	decision	lines	reason
pedibus	response-to-needs	impact	present	3	the children gain autonomy
atelier	environmental-impact	impact	absent	-	a prospect
jardin	local-cooperation	lever	present	14-15	a school takes part
"""


@pytest.fixture(scope="module")
def reading() -> ModuleType:
    return scripts()[0]


@pytest.fixture(scope="module")
def making() -> ModuleType:
    return scripts()[1]


def scripts() -> tuple[ModuleType, ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        return importlib.import_module("read_codings"), importlib.import_module("make_codings")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path)
    text = "\n".join(f"ligne {number}" for number in range(1, 21))
    (tmp_path / SOURCE).write_text(text, encoding="utf-8")
    monkeypatch.setenv("RTE_GRAPH_SOURCES", str(tmp_path))
    return tmp_path


def write(folder: Path, **changed: str) -> None:
    texts = {"units": UNITS, "coder-a": CODER_A, "coder-b": CODER_B, "adjudicated": ADJUDICATED}
    for name, text in (texts | {key.replace("_", "-"): value for key, value in changed.items()}).items():
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8")


def graph_of(made: dict[Path, str]) -> Graph:
    graph = Graph()
    for path, text in made.items():
        if path.suffix == ".ttl":
            graph.parse(data=text, format="turtle")
    return graph


# ---- kappa


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # 50 grant proposals read by two people, the worked example of most textbooks.
        ((20, 5, 10, 15), Fraction(2, 5)),
        # As many agreements each time, but other margins: 0.1304 and 0.2593.
        ((45, 15, 25, 15), Fraction(3, 23)),
        ((25, 35, 5, 35), Fraction(7, 27)),
        ((10, 0, 0, 10), Fraction(1)),
        ((0, 10, 10, 0), Fraction(-1)),
        ((7, 0, 3, 0), Fraction(0)),
        ((10, 0, 0, 0), None),
        ((0, 0, 0, 10), None),
    ],
)
def test_kappa_is_that_of_published_tables(
    reading: ModuleType, table: tuple[int, ...], kappa: Fraction | None
) -> None:
    names = ("both", "only_a", "only_b", "neither")
    assert reading.Agreement(**dict(zip(names, table, strict=True))).kappa == kappa


@given(st.tuples(*[st.integers(0, 50)] * 4).filter(any))
def test_kappa_is_the_same_with_coders_or_answers_exchanged_and_never_above_one(
    table: tuple[int, int, int, int],
) -> None:
    both, one, other, neither = table
    make = scripts()[0].Agreement
    kappa = make(both=both, only_a=one, only_b=other, neither=neither).kappa
    assert kappa == make(both=both, only_a=other, only_b=one, neither=neither).kappa
    assert kappa == make(both=neither, only_a=one, only_b=other, neither=both).kappa
    assert kappa is None or -1 <= kappa <= 1


# ---- a made-up coding from end to end


def test_codes_of_both_and_those_that_the_adjudicator_keeps_become_characterisations(
    making: ModuleType, folder: Path
) -> None:
    graph = graph_of(making.files(folder))
    found = {
        str(node).removeprefix(f"{DATA_BASE}characterisation/"): sorted(
            str(coder) for coder in graph.objects(node, URIRef(RTE("coder")))
        )
        for node in graph.subjects(RDF.type, URIRef(RTE("Characterisation")))
    }
    assert found == {
        "atelier--environmental-impact--lever": ["coder-a", "coder-b"],
        "jardin--local-cooperation--lever": ["coder-b"],
        "pedibus--citizen-engagement--lever": ["coder-a", "coder-b"],
        "pedibus--response-to-needs--impact": ["coder-a"],
    }


def test_a_code_cites_the_widest_lines_of_its_coders_and_the_titles_of_their_sheets(
    making: ModuleType, folder: Path
) -> None:
    graph = graph_of(making.files(folder))

    def cited(name: str) -> list[str]:
        node = URIRef(data_namespace("characterisation")(name))
        return sorted(str(c).rpartition("mgen-")[2] for c in graph.objects(node, URIRef(RTE("evidence"))))

    assert cited("pedibus--citizen-engagement--lever") == ["0002-0003", "0005-0005"]
    assert cited("pedibus--response-to-needs--impact") == ["0003-0003", "0005-0005"]
    two_sheets = ["0007-0007", "0010-0010", "0011-0011", "0012-0012"]
    assert cited("atelier--environmental-impact--lever") == two_sheets


def test_a_citation_has_the_hash_of_its_lines_and_the_heading_of_its_sheet(
    making: ModuleType, folder: Path
) -> None:
    graph = graph_of(making.files(folder))
    node = URIRef(data_namespace("citation")("mgen-0002-0003"))
    hashed = hashlib.sha256(b"ligne 2\nligne 3").hexdigest()
    assert graph.value(node, URIRef(RTE("textHash"))) == Literal(hashed)
    assert graph.value(node, URIRef(RTE("heading"))) == Literal("1. Marcher", lang="fr")
    later = URIRef(data_namespace("citation")("mgen-0010-0010"))
    assert graph.value(later, URIRef(RTE("heading"))) == Literal("2. Réparer", lang="fr")


def test_agreement_is_counted_over_all_decisions_and_by_category(making: ModuleType, folder: Path) -> None:
    made = making.files(folder)
    rows = {(row["dimension"], row["aspect"]): row for row in json.loads(made[folder / "agreement.json"])}
    assert len(rows) == 18
    counts = ("both", "onlyA", "onlyB", "neither")
    assert [rows["all", "all"][key] for key in counts] == [2, 1, 2, 25]
    assert [rows["environmental-impact", "all"][key] for key in counts] == [1, 0, 1, 4]
    assert [rows["all", "lever"][key] for key in counts] == [2, 0, 1, 12]
    # p0 = 27/30, pe = (3·4 + 27·26)/900.
    assert rows["all", "all"]["kappa"] == round(96 / 186, 4)
    assert rows["territorial-public-action", "lever"]["kappa"] is None


def test_the_page_shows_the_counts_and_keeps_its_rules(making: ModuleType, folder: Path) -> None:
    before = making.PAGE.read_text(encoding="utf-8")
    page = making.files(folder)[making.PAGE]
    assert "| all | all | 2 | 1 | 2 | 25 | 0.90 | 0.52 |" in page
    assert "| `citizen-engagement` | `lever` | 1 | 0 | 0 | 2 | 1.00 | 1.00 |" in page
    assert "4 codes remain: 2 of both coders, and 2 of the 3 on which they differed." in page
    assert page[: page.index("<!-- agreement")] == before[: before.index("<!-- agreement")]


def test_what_is_written_is_canonical_and_the_same_again(
    making: ModuleType, folder: Path, tmp_path: Path
) -> None:
    made = making.files(folder)
    assert made == making.files(folder)
    for path, text in made.items():
        if path.suffix == ".ttl":
            (tmp_path / path.name).write_text(text, encoding="utf-8")
            assert is_canonical(tmp_path / path.name), path


def test_without_the_text_an_unknown_passage_is_an_error(
    making: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RTE_GRAPH_SOURCES")
    with pytest.raises(ValueError, match="RTE_GRAPH_SOURCES"):
        making.files(folder)


def test_without_the_text_hashes_come_from_the_committed_citations(
    making: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RTE_GRAPH_SOURCES", raising=False)
    known = data_folder() / "turtle" / "mgen" / "citations.ttl"
    graph = Graph().parse(known, format="turtle")
    citation = min(graph.subjects(RDF.type, URIRef(RTE("Citation"))))
    first, last = (int(graph.value(citation, URIRef(RTE(name)))) for name in ("firstLine", "lastLine"))
    units = f"initiative\tbody\ttitle\theading\npedibus\t{first}-{last}\t{first}-{last}\tTitre\n"
    codes = f"initiative\tdimension\taspect\tlines\npedibus\tlocal-cooperation\tlever\t{first}-{last}\n"
    write(tmp_path, units=units, coder_a=codes, coder_b=codes, adjudicated=ADJUDICATED.split("\n")[0] + "\n")
    made = graph_of(making.files(tmp_path))
    text_hash = URIRef(RTE("textHash"))
    assert graph.value(citation, text_hash) == made.value(citation, text_hash)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("coder-a", "lines\n", "line\n", "the columns are"),
        ("coder-a", "lever\t2\n", "lever\n", "4 columns"),
        ("coder-a", "jardin\t-\t-\t-\n", "", "left out.*jardin"),
        ("coder-a", "jardin\t-\t-\t-", "verger\t-\t-\t-", "jardin, verger"),
        ("coder-b", "jardin\t", "pedibus\t-\t-\t-\njardin\t", "both coded and without code: pedibus"),
        ("coder-b", "local-cooperation", "cooperation", "no category"),
        ("coder-b", "jardin\tlocal-cooperation\tlever", "jardin\tlocal-cooperation\teffect", "no category"),
        ("coder-b", "lever\t14", "lever\t5", "do not stand in one of its bodies"),
        ("coder-b", "lever\t14", "lever\t15-14", "no range of at most 15"),
        ("coder-b", "lever\t14", "lever\tligne 14", "no range of lines"),
        ("coder-b", "atelier\tenvironmental-impact\timpact", "atelier\tenvironmental-impact\tlever", "twice"),
        ("adjudicated", "atelier\tenvironmental-impact\timpact\tabsent\t-\ta prospect\n", "", "too few"),
        ("adjudicated", "impact\tabsent", "lever\tabsent", "too many"),
        ("adjudicated", "absent\t-", "absent\t8", "neither absent nor present"),
        ("adjudicated", "present\t3", "present\t-", "neither absent nor present"),
        ("adjudicated", "a prospect", " ", "no reason"),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused(
    making: ModuleType, folder: Path, file: str, old: str, new: str, message: str
) -> None:
    path = folder / f"{file}.tsv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        making.files(folder)


# ---- what is committed


def test_files_made_from_the_codings_are_fresh(making: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RTE_GRAPH_SOURCES", raising=False)
    made = making.files()
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, "run: python scripts/make_codings.py"
    if not made:
        assert not list((data_folder() / "turtle" / "coding").glob("*"))
        assert "-->\n\nNot coded yet.\n\n<!--" in making.PAGE.read_text(encoding="utf-8")


def test_the_units_are_the_sheets_of_the_report(reading: ModuleType) -> None:
    units = {p.initiative for p in reading.read_units(ROOT / "scripts" / "codings" / "units.tsv")}
    graph = Graph().parse(data_folder() / "turtle" / "mgen" / "initiatives.ttl", format="turtle")
    sheet = URIRef(f"{VOCABULARY_BASE}report-form/sheet")
    sheets = set(graph.subjects(URIRef(RTE("presentedAs")), sheet))
    assert units == {str(node).rpartition("/")[2] for node in sheets}


def test_each_body_begins_with_its_definition_and_each_title_names_the_initiative(
    reading: ModuleType,
) -> None:
    folder = os.environ.get("RTE_GRAPH_SOURCES")
    if not folder:
        pytest.skip("RTE_GRAPH_SOURCES does not name the folder of the source texts")
    lines = (Path(folder) / SOURCE).read_text(encoding="utf-8").split("\n")
    graph = Graph().parse(data_folder() / "turtle" / "mgen" / "initiatives.ttl", format="turtle")
    for passage in reading.read_units(ROOT / "scripts" / "codings" / "units.tsv"):
        assert lines[passage.body[0] - 1].strip() == "Définition"
        assert lines[passage.body[1] - 1].strip()
        node = URIRef(data_namespace("initiative")(passage.initiative))
        names = [*graph.objects(node, SKOS.prefLabel), *graph.objects(node, SKOS.altLabel)]
        printed = plain("\n".join(lines[passage.title[0] - 1 : passage.title[1]]))
        assert printed in {plain(str(name)) for name in names}, passage


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).lower()


def test_the_codebook_names_the_dimensions_and_aspects_of_the_vocabulary(reading: ModuleType) -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    order = URIRef(RTE("order"))
    for scheme, keys in (("grid-dimension", reading.DIMENSIONS), ("grid-aspect", reading.ASPECTS)):
        graph = Graph().parse(ontology_folder() / "vocab" / f"{scheme}.ttl", format="turtle")
        concepts = sorted(graph.subjects(order), key=lambda node: int(graph.value(node, order)))
        assert [str(node).rpartition("/")[2] for node in concepts] == list(keys)
        for concept in concepts:
            label = next(text for text in graph.objects(concept, SKOS.prefLabel) if text.language == "fr")
            assert f"`{str(concept).rpartition('/')[2]}`" in page
            # « la réponse aux besoins », « leviers d’action mobilisés »
            assert str(label).split()[0].lower() in page.lower()
    for dimension in reading.DIMENSIONS:
        for aspect in reading.ASPECTS:
            assert f"### `{dimension}` × `{aspect}`" in page
