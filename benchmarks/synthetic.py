"""Synthetic cooperation networks in the terms of the ontology, drawn one subject at a time.

The shape is that of cooperation networks: few actors take part in very many initiatives, most in one or two,
and so with alliances and their members. Nothing is kept of what was drawn, so that memory stays flat, and
draws come from ``random.random`` alone, whose stream Python keeps from release to release. The data conform
to the packaged shapes: each statement has its evidence, each citation its document, lines and hash.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SEED = 20261120
DATASET = "dataset:bench"

Block = tuple[str, list[tuple[str, str]]]
"""A subject and its predicates with objects, all as Turtle writes them with the prefixes of the project."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_WORDS = _words("Ateliers Maison Jardins Relais Fabrique Passerelle Escale Café Halte Chantiers")
PLACES = _words(
    "Nancy Mulhouse Poitiers Cahors Toulouse Bordeaux Tours Nantes Rennes Lille Metz Dijon Albi Rodez Vannes"
)
PLACE_KINDS = (("region", 20), ("departement", 100))
ORGANISATION_KINDS = _words("association company cooperative federation foundation local-authority mutual")
INITIATIVE_KINDS = _words("awareness-action experiment place programme project publication service")
STATES = _words("completed experimental launched ongoing permanent planned")
THEMES = _words("ageing-well digital disability housing respite sport youth-inclusion intergenerational")
NEEDS = _words("access-to-care employment isolation adapted-housing social-ties sustainable-food health")
PARTICIPATION_ROLES = _words("partner contributor carrier pilot coordinator supporter host participant")
FUNCTIONS = _words("president director founder general-manager")
RELATION_KINDS = _words("actor animator coordinator expert local-partner privileged-partner local-relay")
FORMS = _words("alliance coalition collective network")
FUNDING_KINDS = _words("financial-agreement grant in-kind private-funding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many initiatives and actors; all the rest is in proportion."""

    initiatives: int
    actors: int

    @property
    def alliances(self) -> int:
        """Alliances among the actors; the first three in five are national."""
        return max(2, self.actors // 40)

    @property
    def persons(self) -> int:
        """Persons among the actors."""
        return max(1, self.actors // 20)

    @property
    def organisations(self) -> int:
        """Organisations among the actors."""
        return self.actors - self.alliances - self.persons

    @property
    def territories(self) -> int:
        """Country, regions, départements and communes."""
        return self.initiatives // 20 + 121

    @property
    def documents(self) -> int:
        """Documents that citations point to."""
        return self.initiatives // 200 + 1


SIZES = {
    "S": Size(initiatives=1_035, actors=415),
    "M": Size(initiatives=100_000, actors=40_000),
    "L": Size(initiatives=500_000, actors=200_000),
}


class Draws:
    """Random choices of one section, which do not depend on what other sections drew."""

    def __init__(self, seed: int, section: str) -> None:
        self.random: Callable[[], float] = random.Random(f"{seed} {section}").random

    def below(self, count: int) -> int:
        """Return a number from 0 to ``count`` − 1, all alike."""
        return int(self.random() * count)

    def heavy(self, count: int) -> int:
        """Return a number from 0 to ``count`` − 1, small ones far more often.

        The cube of a uniform draw gives a power law whose degrees have the exponent 2.5; products, unlike
        powers, are the same on every machine.
        """
        draw = self.random()
        return int(draw * draw * draw * count)

    def length(self, least: float, most: int) -> int:
        """Return a list length with a heavy tail (Pareto with exponent 2), at most ``most``."""
        return min(most, int(least / (1 - self.random()) ** 0.5))

    def one(self, options: Sequence[str]) -> str:
        """Return one of the options."""
        return options[int(self.random() * len(options))]

    def some(self, options: Sequence[str], most: int) -> list[str]:
        """Return one to ``most`` different options."""
        return sorted({self.one(options) for _ in range(1 + self.below(most))})

    def others(self, count: int, wanted: int, excluded: int = -1) -> list[int]:
        """Return at most ``wanted`` different numbers, small ones more often."""
        return sorted({self.heavy(count) for _ in range(wanted)} - {excluded})


def network(size: Size, seed: int = SEED) -> Iterator[Block]:
    """Yield everything, what is referred to before what refers to it (but for parents among alliances)."""
    yield from _dataset(size)
    yield from _territories(size, Draws(seed, "territories"))
    yield from _alliances(size, Draws(seed, "alliances"))
    yield from _organisations(size, Draws(seed, "organisations"))
    yield from _persons(size, Draws(seed, "persons"))
    yield from _relations(size, Draws(seed, "relations"))
    yield from _initiatives(size, Draws(seed, "initiatives"))


def _dataset(size: Size) -> Iterator[Block]:
    yield (
        DATASET,
        [
            ("a", "dcat:Dataset"),
            ("dcterms:title", '"Réseau de coopération synthétique"@fr'),
            ("dcterms:title", '"Synthetic cooperation network"@en'),
            ("dcterms:license", "<https://creativecommons.org/licenses/by/4.0/>"),
            ("dcterms:issued", '"2026-11-20"^^xsd:date'),
        ],
    )
    for number in range(size.documents):
        yield (
            f"document:bench-{number}",
            [
                ("a", "rte:Document"),
                ("skos:prefLabel", f'"Recueil {number}"@fr'),
                ("dcterms:title", f'"Recueil {number} des coopérations"@fr'),
                ("dcterms:language", '"fr"'),
                ("rte:sha256", _hash(f"document {number}")),
            ],
        )


def _territories(size: Size, draws: Draws) -> Iterator[Block]:
    yield ("territory:bench-0", [("a", "rte:Territory"), *_names("Pays", "Country", 0), *_place("country")])
    for number in range(1, size.territories):
        kind = next((kind for kind, last in PLACE_KINDS if number <= last), "commune")
        above = 0 if kind == "region" else draws.below(20) + (1 if kind == "departement" else 21)
        yield (
            f"territory:bench-{number}",
            [
                ("a", "rte:Territory"),
                ("skos:prefLabel", f'"{draws.one(PLACES)}-{kind}-{number}"@fr'),
                *_place(kind),
                ("rte:within", f"territory:bench-{above}"),
            ],
        )


def _place(kind: str) -> list[tuple[str, str]]:
    return [("rte:kind", f"territory-kind:{kind}")]


def _alliances(size: Size, draws: Draws) -> Iterator[Block]:
    national = max(1, size.alliances * 3 // 5)
    for number in range(size.alliances):
        evidence = f"citation:bench-a{number}"
        yield _citation(size, evidence, number)
        level = "national" if number < national else "territorial"
        facts = [
            ("a", "rte:Alliance"),
            *_names("Alliance", "Alliance", number),
            *_described("Une alliance", "An alliance", number),
            ("rte:form", f"alliance-form:{draws.one(FORMS)}"),
            ("rte:level", f"alliance-level:{level}"),
            ("rte:territory", f"territory:bench-{draws.heavy(size.territories)}"),
            *(("rte:theme", f"theme:{theme}") for theme in draws.some(THEMES, 3)),
            *_started(draws),
            ("rte:figure", f"figure:bench-{number}"),
            ("rte:evidence", evidence),
        ]
        if level == "territorial":
            facts.append(("org:subOrganizationOf", f"alliance:bench-{draws.heavy(national)}"))
        yield (f"alliance:bench-{number}", facts)
        yield _figure(number, draws.length(10, 500), evidence)


def _figure(number: int, value: int, evidence: str) -> Block:
    return (
        f"figure:bench-{number}",
        [
            ("a", "rte:Figure"),
            ("rte:value", str(value)),
            ("rte:unit", "unit:organisation"),
            ("rte:counts", "counted-thing:members"),
            ("rte:printedValue", f'"{value} membres"@fr'),
            ("rte:evidence", evidence),
        ],
    )


def _organisations(size: Size, draws: Draws) -> Iterator[Block]:
    for number in range(size.organisations):
        evidence = f"citation:bench-o{number // 20}"
        if number % 20 == 0:
            yield _citation(size, evidence, number)
        subject = f"organisation:bench-{number}"
        name = f"{draws.one(FIRST_WORDS)} de {draws.one(PLACES)}"
        yield (
            subject,
            [
                ("a", "rte:Organisation"),
                ("skos:prefLabel", f'"{name} {number}"@fr'),
                *_described("Organisation du réseau", "Organisation of the network", number),
                ("rte:kind", f"organisation-kind:{draws.one(ORGANISATION_KINDS)}"),
                ("rte:territory", f"territory:bench-{draws.below(size.territories)}"),
                ("rte:evidence", evidence),
            ],
        )
        for alliance in draws.others(size.alliances, draws.length(0.7, 30)):
            role = "founding-member" if draws.random() < 0.15 else "member"
            yield _membership(subject, f"alliance:bench-{alliance}", role, evidence, _started(draws))


def _persons(size: Size, draws: Draws) -> Iterator[Block]:
    for number in range(size.persons):
        evidence = f"citation:bench-o{draws.below((size.organisations + 19) // 20)}"
        subject = f"person:bench-{number}"
        yield (
            subject,
            [
                ("a", "rte:Person"),
                ("skos:prefLabel", f'"Camille {draws.one(PLACES)} {number}"@fr'),
                ("rte:evidence", evidence),
            ],
        )
        whole = f"organisation:bench-{draws.below(size.organisations)}"
        yield _membership(subject, whole, draws.one(FUNCTIONS), evidence, [])
        if draws.random() < 0.3:
            whole = f"alliance:bench-{draws.heavy(size.alliances)}"
            yield _membership(subject, whole, "board-member", evidence, [])


def _membership(member: str, whole: str, role: str, evidence: str, dates: list[tuple[str, str]]) -> Block:
    name = f"{_local(member)}--{_local(whole)}--{role}"
    return (
        f"membership:{name}",
        [
            ("a", "rte:Membership"),
            ("org:member", member),
            ("org:organization", whole),
            ("org:role", f"membership-role:{role}"),
            *dates,
            ("rte:evidence", evidence),
        ],
    )


def _relations(size: Size, draws: Draws) -> Iterator[Block]:
    for number in range(size.actors // 4):
        party = draws.heavy(size.organisations)
        if draws.random() < 0.5:
            towards = f"alliance:bench-{draws.heavy(size.alliances)}"
        else:
            towards = (
                f"organisation:bench-{(party + 1 + draws.below(size.organisations - 1)) % size.organisations}"
            )
        yield (
            f"relation:bench-{number}",
            [
                ("a", "rte:StakeholderRelation"),
                ("rte:kind", f"stakeholder-kind:{draws.one(RELATION_KINDS)}"),
                ("rte:party", f"organisation:bench-{party}"),
                ("rte:towards", towards),
                ("rte:evidence", f"citation:bench-o{party // 20}"),
            ],
        )


def _initiatives(size: Size, draws: Draws) -> Iterator[Block]:
    for number in range(size.initiatives):
        evidence = f"citation:bench-i{number}"
        yield _citation(size, evidence, number)
        subject = f"initiative:bench-{number}"
        territory = f"territory:bench-{draws.below(size.territories)}"
        facts = [
            ("a", "rte:Initiative"),
            *_names(f"{draws.one(FIRST_WORDS)} partagés", "Initiative", number),
            *_described("Initiative menée", "Initiative carried out", number),
            ("rte:kind", f"initiative-kind:{draws.one(INITIATIVE_KINDS)}"),
            ("rte:state", f"initiative-state:{draws.one(STATES)}"),
            ("rte:territory", territory),
            *(("rte:theme", f"theme:{theme}") for theme in draws.some(THEMES, 2)),
            ("rte:need", f"need:{draws.one(NEEDS)}"),
            *_started(draws),
            ("rte:evidence", evidence),
        ]
        if draws.random() < 0.15:
            facts.append(("rte:commonProjectOf", f"alliance:bench-{draws.heavy(size.alliances)}"))
        yield (subject, facts)
        if draws.random() < 0.1:
            yield _claim(number, subject, territory, evidence)
        actors = draws.others(size.organisations, draws.length(2.57, 80))
        for actor in actors:
            yield _participation(actor, number, draws.one(PARTICIPATION_ROLES), evidence)
        if draws.random() < 0.1:
            yield _funding(number, draws.heavy(size.organisations), draws.one(FUNDING_KINDS), evidence)


def _participation(actor: int, initiative: int, role: str, evidence: str) -> Block:
    return (
        f"participation:bench-{actor}--{initiative}",
        [
            ("a", "rte:Participation"),
            ("rte:participant", f"organisation:bench-{actor}"),
            ("rte:initiative", f"initiative:bench-{initiative}"),
            ("rte:role", f"participation-role:{role}"),
            ("rte:evidence", evidence),
        ],
    )


def _funding(initiative: int, funder: int, kind: str, evidence: str) -> Block:
    return (
        f"funding:bench-{initiative}",
        [
            ("a", "rte:Funding"),
            ("rte:funder", f"organisation:bench-{funder}"),
            ("rte:funded", f"initiative:bench-{initiative}"),
            ("rte:resourceKind", f"resource-kind:{kind}"),
            ("rte:evidence", evidence),
        ],
    )


def _claim(number: int, subject: str, territory: str, evidence: str) -> Block:
    return (
        f"claim:bench-{number}",
        [
            ("a", "rte:Claim"),
            ("rdf:subject", subject),
            ("rdf:predicate", "rte:territory"),
            ("rdf:object", territory),
            ("rte:rank", "rank:preferred"),
            ("rte:evidence", evidence),
        ],
    )


def _citation(size: Size, subject: str, number: int) -> Block:
    first = 1 + number // size.documents * 10
    return (
        subject,
        [
            ("a", "rte:Citation"),
            ("rte:document", f"document:bench-{number % size.documents}"),
            ("rte:heading", f'"Chapitre {number // 50}"@fr'),
            ("rte:firstLine", str(first)),
            ("rte:lastLine", str(first + number % 9)),
            ("rte:textHash", _hash(subject)),
        ],
    )


def _names(fr: str, en: str, number: int) -> list[tuple[str, str]]:
    return [("skos:prefLabel", f'"{fr} {number}"@fr'), ("skos:prefLabel", f'"{en} {number}"@en')]


def _described(fr: str, en: str, number: int) -> list[tuple[str, str]]:
    return [
        ("dcterms:description", f'"{fr}, numéro {number}, tirée au sort."@fr'),
        ("dcterms:description", f'"{en}, number {number}, drawn at random."@en'),
    ]


def _started(draws: Draws) -> list[tuple[str, str]]:
    if draws.random() < 0.3:
        return []
    year = 2000 + draws.below(26)
    return [("rte:start", f'"{year}"^^xsd:gYear'), ("rte:earliest", f'"{year}-01-01"^^xsd:date')]


def _hash(text: str) -> str:
    return f'"{hashlib.sha256(text.encode()).hexdigest()}"'


def _local(name: str) -> str:
    return name.replace(":bench", "")
