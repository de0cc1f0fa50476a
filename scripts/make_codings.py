"""Write data/turtle/coding/, scripts/codings/agreement.json and the table of docs/codebook.md.

``python scripts/make_codings.py`` reads what stands in scripts/codings/ (the description of the dataset,
the units, the two blind codings, the adjudicator's decisions) by the rules of docs/codebook.md. A citation
needs the hash of its lines: it is computed when RTE_GRAPH_SOURCES names the folder of the texts, else taken
from those that are committed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple
from read_codings import (
    ASPECTS,
    CODERS,
    DIMENSIONS,
    Agreement,
    Code,
    CodingError,
    Lines,
    Passage,
    agreement,
    passage_of,
    read_adjudication,
    read_coding,
    read_units,
    settle,
)

from rte_graph.namespaces import RDF, RTE, data_namespace, scheme_namespace
from rte_graph.rdf_io import format_turtle, parse_triples
from rte_graph.resources import data_folder

CODINGS = Path(__file__).parent / "codings"
PAGE = Path(__file__).parents[1] / "docs" / "codebook.md"
DATA = data_folder() / "turtle"
TEXT = "mgen-responsabilite-territoriale"
DOCUMENT = NamedNode(data_namespace("document")(TEXT))
CODEBOOK = NamedNode(data_namespace("document")("rte-grid-codebook"))
TABLE = re.compile(r"(<!-- agreement: [^\n]*-->\n).*?(<!-- end of agreement -->)", re.DOTALL)


def main() -> None:
    """Write the files."""
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def files(codings: Path = CODINGS) -> dict[Path, str]:
    """Return the text of each file that follows from the codings; none as long as nothing is coded."""
    if not any((codings / f"{name}.tsv").exists() for name in (*CODERS, "adjudicated")):
        return {}
    passages = read_units(codings / "units.tsv")
    one, other = (read_coding(codings / f"{coder}.tsv", passages) for coder in CODERS)
    settled = settle(one, other, read_adjudication(codings / "adjudicated.tsv", passages, one, other))
    counted = agreement(one, other, passages)
    folder = DATA / "coding"
    return {
        folder / "dataset.ttl": (CODINGS / "dataset.ttl").read_text(encoding="utf-8"),
        folder / "characterisations.ttl": format_turtle(list(_characterisations(settled, passages))),
        folder / "citations.ttl": format_turtle(list(_citations(settled, passages))),
        codings / "agreement.json": json.dumps(_figures(counted), indent=2) + "\n",
        PAGE: _page(counted, settled),
    }


# ---- agreement


def _figures(counted: Mapping[tuple[str, str], Agreement]) -> list[dict[str, str | int | float | None]]:
    return [
        {
            "dimension": dimension,
            "aspect": aspect,
            "both": counts.both,
            "onlyA": counts.only_a,
            "onlyB": counts.only_b,
            "neither": counts.neither,
            "observedAgreement": round(float(counts.observed), 4),
            "kappa": None if counts.kappa is None else round(float(counts.kappa), 4),
        }
        for (dimension, aspect), counts in counted.items()
    ]


def _page(counted: Mapping[tuple[str, str], Agreement], settled: list[Code]) -> str:
    table = _table(counted, settled)
    return TABLE.sub(lambda found: f"{found[1]}\n{table}\n{found[2]}", PAGE.read_text(encoding="utf-8"))


def _table(counted: Mapping[tuple[str, str], Agreement], settled: list[Code]) -> str:
    lines = [
        "| dimension | aspect | both | only A | only B | neither | observed agreement | κ |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for (dimension, aspect), counts in counted.items():
        kappa = "none" if counts.kappa is None else f"{float(counts.kappa):.2f}"
        cells = (dimension, aspect, counts.both, counts.only_a, counts.only_b, counts.neither)
        row = " | ".join(f"`{cell}`" if cell in (*DIMENSIONS, *ASPECTS) else str(cell) for cell in cells)
        lines.append(f"| {row} | {float(counts.observed):.2f} | {kappa} |")
    agreed = sum(code.coders == CODERS for code in settled)
    total = counted["all", "all"]
    split = total.only_a + total.only_b
    lines += [
        "",
        f"{len(settled)} codes remain: {agreed} of both coders, and {len(settled) - agreed} of the {split} "
        "on which they differed.",
    ]
    return "\n".join(lines) + "\n"


# ---- Turtle


def _characterisations(settled: list[Code], passages: list[Passage]) -> Iterator[Triple]:
    for code in settled:
        initiative, dimension, aspect = code.decision
        node = NamedNode(data_namespace("characterisation")("--".join(code.decision)))
        values: list[tuple[str, NamedNode | Literal]] = [
            (RDF("type"), NamedNode(RTE("Characterisation"))),
            (RTE("initiative"), NamedNode(data_namespace("initiative")(initiative))),
            (RTE("dimension"), NamedNode(scheme_namespace("grid-dimension")(dimension))),
            (RTE("aspect"), NamedNode(scheme_namespace("grid-aspect")(aspect))),
            (RTE("codebook"), CODEBOOK),
            *((RTE("coder"), Literal(coder)) for coder in code.coders),
            *((RTE("evidence"), _citation(lines)) for lines in _evidence(code, passages)),
        ]
        yield from (Triple(node, NamedNode(predicate), value) for predicate, value in values)


def _evidence(code: Code, passages: list[Passage]) -> dict[Lines, str]:
    # The title's lines say which initiative the others speak of.
    found: dict[Lines, str] = {}
    for lines in code.lines:
        passage = passage_of(code.decision[0], lines, passages)
        found |= {lines: passage.heading, passage.title: passage.heading}
    return found


def _citation(lines: Lines) -> NamedNode:
    return NamedNode(data_namespace("citation")(f"mgen-{lines[0]:04d}-{lines[1]:04d}"))


def _citations(settled: list[Code], passages: list[Passage]) -> Iterator[Triple]:
    cited = {lines: heading for code in settled for lines, heading in _evidence(code, passages).items()}
    hashes = _hashes(cited)
    for lines, heading in cited.items():
        values: list[tuple[str, NamedNode | Literal]] = [
            (RDF("type"), NamedNode(RTE("Citation"))),
            (RTE("document"), DOCUMENT),
            (RTE("heading"), Literal(heading, language="fr")),
            (RTE("firstLine"), Literal(lines[0])),
            (RTE("lastLine"), Literal(lines[1])),
            (RTE("textHash"), Literal(hashes[lines])),
        ]
        yield from (Triple(_citation(lines), NamedNode(predicate), value) for predicate, value in values)


def _hashes(cited: Mapping[Lines, str]) -> dict[Lines, str]:
    folder = os.environ.get("RTE_GRAPH_SOURCES")
    if folder:
        text = (Path(folder) / f"{TEXT}.txt").read_text(encoding="utf-8").split("\n")
        return {
            (first, last): hashlib.sha256("\n".join(text[first - 1 : last]).encode()).hexdigest()
            for first, last in cited
        }
    committed = _committed_hashes()
    missing = sorted(lines for lines in cited if _citation(lines) not in committed)
    if missing:
        raise CodingError(f"RTE_GRAPH_SOURCES must name the texts: the hash of lines {missing} is not known")
    return {lines: committed[_citation(lines)] for lines in cited}


def _committed_hashes() -> dict[NamedNode, str]:
    found = {}
    for path in (DATA / "mgen" / "citations.ttl", DATA / "coding" / "citations.ttl"):
        for triple in parse_triples(path) if path.exists() else ():
            if triple.predicate.value == RTE("textHash") and isinstance(triple.object, Literal):
                found[NamedNode(str(triple.subject).strip("<>"))] = triple.object.value
    return found


if __name__ == "__main__":
    main()
