"""The numbers of the VoID description, counted again from the dumps that it names and from the data."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import IO, cast
from urllib.parse import unquote

from pyoxigraph import NamedNode, RdfFormat, parse

from rte_graph.namespaces import RDF, VOID
from rte_graph.publish.faults import Fault, fault
from rte_graph.publish.model import Site

VOID_FILE = "catalogue/void.ttl"
TYPE = RDF("type")
Said = dict[str, dict[str, list[str]]]


def void_faults(site: Site, folder: Path) -> Iterator[Fault]:
    """Yield the counts that differ from the dumps, the dumps that are missing, and dumps that lack data."""
    path = folder / VOID_FILE
    if not path.is_file():
        return
    said: Said = {}
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        values = said.setdefault(getattr(quad.subject, "value", ""), {})
        values.setdefault(quad.predicate.value, []).append(str(getattr(quad.object, "value", "")))
    for iri, about in said.items():
        for address in about.get(VOID("dataDump"), []):
            dump = folder / unquote(address.removeprefix(f"{site.config.base_url}/"))
            if not dump.is_file():
                yield fault(
                    "void",
                    fr=f"VoID nomme {address}, qui manque.",
                    en=f"VoID names {address}, which is missing.",
                )
            elif dump.name.endswith(".nt.gz"):
                yield from _compared(site, said, iri, dump)


def _compared(site: Site, said: Said, iri: str, dump: Path) -> Iterator[Fault]:
    about = said[iri]
    counted = _count(dump, (about.get(VOID("uriSpace")) or [site.config.base])[0])
    yield from _differing(about, counted[""], dump.name)
    for partition, of in (("classPartition", "class"), ("propertyPartition", "property")):
        for node in about.get(VOID(partition), []):
            term = said.get(node, {}).get(VOID(of), [""])[0]
            yield from _differing(said.get(node, {}), counted[f"{of} {term}"], f"{dump.name}, {term}")
    if not _is_part(said, iri):
        data = _held(site)
        if counted[""]["triples"] != data:
            yield fault(
                "void",
                fr=f"{dump.name} a {counted['']['triples']} triplets, les données en ont {data}.",
                en=f"{dump.name} has {counted['']['triples']} triples, the data have {data}.",
            )


def _is_part(said: Said, iri: str) -> bool:
    return any(iri in about.get(VOID("subset"), []) for about in said.values())


def _held(site: Site) -> int:
    from rte_graph.publish.dumps import published_data

    with published_data(site) as statements:
        return int(statements.count)


def _differing(about: Mapping[str, Sequence[str]], counted: Mapping[str, int], where: str) -> Iterator[Fault]:
    for name, number in sorted(counted.items()):
        for stated in about.get(VOID(name), []):
            if stated != str(number):
                yield fault(
                    "void",
                    fr=f"VoID annonce void:{name} {stated}, il y en a {number} ({where}).",
                    en=f"VoID states void:{name} {stated}, there are {number} ({where}).",
                )


def _count(dump: Path, space: str) -> dict[str, dict[str, int]]:
    """Count a dump by what VoID calls its numbers: of the whole (""), of each class, of each property."""
    triples: Counter[str] = Counter()
    subjects: defaultdict[str, set[bytes]] = defaultdict(set)
    objects: defaultdict[str, set[bytes]] = defaultdict(set)
    members: defaultdict[str, set[bytes]] = defaultdict(set)
    own: set[bytes] = set()
    with gzip.open(dump) as lines:
        for quad in parse(cast("IO[bytes]", lines), format=RdfFormat.N_TRIPLES):
            predicate, subject, value = quad.predicate.value, _digest(quad.subject), _digest(quad.object)
            triples[predicate] += 1
            subjects[predicate].add(subject)
            objects[predicate].add(value)
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(space):
                own.add(subject)
            if predicate == TYPE and isinstance(quad.object, NamedNode):
                members[quad.object.value].add(subject)
    whole = {
        "triples": triples.total(),
        "entities": len(own),
        "classes": len(members),
        "properties": len(triples),
        "distinctSubjects": len(set().union(*subjects.values())),
        "distinctObjects": len(set().union(*objects.values())),
    }
    found = {"": whole} | {f"class {iri}": {"entities": len(held)} for iri, held in members.items()}
    for iri, number in triples.items():
        found[f"property {iri}"] = {
            "triples": number,
            "distinctSubjects": len(subjects[iri]),
            "distinctObjects": len(objects[iri]),
        }
    return defaultdict(lambda: {"entities": 0, "triples": 0}, found)


def _digest(term: object) -> bytes:
    return blake2b(str(term).encode(), digest_size=8).digest()
