"""``rte-graph territories add-communes``: the package's file becomes Turtle; anything else, a sentence."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, SKOS

from rte_graph.errors import UnreadableData
from rte_graph.ingest.communes_file import read_communes
from rte_graph.rdf_io import is_canonical

Run = Callable[..., Any]
SAMPLE = Path(__file__).parent / "data" / "communes.json"
PACKAGED = Path(__file__).resolve().parents[2] / "data" / "turtle"
ROW = {"code": "46042", "nom": "Cahors", "departement": "46", "type": "commune-actuelle"}
RTE = Namespace("https://w3id.org/rte/ontology#")
TERRITORY = Namespace("https://w3id.org/rte/id/territory/")
COMMUNES = {"01015", "16052", "2A004", "46042", "46128", "75056", "81004", "97411", "97611", "97502", "98613"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def add(cli: Run) -> Run:
    """Return a function that runs the command."""
    return lambda *words: cli("territories", "add-communes", *words)


def communes(graph: Graph) -> dict[str, str]:
    found = (node for node in graph.subjects(RDF.type, RTE.Territory) if "/commune-" in str(node))
    return {str(graph.value(node, RTE.inseeCode)): str(graph.value(node, SKOS.prefLabel)) for node in found}


def written(path: str) -> Graph:
    return Graph().parse(path, format="turtle")


def test_communes_are_written_and_what_is_no_commune_is_left_out(add: Run) -> None:
    outcome = add(SAMPLE, "-o", "communes.ttl")
    assert outcome.code == 0
    assert communes(written("communes.ttl")).keys() == COMMUNES
    assert communes(written("communes.ttl"))["01015"] == "Arboys en Bugey", (
        "not the commune déléguée of that code"
    )
    assert "11 communes : Insee, code officiel géographique, édition 2026" in outcome.err
    assert "3 entrées qui ne sont pas des communes" in outcome.err
    assert is_canonical("communes.ttl")


def test_the_file_stands_alone_every_commune_is_found_from_france(add: Run) -> None:
    add(SAMPLE, "-o", "communes.ttl")
    graph = written("communes.ttl")
    for node in graph.subjects(RDF.type, RTE.Territory):
        assert TERRITORY["country-fr"] in set(graph.transitive_objects(node, RTE.within)), node
    assert (TERRITORY["commune-2A004"], RTE.within, TERRITORY["departement-2A"]) in graph
    for code in ("97502", "98613"):  # collectivities are no départements
        assert (TERRITORY[f"commune-{code}"], RTE.within, TERRITORY["overseas-france"]) in graph


def test_the_file_conforms_and_loads_alone_and_beside_the_packaged_data(add: Run, cli: Run) -> None:
    add(SAMPLE, "-o", "communes.ttl")
    outcome = cli("validate", "communes.ttl", "--lang", "en")
    assert (outcome.code, "0 violations, 0 warnings" in outcome.out) == (0, True)
    assert cli("load", PACKAGED / "territories", "communes.ttl", "--store", "base").code == 0
    shown = cli("describe", "Gramat", "--store", "base")
    assert (shown.code, "Lot" in shown.out) == (0, True)


def test_the_dataset_says_where_it_comes_from(add: Run) -> None:
    add(SAMPLE, "-o", "communes.ttl")
    graph = written("communes.ttl")
    dataset = URIRef("https://w3id.org/rte/id/dataset/communes")
    assert list(graph.subjects(RDF.type, DCAT.Dataset)) == [dataset]
    rights = str(graph.value(dataset, DCTERMS.rights))
    for part in ("Insee", "2026", "@etalab/decoupage-administratif", "Licence Ouverte 2.0"):
        assert part in rights
    assert Path("communes.ttl").read_text(encoding="utf-8").startswith("# Source : Insee")


def test_departements_can_be_chosen_and_make_a_dataset_of_their_own(add: Run) -> None:
    one = add(SAMPLE, "--departement", "81, 46", "-o", "some.ttl")
    assert one.code == 0
    assert communes(written("some.ttl")).keys() == {"46042", "46128", "81004"}
    assert (URIRef("https://w3id.org/rte/id/dataset/communes-46-81"), RDF.type, DCAT.Dataset) in written(
        "some.ttl"
    )
    assert (TERRITORY["departement-2A"], RDF.type, RTE.Territory) not in written("some.ttl")
    other = add(SAMPLE, "--departement=46", "--departement=81", "-q")
    assert other.out == Path("some.ttl").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert communes(Graph().parse(data=add(SAMPLE, "--departement", "2a").out)).keys() == {"2A004"}


def test_the_order_of_the_file_does_not_matter(add: Run, here: Path) -> None:
    rows = json.loads(SAMPLE.read_text(encoding="utf-8"))
    Path("turned.json").write_text(json.dumps(rows[::-1]), encoding="utf-8")
    assert add("turned.json", "-q").out == add(SAMPLE, "-q").out


@pytest.mark.parametrize(("version", "edition"), [("5.3.0", "2025"), ("6.0.0", "2026")])
def test_the_edition_is_that_of_the_package_in_which_the_file_lies(
    add: Run, here: Path, version: str, edition: str
) -> None:
    (here / "package" / "data").mkdir(parents=True)
    shutil.copy(SAMPLE, here / "package" / "data")
    about = {"name": "@etalab/decoupage-administratif", "version": version}
    (here / "package" / "package.json").write_text(json.dumps(about), encoding="utf-8")
    outcome = add("package/data/communes.json", "-o", "c.ttl")
    assert "supposée" not in outcome.err
    assert f"édition {edition}, repris du paquet @etalab/decoupage-administratif {version}" in outcome.err
    cahors = TERRITORY["commune-46042"]
    assert str(written("c.ttl").value(cahors, RTE.cogEdition)) == edition
    assert str(written("c.ttl").value(TERRITORY["departement-46"], RTE.cogEdition)) == "2026"


def test_the_edition_is_said_to_be_assumed_or_asked_for(add: Run, here: Path) -> None:
    assert "2026 est supposée" in add(SAMPLE).err
    outcome = add(SAMPLE, "--edition", "2024", "-o", "c.ttl")
    assert "supposée" not in outcome.err
    assert str(written("c.ttl").value(TERRITORY["commune-46042"], RTE.cogEdition)) == "2024"
    assert add(SAMPLE, "--edition", "24").code == 2
    (here / "package" / "data").mkdir(parents=True)
    shutil.copy(SAMPLE, here / "package" / "data")
    about = {"name": "@etalab/decoupage-administratif", "version": "9.0.0"}
    (here / "package" / "package.json").write_text(json.dumps(about), encoding="utf-8")
    outcome = add("package/data/communes.json")
    assert (outcome.code, "--edition" in outcome.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "ce n’est pas du JSON (ligne 1)"),
        ("[\n{", "ce n’est pas du JSON (ligne 2)"),
        ('{"communes": []}', "une liste de communes est attendue"),
        ("[]", "une liste de communes est attendue"),
        ("[1]", "entrée 1, « type » manque"),
        (json.dumps([ROW, {**ROW, "type": ["x"]}]), "entrée 2, « type » manque"),
        (json.dumps([{**ROW, "type": "ville"}]), "entrée 1, « type » n’est pas connu"),
        (json.dumps([{**ROW, "type": "commune-deleguee"}]), "aucune entrée du type commune-actuelle"),
        (json.dumps([ROW, ROW]), "entrée 2, « 46042 » revient"),
        (json.dumps([{**ROW, "code": "4604"}]), "« code » n’est pas un code de commune"),
        (json.dumps([{**ROW, "code": "81004"}]), "« code » n’est pas un code de commune de son département"),
        (json.dumps([{**ROW, "code": 46042}]), "« code » n’est pas un code de commune"),
        (json.dumps([{**ROW, "code": "46042> ."}]), "« code » n’est pas un code de commune"),
        (json.dumps([{**ROW, "code": "46042\n"}]), "« code » n’est pas un code de commune"),
        (json.dumps([{**ROW, "code": "4604２"}]), "« code » n’est pas un code de commune"),
        (json.dumps([{**ROW, "departement": None}]), "« departement » n’est pas un code"),
        (json.dumps([{**ROW, "departement": "20", "code": "20001"}]), "département inconnu"),
        (json.dumps([{**ROW, "nom": ""}]), "« nom » n’est pas un nom lisible"),
        (json.dumps([{**ROW, "nom": "a\nb"}]), "« nom » n’est pas un nom lisible"),
        (json.dumps([{**ROW, "nom": "a\u202eb"}]), "« nom » n’est pas un nom lisible"),
        (
            '[{"code":"46042","nom":"\\ud800","departement":"46","type":"commune-actuelle"}]',
            "« nom » n’est pas",
        ),
        (json.dumps([{**ROW, "nom": "x" * 101}]), "« nom » n’est pas un nom lisible"),
        (json.dumps([{**ROW, "population": 1}])[:-2] + ', "n": ' + "9" * 5000 + "}]", "ce n’est pas du JSON"),
    ],
)
def test_what_is_not_the_file_is_refused_in_a_sentence(add: Run, here: Path, content: str, said: str) -> None:
    Path("communes.json").write_text(content, encoding="utf-8")
    outcome = add("communes.json", "-o", "c.ttl")
    assert outcome.code == 65
    assert said in outcome.err
    assert "Traceback" not in outcome.err
    assert outcome.err.strip().splitlines()[-1].startswith("rte-graph : ")
    assert not Path("c.ttl").exists()


def test_a_name_is_a_literal_whatever_it_holds(add: Run) -> None:
    name = '" . <x:a> <x:b> "\\c @fr ; '.strip()
    Path("communes.json").write_text(json.dumps([{**ROW, "nom": name}]), encoding="utf-8")
    assert add("communes.json", "-o", "c.ttl").code == 0
    assert communes(written("c.ttl")) == {"46042": name}


def test_other_files_are_refused(add: Run, here: Path) -> None:
    shutil.copy(SAMPLE, "communes.txt")
    assert add("communes.txt").code == 65
    assert add("nothing.json").code == 2
    assert add(".").code == 65
    Path("packed.json").write_bytes(b"\x1f\x8b\x08\x00")
    assert "compressé" in add("packed.json").err
    Path("latin.json").write_bytes('[{"nom": "Orléans"}]'.encode("latin-1"))
    assert "UTF-8" in add("latin.json").err
    os.mkfifo("pipe.json")
    assert "tube" in add("pipe.json").err
    assert add(SAMPLE, "-o", "c.json").code == 2
    assert add(SAMPLE, "--departement", "99").code == 2
    assert add().code == 2


def test_limits_hold_for_this_file_too(add: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("deep.json").write_text("[" * 200_000, encoding="utf-8")
    assert add("deep.json").code == 75
    monkeypatch.setenv("RTE_GRAPH_MAX_NESTING", "1000000")
    assert add("deep.json").code == 65
    monkeypatch.setenv("RTE_GRAPH_MAX_FILE_BYTES", "1000")
    outcome = add(SAMPLE)
    assert (outcome.code, "RTE_GRAPH_MAX_FILE_BYTES" in outcome.err) == (75, True)


@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux limits the memory of a child")
def test_a_file_that_takes_much_memory_is_stopped(add: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("many.json").write_text("[" + "{}," * 3_000_000 + "{}]", encoding="utf-8")
    monkeypatch.setenv("RTE_GRAPH_MAX_PARSE_MEMORY_BYTES", "100000000")
    outcome = add("many.json")
    assert (outcome.code, "RTE_GRAPH_MAX_PARSE_MEMORY_BYTES" in outcome.err) == (75, True)


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8))
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3), max_leaves=4)
ROWS = st.dictionaries(st.sampled_from([*ROW, "zone"]), st.one_of(VALUES, st.sampled_from([*ROW.values()])))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(VALUES, st.lists(ROWS, max_size=3)))
def test_any_json_is_read_or_refused(here: Path, content: object) -> None:
    path = here / "any.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with contextlib.suppress(UnreadableData):
        found = read_communes(path)
        assert [each.code for each in found.communes] == ["46042"]


def test_help_speaks_both_languages(cli: Run) -> None:
    for lang, word in (("fr", "communes déléguées"), ("en", "delegated")):
        assert word in cli("territories", "add-communes", "--help", "--lang", lang).out
    assert "add-communes" in cli("territories", "--help").out
