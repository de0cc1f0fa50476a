"""Console blocks of the README and the tour, what is typed and what is shown; run this file to renew them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PAGES = (README, ROOT / "docs" / "tour.md")
BLOCK = re.compile(r"```console\n(.*?)```\n", re.DOTALL)
FOLDED = "[…]"
LONGEST = 34


def commands(block: str) -> list[str]:
    """Lines typed in a block."""
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def played(block: str, folder: Path) -> str:
    """The block with the output that the commands give now, long ones folded."""
    parts = []
    for command in commands(block):
        words = shlex.split(command)
        run = [sys.executable, "-m", "rte_graph.cli", *words[1:]]
        # Renewed from a wide terminal, the page must be the same.
        terminal = {**os.environ, "COLUMNS": "100", "LINES": "40"}
        done = subprocess.run(
            run, cwd=folder, env=terminal, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if done.returncode:
            raise AssertionError(f"{command}: {done.stderr}")
        lines = [line.rstrip() for line in done.stdout.splitlines()]
        if len(lines) > LONGEST:
            lines = [*lines[: LONGEST - 1], FOLDED]
        parts.append("\n".join([f"$ {command}", *lines]).rstrip())
    return "\n\n".join(parts) + "\n"


def renewed(text: str) -> str:
    """A page with each console block played anew, all in one empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        return BLOCK.sub(lambda found: f"```console\n{played(found.group(1), Path(folder))}```\n", text)


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
