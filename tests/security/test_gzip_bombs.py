"""Threat: a few kilobytes that decompress to gigabytes. Nothing is ever decompressed, whatever its name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from rte_graph.errors import UnreadableData
from rte_graph.rdf_io import parse_triples, source
from tests.security.strangers import still_answers

ZEROS = bytes(30_000_000)


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.ttl", ZEROS)
    return held.getvalue()


BOMBS = {
    "gzip": gzip.compress(ZEROS),
    "gzip in gzip": gzip.compress(gzip.compress(ZEROS)),
    "zip": zipped(),
    "xz": lzma.compress(ZEROS[:1_000_000]),
    "bzip2": bz2.compress(ZEROS),
    "zstd": b"\x28\xb5\x2f\xfd" + bytes(100),
    "7-Zip": b"7z\xbc\xaf\x27\x1c" + bytes(100),
}


@pytest.mark.parametrize("name", ["x.ttl", "x.nt", "x.jsonld", "x.json"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_an_archive_under_a_name_of_ours_is_refused_by_its_first_bytes(
    tmp_path: Path, name: str, bomb: str
) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[bomb])
    with pytest.raises(UnreadableData, match=r"is compressed \(.*decompress it first") as caught:
        parse_triples(path)
    assert caught.value.exit_code == 65
    assert "décompressez-le d’abord" in caught.value.fr
    still_answers(tmp_path)


@pytest.mark.parametrize("name", ["x.ttl.gz", "x.nt.bz2", "x.ttl.xz", "x.zip", "x.jsonld.zst", "x.TTL.GZ"])
def test_an_archive_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS["gzip"])
    with pytest.raises(UnreadableData, match="decompress it first"):
        parse_triples(path)


@pytest.mark.parametrize(
    ("head", "form"),
    [(b"%PDF-1.7\n", "PDF"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"SQLite format 3\x00", "SQLite")],
)
def test_another_kind_of_file_is_named(tmp_path: Path, head: bytes, form: str) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(head + bytes(1000))
    with pytest.raises(UnreadableData, match=f"is a {form} file"):
        parse_triples(path)


@pytest.mark.parametrize("bomb", BOMBS)
def test_without_that_check_an_archive_is_still_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bomb: str
) -> None:
    monkeypatch.setattr(source, "check_kind", lambda path, head: None)
    monkeypatch.setattr("rte_graph.rdf_io.reader.available", lambda: False)
    path = tmp_path / "x.ttl"
    path.write_bytes(BOMBS[bomb])
    with pytest.raises(UnreadableData):
        parse_triples(path)


def test_the_child_that_parses_does_not_even_load_what_decompresses() -> None:
    code = "import sys, rte_graph.rdf_io.child; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"gzip", "zlib", "bz2", "lzma", "zipfile", "_bz2", "_lzma"} & set(loaded.split())
