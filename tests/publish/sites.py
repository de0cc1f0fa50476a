"""Sites to look at: the packaged data published once a process, and small ones of the test's own."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rte_graph.loading import packaged_store
from rte_graph.publish.config import read_config
from rte_graph.publish.model import Site
from rte_graph.publish.site import build_site
from rte_graph.publish.write import write_site
from rte_graph.sparql.library import working_library
from rte_graph.store import Store

ADDRESS = "https://example.org/graphe"


def site_of(store: Store, **settings: object) -> Site:
    """The site of a store, with settings of ``[publish]``."""
    table = {"base-url": ADDRESS, **{name.replace("_", "-"): value for name, value in settings.items()}}
    return build_site(store, working_library(), read_config(table))


@functools.cache
def packaged_site(mint: bool = False) -> Site:
    """The site of the packaged data."""
    return site_of(
        packaged_store(), publisher="Observatoire", contact="mailto:contact@example.org", mint=mint
    )


@functools.cache
def published(mint: bool = False, sections: tuple[str, ...] = ("assets", "catalogue")) -> Path:
    """A folder with some sections of the packaged data, written once."""
    return written(packaged_site(mint), sections)


def written(site: Site, sections: Sequence[str]) -> Path:
    """A new folder with some sections of a site."""
    folder = Path(tempfile.mkdtemp(prefix="rte-graph-test-site-")) / "site"
    write_site(site, folder, sections=sections)
    return folder
