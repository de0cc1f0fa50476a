from __future__ import annotations

import pytest

from rte_graph import settings
from rte_graph.errors import InvalidParameter


@pytest.mark.parametrize("setting", settings.SETTINGS, ids=lambda s: s.name)
def test_every_setting_has_an_accessor_and_a_sentence_in_both_languages(
    setting: settings.Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(setting.variable, raising=False)
    assert getattr(settings, setting.name)() == setting.default
    assert setting.fr.endswith(".")
    assert setting.en.endswith(".")


def test_the_environment_overrides_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_NESTING", "7")
    assert settings.max_nesting() == 7


@pytest.mark.parametrize("written", ["", "abc", "-1", "0", "1.5", "²", "1e3"])
def test_a_value_that_is_no_positive_whole_number_is_refused_by_name(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_NESTING", written)
    with pytest.raises(InvalidParameter, match="RTE_GRAPH_MAX_NESTING"):
        settings.max_nesting()
