from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rte_graph
from rte_graph.cli.common import Session, Text
from rte_graph.errors import RteError, StoreUnavailable, UsageError
from rte_graph.loading import store_from
from rte_graph.rdf_io import parse_triples
from rte_graph.typography import french, printable

PACKAGE = Path(rte_graph.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

STRAIGHT = re.compile(r"(?<=[cdjlmnstCDJLMNSTu])'(?=[a-zéèêàâîôœA-Zh])")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Il manque « nom » : donnez-le.", "Il manque «~nom~»~: donnez-le."),
        ("Vraiment ? Oui ! Bien ; fin :", "Vraiment~? Oui~! Bien~; fin~:"),
        ("http://x.org/a ?x :p a:b", "http://x.org/a ?x :p a:b"),
        ("déjà\u00a0: fait", "déjà~: fait"),
        ("« ; »", "«~;~»"),
        (" : ", " : "),
        ("", ""),
    ],
)
def test_no_break_spaces_stand_where_french_wants_them(typed: str, shown: str) -> None:
    assert french(typed) == shown.replace("~", "\u00a0")


@settings(max_examples=100)
@given(st.text(alphabet="a «»:;!?\u00a0\n", max_size=20))
def test_typesetting_twice_changes_nothing_more(text: str) -> None:
    assert french(french(text)) == french(text)


@pytest.mark.parametrize("hidden", [*"\x00\x07\x08\r\x1b\x7f\x9b\u200e\u200f\u202a\u202e\u2066\u2069"])
def test_characters_that_command_a_terminal_are_not_shown(hidden: str) -> None:
    assert printable(f"a{hidden}b") == "ab"


def test_what_is_shown_keeps_lines_tabs_accents_and_no_break_spaces() -> None:
    assert printable("é œ’\t1\u202f000\u00a0€\n日本 👩\u200d👩") == "é œ’\t1\u202f000\u00a0€\n日本 👩\u200d👩"


def test_errors_and_texts_are_typeset_when_they_are_shown() -> None:
    assert UsageError(fr="Non : « x »", en="No: x").message("fr") == "Non\u00a0: «\u00a0x\u00a0»"
    assert Text(fr="Non : x", en="No : x").here() == "Non\u00a0: x"
    assert Session().text(fr="Non : x", en="No: x") == "Non\u00a0: x"


def test_a_path_in_an_error_can_be_pasted(tmp_path: Path) -> None:
    folder = tmp_path / "Vite ! « données » : 2026"
    folder.mkdir()
    (folder / "bad.ttl").write_text("<http://x.org/a>", encoding="utf-8")
    for path in (folder / "no.ttl", folder / "bad.ttl", folder / "x.rdf"):
        with pytest.raises(RteError) as caught:
            parse_triples(path)
        assert str(path) in caught.value.message("fr")
        assert "\u00a0" in caught.value.message("fr").replace(str(path), "")
    with pytest.raises(StoreUnavailable) as refused:
        store_from(f"{folder}/nothing")
    assert f"{folder}/nothing" in refused.value.message("fr")


def french_texts(path: Path) -> list[tuple[int, str]]:
    """Return (line, text) of all that is passed as ``fr=``; what is filled in stands as {}."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == "fr":
                    found.append((keyword.value.lineno, written(keyword.value)))
    return found


def written(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_french_texts_have_typographic_apostrophes(path: Path) -> None:
    wrong = [f"{path.name}:{line}: {text}" for line, text in french_texts(path) if STRAIGHT.search(text)]
    assert not wrong, "\n".join(wrong)
