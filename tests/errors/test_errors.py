from __future__ import annotations

import pytest

from rte_graph import errors

EXIT_CODES = {
    "RteError": 70,
    "UsageError": 2,
    "UnknownName": 2,
    "AmbiguousName": 2,
    "MissingParameter": 2,
    "InvalidParameter": 2,
    "UnknownQuery": 2,
    "RefusedQuery": 2,
    "NotConforming": 1,
    "UnreadableData": 65,
    "UnreadableQuery": 65,
    "StoreUnavailable": 69,
    "StoreLocked": 69,
    "StoreDamaged": 69,
    "StoreFull": 69,
    "EndpointError": 69,
    "LimitReached": 75,
    "TimeLimit": 75,
    "MemoryLimit": 75,
    "SizeLimit": 75,
    "NestingLimit": 75,
    "InternalError": 70,
}
CLASSES = [
    value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)
]


def test_every_error_has_the_exit_code_that_the_manual_gives() -> None:
    assert {cls.__name__: cls.exit_code for cls in CLASSES} == EXIT_CODES


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_speaks_french_and_english(cls: type[errors.RteError]) -> None:
    error = cls(fr="Réessayez.", en="Try again.")
    assert error.message("fr") == "Réessayez."
    assert error.message("en") == "Try again."
    assert error.message("de") == "Réessayez."
    assert str(error) == "Try again."
    assert cls.title
    assert cls.title_fr
    assert 400 <= cls.http_status < 600


def test_an_error_of_non_conformity_carries_its_report() -> None:
    report = object()
    assert errors.NotConforming(fr="a", en="b", report=report).report is report
