"""Whatever is written in data, queries and settings, the site's files are sound and lie inside its folder."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hostile_corpus import SLUGS, attacked, attacked_site

from rte_graph.publish.lint import check_site
from rte_graph.publish.lint_names import name_faults

pytestmark = pytest.mark.slow
FORMULA = re.compile(r"[=@\t\r]|[+-](?![0-9.]+\Z)")


def files(*suffixes: str) -> list[Path]:
    found = [path for path in sorted(attacked().rglob("*")) if path.suffix in suffixes]
    assert found
    return found


def test_all_files_land_inside_the_folder_under_names_that_any_system_takes() -> None:
    folder = attacked()
    assert [path.name for path in folder.parent.iterdir()] == ["site"]
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert [fault.message.en for fault in name_faults(paths)] == []
    assert len(
        [path for path in paths if path.startswith("id/organisation/") and path.endswith(".ttl")]
    ) > len(SLUGS)


def test_the_checks_find_neither_broken_markup_nor_links_nor_files() -> None:
    report = check_site(attacked_site(), attacked())
    missing = ("ontology/", "vocab/")  # not written here
    found = [
        (fault.check, fault.message.en)
        for fault in report.faults
        if fault.check in ("markup", "rdf", "names", "licence", "void", "local")
        or (fault.check == "links" and not any(name in fault.message.en for name in missing))
    ]
    assert found == []


def test_no_page_has_a_script_an_attribute_or_a_link_from_the_data() -> None:
    for path in files(".html"):
        text = path.read_text("utf-8")
        if 'id="app"' in text:  # one script of its own, which its policy names by hash; data as JSON
            assert len(re.findall(r"<script\b", text)) == len(re.findall(r"</script>", text)) <= 4, path
            continue
        scripts = re.findall(r"<script\b([^>]*)>(.*?)</script>", text, re.DOTALL)
        assert {re.sub(r'src="[^"]*assets/', 'src="', head) for head, _ in scripts} <= {
            ' src="site.js" defer', ' type="application/ld+json"', ' src="ontology.js" defer',
        }, path  # fmt: skip
        for head, body in scripts:
            if "json" in head:
                assert json.loads(body)["@context"] == "https://schema.org", path
        assert not re.search(r'(?:href|src)="\s*(?:javascript|data|vbscript):', text, re.IGNORECASE), path
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f]", text), path


def test_no_cell_of_a_table_is_a_formula() -> None:
    for path in files(".csv"):
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.reader(rows):
                assert [cell for cell in row if FORMULA.match(cell)] == [], path


def test_every_xml_and_json_file_can_be_read() -> None:
    for path in files(".svg", ".gexf", ".graphml", ".xml"):
        ElementTree.fromstring(path.read_bytes())
    for path in files(".json", ".jsonld"):
        json.loads(path.read_bytes())
