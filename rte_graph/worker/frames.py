"""How the two sides write to each other: one letter, the length, the content."""

from __future__ import annotations

import struct
from typing import NamedTuple

# To the child: a request (JSON), data, the end of the data.
# To the parent: a header (JSON), data, the end (JSON); or an error, or a failure (both JSON).
REQUEST, HEADER, DATA, END, ERROR, FAILURE = b"R", b"H", b"D", b"E", b"X", b"F"

HEAD = struct.Struct("!cI")
# Larger contents are cut into several frames by the sender: nobody has to hold more than this at once.
LARGEST = 1 << 20


class Frame(NamedTuple):
    """One message."""

    kind: bytes
    content: bytes


def framed(kind: bytes, content: bytes) -> bytes:
    """Return a frame as it travels."""
    return HEAD.pack(kind, len(content)) + content


class Inbox:
    """Collects what arrives in pieces and gives it back frame by frame."""

    def __init__(self) -> None:
        self._held = bytearray()

    def put(self, piece: bytes) -> None:
        """Add what was read."""
        self._held += piece

    def take(self) -> Frame | None:
        """Return the next frame, or None when it is not yet complete."""
        if len(self._held) < HEAD.size:
            return None
        kind, length = HEAD.unpack_from(self._held)
        end = HEAD.size + length
        if len(self._held) < end:
            return None
        content = bytes(memoryview(self._held)[HEAD.size : end])
        del self._held[:end]
        return Frame(kind, content)
