"""Write docs/analysis.fr.md and docs/analysis.en.md: ``python scripts/make_analysis.py``.

The texts stand in scripts/analysis/. A ``{{key}}`` in them is a figure of scripts/analysis_figures.py; a
``console`` block shows what its command gives (``<!-- lines: A … B -->`` before it keeps those from the first
that begins with A to the next that begins with B); a ``pycon`` block is run line by line; pictures are drawn.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from rte_graph.network.wording import NBSP
from rte_graph.typography import french

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "scripts" / "analysis"
DOCS = ROOT / "docs"
LANGUAGES = ("fr", "en")
CONSOLE = re.compile(r"(?:<!-- lines: (.*?) … (.*?) -->\n)?```console\n\$ (.*?)\n```\n", re.DOTALL)
PYTHON = re.compile(r"```pycon\n(.*?)```\n", re.DOTALL)
# Code, comments and links: what is not prose.
CODE = re.compile(r"(```.*?```|`[^`\n]*`|<!--.*?-->|\]\([^)]*\)|<https?:[^>]*>)", re.DOTALL)
KEY = re.compile(r"\{\{(\w+)\}\}")
NOTE = "<!-- python scripts/make_analysis.py writes this page from {source}: correct it there. -->\n\n"
FOLDED = "[…]"


def template(lang: str) -> Path:
    """Return where the text of a language stands."""
    return TEXTS / f"analysis.{lang}.md"


def rendered(lang: str, figures: dict[str, str]) -> str:
    """Return the page of a language: figures, commands with their output, Python with its output."""
    path = template(lang)
    page = KEY.sub(lambda found: figures[found.group(1)], path.read_text(encoding="utf-8"))
    if lang == "fr":
        page = "".join(part if i % 2 else french(part) for i, part in enumerate(CODE.split(page)))
    page = CONSOLE.sub(_console, page)
    names: dict[str, Any] = {}
    page = PYTHON.sub(lambda found: f"```pycon\n{_played(found.group(1), names)}```\n", page)
    return NOTE.format(source=path.relative_to(ROOT).as_posix()) + page


def pictures(lang: str) -> dict[str, str]:
    """Return the SVG pictures of a language by file name."""
    from analysis_figures import sheets

    import rte_graph

    with rte_graph.open(lang=lang) as graph:
        return {
            f"analysis-alliances.{lang}.svg": graph.network("alliance-memberships").draw("svg").content,
            f"analysis-sheets.{lang}.svg": sheets(graph, "instance").without("MGEN").draw("svg").content,
        }


def _console(found: re.Match[str]) -> str:
    first, last, command = found.groups()
    run = [sys.executable, "-m", "rte_graph.cli", *shlex.split(command)[1:]]
    terminal = {**os.environ, "COLUMNS": "100", "LINES": "40"}
    done = subprocess.run(
        run, cwd=TEXTS, env=terminal, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr}")
    lines = [line.rstrip() for line in done.stdout.strip("\n").splitlines()]
    shown = "\n".join(_between(lines, first, last) if first else lines)
    return f"```console\n$ {command}\n{shown}\n```\n"


def _between(lines: list[str], first: str, last: str) -> list[str]:
    plain = [line.replace(NBSP, " ") for line in lines]
    start = next((i for i, line in enumerate(plain) if line.startswith(first)), None)
    end = next((i for i, line in enumerate(plain) if i >= (start or 0) and line.startswith(last)), None)
    if start is None or end is None:
        raise RuntimeError(f"The output has no line from “{first}” to “{last}”:\n" + "\n".join(lines))
    before, after = [FOLDED] * (start > 0), [FOLDED] * (end < len(lines) - 1)
    return [*before, *lines[start : end + 1], *after]


def _played(block: str, names: dict[str, Any]) -> str:
    parts = []
    for example in doctest.DocTestParser().get_examples(block):
        said = io.StringIO()
        with redirect_stdout(said):
            exec(compile(example.source, "<analysis>", "single"), names)
        typed = example.source.rstrip("\n").split("\n")
        parts += [f">>> {typed[0]}", *(f"... {line}".rstrip() for line in typed[1:])]
        parts += said.getvalue().rstrip("\n").split("\n") if said.getvalue() else []
    return "\n".join(parts) + "\n"


def main() -> None:
    """Write the pages and the pictures."""
    from analysis_figures import figures

    found = figures()
    for lang in LANGUAGES:
        page = rendered(lang, found.written(lang))
        (DOCS / f"analysis.{lang}.md").write_text(page, encoding="utf-8", newline="\n")
        for name, picture in pictures(lang).items():
            (DOCS / "images" / name).write_text(picture, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
