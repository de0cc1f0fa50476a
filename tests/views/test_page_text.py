from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from picture_sample import sample_network

from rte_graph.resources import assets_folder
from rte_graph.views.network_page import draw_page
from rte_graph.views.page_model import PageFact, PageNode, same

HOSTILE = '</script><img src=x onerror="window.hacked=1">'


def _hostile_node() -> PageNode:
    return PageNode(
        iri="javascript:alert(1)",
        label=same(HOSTILE),
        type="https://w3id.org/rte/vocab/organisation-kind/association",
        side="source",
        former_names=(HOSTILE,),
        facts=(PageFact(name=same(HOSTILE), value=same("javascript:alert(1)")),),
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {"script": [], "style": []}
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag if tag in self.text else self.inside
        if tag in self.text:
            self.text[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text[self.inside][-1] += data


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def test_same_network_gives_the_same_page() -> None:
    assert draw_page(sample_network()) == draw_page(sample_network())


def test_the_page_names_no_address_that_a_browser_would_fetch() -> None:
    reader = _read(draw_page(sample_network()))
    for tag, attributes in reader.tags:
        assert tag not in {"link", "iframe", "object", "embed", "img", "base"}
        assert "src" not in attributes
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in reader.text["style"][0]
    assert "@import" not in reader.text["style"][0]


def test_the_policy_admits_exactly_the_scripts_and_styles_inside() -> None:
    reader = _read(draw_page(sample_network()))
    policy = next(
        a["content"]
        for t, a in reader.tags
        if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    runnable = [t for t in reader.text["script"] if not t.startswith(("{", "["))]
    assert len(runnable) == 2
    for text in [*runnable, *reader.text["style"]]:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_hostile_names_stay_data() -> None:
    html = draw_page(sample_network(extra=(_hostile_node(),)))
    reader = _read(html)
    assert not [tag for tag, _ in reader.tags if tag == "img"]
    data = json.loads(next(t for t in reader.text["script"] if t.startswith("{")))
    assert HOSTILE in data["strings"]
    assert "javascript:" not in [a.get("href") for _, a in reader.tags]


def test_without_scripts_there_are_tables_of_all_nodes_and_links() -> None:
    network = sample_network()
    html = draw_page(network)
    plain = html[html.index("<noscript>") : html.index("</noscript>")]
    for node in network.nodes:
        assert node.label.fr in plain
    assert plain.count("<tr>") == len(network.nodes) + len(network.edges) + 2
    assert "lignes 404–408" in plain


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_opens_in_the_language_asked_for(lang: str) -> None:
    html = draw_page(sample_network(), lang=lang)
    assert f'<html lang="{lang}"' in html


def test_the_page_stays_small() -> None:
    assert len(draw_page(sample_network()).encode("utf-8")) < 800_000


def test_each_text_of_the_page_exists_in_both_languages() -> None:
    source = (assets_folder() / "page" / "strings.js").read_text(encoding="utf-8")
    french, english = source.split("  en: {", 1)
    pattern = re.compile(r"(\w+): \"")
    assert sorted(pattern.findall(french)) == sorted(pattern.findall(english))
    page = assets_folder() / "page"
    used = set(
        re.findall(r'tell\("(\w+)"', "".join(p.read_text(encoding="utf-8") for p in page.glob("*.js")))
    )
    html = (page / "page.html").read_text(encoding="utf-8")
    used |= set(re.findall(r'data-(?:text|label)="(\w+)"', html))
    assert used <= set(pattern.findall(french))


def test_vendored_files_are_those_of_the_manifest_and_have_their_licence() -> None:
    manifest = json.loads((assets_folder() / "MANIFEST.json").read_text(encoding="utf-8"))
    listed = set()
    for entry in manifest["assets"]:
        assert entry["version"]
        assert entry["licence"]
        assert any("LICENSE" in item["file"] for item in entry["files"])
        for item in entry["files"]:
            listed.add(item["file"])
            assert hashlib.sha256((assets_folder() / item["file"]).read_bytes()).hexdigest() == item["sha256"]
    assert {f"vendor/{p.name}" for p in (assets_folder() / "vendor").iterdir()} == listed
