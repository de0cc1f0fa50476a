"""Servers on loopback: a port that is free, and waiting until something listens there."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time

PATIENCE = 30.0
"""Seconds until a server that does not answer counts as not started."""


def free_port() -> int:
    """A port that nothing listens to."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the process listens; False if it ended or took too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            # Nothing announces that a port is open: asking again is the only way to know.
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.02)
        else:
            return True
    return False
