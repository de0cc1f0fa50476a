"""Write a synthetic cooperation network: same size and seed, same bytes.

Usage: ``python -m benchmarks.generate --size S -o FILE.nt`` (S, M or L; a name in ``.ttl`` gives Turtle)

Prints what was written, with its SHA-256. Every subject is written as it is drawn: memory stays flat.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from benchmarks.synthetic import SEED, SIZES, Block, Size, network
from rte_graph.namespaces import PREFIXES, RDF

BUFFER = 1 << 20
EDGES = ("rte:Membership", "rte:Participation")


@dataclass(slots=True)
class Written:
    """What a file holds."""

    triples: int = 0
    edges: int = 0
    bytes: int = 0
    sha256: str = ""


def write_network(path: Path, size: Size, seed: int = SEED) -> Written:
    """Write a network as N-Triples, or as Turtle when the file is named so."""
    written, digest = Written(), hashlib.sha256()
    to_text: Callable[[Block], str] = as_turtle if path.suffix == ".ttl" else as_ntriples
    with path.open("wb") as file:
        for piece in _pieces(network(size, seed), to_text, written):
            if path.suffix == ".ttl" and written.bytes == 0:
                piece = turtle_head().encode() + piece
            file.write(piece)
            digest.update(piece)
            written.bytes += len(piece)
    written.sha256 = digest.hexdigest()
    return written


def _pieces(blocks: Iterator[Block], to_text: Callable[[Block], str], written: Written) -> Iterator[bytes]:
    waiting: list[str] = []
    held = 0
    for block in blocks:
        written.triples += len(block[1])
        written.edges += block[1][0][1] in EDGES
        text = to_text(block)
        waiting.append(text)
        held += len(text)
        if held > BUFFER:
            yield "".join(waiting).encode()
            waiting, held = [], 0
    yield "".join(waiting).encode()


def turtle_head() -> str:
    """Return the prefixes, all that the project has."""
    lines = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()]
    return "".join(lines) + "\n"


def as_turtle(block: Block) -> str:
    """Return a subject with its predicates, one object a line."""
    subject, facts = block
    return f"{subject}\n    " + " ;\n    ".join(f"{predicate} {term}" for predicate, term in facts) + " .\n\n"


def as_ntriples(block: Block) -> str:
    """Return a subject's triples, one a line."""
    subject = _full(block[0])
    return "".join([f"{subject} {_predicate(predicate)} {_full(term)} .\n" for predicate, term in block[1]])


@lru_cache(maxsize=256)
def _predicate(name: str) -> str:
    return f"<{RDF('type')}>" if name == "a" else _full(name)


def _full(term: str) -> str:
    """Return a term in full: what begins with a quotation mark or a digit is a literal."""
    if term[0] in '"<':
        text, mark, datatype = term.partition("^^")
        return f"{text}^^{_full(datatype)}" if mark else term
    if term[0].isdigit():
        return f'"{term}"^^{_full("xsd:integer")}'
    prefix, _, local = term.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=sorted(SIZES), default="S")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    if options.output.suffix not in (".nt", ".ttl"):
        sys.exit("Name the file .nt (N-Triples) or .ttl (Turtle).")
    written = write_network(options.output, SIZES[options.size], options.seed)
    print(
        f"{options.output}: {written.triples} triples, {written.edges} edges, {written.bytes} bytes, "
        f"seed {options.seed}, sha256 {written.sha256}"
    )


if __name__ == "__main__":
    main()
