"""Rows of a query as columns of codes: with pyarrow where it is installed, the same values without."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from rte_graph.network.columns import Column, Texts, coded
from rte_graph.network.naming import Row
from rte_graph.sparql.grid import Cell, Grid, Terms, without_collector
from rte_graph.sparql.results import text
from rte_graph.store.base import Solutions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    ByteArray = NDArray[np.uint8]
    IntArray = NDArray[np.int64]

# Columns whose texts hardly ever repeat: to look for equal ones would cost more than it saves.
UNIQUE = ("evidence",)
# A row that is longer than a piece of the text is left to the other way.
_PIECE = 1 << 23
# Results of fewer bytes are cut before pyarrow is imported.
WORTH_IMPORTING = 2_000_000
_IRI, _QUOTE, _END, _BACKSLASH, _AT = b'<">\\@'[0], b'"'[0], b">"[0], b"\\"[0], b"@"[0]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows in columns of plain texts, "" where a row has no value."""

    size: int
    columns: Mapping[str, Column]

    @classmethod
    def of_records(cls, records: Iterable[Row]) -> Rows:
        """Put mappings into columns."""
        held = list(records)
        names = dict.fromkeys(name for record in held for name in record)
        texts = {name: [_plain(record.get(name)) for record in held] for name in names}
        return cls(len(held), {name: Column.of(column) for name, column in texts.items()})

    def column(self, name: str) -> Column:
        """Return a column; one that is not there is empty in each row."""
        return self.columns.get(name) or Column.constant("", self.size)

    def record(self, place: int) -> dict[str, str]:
        """Return a row as a mapping, without what it has no value for."""
        cells = ((name, column.texts[column.codes[place]]) for name, column in self.columns.items())
        return {name: cell for name, cell in cells if cell}

    def records(self) -> Iterator[dict[str, str | None]]:
        """Yield the rows as mappings."""
        names, columns = list(self.columns), [column.values() for column in self.columns.values()]
        for row in zip(*columns, strict=True):
            yield dict(zip(names, row, strict=True))


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def read_rows(solutions: Solutions) -> Rows:
    """Read a result to its end.

    Parameters
    ----------
    solutions : Solutions
        Their engine writes them as TSV if it can; otherwise row by row.
    """
    if solutions.write_tsv is None or not solutions.variables or find_spec("pyarrow") is None:
        return _from_grid(solutions)
    written = io.BytesIO()
    solutions.write_tsv(written)
    if written.tell() >= WORTH_IMPORTING:
        found = _from_arrow(solutions.variables, written.getbuffer())
        if found is not None:
            return found

    def again(out: Any) -> None:
        out.write(written.getbuffer())

    return _from_grid(Solutions(variables=solutions.variables, rows=iter(()), write_tsv=again))


def _from_grid(solutions: Solutions) -> Rows:
    with without_collector():
        grid = Grid.of(solutions)
        columns = {}
        for name, cells in zip(grid.variables, grid.columns, strict=True):
            codes, distinct = coded(cells)
            columns[name] = Column(codes, tuple(_bare_text(cell, grid.terms) for cell in distinct))
    return Rows(grid.size, columns)


def _bare_text(cell: Cell, terms: Terms) -> str:
    if isinstance(cell, str) and cell and "\\" not in cell:
        if cell[0] == "<" and cell[1] != "<":
            return cell[1:-1]
        if cell[0] == '"':
            return cell[1 : cell.rindex('"')]
    return text(terms[cell])


def _from_arrow(variables: Sequence[str], written: memoryview) -> Rows | None:
    """Cut TSV into dictionaries with pyarrow; None where it cannot (rows longer than a piece)."""
    import pyarrow as pa  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from pyarrow import csv  # type: ignore[import-not-found, import-untyped, unused-ignore]

    kinds = {
        name: pa.large_string() if name in UNIQUE else pa.dictionary(pa.int32(), pa.string())
        for name in variables
    }
    try:
        table = csv.read_csv(
            pa.py_buffer(written),
            read_options=csv.ReadOptions(column_names=list(variables), skip_rows=1, block_size=_PIECE),
            parse_options=csv.ParseOptions(
                delimiter="\t", quote_char=False, escape_char=False, ignore_empty_lines=False
            ),
            convert_options=csv.ConvertOptions(column_types=kinds, strings_can_be_null=False, null_values=[]),
        )
    except pa.ArrowInvalid:
        return None
    columns = {name: _arrow_column(table.column(name)) for name in variables}
    return Rows(table.num_rows, columns)


def _arrow_column(chunks: Any) -> Column:
    import pyarrow as pa

    if pa.types.is_dictionary(chunks.type):
        whole = chunks.unify_dictionaries().combine_chunks()
        if isinstance(whole, pa.ChunkedArray):
            whole = whole.chunk(0) if whole.num_chunks else pa.array([], type=chunks.type)
        return Column(whole.indices.to_numpy(zero_copy_only=False), _texts(whole.dictionary))
    texts = _texts(pa.concat_arrays(chunks.chunks) if chunks.num_chunks else pa.array([], type=chunks.type))
    return Column(np.arange(len(texts), dtype=np.int32), texts)


def _texts(array: Any) -> Texts:
    import pyarrow as pa

    _, bounds, data = array.cast(pa.large_string()).buffers()
    if not len(array) or data is None:
        empty = np.zeros(len(array), dtype=np.int64)
        return Texts(np.zeros(0, dtype=np.uint8), empty, empty)
    offsets = np.frombuffer(bounds, dtype=np.int64)[: len(array) + 1]
    return bare_texts(np.frombuffer(data, dtype=np.uint8), offsets[:-1], offsets[1:])


def bare_texts(data: ByteArray, starts: IntArray, ends: IntArray) -> Texts:
    """Take marks, language and datatype off cells of TSV: bounds move, bytes stay where they are.

    Examples
    --------
    >>> cells = Texts.of(['<http://x.org/>', '"é"@fr', '"a"', '3', '', '"a\\\\"b"'])
    >>> list(bare_texts(cells.data, cells.starts, cells.ends))
    ['http://x.org/', 'é', 'a', '3', '', 'a"b']
    """
    sizes = ends - starts
    padded = np.concatenate([data, np.zeros(4, dtype=np.uint8)])
    first, second, last = padded[starts], padded[starts + 1], padded[np.maximum(ends - 1, 0)]
    escapes = np.flatnonzero(data == _BACKSLASH)
    easy = np.searchsorted(escapes, starts) == np.searchsorted(escapes, ends)
    quoted = easy & (first == _QUOTE)
    iri = easy & (sizes > 1) & (first == _IRI) & (second != _IRI) & (last == _END)
    plain = quoted & (sizes > 1) & (last == _QUOTE)
    near = np.maximum(ends - 4, 0)
    tagged = quoted & (sizes > 5) & (padded[near] == _QUOTE) & (padded[near + 1] == _AT)
    done = iri | plain | tagged
    starts, ends = starts + done, ends - (iri | plain) - 4 * (tagged & ~plain)
    rest = np.flatnonzero(~done & (sizes > 0))
    if not len(rest):
        return Texts(data, starts, ends)
    cells, terms = Texts(data, starts, ends), Terms()
    read = Texts.of(_bare_text(cells[place], terms) for place in rest.tolist())
    starts[rest], ends[rest] = read.starts + len(data), read.ends + len(data)
    return Texts(np.concatenate([data, read.data]), starts, ends)
