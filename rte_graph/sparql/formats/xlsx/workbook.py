"""A result as a workbook: rows are written as they come, between the parts that openpyxl makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO
from zipfile import ZipFile

from openpyxl.utils import get_column_letter

from rte_graph.errors import SizeLimit
from rte_graph.sparql.formats.about import About
from rte_graph.sparql.formats.characters import write_texts
from rte_graph.sparql.formats.xlsx.archive import entry
from rte_graph.sparql.formats.xlsx.arrangement import Column, arranged
from rte_graph.sparql.formats.xlsx.cells import cell_of, escaped, height_of, is_too_long, lines_of, link_of
from rte_graph.sparql.formats.xlsx.facts import Facts, sheet_names
from rte_graph.sparql.formats.xlsx.skeleton import FIRST, LINKS, SHEET, Skeleton, skeleton
from rte_graph.sparql.model import Library
from rte_graph.sparql.results import Row
from rte_graph.store.base import Term

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_LINKS = 65_530
MOST_BYTES = 1_900_000_000
"""What a sheet holds: https://support.microsoft.com/office (Excel specifications and limits).

A part of more than 2 GiB needs an extension of zip for which Excel offers to repair the file.
"""

_SAMPLE = 1_000
"""Rows that widths are fitted to."""


def write_xlsx(
    columns: Sequence[str],
    rows: Iterable[Row],
    out: BinaryIO,
    *,
    lang: str,
    library: Library | None,
    about: About,
    truncated: Callable[[], str | None],
) -> int:
    """Write a workbook; see `rte_graph.sparql.formats.write_table`.

    Notes
    -----
    The first rows are held, to fit the widths to them, and so are the links, which stand after the rows; a
    sheet has at most 65 530 of these, and cells beyond are plain.

    Raises
    ------
    SizeLimit
        There are more rows, columns or characters in a cell than a sheet holds.
    """
    coming = iter(rows)
    sample = list(islice(coming, _SAMPLE))
    shown = arranged(columns, sample, library, lang)
    if len(shown) > MOST_COLUMNS:
        raise _too_many("colonnes", "columns", MOST_COLUMNS)
    title, second = sheet_names(about, lang)
    facts = Facts(about=about, columns=shown, lang=lang)
    begun = skeleton(shown, title=title, rows=1, facts=(), about=second)
    sheet = _Sheet(shown, begun)
    with ZipFile(out, "w") as archive:
        for name in FIRST:
            archive.writestr(entry(name), begun.others[name])
        with archive.open(entry(SHEET), "w") as part:
            part.write(sheet.start().encode())
            count = write_texts(sheet.lines(facts.watched(chain(sample, coming))), part)
            lines = facts.lines(count, truncated(), links_left_out=sheet.links_left_out)
            whole = skeleton(shown, title=title, rows=count + 1, facts=lines, about=second)
            write_texts(sheet.end(whole), part)
        if sheet.links:
            with archive.open(entry(LINKS), "w") as part:
                write_texts(sheet.relations(), part)
        for name, content in whole.others.items():
            if name not in FIRST:
                archive.writestr(entry(name), content)
    return count


class _Sheet:
    """Writes the rows of the first sheet, and gathers its links."""

    def __init__(self, columns: Sequence[Column], parts: Skeleton) -> None:
        self._columns = columns
        self._parts = parts
        self._letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
        self.links: list[tuple[str, str]] = []
        self.links_left_out = 0
        self._lines = 1
        self._bytes = 0

    def start(self) -> str:
        """Return what stands before the rows, and the headings."""
        cells = [
            self._text(f"{letter}1", self._parts.heading, escaped(column.heading))
            for letter, column in zip(self._letters, self._columns, strict=True)
        ]
        return f'{self._parts.before}<sheetData><row r="1">{"".join(cells)}</row>\n'

    def lines(self, rows: Iterable[Row]) -> Iterator[str]:
        """Yield the rows."""
        for number, row in enumerate(rows, 2):
            if number > MOST_ROWS:
                raise _too_many("lignes", "rows", MOST_ROWS)
            self._lines = 1
            cells = [
                self._cell(letter, number, column, term, row)
                for letter, column in zip(self._letters, self._columns, strict=True)
                if (term := row[column.place]) is not None
            ]
            # Not every spreadsheet measures the rows of a file that it did not write.
            height = f' ht="{height_of(self._lines)}"' if self._lines > 1 else ""
            line = f'<row r="{number}"{height}>{"".join(cells)}</row>\n'
            self._bytes += len(line) if line.isascii() else len(line.encode())
            if self._bytes > MOST_BYTES:
                raise _too_many("octets", "bytes", MOST_BYTES)
            yield line

    def _cell(self, letter: str, number: int, column: Column, term: Term, row: Row) -> str:
        cell = cell_of(term)
        place = f"{letter}{number}"
        linked = column.link is not None and self._linked(place, row[column.link])
        wrapped = not column.iris and (cell.width > column.width or "\n" in cell.value)
        if wrapped:
            self._lines = max(self._lines, lines_of(cell.value, column.width))
        style = self._parts.styles[cell.kind, linked, wrapped]
        if cell.kind not in ("text", "formula"):
            kind = ' t="b"' if cell.kind == "boolean" else ""
            return f'<c r="{place}" s="{style}"{kind}><v>{cell.value}</v></c>'
        if is_too_long(cell.value):
            raise _too_long(column, number)
        return self._text(place, style, escaped(cell.value))

    @staticmethod
    def _text(place: str, style: int, text: str) -> str:
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    def _linked(self, place: str, term: Term | None) -> bool:
        address = link_of(term)
        if address is None:
            return False
        if len(self.links) >= MOST_LINKS:
            self.links_left_out += 1
            return False
        self.links.append((place, address))
        return True

    def end(self, whole: Skeleton) -> Iterator[str]:
        """Yield what stands after the rows, with the links where the format wants them."""
        yield "</sheetData>"
        before, margins, after = whole.after.partition("<pageMargins")
        yield before
        if self.links:
            yield "<hyperlinks>"
            for number, (place, _) in enumerate(self.links, 1):
                yield f'<hyperlink xmlns:r="{_RELATIONS}" ref="{place}" r:id="rId{number}"/>'
            yield "</hyperlinks>"
        yield margins + after

    def relations(self) -> Iterator[str]:
        """Yield the part that holds the addresses."""
        yield f'<Relationships xmlns="{_PACKAGE}">'
        for number, (_, linked) in enumerate(self.links, 1):
            address = linked.replace("&", "&amp;")
            yield (
                f'<Relationship Id="rId{number}" Type="{_RELATIONS}/hyperlink" '
                f'Target="{address}" TargetMode="External"/>'
            )
        yield "</Relationships>"


_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _too_many(fr: str, en: str, most: int) -> SizeLimit:
    return SizeLimit(
        fr=f"Une feuille de classeur n’a que {most} {fr}, et ce résultat en a davantage : choisissez csv.",
        en=f"A sheet of a workbook has no more than {most} {en}, and this result has more: choose csv.",
    )


def _too_long(column: Column, row: int) -> SizeLimit:
    return SizeLimit(
        fr=f"La colonne « {column.name} » a un texte de plus de 32767 caractères (ligne {row - 1}), ce "
        "qu’une cellule de classeur ne contient pas : choisissez csv.",
        en=f"The column “{column.name}” has a text of more than 32767 characters (row {row - 1}), which no "
        "cell of a workbook holds: choose csv.",
    )
