"""Open a file once, see that it is a text of a kind that is read here, and look at its bytes.

Everything after works on the same bytes: what was checked is what is parsed, however the name is moved.
"""

from __future__ import annotations

import errno
import mmap
import os
import re
import stat
from codecs import utf_8_decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

from rte_graph.rdf_io import refusals

FORMATS: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
_XML_SUFFIXES = (".rdf", ".owl", ".xml", ".rdfs", ".trix")
_PACKED_SUFFIXES = {
    ".gz": "gzip",
    ".zip": "zip",
    ".xz": "xz",
    ".bz2": "bzip2",
    ".zst": "zstd",
    ".7z": "7-Zip",
}

# First bytes, as file(1) knows them.
_PACKED = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"\x04\x22\x4d\x18": "lz4",
    b"\x1f\x9d": "compress",
    b"Rar!": "rar",
}
_OTHER = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"SQLite format 3": "SQLite",
    b"\xd0\xcf\x11\xe0": "Microsoft Office",
    b"\x7fELF": "ELF",
}
# A tag with an attribute: no IRI of Turtle may hold a blank.
_XML = re.compile(
    rb"\s*<(?:\?xml|!DOCTYPE|!ENTITY|!--|[A-Za-z_][\w.:-]*\s+[A-Za-z_][\w.:-]*\s*=)", re.IGNORECASE
)
_MARK = b"\xef\xbb\xbf"
_WINDOW = 1 << 20

Content = mmap.mmap | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that is open: its name as the user wrote it, its format, its bytes.

    Attributes
    ----------
    start : int
        Where the text begins, after a byte order mark.
    """

    path: Path
    form: RdfFormat
    content: Content
    start: int
    descriptor: int
    state: tuple[int, int]

    def check_unchanged(self) -> None:
        """Raise when the file was written to since it was opened."""
        if _state(os.fstat(self.descriptor)) != self.state:
            raise refusals.changed(self.path)

    def line_at(self, position: int) -> int:
        """Return the line (from 1) on which a byte stands."""
        lines = 1
        for begin in range(0, position, _WINDOW):
            lines += self.content[begin : min(begin + _WINDOW, position)].count(b"\n")
        return lines

    def line(self, number: int) -> str:
        """Return a line's beginning, for an error message; empty when there is none."""
        begin = self.start
        for _ in range(number - 1):
            begin = self.content.find(b"\n", begin) + 1
            if begin == 0:
                return ""
        end = self.content.find(b"\n", begin, begin + 1000)
        raw = self.content[begin : end if end >= 0 else begin + 1000]
        return raw.decode(errors="ignore")


def form_of(path: Path) -> RdfFormat:
    """Return the format that a file's name announces, or raise."""
    suffix = path.suffix.lower()
    if suffix in FORMATS:
        return FORMATS[suffix]
    if not path.exists():
        raise refusals.missing(path)
    if suffix in _PACKED_SUFFIXES:
        raise refusals.compressed(path, _PACKED_SUFFIXES[suffix])
    raise refusals.xml(path) if suffix in _XML_SUFFIXES else refusals.unknown_format(path)


@contextmanager
def opened(path: Path, *, shown: Path | None = None, most: int | None = None) -> Iterator[Source]:
    """Open a file of known suffix for reading.

    Parameters
    ----------
    path, shown : path
        Where it is, and how messages call it.
    most : int, optional
        Largest size in bytes.

    Raises
    ------
    UnknownName, UnreadableData, SizeLimit
        No such file; no ordinary file, not readable, not text of these formats; too large.
    """
    shown = shown or path
    form = form_of(shown)
    try:
        descriptor = _open(path, shown)
    except FileNotFoundError:
        raise refusals.missing(shown) from None
    except OSError as error:
        raise refusals.unopenable(shown, error) from error
    try:
        found = os.fstat(descriptor)
        if most is not None and found.st_size > most:
            raise refusals.too_large(shown, found.st_size, most)
        content = _content(descriptor, found.st_size, shown)
        try:
            check_kind(shown, bytes(content[:1000]))
            yield Source(
                path=shown,
                form=form,
                content=content,
                start=len(_MARK) if content[: len(_MARK)] == _MARK else 0,
                descriptor=descriptor,
                state=_state(found),
            )
        finally:
            if isinstance(content, mmap.mmap):
                # An error on its way up may still hold a part of it; it goes with the error.
                with suppress(BufferError):
                    content.close()
    finally:
        os.close(descriptor)


def _open(path: Path, shown: Path) -> int:
    """Open an ordinary file; what may never end is not even opened."""
    _check_ordinary(path.stat(), shown)
    # Should a pipe have taken its place meanwhile: do not wait for its other end.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        _check_ordinary(os.fstat(descriptor), shown)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _check_ordinary(found: os.stat_result, shown: Path) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, str(shown))
    if not stat.S_ISREG(found.st_mode):
        raise refusals.not_a_file(shown)


def _content(descriptor: int, size: int, shown: Path) -> Content:
    if size == 0:
        return b""  # which cannot be mapped; nor do the system's endless files have a size
    try:
        return mmap.mmap(descriptor, size, access=mmap.ACCESS_READ)
    except OSError as error:
        raise refusals.unopenable(shown, error) from error


def _state(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def check_kind(path: Path, head: bytes) -> None:
    """Raise when the first bytes are those of an archive, of XML, or of another known kind."""
    for magic, form in _PACKED.items():
        if head.startswith(magic):
            raise refusals.compressed(path, form)
    for magic, form in _OTHER.items():
        if head.startswith(magic):
            raise refusals.not_text(path, form)
    if _XML.match(head.removeprefix(_MARK)):
        raise refusals.xml(path)


def check_text(source: Source) -> None:
    """Raise when the file is not UTF-8."""
    position, size = source.start, len(source.content)
    while position < size:
        window = source.content[position : position + _WINDOW]
        last = position + len(window) >= size
        try:
            used = utf_8_decode(window, "strict", last)[1]
        except UnicodeDecodeError as error:
            raise refusals.not_utf8(source.path, source.line_at(position + error.start)) from error
        position += used
