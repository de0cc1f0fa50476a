from __future__ import annotations

import pytest


@pytest.fixture
def conforming() -> str:
    """The body of a file that fits the real ontology: one territory."""
    return (
        "@prefix territory: <https://w3id.org/rte/id/territory/> .\n"
        'territory:whole a rte:Territory ; skos:prefLabel "France"@fr ;\n'
        "    rte:kind <https://w3id.org/rte/vocab/territory-kind/country> .\n"
    )
