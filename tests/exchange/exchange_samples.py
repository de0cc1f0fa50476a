"""Where the made-up files stand."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"
SAMPLES = {
    "essglobal": DATA / "directory-essglobal.ttl",
    "pair": DATA / "server-pair.ttl",
    "schema": DATA / "page-schema.jsonld",
    "org": DATA / "register-org.ttl",
}
