"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def replace_file(path: Path, content: str | bytes) -> None:
    """Give a file a content in one step, so that nobody ever reads half of it.

    Parameters
    ----------
    path : path
        The file; its folder must exist. A link is followed; a device or a pipe is written to.
    content : str or bytes
        The whole content; a text is written in UTF-8, its line ends as they are.

    Raises
    ------
    OSError
        The folder does not exist or cannot be written to; the file is then as it was.
    """
    with replacing(path) as out:
        out.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes become the file's content at the end, in one step, if nothing goes wrong.

    Whatever ends the block early, an interruption too, leaves the file as it was and nothing beside it. The
    bytes are not forced to the disk: what this writes can be made again.

    Parameters
    ----------
    path : path
        The file; its folder must exist. A link is followed; a device or a pipe is written to directly.

    Raises
    ------
    OSError
        The folder does not exist, cannot be written to, or is full.
    """
    path = path.resolve()
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as handle:  # /dev/null must stay what it is
            yield handle
        return
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".rte-graph-")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            yield handle
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Return the rights that the file has, or would have got from open(): mkstemp makes it private."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
