"""Read the blind codings of the initiatives, settle them and measure how far they agree.

The rules that the files must keep are those of docs/codebook.md. ``make_codings.py`` writes what follows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path

DIMENSIONS = (
    "response-to-needs",
    "local-cooperation",
    "environmental-impact",
    "territorial-public-action",
    "citizen-engagement",
)
ASPECTS = ("lever", "impact")
CODERS = ("coder-a", "coder-b")
LONGEST = 15
NOTHING = "-"

Lines = tuple[int, int]
Decision = tuple[str, str, str]  # initiative, dimension, aspect
Coding = dict[Decision, tuple[Lines, ...]]


class CodingError(ValueError):
    """A file of codings breaks a rule of the codebook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One printed sheet: a unit has one or two."""

    initiative: str
    body: Lines
    title: Lines
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code that remains: who had coded it blind (one coder if it was adjudicated), and its lines."""

    decision: Decision
    coders: tuple[str, ...]
    lines: tuple[Lines, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often two coders say *present*, over some decisions."""

    both: int
    only_a: int
    only_b: int
    neither: int

    @property
    def decisions(self) -> int:
        """How many decisions there are."""
        return self.both + self.only_a + self.only_b + self.neither

    @property
    def observed(self) -> Fraction:
        """Share of the decisions on which the coders agree."""
        return Fraction(self.both + self.neither, self.decisions)

    @property
    def kappa(self) -> Fraction | None:
        """Cohen's kappa (1960); None where chance alone agrees always.

        Examples
        --------
        >>> Agreement(both=20, only_a=5, only_b=10, neither=15).kappa
        Fraction(2, 5)
        """
        present_a, present_b = self.both + self.only_a, self.both + self.only_b
        absent_a, absent_b = self.decisions - present_a, self.decisions - present_b
        expected = Fraction(present_a * present_b + absent_a * absent_b, self.decisions**2)
        return None if expected == 1 else (self.observed - expected) / (1 - expected)


# ---- reading


def read_units(path: Path) -> list[Passage]:
    """Return the printed sheets, in the order of the file."""
    return [
        Passage(
            initiative=row["initiative"],
            body=_lines(row["body"])[0],
            title=_lines(row["title"])[0],
            heading=row["heading"],
        )
        for row in _rows(path, ("initiative", "body", "title", "heading"))
    ]


def read_coding(path: Path, passages: list[Passage]) -> Coding:
    """Return the codes that one coder found present, and the lines of each.

    Raises
    ------
    CodingError
        If a key is unknown, a code is given twice, lines are no part of the unit, or a unit is left out.
    """
    codes: Coding = {}
    without = set()
    for row in _rows(path, ("initiative", "dimension", "aspect", "lines")):
        if {row["dimension"], row["aspect"], row["lines"]} == {NOTHING}:
            without.add(row["initiative"])
            continue
        decision = _decision(row)
        if decision in codes:
            raise CodingError(f"{path.name}: {' '.join(decision)} stands twice")
        codes[decision] = _cited(row["lines"], decision, passages)
    _check_units(path.name, {decision[0] for decision in codes}, without, passages)
    return codes


def read_adjudication(
    path: Path, passages: list[Passage], one: Coding, other: Coding
) -> dict[Decision, tuple[Lines, ...] | None]:
    """Return what was decided where the coders differ: lines if present, None if absent.

    Raises
    ------
    CodingError
        If a disagreement is left open, or something on which the coders agree is decided anew.
    """
    decided: dict[Decision, tuple[Lines, ...] | None] = {}
    for row in _rows(path, ("initiative", "dimension", "aspect", "decision", "lines", "reason")):
        decision, is_present = _decision(row), row["decision"] == "present"
        if row["decision"] not in ("present", "absent") or (row["lines"] == NOTHING) == is_present:
            raise CodingError(f"{path.name}: {' '.join(decision)} is neither absent nor present with lines")
        if decision in decided or not row["reason"].strip():
            raise CodingError(f"{path.name}: {' '.join(decision)} stands twice or has no reason")
        decided[decision] = _cited(row["lines"], decision, passages) if is_present else None
    odd = set(decided) ^ (set(one) ^ set(other))
    if odd:
        raise CodingError(f"{path.name}: {len(odd)} rows too many or too few, first {' '.join(min(odd))}")
    return decided


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        if tuple(reader.fieldnames or ()) != columns:
            raise CodingError(f"{path.name}: the columns are {', '.join(columns)}")
        for row in reader:
            if None in row or None in row.values():
                raise CodingError(f"{path.name}:{reader.line_num}: {len(columns)} columns are needed")
            yield row


def _decision(row: Mapping[str, str]) -> Decision:
    if row["dimension"] not in DIMENSIONS or row["aspect"] not in ASPECTS:
        raise CodingError(f"{row['initiative']}: no category {row['dimension']} × {row['aspect']}")
    return row["initiative"], row["dimension"], row["aspect"]


def _lines(text: str) -> tuple[Lines, ...]:
    found = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d+)(?:-(\d+))?\s*", part)
        if match is None:
            raise CodingError(f"no range of lines: {text!r}")
        found.append((int(match[1]), int(match[2] or match[1])))
    return tuple(found)


def _cited(text: str, decision: Decision, passages: list[Passage]) -> tuple[Lines, ...]:
    ranges = _lines(text)
    for first, last in ranges:
        passage_of(decision[0], (first, last), passages)
        if not first <= last < first + LONGEST:
            raise CodingError(f"{' '.join(decision)}: {first}-{last} is no range of at most {LONGEST} lines")
    return ranges


def passage_of(initiative: str, lines: Lines, passages: list[Passage]) -> Passage:
    """Return the sheet in whose body the lines stand."""
    for passage in passages:
        if passage.initiative == initiative and passage.body[0] <= lines[0] and lines[1] <= passage.body[1]:
            return passage
    raise CodingError(f"{initiative}: lines {lines[0]}-{lines[1]} do not stand in one of its bodies")


def _check_units(name: str, coded: set[str], without: set[str], passages: list[Passage]) -> None:
    units = {passage.initiative for passage in passages}
    odd = (coded | without) ^ units | coded & without
    if odd:
        raise CodingError(
            f"{name}: left out, unknown, or both coded and without code: {', '.join(sorted(odd))}"
        )


# ---- settling and measuring


def settle(one: Coding, other: Coding, decided: Mapping[Decision, tuple[Lines, ...] | None]) -> list[Code]:
    """Return the codes that remain: those of both coders, and what the adjudicator kept."""
    codes = [
        Code(decision=decision, coders=CODERS, lines=_without_inner({*one[decision], *other[decision]}))
        for decision in one.keys() & other.keys()
    ]
    for decision, lines in decided.items():
        if lines is not None:
            coder = CODERS[0] if decision in one else CODERS[1]
            codes.append(Code(decision=decision, coders=(coder,), lines=_without_inner(lines)))
    return sorted(codes, key=lambda code: code.decision)


def _without_inner(ranges: Iterable[Lines]) -> tuple[Lines, ...]:
    every = set(ranges)
    return tuple(sorted(r for r in every if not any(o != r and o[0] <= r[0] and r[1] <= o[1] for o in every)))


def agreement(one: Coding, other: Coding, passages: list[Passage]) -> dict[tuple[str, str], Agreement]:
    """Count agreement by (dimension, aspect), ``all`` standing for every one of them."""
    units = sorted({passage.initiative for passage in passages})
    counted = {}
    for dimension, aspect in product(("all", *DIMENSIONS), ("all", *ASPECTS)):
        decisions = list(
            product(
                units,
                DIMENSIONS if dimension == "all" else (dimension,),
                ASPECTS if aspect == "all" else (aspect,),
            )
        )
        pairs = [(decision in one, decision in other) for decision in decisions]
        counted[dimension, aspect] = Agreement(
            both=pairs.count((True, True)),
            only_a=pairs.count((True, False)),
            only_b=pairs.count((False, True)),
            neither=pairs.count((False, False)),
        )
    return counted
