"""Fetch the vendored web assets again from their npm packages and rewrite MANIFEST.json.

The built files are committed, so that ``make run``, ``make test`` and the wheel need no npm.
Run this by hand, where npm is installed, when a version changes::

    .venv/bin/python scripts/renew_assets.py            # the versions in MANIFEST.json
    .venv/bin/python scripts/renew_assets.py --check    # only compare the committed files with their hashes
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).resolve().parent.parent / "rte_graph" / "assets"
MANIFEST = ASSETS / "MANIFEST.json"


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch_package(name: str, version: str, folder: Path) -> Path:
    """Download one npm package and unpack it; npm checks the registry's integrity hash itself."""
    command = ["npm", "pack", "--silent", f"{name}@{version}"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    archive = folder / done.stdout.strip().splitlines()[-1]
    with tarfile.open(archive) as bundle:
        bundle.extractall(folder, filter="data")
    return folder / "package"


def renew(entry: dict[str, Any]) -> None:
    """Copy each file of one manifest entry out of its package and note its hash."""
    with tempfile.TemporaryDirectory() as temporary:
        package = fetch_package(entry["package"], entry["version"], Path(temporary))
        for item in entry["files"]:
            target = ASSETS / item["file"]
            target.write_bytes((package / item["from"]).read_bytes())
            item["sha256"] = sha256(target)


def main() -> int:
    """Renew or check all vendored files; the exit code is 1 when a committed file was changed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare hashes")
    check_only = parser.parse_args().check
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    wrong = []
    for entry in manifest["assets"]:
        if not check_only:
            renew(entry)
        wrong += [i["file"] for i in entry["files"] if sha256(ASSETS / i["file"]) != i["sha256"]]
    if not check_only:
        MANIFEST.write_text(
            json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n"
        )
    for name in wrong:
        print(f"{name} differs from its hash in MANIFEST.json: run scripts/renew_assets.py.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
