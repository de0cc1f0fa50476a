"""``rte-graph describe`` on the packaged data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse


def test_a_former_name_is_described_under_the_current_one(cli):
    outcome = cli("describe", "Tous Repreneurs")
    assert outcome.code == 0
    assert outcome.out.startswith("Tous Tes Possibles\n")
    assert "Anciens noms : Tous Repreneurs" in outcome.out


def test_the_coalition_solidaire_with_members_contradictions_and_sources(cli):
    out = cli("describe", "coalition solidaire", "--lang", "en").out
    assert "meta-coalition" in out
    assert "Members (15)" in out
    assert "The source contradicts itself" in out
    assert "Sources: AG2R LA MONDIALE" in out
    assert "\033[" not in out


@pytest.mark.parametrize(
    "name", ["François Marty", "LabHidouille", "theme:housing", "Maker Faire Paris 2019", "Nancy"]
)
def test_anything_can_be_described(cli, name: str):
    assert "Sources" in cli("describe", name).out


def test_forms_follow_the_name_of_the_file(cli, tmp_path: Path):
    for suffix in ("json", "ttl", "md", "txt"):
        assert cli("describe", "Siel Bleu", "-o", tmp_path / f"a.{suffix}").code == 0
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["label"] == "Siel Bleu"
    assert list(parse(path=tmp_path / "a.ttl", format=RdfFormat.TURTLE))
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# Siel Bleu\n")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("Siel Bleu\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("collectif emploi de", "peut désigner"),
        ("nobody at all", "est inconnu ici"),
        ("https://e.org/x y", "n’est pas un IRI valable"),
        ("", "est inconnu ici"),
    ],
)
def test_an_unclear_name_gets_one_sentence(cli, name: str, said: str):
    outcome = cli("describe", name)
    assert outcome.code == 2
    assert said in outcome.err
    assert len(outcome.err.splitlines()) == 1


@pytest.mark.parametrize("name", ["d.html", "d.csv", "d.xlsx"])
def test_a_file_of_another_form_is_refused_in_one_sentence(cli, tmp_path, name: str):
    outcome = cli("describe", "Siel Bleu", "-o", tmp_path / name)
    assert outcome.code == 2
    assert "n’est pas possible ici" in outcome.err
    assert not list(tmp_path.iterdir())
