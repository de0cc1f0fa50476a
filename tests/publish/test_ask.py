"""The files of the query page: the data whole, forms with their choices, nothing that runs unasked."""

from __future__ import annotations

import base64
import gzip
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from observatory import hostile_site, observatory, pages_of
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from sites import packaged_site

from rte_graph.loading import packaged_store
from rte_graph.publish.ask import data
from rte_graph.publish.ask.alone import closed
from rte_graph.publish.ask.page import POLICY, SCRIPTS, page_script
from rte_graph.publish.ask.payload import payload, payload_script
from rte_graph.resources import assets_folder
from rte_graph.sparql.possible import values_of
from rte_graph.sparql.tokens import tokenize
from rte_graph.store import EmbeddedStore

ROOT = Path(__file__).resolve().parents[2]


def unpacked(script: str) -> tuple[int, str]:
    found = re.fullmatch(r'globalThis\.RTE_DATA=\{triples:(\d+),data:"([A-Za-z0-9+/=]+)"\};\n', script)
    assert found
    return int(found.group(1)), gzip.decompress(base64.b64decode(found.group(2))).decode()


def test_the_data_hold_every_triple_once_and_say_in_which_datasets_each_stands() -> None:
    store = packaged_store()
    count, text = unpacked(data.data_script(store))
    assert count == data.triple_count(store)
    held: dict[str, set[Triple]] = {"": set()}
    for group in re.split(r"^(?=# )", text, flags=re.MULTILINE)[1:]:
        head, _, lines = group.partition("\n")
        triples = {quad.triple for quad in parse(lines.encode(), format=RdfFormat.N_TRIPLES)}
        assert not held[""] & triples
        held[""] |= triples
        for graph in head.removeprefix("# ").split():
            held.setdefault(graph, set()).update(triples)
    assert held.pop("") == set(store.triples())
    assert held == {each.value: set(store.triples(each)) for each in store.datasets()}


def test_the_same_data_give_the_same_bytes_with_blank_nodes_and_hostile_texts() -> None:
    def store(order: int) -> EmbeddedStore:
        node, other = BlankNode(), BlankNode()
        name = NamedNode("urn:p")
        triples = [
            Triple(NamedNode("urn:s"), name, node),
            Triple(node, name, other),
            Triple(other, name, Literal('"\n# urn:g\n</script>\\')),
        ]
        made = EmbeddedStore.in_memory()
        made.replace_dataset(NamedNode("urn:g"), triples[::order])
        return made

    one, two = data.data_script(store(1)), data.data_script(store(-1))
    assert one == two
    assert unpacked(one)[0] == 3
    assert len(re.findall(r"^# ", unpacked(one)[1], re.MULTILINE)) >= 1


def test_forms_have_the_choices_labels_and_defaults_of_the_command_line() -> None:
    site = packaged_site()
    for lang in ("fr", "en"):
        told = payload(site, lang)
        by_name = {query["name"]: query for query in told["queries"]}
        assert set(by_name) == set(site.library.queries)
        for name, query in site.library.queries.items():
            assert [each["name"] for each in by_name[name]["params"]] == [p.name for p in query.parameters]
            for parameter, form in zip(query.parameters, by_name[name]["params"], strict=True):
                if parameter.type not in ("entity", "concept"):
                    assert form["scope"] is None
                    continue
                choices = told["scopes"][form["scope"]]
                ours = [(each.iri, each.label) for each in values_of(site.store, parameter, lang)]
                if ours:
                    assert [(each["iri"], each["label"]) for each in choices] == ours
                known = {each["iri"] for each in choices}
                assert parameter.optional or by_name[name]["values"][parameter.name] in known
                assert form["default"] is None or form["default"] in known


def test_texts_in_the_payload_are_the_saved_ones_and_can_be_bound() -> None:
    told = payload(packaged_site(), "fr")
    for query in told["queries"]:
        words = [token.text for token in tokenize(query["text"])]
        for parameter in query["params"]:
            assert f"?{parameter['name']}" in words
        assert query["text"].startswith("PREFIX")


def test_completion_offers_classes_and_properties_with_definitions_concepts_and_names() -> None:
    rows = {row[0]: row for row in payload(packaged_site(), "en")["terms"]}
    assert rows["rte:Alliance"][1:3] == ["class", "alliance"]
    assert len(rows["rte:Alliance"][3]) > 40
    assert rows["rte:evidence"][1] == "property"
    assert rows["membership-role:member"][1:3] == ["concept", "member"]
    assert any(row[1:3] == ["entity", "Coalition Solidaire"] for row in rows.values())


