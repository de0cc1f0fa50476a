"""An ``rte.toml`` that came with a folder cannot have the user's credentials sent to its author."""

from __future__ import annotations

from pathlib import Path

import pytest

from rte_graph.loading import store_from
from tests.store.hostile_server import YES, endpoint, saying


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RTE_GRAPH_ENDPOINT_TOKEN", "s3cret")
    monkeypatch.chdir(tmp_path)


def name_store(url: str) -> None:
    Path("rte.toml").write_text(f'store = "{url}"\n', encoding="utf-8")


def test_credentials_are_not_sent_where_only_rte_toml_says() -> None:
    with endpoint(saying(YES)) as server:
        name_store(server.url)
        assert store_from(None).ask("ASK {}") is True
        assert "authorization" not in server.asked[0].headers


def test_credentials_are_sent_where_the_user_says_on_the_command_line() -> None:
    with endpoint(saying(YES)) as server:
        name_store(server.url)
        assert store_from(server.url).ask("ASK {}") is True
        assert server.asked[0].headers["authorization"] == "Bearer s3cret"


@pytest.mark.parametrize(("origin", "sent"), [("{url}", True), ("https://elsewhere.example", False)])
def test_credentials_are_sent_where_the_environment_allows_it(
    monkeypatch: pytest.MonkeyPatch, origin: str, sent: bool
) -> None:
    with endpoint(saying(YES)) as server:
        name_store(server.url)
        monkeypatch.setenv("RTE_GRAPH_ENDPOINT_ORIGIN", origin.format(url=server.url))
        assert store_from(None).ask("ASK {}") is True
        assert ("authorization" in server.asked[0].headers) is sent
