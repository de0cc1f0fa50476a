"""What reading one file may cost, fixed before it is read."""

from __future__ import annotations

from dataclasses import dataclass

from rte_graph import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The settings in force for files that are not the package's; see ``docs/limits.md``."""

    file_bytes: int
    nesting: int
    triples: int
    seconds: int
    memory_bytes: int

    @classmethod
    def in_force(cls) -> Limits:
        """Read the settings, the environment's before the defaults."""
        return cls(
            file_bytes=settings.max_file_bytes(),
            nesting=settings.max_nesting(),
            triples=settings.max_triples(),
            seconds=settings.max_parse_seconds(),
            memory_bytes=settings.max_parse_memory_bytes(),
        )
