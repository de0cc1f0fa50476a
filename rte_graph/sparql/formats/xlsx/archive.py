"""Zip files without a clock: the same parts give the same bytes."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipInfo

_EARLIEST = 315_532_800
"""Midnight of 1 January 1980, before which zip has no dates."""


def moment() -> datetime | None:
    """Return the moment that ``SOURCE_DATE_EPOCH`` names, if it does; no other is written."""
    written = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (written.isascii() and written.isdigit()):
        return None
    return datetime.fromtimestamp(min(max(int(written), _EARLIEST), 4_102_444_800), UTC).replace(tzinfo=None)


def entry(name: str) -> ZipInfo:
    """Return the entry of a part, with a date that does not depend on when it is written."""
    made = ZipInfo(name, (moment() or datetime(1980, 1, 1)).timetuple()[:6])
    made.compress_type = ZIP_DEFLATED
    made.create_system = 3
    made.external_attr = 0o644 << 16
    return made
