"""A file is written whole or left as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rte_graph.files import replace_file, replacing


def test_a_text_is_written_in_utf8_with_its_own_line_ends(tmp_path: Path) -> None:
    replace_file(tmp_path / "é.txt", "œuvre\r\nb\n")
    assert (tmp_path / "é.txt").read_bytes() == "œuvre\r\nb\n".encode()
    replace_file(tmp_path / "é.txt", b"\x00")
    assert (tmp_path / "é.txt").read_bytes() == b"\x00"
    assert [path.name for path in tmp_path.iterdir()] == ["é.txt"]


def test_a_write_that_fails_leaves_the_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        replace_file(path, "after")
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_the_rights_are_those_of_the_file_or_of_a_new_one(tmp_path: Path) -> None:
    old, new, plain = (tmp_path / name for name in ("old", "new", "plain"))
    old.write_text("", encoding="utf-8")
    old.chmod(0o640)
    replace_file(old, "x")
    assert old.stat().st_mode & 0o777 == 0o640
    replace_file(new, "x")
    plain.write_text("", encoding="utf-8")
    assert new.stat().st_mode == plain.stat().st_mode


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("", encoding="utf-8")
    link.symlink_to(target)
    replace_file(link, "x")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "x"
    replace_file(Path(os.devnull), "x")
    assert not Path(os.devnull).is_file()


def test_a_name_as_long_as_the_file_system_allows_can_be_written(tmp_path: Path) -> None:
    replace_file(tmp_path / ("n" * 255), "x")
    assert (tmp_path / ("n" * 255)).exists()


@pytest.mark.parametrize("end", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_ends_the_writing_early_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, end: type[BaseException]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(end), replacing(path) as out:  # noqa: PT012
        out.write(b"x" * 100_000)
        raise end
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_readers_see_the_old_content_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    with replacing(path) as out:
        out.write(b"after")
        out.flush()
        assert path.read_text(encoding="utf-8") == "before"
    assert path.read_text(encoding="utf-8") == "after"


def test_a_full_disk_is_an_error_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    monkeypatch.setattr(os, "fdopen", lambda descriptor, mode: (os.close(descriptor), full.open(mode))[1])
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, "after")
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX's")
def test_a_named_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace_file(pipe, "x")
        assert os.read(reader, 10) == b"x"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
