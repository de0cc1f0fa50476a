"""Strategies: any term, any table, for results that are written and read back."""

from __future__ import annotations

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from rte_graph.namespaces import XSD
from rte_graph.sparql.results import Row
from rte_graph.store.base import Term

TEXT = st.text(max_size=12) | st.text(
    st.sampled_from("aé\t\n\r\"'\\,;<>&|=+-@_x0041 \x00\x1b\x85\u2028\u202e\ufffe💶"), max_size=8
)
NUMBERS = ("0", "-1", "+5", "007", "1.0", ".5", "5.", "1e6", "-1.5E-7", "INF", "NaN", "9" * 30, "beaucoup")
DATATYPES = ("integer", "decimal", "double", "float", "boolean", "date", "gYear", "dateTime", "anyURI")


def iris() -> st.SearchStrategy[NamedNode]:
    ends = st.text(st.sampled_from("aé~!$&'()*+,;=:@/?#%41.-_💶"), max_size=8)
    # A percent sign begins two hexadecimal digits.
    return ends.map(lambda end: NamedNode(f"http://e.org/{end.replace('%', '%41').replace('#', '')}"))


def literals() -> st.SearchStrategy[Literal]:
    tags = st.sampled_from(("fr", "en-gb", "zh-hant-tw", "x-any"))
    values = TEXT | st.sampled_from(NUMBERS) | st.dates().map(str) | st.integers().map(str)
    kinds = st.sampled_from(DATATYPES).map(lambda name: NamedNode(XSD(name)))
    return st.one_of(
        TEXT.map(Literal),
        st.builds(lambda value, tag: Literal(value, language=tag), TEXT, tags),
        st.builds(lambda value, kind: Literal(value, datatype=kind), values, kinds),
    )


def terms() -> st.SearchStrategy[Term]:
    names = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,5}\Z")
    return st.one_of(iris(), names.map(BlankNode), literals())


def tables(columns: int = 3) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.tuples(*[st.none() | terms()] * columns), max_size=6)
