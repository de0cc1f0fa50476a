"""Pictures, pages and files made from networks; nothing here reads the store."""

from __future__ import annotations
