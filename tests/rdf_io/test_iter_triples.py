"""Triples come one by one, the same from the child, from this process and for the package's own files."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from rte_graph.errors import LimitReached, RteError, UnknownName, UnreadableData
from rte_graph.rdf_io import iter_triples, parse_triples, reader
from rte_graph.resources import data_files, ontology_files

P = "<http://x.org/p>"
A = "<http://x.org/a>"


def in_this_process(path: Path) -> list[Triple]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reader, "available", lambda: False)
        return parse_triples(path)


def as_packaged(path: Path) -> list[Triple]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reader, "is_packaged", lambda path: True)
        return parse_triples(path)


TEXTS = {
    "blank.ttl": f"_:x {P} [ {P} _:y ], ( 1 [] _:x ) .\n_:y {P} _:x .",
    "blank.nt": f"_:x {P} _:y .\n_:y{P}_:x.# without a blank\n\n_:z.a-b {P} _:é1 .\n",
    "looks-blank.ttl": f'{A} {P} "_:x", "a _:x .", " _:", " _:x"@fr, " _:x"^^{P}, <http://x.org/_:x>, _:x .',
    "looks-blank.nt": f'{A} {P} "a _:x ." .\n{A} {P} "\\n_:x {P} _:x ." .\n_:x {P} <http://x.org/_:b> .\n',
    "looks-quoted.nt": f'{A} {P} "<<( a ) _x" .\n_:x {P} "<<( <http://x.org/a> " .',
    "looks-quoted.ttl": f'{A} {P} "<<( a ) _x", " <<( ", [] .',
    "terms.ttl": f'{A} {P} "é"@FR-be, "x"@en--ltr, 1.50, 007, true, 1e3, """a\n"b\\u0007\u2028""" .',
    "terms.nt": f'{A} {P} "\\u00E9\\t\\r"@FR .\n{A} {P} "x"@en--ltr .\n{A} {P} "1.50"^^<http://x.org/d> .',
    "mac.nt": f"{A} {P} {A} .\r_:x {P} {A} .\r",
    "windows.nt": f"{A} {P} {A} .\r\n_:x {P} {A} .\r\n",
    "marked.nt": f"\ufeff{A} {P} {A} .",
    "marked.ttl": f"\ufeff{A} {P} {A}, _:x .",
    "marked.jsonld": '\ufeff{"@id":"http://x.org/a","http://x.org/p":[{},{}]}',
    "lists.json": '[{"@id":"_:b","http://x.org/p":{"@list":[1,2.5,{"@id":"_:b"},"é"]}}]',
    "empty.ttl": "",
    "empty.nt": "",
    "empty.jsonld": "[]",
    "comment.nt": "# nothing",
    "long.nt": f'{A} {P} "{"x" * 3_000_000}" .\n_:x {P} "{"y" * 300_000}" .\n{A} {P} "z" .',
    "many.nt": "".join(f"<http://x.org/{n}> {P} {'_:b' if n % 7000 == 0 else A} .\n" for n in range(30_000)),
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_way_of_reading_gives_the_same_triples_and_labels(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXTS[name], encoding="utf-8", newline="")
    found = parse_triples(path)
    assert list(iter_triples(path)) == found
    assert in_this_process(path) == found
    assert as_packaged(path) == found


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_read_is_what_the_parser_alone_reads(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXTS[name], encoding="utf-8", newline="")
    form = {"t": RdfFormat.TURTLE, "n": RdfFormat.N_TRIPLES, "j": RdfFormat.JSON_LD}[path.suffix[1]]
    raw = TEXTS[name].removeprefix("\ufeff").encode()
    alone = [quad.triple for quad in parse(raw, format=form)]
    assert _numbered(parse_triples(path)) == _numbered(alone)


def _numbered(triples: list[Triple]) -> list[tuple[object, ...]]:
    """Return triples with blank nodes as numbers in the order of their first mention."""
    numbers: dict[object, int] = {}

    def term(value: object) -> object:
        return numbers.setdefault(value, len(numbers)) if isinstance(value, BlankNode) else value

    return [(term(t.subject), t.predicate, term(t.object)) for t in triples]


_TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ["_:x", " _:x .\n", "<<( _:", "\\"]
)
_NODES = st.sampled_from([NamedNode("http://x.org/a"), NamedNode("http://x.org/_:b"), NamedNode("urn:é#_:c")])
_BLANKS = st.sampled_from([BlankNode("x"), BlankNode("y.z"), BlankNode("é")])
_LITERALS = (
    st.builds(Literal, _TEXT)
    | st.builds(lambda text: Literal(text, language="fr-be"), _TEXT)
    | st.builds(lambda text: Literal(text, datatype=NamedNode("http://x.org/_:d")), _TEXT)
)
_TRIPLES = st.lists(st.builds(Triple, _NODES | _BLANKS, _NODES, _NODES | _BLANKS | _LITERALS), max_size=8)


@settings(deadline=None, max_examples=60)
@given(_TRIPLES, st.sampled_from([("x.ttl", RdfFormat.TURTLE), ("x.nt", RdfFormat.N_TRIPLES)]))
def test_any_triples_come_back_as_they_were(triples: list[Triple], kind: tuple[str, RdfFormat]) -> None:
    name, form = kind
    raw = serialize(triples, format=form)
    assert raw is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        assert _numbered(parse_triples(path)) == _numbered(triples)


