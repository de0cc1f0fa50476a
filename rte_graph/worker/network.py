"""Take the network from a process that must still open files (Linux, without any privilege).

A store on disk opens its files as a query needs them, so the child that reads it cannot be forbidden every
descriptor; it is forbidden the system call that makes a socket. This answers « permission denied » from then
on, to all threads and for good.
"""

from __future__ import annotations

import errno
import platform
import struct
import sys
from typing import NamedTuple


class _Machine(NamedTuple):
    """Numbers of one processor family: linux/audit.h, and asm/unistd.h."""

    audit: int
    socket: int
    seccomp: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 41, 317),
    "aarch64": _Machine(0xC00000B7, 198, 277),
    "riscv64": _Machine(0xC00000F3, 198, 277),
}

# linux/prctl.h, linux/seccomp.h
_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER, _ALL_THREADS = 1, 1
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
# linux/bpf_common.h: load a word, jump if equal, return.
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4


def cut_network() -> bool:
    """Forbid sockets to this process from now on; False where that cannot be done (macOS, rare machines)."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return False
    import ctypes

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]

    system = ctypes.CDLL(None, use_errno=True)
    steps = _steps(machine)
    program = Program(len(steps) // 8, steps)
    if system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    done = system.syscall(machine.seccomp, _SET_MODE_FILTER, _ALL_THREADS, ctypes.byref(program))
    return bool(done == 0)


def _steps(machine: _Machine) -> bytes:
    """Return the filter: calls of this machine's socket() fail, everything else goes on."""
    steps = (
        (_LOAD, 0, 0, _MACHINE_AT),
        (_JUMP_EQUAL, 0, 3, machine.audit),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_EQUAL, 0, 1, machine.socket),
        (_RETURN, 0, 0, _ERRNO | errno.EACCES),
        (_RETURN, 0, 0, _ALLOW),
    )
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
