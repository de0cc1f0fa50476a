"""File names that Linux, macOS or Windows would not take, or take for one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rte_graph.publish.faults import Fault, fault
from rte_graph.publish.model import DEVICES

LONGEST_NAME = 230
"""Bytes of a file name: file systems take 255, hosts add to it."""
LONGEST_PATH = 240
"""Characters of a path in the site: Windows takes 260 with the folder that it is in."""
PLAIN_NAME = re.compile(r"[A-Za-z0-9._~-]+\Z")


def name_faults(paths: Iterable[str]) -> Iterator[Fault]:
    """Yield what is wrong with the names of files, each with its reason."""
    folded: dict[str, str] = {}
    for path in paths:
        yield from _of_path(path)
        other = folded.setdefault(path.casefold(), path)
        if other != path:
            yield fault(
                "names",
                fr=f"{path} et {other} sont un même fichier sur macOS et Windows.",
                en=f"{path} and {other} are one file on macOS and Windows.",
            )


def _of_path(path: str) -> Iterator[Fault]:
    if len(path) > LONGEST_PATH:
        yield _bad(
            path,
            fr=f"a {len(path)} caractères, Windows en refuse plus de {LONGEST_PATH}",
            en=f"has {len(path)} characters, Windows refuses more than {LONGEST_PATH}",
        )
    for part in path.split("/"):
        if DEVICES.match(part):
            yield _bad(path, fr=f"a le nom d’un appareil de Windows, {part}",
                       en=f"has the name of a device of Windows, {part}")  # fmt: skip
        elif part.endswith((".", " ")):
            yield _bad(path, fr="finit par un point ou une espace, que Windows ôte",
                       en="ends in a dot or a space, which Windows takes away")  # fmt: skip
        elif not PLAIN_NAME.match(part):
            odd = "".join(sorted(set(re.sub(r"[A-Za-z0-9._~-]", "", part))))
            yield _bad(path, fr=f"a des caractères que tous les systèmes ne prennent pas ({odd})",
                       en=f"has characters that not every system takes ({odd})")  # fmt: skip
        elif len(part) > LONGEST_NAME:
            yield _bad(path, fr=f"a un nom de plus de {LONGEST_NAME} octets",
                       en=f"has a name of more than {LONGEST_NAME} bytes")  # fmt: skip


def _bad(path: str, fr: str, en: str) -> Fault:
    return fault("names", fr=f"Le fichier {path} {fr}.", en=f"The file {path} {en}.")
