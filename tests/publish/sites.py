"""Sites to look at: the packaged data published once a process, and small ones of the test's own."""

from __future__ import annotations

import atexit
import functools
import shutil
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
CATALOGUE = ("assets", "catalogue", "sitemap")


def site_of(store: Store, **settings: object) -> Site:
    """The site of a store, with settings of ``[publish]``."""
    table = {"base-url": ADDRESS, **{name.replace("_", "-"): value for name, value in settings.items()}}
    return build_site(store, working_library(), read_config(table))


def packaged_site(mint: bool = False) -> Site:
    """The site of the packaged data, the same each time."""
    return _packaged_site(mint)


@functools.cache
def _packaged_site(mint: bool) -> Site:
    return site_of(
        packaged_store(), publisher="Observatoire", contact="mailto:contact@example.org", mint=mint
    )


def published(mint: bool = False) -> Path:
    """A folder with the catalogue of the packaged data, written once a process."""
    return _published(mint)


@functools.cache
def _published(mint: bool) -> Path:
    return written(packaged_site(mint), CATALOGUE)


def written(site: Site, sections: Sequence[str]) -> Path:
    """A new folder with some sections of a site."""
    home = tempfile.mkdtemp(prefix="rte-graph-test-site-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    folder = Path(home) / "site"
    write_site(site, folder, sections=sections)
    return folder
