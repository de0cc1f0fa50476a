"""A workbook as an analyst opens it: typed cells, filters, links, and nothing that runs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from pyoxigraph import BlankNode, Literal, NamedNode
from written_terms import tables

from rte_graph.errors import SizeLimit
from rte_graph.namespaces import XSD
from rte_graph.sparql.formats import About, write_table
from rte_graph.sparql.formats.xlsx import workbook
from rte_graph.sparql.formats.xlsx.cells import cell_of, link_of
from rte_graph.sparql.model import Library, Text
from rte_graph.sparql.results import Row
from rte_graph.store import Term

MEMBER = NamedNode("https://w3id.org/rte/id/organisation/é")
LIBRARY = Library(queries={}, headings={"memberLabel": Text(fr="Membre", en="Member")})


def typed(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD(kind)))


def written(columns: Sequence[str], rows: Sequence[Row], **options: object) -> bytes:
    out = io.BytesIO()
    options = {"library": LIBRARY, **options}
    assert write_table("xlsx", columns, iter(rows), out, **options) == len(rows)  # type: ignore[arg-type]
    return out.getvalue()


def opened(columns: Sequence[str], rows: Sequence[Row], **options: object) -> Workbook:
    return load_workbook(io.BytesIO(written(columns, rows, **options)))


def cells(columns: Sequence[str], rows: Sequence[Row]) -> list[list[object]]:
    sheet = opened(columns, rows).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize(
    ("term", "value", "shown"),
    [
        (typed("12000", "integer"), 12000, "#,##0"),
        (typed("-5", "long"), -5, "#,##0"),
        (typed("1.50", "decimal"), 1.5, "General"),
        (typed("1.5E-7", "double"), 1.5e-7, "General"),
        (typed("true", "boolean"), True, "General"),
        (typed("0", "boolean"), False, "General"),
        (typed("2020", "gYear"), 2020, "0"),
        (typed("2020-02-29", "date"), datetime(2020, 2, 29), "yyyy-mm-dd"),
        (typed("2020-02-29T13:45:10", "dateTime"), datetime(2020, 2, 29, 13, 45, 10), "yyyy-mm-dd hh:mm:ss"),
        (Literal("Éco", language="fr"), "Éco", "General"),
        (BlankNode("b"), "_:b", "General"),
    ],
)
def test_a_value_has_its_type(term: Term, value: object, shown: str) -> None:
    cell = opened(["x"], [(term,)]).worksheets[0]["A2"]
    assert (cell.value, type(cell.value), cell.number_format) == (value, type(value), shown)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("12345678901234567", "integer"),
        ("beaucoup", "integer"),
        ("1_000", "integer"),
        ("NaN", "double"),
        ("INF", "double"),
        ("1e999", "double"),
        ("1899-12-31", "date"),
        ("1900-02-28", "date"),
        ("2021-02-29", "date"),
        ("2020-02-01+01:00", "date"),
        ("2020-02-01T10:00:00Z", "dateTime"),
        ("2020-02-01T24:00:00", "dateTime"),
        ("-0044", "gYear"),
        ("12020", "gYear"),
        ("2020-03", "gYearMonth"),
        ("oui", "boolean"),
    ],
)
def test_what_a_spreadsheet_would_change_stays_text(value: str, kind: str) -> None:
    cell = opened(["x"], [(typed(value, kind),)]).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (value, "s")


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
def test_text_is_never_a_formula_and_stays_text_when_edited(mark: str) -> None:
    content = written(["x", "xLabel"], [(MEMBER, Literal(f"{mark}1+1"))], about=About(summary=f"{mark}2"))
    book = load_workbook(io.BytesIO(content))
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (f"{mark}1+1", "s", True)
    assert book.worksheets[1]["B1"].quotePrefix
    assert all("<f>" not in part for part in parts(content).values())


def parts(content: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_heading_is_frozen_and_every_column_can_be_filtered() -> None:
    rows: list[Row] = [(MEMBER, Literal("a"), Literal(1))] * 3
    sheet = opened(["member", "memberLabel", "count"], rows).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C4"
    assert sheet["A1"].font.bold


def test_labels_come_first_with_links_and_iris_stand_at_the_right() -> None:
    columns = ["member", "memberLabel", "roleIri", "role", "evidence", "n"]
    passages = Literal("https://e.org/1 https://e.org/2")
    rows: list[Row] = [
        (MEMBER, Literal("É"), NamedNode("urn:role:x"), Literal("membre"), passages, Literal(1)),
        (MEMBER, None, None, None, None, None),
    ]
    sheet = opened(columns, rows).worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert headings == ["Membre", "Role", "N", "Membre (IRI)", "Role (IRI)", "Evidence"]
    assert sheet["A2"].hyperlink.target == "https://w3id.org/rte/id/organisation/%C3%A9"
    assert sheet["B2"].hyperlink is None  # urn: is nothing that can be opened
    assert sheet["D2"].hyperlink is None  # one link for one thing
    assert sheet["D2"].value == MEMBER.value
    assert sheet["A3"].value is None


def test_iris_without_a_label_are_links_themselves() -> None:
    sheet = opened(["s", "p"], [(MEMBER, NamedNode("http://e.org/p"))]).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["S", "P"]
    assert sheet["B2"].hyperlink.target == "http://e.org/p"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "http://e.org/" + "a" * 3000,
    ],
)
def test_only_addresses_of_the_web_that_are_right_to_the_letter_are_links(address: str) -> None:
    term = NamedNode(address)
    assert link_of(term) is None
    assert opened(["x"], [(term,)]).worksheets[0]["A2"].value == address


def test_widths_fit_the_content_within_bounds_and_long_text_is_wrapped() -> None:
    rows: list[Row] = [(Literal("ab"), Literal("mot " * 50), Literal("x" * 20))]
    sheet = opened(["a", "b", "c"], rows).worksheets[0]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths == [9, 61, 21]
    assert [sheet.cell(2, column).alignment.wrap_text for column in (1, 2, 3)] == [None, True, None]
    assert sheet.row_dimensions[2].height > 45


def test_the_second_sheet_says_what_the_lines_are() -> None:
    about = About(name="members", summary="Qui ?", parameters=(("Alliance (-p alliance)", "Zèbre"),))
    rows: list[Row] = [(Literal("a"), Literal("Tome II")), (Literal("b"), Literal("Tome I"))]
    book = opened(["x", "document"], rows, about=about, truncated=lambda: "Coupé à 2 lignes.")
    assert book.sheetnames == ["members", "Source"]
    facts = dict(book["Source"].iter_rows(values_only=True))
    assert facts["Question"] == "Qui ?"
    assert facts["Alliance (-p alliance)"] == "Zèbre"
    assert facts["Nombre de lignes"] == "2"
    assert facts["Documents cités"] == "Tome I\nTome II"
    assert facts["Résultat incomplet"] == "Coupé à 2 lignes."
    assert facts["X"] == "?x"
    english = opened(["x"], [], about=about, lang="en")
    assert english.sheetnames == ["members", "About"]
    assert "Incomplete result" not in dict(english["About"].iter_rows(values_only=True))


@pytest.mark.parametrize("name", ["a" * 40, "a/b:c", "'x'", "Source", "History", "", "é"])
def test_any_name_gives_a_sheet(name: str) -> None:
    book = opened(["x"], [], about=About(name=name))
    assert len(set(book.sheetnames)) == 2
    assert all(0 < len(sheet) <= 31 and not re.search(r"[\[\]:*?/\\]", sheet) for sheet in book.sheetnames)


def test_the_same_rows_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Row] = [(MEMBER, Literal("a"))]
    first = written(["x", "xLabel"], rows)
    assert first == written(["x", "xLabel"], rows)
    with ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"  # by which it is known as a workbook
    assert "dcterms:created" not in parts(first)["docProps/core.xml"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577836800")
    assert "2020-01-01T00:00:00Z" in parts(written(["x", "xLabel"], rows))["docProps/core.xml"]


def test_what_a_sheet_cannot_hold_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(
        SizeLimit, match=r"“x” has a text of more than 32767 characters \(row 1\), .* choose csv"
    ):
        written(["x"], [(Literal("💶" * 16_384),)])
    assert written(["x"], [(Literal("💶" * 16_383 + "a"),)])
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    assert written(["x"], [(Literal("a"),)] * 2)
    with pytest.raises(SizeLimit, match="no more than 3 rows"):
        written(["x"], [(Literal("a"),)] * 3)
    monkeypatch.setattr(workbook, "MOST_COLUMNS", 1)
    with pytest.raises(SizeLimit, match="no more than 1 columns"):
        written(["x", "y"], [])
    monkeypatch.setattr(workbook, "MOST_BYTES", 100)
    with pytest.raises(SizeLimit, match="no more than 100 bytes"):
        written(["x"], [(Literal("a" * 100),)])


def test_links_stop_where_a_sheet_has_no_more_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_LINKS", 2)
    book = opened(["x"], [(MEMBER,)] * 5)
    assert [cell.hyperlink is not None for (cell,) in book.worksheets[0].iter_rows(min_row=2)] == [
        True
    ] * 2 + [False] * 3
    said = dict(book["Source"].iter_rows(values_only=True))["Liens"]
    assert "3 cellules n’en ont pas" in said.replace("\u00a0", " ").replace("\u202f", " ")


@settings(deadline=None)  # each example is a workbook
@given(tables())
def test_any_table_comes_back_from_a_workbook(rows: list[Row]) -> None:
    book = opened(["x", "y", "z"], rows)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, 2):
        for name, term in zip("XYZ", row, strict=True):
            assert sheet.cell(number, places[name]).value == expected(term)


def expected(term: Term | None) -> object:
    if term is None:
        return None
    cell = cell_of(term)
    if cell.kind in ("text", "formula"):
        # The reader does not undo the escape that keeps « _x0041_ » from being read as a letter; Excel does.
        shown = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", cell.value)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", shown)
        return shown
    if cell.kind in ("date", "time"):
        return datetime.combine(date.fromisoformat(term.value[:10]), datetime.min.time())
    return {"boolean": lambda v: v == "1", "number": float}.get(cell.kind, int)(cell.value)


def test_text_that_looks_like_an_escape_is_not_read_as_a_character() -> None:
    sheet = parts(written(["x"], [(Literal("a_x0041_b & <c>"),)]))["xl/worksheets/sheet1.xml"]
    assert ">a_x005F_x0041_b &amp; &lt;c&gt;<" in sheet


def test_a_workbook_can_go_to_a_pipe() -> None:
    class Pipe(io.RawIOBase):
        content = b""

        def writable(self) -> bool:
            return True

        def write(self, piece: object, /) -> int:
            self.content += bytes(piece)  # type: ignore[call-overload]
            return len(piece)  # type: ignore[arg-type]

    pipe = Pipe()
    write_table("xlsx", ["x"], iter([(Literal("a"),)]), pipe)  # type: ignore[arg-type]
    assert load_workbook(io.BytesIO(pipe.content)).worksheets[0]["A2"].value == "a"


def test_rows_are_asked_for_as_they_are_written() -> None:
    seen: list[int] = []

    def rows() -> Iterator[Row]:
        for number in range(5_000):
            seen.append(number)
            yield (Literal(number),)

    class Watched(io.BytesIO):
        first = 0

        def write(self, piece: object, /) -> int:
            self.first = self.first or len(seen)
            return super().write(piece)  # type: ignore[arg-type]

    out = Watched()
    write_table("xlsx", ["x"], rows(), out)
    assert 0 < out.first < 5_000