def test_above_the_limit_the_page_says_so_and_offers_answers_and_dump(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(data, "MOST_TRIPLES", 100)
    pages = pages_of(observatory(), "ask", "queries")
    assert not any(name.startswith("assets/ask/") for name in pages)
    assert not any("alone" in name for name in pages)
    text = unescape(pages["ask.html"].decode())
    assert "trop pour être interrogées dans une page, qui en prend 100 au plus" in text
    assert 'href="queries/index.html"' in text
    assert 'href="catalogue/index.html"' in text
    assert "<script" not in text.partition("<main")[2]
    assert b"ask-live" not in pages["queries/members-of-alliance.html"]
    assert b"wasm" not in pages["queries/members-of-alliance.html"]


def test_pages_that_run_queries_admit_only_their_own_scripts_and_no_network() -> None:
    pages = pages_of(observatory(), "ask", "queries")
    assert "connect-src" not in POLICY
    assert "unsafe-inline" not in POLICY
    for name in ("ask.html", "ask.en.html", "queries/members-of-alliance.html"):
        assert unescape(pages[name].decode()).count(POLICY) == 1
        assert not re.findall(r"<script(?![^>]*\b(src|type=.application/ld))", pages[name].decode())
    for name in ("ask-alone.html", "ask-alone.en.html"):
        text = pages[name].decode()
        head = unescape(text[: text.index("<title>")])
        assert "'unsafe-inline'" not in head
        assert "'unsafe-eval'" not in head
        assert head.count("'sha256-") == 8
        assert not re.findall(
            r'<(?:script|link|img|iframe)[^>]+(?:src|href)="', text[: text.index("<script>")]
        )


def test_hostile_names_cannot_end_a_script_of_the_page_that_is_one_file() -> None:
    site = hostile_site()
    script = payload_script(site, "fr")
    assert "</script" not in script.lower()
    page = pages_of(site, "ask")["ask-alone.html"].decode()
    assert page.count("</script>") == page.count("<script>") == 7
    assert "hacked=1<" not in page
    assert closed("'</script>'; '</SCRIPT>'; '<!--'") == "'<\\/script>'; '<\\/SCRIPT>'; '<\\!--'"


def test_every_script_of_the_page_is_written_and_short() -> None:
    folder = assets_folder() / "ask"
    held = {path.stem for path in folder.glob("*.js")} - {"try"}
    assert held == set(SCRIPTS)
    for path in folder.glob("*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path.name
    script = page_script()
    assert "innerHTML" not in script
    assert "fetch(" not in script
    assert "XMLHttpRequest" not in script
    assert "eval(" not in script


def test_each_word_of_the_page_is_there_in_both_languages() -> None:
    text = (assets_folder() / "ask" / "words.js").read_text(encoding="utf-8")
    fr, en = text.index("  fr: {"), text.index("  en: {")
    end = text.index("\n};")
    names = [re.findall(r"(?<=[ ,])(\w+): \"", part) for part in (text[fr:en], text[en:end])]
    assert names[0] == names[1]
    assert len(names[0]) == len(set(names[0]))


def test_the_bundles_are_made_of_the_locked_versions_of_the_manifest() -> None:
    def read(path: Path) -> Any:
        return json.loads(path.read_text(encoding="utf-8"))

    manifest = read(assets_folder() / "MANIFEST.json")
    folder = ROOT / "scripts" / "ask_bundle"
    wanted, locked = (
        read(folder / "package.json")["dependencies"],
        read(folder / "package-lock.json")["packages"],
    )
    for entry in manifest["assets"]:
        if entry.get("bundle"):
            assert wanted[entry["package"]] == entry["version"]
            assert locked[f"node_modules/{entry['package']}"]["version"] == entry["version"]
            for item in entry["files"]:
                assert "entry" not in item or (folder / item["entry"]).is_file()
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
    licences = (assets_folder() / "vendor" / "ask-editor.LICENSE.txt").read_text(encoding="utf-8")
    for name in ("codemirror", "@codemirror/view", "@lezer/common", "style-mod"):
        assert f"{name} {locked[f'node_modules/{name}']['version']}" in licences
