"""Real interactive shells on a terminal of their own, to press the tab key in."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
# Control-G writes the line as it then stands between « << » and « >> » (quoted apart here, so that the
# echo of these lines is not taken for it).
SETUP = {
    "bash": r"""
bind 'set page-completions off'
bind 'set completion-query-items 0'
bind 'set enable-bracketed-paste off'
eval "$(rte-graph completion bash)"
dump() { printf '\n<''<%s>''>\n' "$READLINE_LINE"; }
bind -x '"\C-g": dump'
echo rea''dy
""",
    "zsh": r"""
unset zle_bracketed_paste; LISTMAX=10000
autoload -Uz compinit; compinit -u -D
eval "$(rte-graph completion zsh)"
dump() { print -r -- $'\n'"<""<$BUFFER>"">" }; zle -N dump; bindkey '^G' dump
echo rea""dy
""",
    "fish": r"""
rte-graph completion fish | source
function dump; echo; echo "<""<"(commandline)">"">"; end
bind \cg dump
echo rea""dy
""",
}
PATIENCE = 60


def missing(shell: str) -> str:
    """Why a shell cannot be tried here; empty when it can."""
    if sys.platform == "win32":
        return "needs a pseudo-terminal (POSIX)"
    return "" if shutil.which(shell) else f"{shell} is not installed"


class Shell:
    """An interactive shell that has read our script."""

    def __init__(self, name: str, folder: Path) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self._terminal, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        kept = {key: value for key, value in os.environ.items() if not key.startswith("_RTE")}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        patience = {"RTE_GRAPH_MAX_COMPLETION_SECONDS": str(PATIENCE)}
        here = {"HOME": str(folder), "PATH": path, "TERM": "xterm", "LC_ALL": "C.UTF-8", "PS1": "$ "}
        self._process = subprocess.Popen(
            START[name],
            stdin=side,
            stdout=side,
            stderr=side,
            cwd=folder,
            env={**kept, **here, **patience},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(side)
        self._seen = b""
        self._send(SETUP[name].lstrip())
        self._until("ready")

    def press_tab(self, line: str, times: int = 1) -> tuple[str, str]:
        """Type a line, press tab, and return the line as it then stands and what was shown on the way."""
        self._send(f"\x15{line}" + "\t" * times + "\x07")
        shown = self._until("<<")
        return self._until(">>"), shown

    def close(self) -> None:
        """End the shell."""
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)

    def _send(self, text: str) -> None:
        os.write(self._terminal, text.encode())

    def _until(self, marker: str) -> str:
        end = time.monotonic() + PATIENCE
        while marker.encode() not in self._seen:
            ready, _, _ = select.select([self._terminal], [], [], max(0.0, end - time.monotonic()))
            with contextlib.suppress(OSError):
                piece = os.read(self._terminal, 65536) if ready else b""
                if piece:
                    self._seen += piece
                    continue
            raise AssertionError(f"no “{marker}” came: {self._seen[-2000:]!r}")
        before, _, self._seen = self._seen.partition(marker.encode())
        return before.decode(errors="replace")
