"""Threat: entities that expand to gigabytes, or to local files. RDF/XML is not read, under any name."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from rte_graph.errors import UnreadableData
from rte_graph.rdf_io import parse_triples, source
from tests.security.strangers import still_answers

ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
BOMB = f"""<!DOCTYPE rdf:RDF [<!ENTITY l0 "lol">{ENTITIES}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x.org/">
<rdf:Description rdf:about="http://x.org/a"><x:p>&l29;</x:p></rdf:Description></rdf:RDF>
"""
THIEF = """<!DOCTYPE rdf:RDF [<!ENTITY file SYSTEM "file:///etc/passwd">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x.org/">
<rdf:Description rdf:about="http://x.org/a"><x:p>&file;</x:p></rdf:Description></rdf:RDF>
"""
DISGUISES = {
    "as it is": "",
    "with its declaration": '<?xml version="1.0"?>\n',
    "after blanks": "\n\n   ",
    "after a byte order mark": "\ufeff",
    "after a mark and a declaration": '\ufeff<?XML version="1.0"?>',
    "after a comment": "<!-- a comment -->\n",
}


@pytest.mark.parametrize("name", ["x.rdf", "x.owl", "x.xml", "x.RDF", "x.trix", "x.rdfs"])
@pytest.mark.parametrize("bomb", [BOMB, THIEF])
def test_rdf_xml_is_refused_by_its_name(tmp_path: Path, name: str, bomb: str) -> None:
    path = tmp_path / name
    path.write_text(bomb, encoding="utf-8")
    with pytest.raises(UnreadableData, match=r"is XML.*convert it to Turtle") as caught:
        parse_triples(path)
    assert caught.value.exit_code == 65
    assert "convertissez-le en Turtle" in caught.value.fr
    still_answers(tmp_path)


@pytest.mark.parametrize("name", ["x.ttl", "x.nt", "x.jsonld", "x.json"])
@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("bomb", [BOMB, BOMB.split("\n", 1)[1], THIEF])
def test_rdf_xml_under_another_name_is_refused_by_its_first_bytes(
    tmp_path: Path, name: str, disguise: str, bomb: str
) -> None:
    path = tmp_path / name
    path.write_text(DISGUISES[disguise] + bomb, encoding="utf-8")
    with pytest.raises(UnreadableData, match=r"is XML.*convert it to Turtle"):
        parse_triples(path)


def test_no_parser_of_xml_is_ever_called(tmp_path: Path) -> None:
    assert RdfFormat.RDF_XML not in source.FORMATS.values()
    path = tmp_path / "x.ttl"
    path.write_text("# not at the beginning\n" + BOMB, encoding="utf-8")
    with pytest.raises(UnreadableData, match="line 2"):
        parse_triples(path)
    still_answers(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "<urn:a> <urn:b> <urn:c> .",
        "<urn:a>\n <urn:b> 'a = b' .",
        "\ufeff<rdf:RDF> <urn:b> <urn:c> .",
        "<http://x.org/a?b=c> <urn:b> <urn:c> .",
    ],
)
def test_turtle_that_begins_with_an_iri_is_not_taken_for_xml(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(text, encoding="utf-8")
    assert len(parse_triples(path)) == 1
