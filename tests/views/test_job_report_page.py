from __future__ import annotations

import pytest
from picture_sample import sample_network

from rte_graph.views.report import (
    Report,
    ReportCount,
    ReportFinding,
    ReportHubs,
    ReportOverlap,
    ReportQuery,
    ReportTable,
    ReportValidation,
    write_report,
)


def _report(lang: str = "fr", *, conforms: bool = True) -> Report:
    network = sample_network()
    table = ReportTable(
        columns=("Alliance", "Degré"), rows=(("Coalition Solidaire", "0,938"),), numeric=(1,), strong=(0,)
    )
    return Report(
        title="Les alliances",
        standfirst="Une coalition au centre.",
        lang=lang,
        counts=(ReportCount(label="énoncés", count=120000),),
        validation=ReportValidation(
            conforms=conforms,
            sentence="2 avertissements.",
            findings=(
                ReportFinding(
                    severity="warning", message="<b>Sans date</b>", subject="Kawaa", place="a.ttl:3"
                ),
            ),
        ),
        hubs=(ReportHubs(title="Alliances", why="La Coalition Solidaire réunit les autres.", table=table),),
        overlap=ReportOverlap(sentences=("Huit sur neuf.",), coverage=table, pairs=table, rule="Règle."),
        queries=(
            ReportQuery(
                name="members",
                summary="Qui ?",
                description="Membres.",
                text="SELECT * {}",
                table=table,
                topic="Alliances",
            ),
        ),
        making=network.making,
        network=network,
        network_page="network.html",
    )


def test_the_report_tells_all_its_sections() -> None:
    html = write_report(_report())
    for anchor in ("graph", "validation", "hubs", "network", "overlap", "queries", "making"):
        assert f'<section id="{anchor}"' in html
        assert f'href="#{anchor}"' in html
    assert "120\u202f000" in html
    assert 'href="network.html"' in html
    assert "<svg" in html
    assert network_hash() in html


def network_hash() -> str:
    return sample_network().making.data_hash


def test_the_report_runs_no_script_and_fetches_nothing() -> None:
    html = write_report(_report())
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert "script-src 'none'" in html
    assert " src=" not in html
    assert "url(" not in html


def test_messages_are_escaped() -> None:
    assert "<b>Sans date</b>" not in write_report(_report())


@pytest.mark.parametrize(("lang", "words"), [("fr", "Les pivots du réseau"), ("en", "The network’s hubs")])
def test_the_report_speaks_one_language(lang: str, words: str) -> None:
    html = write_report(_report(lang))
    assert f'<html lang="{lang}">' in html
    assert words in html


def test_data_that_do_not_conform_are_said_so() -> None:
    assert "Les données ne sont pas conformes" in write_report(_report(conforms=False))


def test_same_report_same_text() -> None:
    assert write_report(_report()) == write_report(_report())
