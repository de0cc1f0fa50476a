"""Exchange with the vocabularies of others: ORG, schema.org, ESSGlobal, PAIR."""

from __future__ import annotations
