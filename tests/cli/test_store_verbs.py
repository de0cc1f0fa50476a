"""A store on disk from the command line: made by load, read by all, checked, rebuilt, copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rte_graph.resources import data_folder
from rte_graph.store import DiskStore

Run = Callable[..., Any]
PACKAGED = data_folder() / "turtle"
TERRITORY = (
    "@prefix territory: <https://w3id.org/rte/id/territory/> .\n"
    'territory:{name} a rte:Territory ; skos:prefLabel "{label}"@fr ;\n'
    "    rte:kind <https://w3id.org/rte/vocab/territory-kind/country> .\n"
)
PREF_LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
UNSOUND = "organisation:unsound a rte:Organisation .\n"
TYPO = "organisation:o rte:knid 1 .\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, where load makes its store."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def territory(name: str, label: str = "Ici") -> str:
    return TERRITORY.format(name=name, label=label)


def knows(cli: Run, label: str, *words: object) -> bool:
    """Tell whether a command reads data in which something has this label."""
    return bool(cli("describe", label, "-q", *words).code == 0)


def manifest_hash(folder: Path) -> str:
    store = DiskStore.open(folder)
    try:
        return store.manifest.hash
    finally:
        store.close()


def test_the_first_load_makes_a_store_and_names_it(cli: Run, here: Path, write: Callable[..., Path]) -> None:
    write("own/data.ttl", territory("a"))
    outcome = cli("load", "own")
    assert outcome.code == 0, outcome.err
    assert DiskStore.is_store(here / "rte-store")
    assert (here / "rte.toml").read_text(encoding="utf-8") == 'store = "rte-store"\n'
    assert "Base créée : rte-store ; rte.toml la nomme" in outcome.err
    assert outcome.err.endswith("Et maintenant : rte-graph query list\n")
    assert knows(cli, "Ici")
    again = cli("load", "own", "--lang", "en")
    assert "Loaded into rte-store" in again.err
    assert again.err.endswith("Now: rte-graph query list\n")


def test_a_store_named_on_the_command_line_is_made_there_and_must_be_named_again(
    cli: Run, here: Path, write: Callable[..., Path]
) -> None:
    path = write("data.ttl", territory("a"))
    outcome = cli("load", path, "--store", "deep/er/base")
    assert outcome.code == 0, outcome.err
    assert "Base créée : deep/er/base\n" in outcome.err
    assert outcome.err.endswith("rte-graph query list --store deep/er/base\n")
    assert not (here / "rte.toml").exists()
    assert not knows(cli, "Ici")
    assert knows(cli, "Ici", "--store", "deep/er/base")
    (here / "rte.toml").write_text('store = "deep/er/base"\n', encoding="utf-8")
    assert cli("load", path, "--store", "deep/er/base").err.endswith("rte-graph query list\n")


def test_a_settings_file_without_a_store_gets_one_and_keeps_the_rest(
    cli: Run, here: Path, write: Callable[..., Path]
) -> None:
    (here / "rte.toml").write_text('queries = "mine"\n', encoding="utf-8")
    (here / "mine").mkdir()
    assert cli("load", write("data.ttl", territory("a"))).code == 0
    assert (here / "rte.toml").read_text(encoding="utf-8") == 'store = "rte-store"\nqueries = "mine"\n'


def test_a_load_makes_the_store_that_the_settings_file_names(
    cli: Run, here: Path, write: Callable[..., Path]
) -> None:
    (here / "rte.toml").write_text('store = "mine"\n', encoding="utf-8")
    path = write("data.ttl", territory("a"))
    before = cli("describe", "Ici")
    assert before.code == 69
    assert "« rte-graph load FICHIERS… » la crée" in before.err
    assert before.err.count("\n") == 1
    assert cli("load", path).code == 0
    assert DiskStore.is_store(here / "mine")
    assert (here / "rte.toml").read_text(encoding="utf-8") == 'store = "mine"\n'


@pytest.mark.parametrize("body", [TYPO, 'organisation:o a rte:Organisation ; skos:prefLabel "oubli .\n'])
@pytest.mark.parametrize("words", [[], ["--no-shapes"], ["--store", "deep/base"], ["--store", "empty"]])
def test_a_load_that_fails_leaves_nothing_behind(
    cli: Run, here: Path, write: Callable[..., Path], body: str, words: list[str]
) -> None:
    (here / "empty").mkdir()
    write("data.ttl", body)
    assert cli("load", "data.ttl", *words).code in (1, 65)
    assert sorted(path.name for path in here.rglob("*")) == ["data.ttl", "empty"]


def test_a_load_that_fails_leaves_the_store_as_it_was(
    cli: Run, here: Path, write: Callable[..., Path]
) -> None:
    cli("load", write("data.ttl", territory("a")))
    before = manifest_hash(here / "rte-store")
    for words in ([], ["--no-shapes"]):
        assert cli("load", write("data.ttl", TYPO), *words).code == 1
        assert manifest_hash(here / "rte-store") == before
    assert knows(cli, "Ici")


@pytest.mark.parametrize(
    "kind", ["turtle folder", "turtle file", "foreign folder", "foreign file", "empty name"]
)
def test_load_writes_into_nothing_but_a_store(
    cli: Run, here: Path, write: Callable[..., Path], kind: str
) -> None:
    path = write("own/data.ttl", territory("a"))
    (here / "foreign").mkdir()
    (here / "foreign" / "notes.txt").write_text("mine", encoding="utf-8")
    spec = {
        "turtle folder": "own",
        "turtle file": "own/data.ttl",
        "foreign folder": "foreign",
        "foreign file": "foreign/notes.txt",
        "empty name": "",
    }[kind]
    before = sorted(here.rglob("*"))
    outcome = cli("load", path, "--store", spec)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert sorted(here.rglob("*")) == before


def test_a_foreign_folder_of_the_name_of_the_new_store_is_left_alone(
    cli: Run, here: Path, write: Callable[..., Path]
) -> None:
    (here / "rte-store").mkdir()
    (here / "rte-store" / "notes.txt").write_text("mine", encoding="utf-8")
    outcome = cli("load", write("data.ttl", territory("a")))
    assert outcome.code == 2
    assert "rte-store" in outcome.err
    assert not (here / "rte.toml").exists()


def test_replacing_one_dataset_leaves_the_others(cli: Run, write: Callable[..., Path]) -> None:
    cli("load", write("a.ttl", territory("a", "Un")), write("b.ttl", territory("b", "Deux")))
    cli("load", write("a.ttl", territory("a", "Trois")))
    assert [knows(cli, label) for label in ("Un", "Deux", "Trois")] == [False, True, True]


def test_a_load_is_validated_joined_to_what_the_store_holds(cli: Run, write: Callable[..., Path]) -> None:
    part = write("part.ttl", territory("part") + "territory:part rte:within territory:whole .\n")
    assert "territory:whole" in cli("load", part).out
    assert "territory:whole" not in cli("load", write("whole.ttl", territory("whole", "Tout"))).out
    assert "territory:whole" not in cli("load", part).out


def test_two_stores_are_refused_in_one_sentence(cli: Run, write: Callable[..., Path]) -> None:
    path = write("data.ttl", territory("a"))
    for words in (
        ["describe", "Ici", "--store", path, "--store", path],
        ["--store", path, "describe", "Ici", "--store", "b"],
    ):
        outcome = cli(*words)
        assert (outcome.code, outcome.out) == (2, "")
        assert "--store est donné deux fois" in outcome.err
        assert outcome.err.count("\n") == 1


READING = [
    ["hubs", "alliance-memberships"],
    ["overlap", "alliance-memberships"],
    ["network", "show", "alliance-memberships"],
    ["draw", "alliance-memberships", "-o", "net.svg"],
    ["export", "alliance-memberships", "-o", "net.gexf"],
    ["describe", "Ici"],
]


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_only_what_nobody_validated_is_said_to_be_so(
    cli: Run, write: Callable[..., Path], words: list[str]
) -> None:
    path = write("mes données.ttl", territory("a"))
    cli("load", path)
    assert "non validées" not in cli(*words).err
    loaded = cli("load", path, "--no-shapes")
    assert "Non validé : « rte-graph validate »" in loaded.err
    assert "« rte-graph validate » dit si elles sont conformes" in cli(*words).err
    assert "non validées" not in cli(*words, "-q").err
    assert "« rte-graph validate --store 'mes données.ttl' »" in cli(*words, "--store", "mes données.ttl").err
    cli("load", path)
    assert "non validées" not in cli(*words).err


def test_validate_cites_the_lines_of_the_files_that_the_store_was_loaded_from(
    cli: Run, write: Callable[..., Path]
) -> None:
    path = write("data.ttl", territory("a") + UNSOUND)
    cli("load", path, "--no-shapes")
    by_files = cli("validate")
    assert by_files.code == 1
    assert "data.ttl:16" in by_files.out
    assert by_files.err == ""
    path.unlink()
    by_triples = cli("validate")
    assert by_triples.code == 1
    assert "organisation:unsound" in by_triples.out
    assert "data.ttl" not in by_triples.out
    assert "ses triplets mêmes sont validés" in by_triples.err
    write("data.ttl", territory("part"))
    assert cli("validate").code == 1, "changed files are not the store"


def test_files_are_validated_joined_to_a_store_on_disk(cli: Run, write: Callable[..., Path]) -> None:
    cli("load", write("whole.ttl", territory("whole", "Tout")))
    part = write("part.ttl", territory("part") + "territory:part rte:within territory:whole .\n")
    assert "territory:whole" in cli("validate", part).out
    assert "territory:whole" not in cli("validate", part, "--store", "rte-store").out


def test_check_says_what_was_checked_and_names_the_files_that_changed(
    cli: Run, here: Path, write: Callable[..., Path]
) -> None:
    paths = [write("a.ttl", territory("a")), write("b.ttl", territory("b"))]
    cli("load", *paths)
    sound = cli("check")
    assert sound.code == 0, sound.err
    assert "Base saine" in sound.out
    assert "a.ttl" not in sound.out
    paths[0].unlink()
    write("b.ttl", territory("b", "Là"))
    noted = cli("check")
    assert noted.code == 0
    assert "a.ttl n’est plus là" in noted.out
    assert "b.ttl a changé depuis le chargement" in noted.out
    assert "a.ttl is gone" in cli("check", "--lang", "en", "-q").out


def damage(folder: Path) -> None:
    """Overwrite a part of the largest table of the store's engine."""
    table = max((folder / "current" / "db").glob("*.sst"), key=lambda path: path.stat().st_size)
    with table.open("r+b") as file:
        file.seek(table.stat().st_size // 2)
        file.write(b"\x00\xff" * 32)


def test_check_finds_damage_and_rebuild_repairs_it(cli: Run, here: Path, write: Callable[..., Path]) -> None:
    cli("load", write("a.ttl", territory("a")))
    before = manifest_hash(here / "rte-store")
    damage(here / "rte-store")
    found = cli("check")
    assert found.code == 69
    assert "Base endommagée" in found.out
    assert ".sst" in found.out
    rebuilt = cli("rebuild")
    assert rebuilt.code == 0, rebuilt.err
    assert "même empreinte" in rebuilt.out
    assert manifest_hash(here / "rte-store") == before
    assert cli("check").code == 0
    assert knows(cli, "Ici")


def test_rebuild_says_what_changed(cli: Run, write: Callable[..., Path]) -> None:
    cli("load", write("a.ttl", territory("a")), write("b.ttl", territory("b")))
    assert "Base refaite : même empreinte" in cli("rebuild").out
    write("a.ttl", territory("a") + territory("c", "Là").partition("\n")[2])
    outcome = cli("rebuild", "--lang", "en")
    assert "a.ttl has changed since it was loaded" in outcome.out
    assert "https://w3id.org/rte/id/dataset/a" in outcome.out
    assert "https://w3id.org/rte/id/dataset/b" not in outcome.out
    assert "its hash now is" in outcome.out
    assert knows(cli, "Là")
    assert "same hash" in cli("rebuild", "--lang", "en").out


def test_rebuild_validates_as_the_load_did(cli: Run, here: Path, write: Callable[..., Path]) -> None:
    path = write("a.ttl", territory("a"))
    cli("load", path)
    before = manifest_hash(here / "rte-store")
    write("a.ttl", territory("a") + UNSOUND)
    refused = cli("rebuild")
    assert refused.code == 1
    assert "organisation:unsound" in refused.out
    assert "La base est restée telle quelle" in refused.err
    assert manifest_hash(here / "rte-store") == before
    cli("load", path, "--no-shapes")
    assert cli("rebuild").code == 0


def test_rebuild_without_one_of_its_files_changes_nothing(
    cli: Run, here: Path, write: Callable[..., Path]
) -> None:
    path = write("a.ttl", territory("a"))
    cli("load", path)
    before = manifest_hash(here / "rte-store")
    path.unlink()
    outcome = cli("rebuild")
    assert (outcome.code, outcome.out) == (2, "")
    assert "a.ttl n’est plus là" in outcome.err
    assert outcome.err.count("\n") == 1
    assert manifest_hash(here / "rte-store") == before


def test_rebuild_does_not_lose_updates_unasked(cli: Run, here: Path, write: Callable[..., Path]) -> None:
    cli("load", write("a.ttl", territory("a")))
    before = manifest_hash(here / "rte-store")
    store = DiskStore.open(here / "rte-store", write=True)
    for n in range(2):
        store.update(f'INSERT DATA {{ <https://x.example/{n}> {PREF_LABEL} "Neuf{n}" }}')
    store.close()
    assert "non validées" in cli("describe", "Ici").err
    refused = cli("rebuild")
    assert refused.code == 2
    assert "2 mises à jour SPARQL" in refused.err
    assert refused.err.count("\n") == 1
    assert knows(cli, "Neuf1")
    assert "ses triplets mêmes sont validés" in cli("validate").err
    done = cli("rebuild", "--discard-updates")
    assert done.code == 0, done.err
    assert manifest_hash(here / "rte-store") == before
    assert not knows(cli, "Neuf1")
    assert "non validées" not in cli("describe", "Ici").err


def test_a_file_loaded_into_two_datasets_is_rebuilt_into_both(
    cli: Run, here: Path, write: Callable[..., Path]
) -> None:
    write("own/a.ttl", territory("a"))
    write("own/b.ttl", territory("b"))
    cli("load", "own")
    cli("load", "own/a.ttl")
    assert "même empreinte" in cli("rebuild").out


def test_store_and_files_can_be_moved_together(cli: Run, here: Path, write: Callable[..., Path]) -> None:
    write("old/own/a.ttl", territory("a"))
    cli("load", "old/own", "--store", "old/base")
    (here / "old").rename(here / "new")
    outcome = cli("rebuild", "--store", "new/base")
    assert outcome.code == 0, outcome.err
    assert "même empreinte" in outcome.out


def test_a_backup_is_a_store(cli: Run, here: Path, write: Callable[..., Path]) -> None:
    cli("load", write("a.ttl", territory("a")))
    outcome = cli("backup", "copies/one")
    assert (outcome.code, outcome.out) == (0, "")
    assert "Copie faite : copies/one" in outcome.err
    assert manifest_hash(here / "copies/one") == manifest_hash(here / "rte-store")
    assert knows(cli, "Ici", "--store", "copies/one")
    again = cli("backup", "copies/one")
    assert again.code == 2
    assert again.err.count("\n") == 1


@pytest.mark.parametrize("words", [["check"], ["rebuild"], ["backup", "copy"]], ids=lambda words: words[0])
def test_verbs_for_stores_on_disk_refuse_other_data_in_one_sentence(
    cli: Run, here: Path, write: Callable[..., Path], words: list[str]
) -> None:
    path = write("data.ttl", territory("a"))
    places = {None: 2, str(path): 2, "http://127.0.0.1:9/query": 2, "nowhere": 69}
    for spec, code in places.items():
        outcome = cli(*words, *(["--store", spec] if spec else []))
        assert (outcome.code, outcome.out) == (code, "")
        assert outcome.err.count("\n") == 1
    assert sorted(here.iterdir()) == [path]


def test_run_on_a_store_writes_what_run_on_its_files_writes(cli: Run, here: Path) -> None:
    cli("load", PACKAGED)
    for out, spec in (("by-files", PACKAGED), ("by-store", "rte-store")):
        outcome = cli("run", "--out", out, "--store", spec, "-q")
        assert outcome.code == 0, outcome.err
    names = {path.relative_to(here / "by-files") for path in (here / "by-files").rglob("*") if path.is_file()}
    assert len(names) > 10
    for name in names:
        assert (here / "by-files" / name).read_bytes() == (here / "by-store" / name).read_bytes(), name


def test_run_on_a_store_that_nobody_validated_says_so(cli: Run, here: Path) -> None:
    cli("load", PACKAGED, "--no-shapes")
    outcome = cli("run", "--out", "out")
    assert outcome.code == 0, outcome.err
    assert "Les formes n’ont pas été interrogées" in outcome.out
    page = (here / "out" / "index.html").read_text(encoding="utf-8")
    assert "Les données n’ont pas été validées" in page
