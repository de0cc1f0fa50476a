"""All of a workbook but its rows, made by openpyxl: styles, widths, the frozen heading, the sheet on sources.

openpyxl writes about 60 000 cells a second, so the rows, which are all alike, are written by `workbook`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from rte_graph.sparql.formats.xlsx.archive import moment
from rte_graph.sparql.formats.xlsx.arrangement import Column
from rte_graph.sparql.formats.xlsx.cells import escaped, height_of, lines_of, text_cell

FIRST = ("[Content_Types].xml", "_rels/.rels")
"""Parts by which programs know a zip file as a workbook, when they stand first; no row changes them."""

SHEET = "xl/worksheets/sheet1.xml"
LINKS = "xl/worksheets/_rels/sheet1.xml.rels"

_APP, _CORE = "docProps/app.xml", "docProps/core.xml"

_FORMATS = {
    "text": "General",
    "formula": "General",
    "integer": "#,##0",
    "number": "General",
    "year": "0",
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm:ss",
    "boolean": "General",
}
_A4 = 9
_LINK = Font(name="Calibri", size=11, color="0563C1", underline="single")
_BOLD = Font(name="Calibri", size=11, bold=True)
_SIDES = {
    "integer": "right",
    "number": "right",
    "boolean": "left",
    "year": "left",
    "date": "left",
    "time": "left",
}
"""Where a cell stands in its column: years and days with the months, which are text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """Parts of a workbook: what stands before and after the rows, and everything else, by name."""

    before: str
    after: str
    others: Mapping[str, bytes]
    styles: Mapping[tuple[str, bool, bool], int]
    """Number of the style of a kind of cell, linked or not, wrapped or not."""
    heading: int


def skeleton(
    columns: Sequence[Column], *, title: str, rows: int, facts: Sequence[tuple[str, str]], about: str
) -> Skeleton:
    """Return a workbook of a sheet of `rows` rows, still without them, and a sheet of facts.

    Parameters
    ----------
    columns
        Of the first sheet.
    title
        Name of the first sheet.
    rows
        Rows with the heading; one, as long as it is not known.
    facts
        Lines of the second sheet.
    about
        Name of the second sheet.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    _arrange(sheet, columns, rows)
    styles = _styles(sheet)
    heading = _heading_style(sheet)
    _write_facts(book.create_sheet(about), facts)
    parts = _parts(book) | {_APP: _program(), _CORE: _properties(title)}
    before, _, rest = parts.pop(SHEET).decode().partition("<sheetData>")
    return Skeleton(
        before=before, after=rest.partition("</sheetData>")[2], others=parts, styles=styles, heading=heading
    )


def _arrange(sheet: Worksheet, columns: Sequence[Column], rows: int) -> None:
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "A2"
    if columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{rows}"
    sheet.print_title_rows = "1:1"
    printed = sum(not column.iris for column in columns)
    if printed:
        sheet.print_area = f"A1:{get_column_letter(printed)}{rows}"
    _fit_to_paper(sheet)


def _fit_to_paper(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _styles(sheet: Worksheet) -> dict[tuple[str, bool, bool], int]:
    """Let the sheet know each style, and return their numbers."""
    numbers = {}
    combinations = [(kind, linked, wrapped) for kind in _FORMATS for linked in (0, 1) for wrapped in (0, 1)]
    for row, (kind, linked, wrapped) in enumerate(combinations, 1):
        cell = sheet.cell(row, 1)
        cell.number_format = _FORMATS[kind]
        side = _SIDES.get(kind)
        # A number stands away from the text of the next column.
        indent = 1 if side == "right" else 0
        cell.alignment = Alignment(vertical="top", horizontal=side, indent=indent, wrap_text=bool(wrapped))
        if kind == "formula":
            cell.quotePrefix = True
        if linked:
            cell.font = _LINK
        numbers[kind, bool(linked), bool(wrapped)] = cell.style_id
    return numbers


def _heading_style(sheet: Worksheet) -> int:
    cell = sheet.cell(1, 2)
    cell.font = _BOLD
    cell.fill = PatternFill("solid", fgColor="E7EEF4")
    cell.border = Border(bottom=Side(style="thin", color="7F7F7F"))
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell.style_id


def _write_facts(sheet: Worksheet, facts: Sequence[tuple[str, str]]) -> None:
    sheet.column_dimensions["A"].width = 33
    sheet.column_dimensions["B"].width = 101
    _fit_to_paper(sheet)
    for row, (name, value) in enumerate(facts, 1):
        left, right = sheet.cell(row, 1), sheet.cell(row, 2)
        _put(left, name)
        _put(right, value)
        left.font = _BOLD
        for cell in (left, right):
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[row].height = height_of(max(lines_of(name, 32), lines_of(value, 100)))


def _put(cell: Cell | MergedCell, value: str) -> None:
    """Give a cell a text, whatever it looks like."""
    shown = text_cell(value)
    cell.value = shown.value
    cell.data_type = "s"
    cell.quotePrefix = shown.kind == "formula"


def _parts(book: Workbook) -> dict[str, bytes]:
    saved = BytesIO()
    book.save(saved)
    with ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _program() -> bytes:
    # openpyxl says « Microsoft Excel », and LibreOffice then takes the heights of rows for known.
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'<Properties xmlns="{schema}"><Application>rte-graph</Application></Properties>'.encode()


def _properties(title: str) -> bytes:
    """Return who made the workbook; not when, unless ``SOURCE_DATE_EPOCH`` says it."""
    when = moment()
    stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}" if when else ""
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in ("created", "modified")
        if when
    )
    return (
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>rte-graph</dc:creator>{dates}"
        "</cp:coreProperties>"
    ).encode()
