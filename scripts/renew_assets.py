"""Fetch the vendored web assets again from their npm packages and rewrite MANIFEST.json.

The built files are committed, so that ``make run``, ``make test`` and the wheel need no npm.
Run this by hand, where npm is installed, when a version changes::

    .venv/bin/python scripts/renew_assets.py            # the versions in MANIFEST.json
    .venv/bin/python scripts/renew_assets.py --check    # only compare the committed files with their hashes
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).resolve().parent.parent / "rte_graph" / "assets"
MANIFEST = ASSETS / "MANIFEST.json"
BUNDLE = Path(__file__).resolve().parent / "ask_bundle"
"""What the query page's bundles are made of; package-lock.json holds the versions of all their parts."""


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


def renew_all(entries: list[dict[str, Any]]) -> None:
    """Renew every entry: files of a package as they are, or bundles of several packages."""
    with tempfile.TemporaryDirectory() as temporary:
        if any(entry.get("bundle") for entry in entries):
            install(Path(temporary))
        for entry in entries:
            if entry.get("bundle"):
                renew_bundle(entry, Path(temporary))
            else:
                renew(entry)


def install(folder: Path) -> None:
    """Install the locked packages of the bundles into a temporary folder, without running their scripts."""
    for path in BUNDLE.iterdir():
        shutil.copy(path, folder)
    subprocess.run(["npm", "ci", "--silent", "--ignore-scripts"], cwd=folder, check=True)


def renew_bundle(entry: dict[str, Any], folder: Path) -> None:
    """Make each file of one bundled entry out of the installed packages and note its hash.

    A file is bundled (``entry``), compressed (``gzip``), joined from licences (``licences``: the names of
    packages) or, with none of these, written by hand.
    """
    for item in entry["files"]:
        target = ASSETS / item["file"]
        if "entry" in item:
            target.write_bytes(_bundled(folder, item["entry"]))
        elif "gzip" in item:
            raw = (folder / "node_modules" / item["gzip"]).read_bytes()
            target.write_bytes(gzip.compress(raw, compresslevel=9, mtime=0))
        elif "licences" in item:
            target.write_text(_licences(folder, item["licences"]), encoding="utf-8", newline="\n")
        item["sha256"] = sha256(target)


def _bundled(folder: Path, entry: str) -> bytes:
    command = ["./node_modules/.bin/esbuild", entry, "--bundle", "--minify", "--format=iife"]
    command += ["--target=es2020", "--legal-comments=none", "--log-level=error"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout


def _licences(folder: Path, packages: list[str]) -> str:
    """Return the licence texts of packages, each text once, under the names and versions that it covers."""
    texts: dict[str, list[str]] = {}
    for name in packages:
        home = folder / "node_modules" / name
        version = json.loads((home / "package.json").read_text(encoding="utf-8"))["version"]
        found = min(path for path in home.iterdir() if path.name.upper().startswith("LICEN"))
        text = found.read_text(encoding="utf-8").replace("\r\n", "\n").strip()
        texts.setdefault(text, []).append(f"{name} {version}")
    return "\n\n".join(f"{', '.join(names)}\n\n{text}" for text, names in texts.items()) + "\n"


def main() -> int:
    """Renew or check all vendored files; the exit code is 1 when a committed file was changed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare hashes")
    check_only = parser.parse_args().check
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    wrong = []
    if not check_only:
        renew_all(manifest["assets"])
    for entry in manifest["assets"]:
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
