from __future__ import annotations

import pytest

from rte_graph import resources
from rte_graph.namespaces import PREFIXES, SCHEMES, shorten, split_iri


def test_no_prefix_and_no_namespace_stands_twice() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_every_packaged_scheme_has_a_prefix_and_every_prefix_a_scheme() -> None:
    files = {path.stem for path in (resources.ontology_folder() / "vocab").glob("*.ttl")}
    assert files <= set(SCHEMES), "add the scheme to namespaces.SCHEMES"
    assert set(SCHEMES) <= files, "a scheme without a file"


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://w3id.org/rte/ontology#Alliance", "rte:Alliance"),
        ("https://w3id.org/rte/vocab/alliance-form", "scheme:alliance-form"),
        ("https://w3id.org/rte/vocab/alliance-form/network", "alliance-form:network"),
        ("https://w3id.org/rte/id/territory/commune-54395", "territory:commune-54395"),
        ("https://w3id.org/rte/vocab/no-such-scheme/x", "https://w3id.org/rte/vocab/no-such-scheme/x"),
        ("https://w3id.org/rte/ontology", "https://w3id.org/rte/ontology"),
        ("http://example.org/x", "http://example.org/x"),
    ],
)
def test_an_iri_is_shortened_with_the_nearest_prefix(iri: str, short: str) -> None:
    assert shorten(iri) == short


def test_a_namespace_alone_is_not_split() -> None:
    assert split_iri("https://w3id.org/rte/ontology#") is None


def test_the_packaged_folders_are_found() -> None:
    assert (resources.ontology_folder() / "rte.ttl").is_file()
    assert resources.data_files()
    assert resources.shape_files()
    assert resources.assets_folder().is_dir()
    assert resources.queries_folder().is_dir()
