"""``python -m rte_graph.rdf_io --check|--write FILES…``: are Turtle files canonical? make them so."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rte_graph.errors import RteError
from rte_graph.files import replace_file
from rte_graph.rdf_io.canonical import canonical_text, check_canonical


def main(arguments: Sequence[str] | None = None) -> int:
    """Check (exit 1 when a file differs) or rewrite the files named; folders are searched for .ttl."""
    parser = argparse.ArgumentParser(prog="python -m rte_graph.rdf_io", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="name the files that are not canonical")
    what.add_argument("--write", action="store_true", help="rewrite them")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    differing = 0
    try:
        for path in _turtle_files(options.files):
            line = check_canonical(path)
            if line is None:
                continue
            differing += 1
            print(f"{path}:{line}: {'rewritten' if options.write else 'not canonical from this line on'}")
            if options.write:
                replace_file(path, canonical_text(path))
    except RteError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 1 if differing and options.check else 0


def _turtle_files(paths: Sequence[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.rglob("*.ttl")) if path.is_dir() else [path])]


if __name__ == "__main__":
    sys.exit(main())
