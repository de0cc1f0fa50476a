"""The report of the main job: one offline page without scripts, made to be read and printed.

The caller (the pipeline) fills the values below with texts in the report's language; this module
only sets them. Everything passes through a template that escapes what it is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rte_graph.resources import assets_folder
from rte_graph.views.layout import Layout, compute_layout, problem_of
from rte_graph.views.page_model import Making, PageNetwork
from rte_graph.views.report_words import WORDS

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table of texts ready to print.

    ``numeric`` lists the columns set flush right; ``bars`` gives each row a bar (0 to 1) in an extra
    column; ``strong`` lists the rows to stress, ``wide`` the columns that hold many words; ``label`` names
    the table for those who jump from table to table.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    bars: tuple[float, ...] = ()
    strong: tuple[int, ...] = ()
    wide: tuple[int, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCount:
    """One figure of « what is in the graph »."""

    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFinding:
    """One message of the validation: severity is ``violation``, ``warning`` or ``info``."""

    severity: str
    message: str
    subject: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportValidation:
    """The outcome of the validation, as one sentence and its messages; None when nobody validated."""

    conforms: bool | None
    sentence: str
    findings: tuple[ReportFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHubs:
    """The ranking of one set, with the sentence that says why its first is first."""

    title: str
    why: str
    table: ReportTable
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOverlap:
    """Who gathers whose members: coverage by alliance, and the pairs."""

    sentences: tuple[str, ...]
    coverage: ReportTable
    pairs: ReportTable
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuery:
    """One saved query with its result; the table's last columns say its sources where it has them."""

    name: str
    summary: str
    description: str
    text: str
    table: ReportTable
    topic: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """A file that the job wrote beside the report."""

    name: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that the report says, in one language; the first of the ``hubs`` is the alliances' ranking.

    ``boundaries`` are the sources' names, each with its boundary card.
    """

    title: str
    standfirst: str
    lang: str
    counts: tuple[ReportCount, ...]
    validation: ReportValidation
    hubs: tuple[ReportHubs, ...]
    overlap: ReportOverlap | None
    queries: tuple[ReportQuery, ...]
    making: Making
    boundaries: tuple[tuple[str, ReportTable], ...] = ()
    network: PageNetwork | None = None
    layout: Layout | None = None
    network_page: str = ""
    headline: str = ""
    files: tuple[ReportFile, ...] = ()
    definitions: tuple[tuple[str, str], ...] = field(default=())


def write_report(report: Report) -> str:
    """Return the report as HTML, to be written as UTF-8; the same report gives the same text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from rte_graph.views.page_shell import policy

    folder = assets_folder() / "report"
    css = (folder / "report.css").read_text(encoding="utf-8").replace("\r\n", "\n")
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["number"] = lambda value: format_number(value, report.lang)
    environment.filters["unbroken"] = unbroken
    environment.globals["html_id"] = html_id
    return (
        environment.get_template("report.html").render(
            report=report,
            words=WORDS["en" if report.lang == "en" else "fr"],
            css=Markup(css),
            policy=Markup(policy((), (css,))),
            picture=Markup(_picture(report)),
            topics=_topics(report.queries),
        )
        + "\n"
    )


def _picture(report: Report) -> str:
    """Draw the network without its title: the figure's caption says it."""
    from rte_graph.views.picture import draw_svg

    if report.network is None or not report.network.nodes:
        return ""
    layout = report.layout or compute_layout(problem_of(report.network))
    # Half a page is nearly square; the larger names need the height.
    taller = replace(layout, positions=tuple((x, round(y * 1.2, 1)) for x, y in layout.positions))
    return draw_svg(report.network, taller, lang=report.lang, title=False, text_size=20.0)


def _topics(queries: tuple[ReportQuery, ...]) -> list[tuple[str, list[ReportQuery]]]:
    """Group the queries by topic, in the order in which they come."""
    found: dict[str, list[ReportQuery]] = {}
    for query in queries:
        found.setdefault(query.topic, []).append(query)
    return list(found.items())


def format_number(value: int, lang: str) -> str:
    """Write a whole number with the language's thousands separator.

    >>> format_number(120000, "en")
    '120,000'
    """
    text = f"{value:,}"
    return text if lang == "en" else text.replace(",", "\u202f")


# Two numbers joined by a hyphen or a dash, and no date, number or address around them.
RANGE = re.compile(r"(?<![\w./-])(\d+)[-\u2013](\d+)(?![\w/-])")


def unbroken(text: str) -> Markup:
    """Escape a text; write ranges of lines (« 404–408 ») with an en dash, on one line.

    >>> str(unbroken("848, 973-975")), str(unbroken("2020-03"))
    ('848, <span class="range">973–975</span>', '2020-03')
    """
    from markupsafe import Markup, escape

    def written(found: re.Match[str]) -> str:
        first, last = found.groups()
        return f'<span class="range">{first}–{last}</span>' if int(first) < int(last) else found[0]

    return Markup(RANGE.sub(written, str(escape(text))))


def html_id(name: str) -> str:
    """Make a name usable as an address within the page."""
    return "".join(c if c.isalnum() and c.isascii() else "-" for c in name.lower())
