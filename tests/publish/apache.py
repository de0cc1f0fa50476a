"""A real Apache on this machine, for one folder."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import answers, free_port

MODULES = Path("/usr/lib/apache2/modules")
NEEDED = (
    "mpm_event",
    "authz_core",
    "mime",
    "dir",
    "rewrite",
    "headers",
    "env",
    "setenvif",
    "alias",
)
BUILT_IN_OR_NOT = ("unixd", "log_config")
"""Modules that some systems build into the server."""
CONFIGURATION = """
ServerRoot "{folder}"
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile "{folder}/pid"
DefaultRuntimeDir "{folder}"
ErrorLog "{folder}/errors"
{modules}
{user}
TypesConfig /dev/null
AllowEncodedSlashes NoDecode
DirectoryIndex index.html
DocumentRoot "{folder}/www"
<Directory "{folder}/www">
  AllowOverride {allowed}
  Options FollowSymLinks
  Require all granted
</Directory>
"""


def program() -> str | None:
    """Return the server's program, if it is installed with its modules."""
    if not all((MODULES / f"mod_{name}.so").is_file() for name in NEEDED):
        return None
    return shutil.which("apache2", path="/usr/sbin:/usr/bin:/usr/local/sbin")


@contextlib.contextmanager
def serving(folders: dict[str, Path], allowed: str = "FileInfo") -> Iterator[str]:
    """Serve copies of folders, each under its name, and give the address; skips where there is no Apache."""
    found = program()
    if found is None:
        pytest.skip("Apache is not installed: apt-get install apache2 runs this test")
    with tempfile.TemporaryDirectory(prefix="rte-graph-apache-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server's children are another user
        (folder / "www").mkdir()
        for inner, source in folders.items():
            shutil.copytree(source, folder / "www" / inner, dirs_exist_ok=True)
            (folder / "www" / inner).chmod(0o755)
        process, port = _started(found, folder, allowed)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def _started(found: str, folder: Path, allowed: str) -> tuple[subprocess.Popen[bytes], int]:
    for _ in range(5):
        port = free_port()
        names = [*NEEDED, *(each for each in BUILT_IN_OR_NOT if (MODULES / f"mod_{each}.so").is_file())]
        loaded = "\n".join(f'LoadModule {name}_module "{MODULES}/mod_{name}.so"' for name in names)
        text = CONFIGURATION.format(
            folder=folder, port=port, modules=loaded, user="User nobody\nGroup nogroup", allowed=allowed
        )
        (folder / "conf").write_text(text, encoding="utf-8")
        process = subprocess.Popen(
            [found, "-f", str(folder / "conf"), "-DFOREGROUND"],
            stdout=subprocess.DEVNULL,
            stderr=(folder / "said").open("wb"),
        )
        if answers(process, port):
            return process, port
        process.kill()
        process.wait()
    said = (folder / "said").read_text(errors="replace") + (folder / "errors").read_text(errors="replace")
    raise AssertionError(f"Apache does not start: {said}")