def test_labels_depend_on_the_name_and_on_the_text_of_a_file_alone(tmp_path: Path) -> None:
    def label(folder: str, name: str, text: str) -> object:
        path = tmp_path / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return parse_triples(path)[0].subject

    first = label("1", "x.nt", f"_:b {P} {A} .\n")
    assert label("2", "x.nt", f"_:b {P} {A} .\n") == first
    assert label("2", "x.nt", f"_:c {P} {A} .\n") != first
    assert label("2", "y.nt", f"_:b {P} {A} .\n") != first


def test_triples_before_a_fault_are_given_out_and_the_fault_is_told_with_its_line(tmp_path: Path) -> None:
    for name, line in (("x.nt", f"{A} {P} {A} .\n"), ("x.ttl", f"{A} {P} {A} .\n")):
        path = tmp_path / name
        path.write_text(line * 20_000 + "# fine\n<wrong>\n" + line, encoding="utf-8")
        found = iter_triples(path)
        assert len(list(islice(found, 10_000))) == 10_000
        with pytest.raises(UnreadableData, match=r"line 20002: .*\(the line reads “<wrong>”\)"):
            list(found)


@pytest.mark.parametrize("name", ["x.ttl", "x.nt", "x.jsonld"])
def test_text_that_is_not_utf8_is_refused_wherever_it_stands(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    filling = b"\n# " + b"x" * 1000
    path.write_bytes("# é".encode() + filling * 1500 + b"\n# \xe9 \n")
    with pytest.raises(UnreadableData, match="line 1502: the text is not UTF-8"):
        parse_triples(path)
    path.write_bytes("# é".encode()[:-1])
    with pytest.raises(UnreadableData, match="line 1: the text is not UTF-8"):
        parse_triples(path)


def test_a_wrong_name_is_told_before_the_first_triple_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UnknownName):
        iter_triples(tmp_path / "no.xyz")


def test_the_number_of_triples_is_limited_while_they_come(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("x.nt", f"{A} {P} {A} .\n" * 20_000, prefixes=False)
    monkeypatch.setenv("RTE_GRAPH_MAX_TRIPLES", "19000")
    found = iter_triples(path)
    next(found)
    with pytest.raises(LimitReached, match="more than 19000 triples"):
        list(found)


def test_a_relative_name_is_meant_from_the_folder_we_are_in_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, text in (("1", f"{A} {P} 1 ."), ("2", f"{A} {P} 2 ."), ("3", "wrong")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.ttl").write_text(text, encoding="utf-8")
    for folder in ("1", "2"):
        monkeypatch.chdir(tmp_path / folder)
        assert [t.object for t in parse_triples("x.ttl")] == [
            Literal(folder, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
        ]
    monkeypatch.chdir(tmp_path / "3")
    with pytest.raises(UnreadableData, match=r"^x\.ttl, line 1"):
        parse_triples("x.ttl")


@pytest.mark.skipif(os.name != "posix", reason="such names exist there alone")
def test_a_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xe9.ttl")
    try:
        path.write_text(f"[] {P} {A} .", encoding="utf-8")
    except OSError:
        pytest.skip("this file system wants text")
    assert len(parse_triples(path)) == 1


def test_two_files_can_be_read_in_turns(write: Callable[..., Path]) -> None:
    one, two = (write(f"{n}.nt", f"{A} {P} {A} .\n" * 30_000, prefixes=False) for n in (1, 2))
    assert sum(1 for _ in zip(iter_triples(one), iter_triples(two), strict=True)) == 30_000


def test_leaving_early_leaves_nothing_behind(write: Callable[..., Path]) -> None:
    path = write("x.nt", f"{A} {P} {A} .\n" * 200_000, prefixes=False)
    for _ in range(3):
        found = iter_triples(path)
        next(found)
        found.close()  # type: ignore[attr-defined]
    assert len(parse_triples(write("y.nt", f"{A} {P} {A} .", prefixes=False))) == 1


@pytest.mark.parametrize("path", [*ontology_files(), *data_files()][::5], ids=lambda path: path.name)
def test_a_packaged_file_is_read_as_a_strangers_copy_of_it(tmp_path: Path, path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    assert parse_triples(copy) == parse_triples(path)


def test_json_ld_with_a_named_graph_gets_a_sentence(write: Callable[..., Path]) -> None:
    path = write(
        "x.jsonld", '{"@id":"http://x.org/g","@graph":[{"@id":"http://x.org/a","http://x.org/p":1}]}'
    )
    with pytest.raises(RteError):
        parse_triples(path)


READ = """
import resource, sys
from rte_graph.rdf_io import iter_triples
for path in sys.argv[1:]:
    count = sum(1 for _ in iter_triples(path))
    print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in Linux's units")
def test_memory_stays_flat_however_large_the_file(tmp_path: Path) -> None:
    small, large = tmp_path / "small.nt", tmp_path / "large.nt"
    for path, number in ((small, 2_000), (large, 600_000)):
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"<http://x.org/{n}> {P} <http://x.org/o{n}> .\n" for n in range(number))
    done = subprocess.run(
        [sys.executable, "-c", READ, str(small), str(large)], capture_output=True, text=True, check=True
    )
    (few, before), (many, after) = (map(int, line.split()) for line in done.stdout.splitlines())
    assert (few, many) == (2_000, 600_000)
    assert after - before < 20_000, f"{large.stat().st_size} bytes took {after - before} kB more"
