"""The boundary card for people: one small table of statements for each source."""

from __future__ import annotations

from collections.abc import Iterable

from rte_graph.network.boundary import Boundary, Claimed, Presence
from rte_graph.network.tables import ReaderTable
from rte_graph.network.wording import percent, whole

N = "\u00a0"
UNSAID = {
    "fr": "Le jeu de données ne le dit pas (rte:{term}).",
    "en": "The dataset does not say (rte:{term}).",
}
ROWS = {
    "fr": (
        "Qui a choisi les cas",
        "Ce que dit une absence",
        "Nommés et annoncés",
        "Acteurs les plus présents",
    ),
    "en": ("Who chose the cases", "What an absence says", "Named and claimed", "Most present actors"),
}
COLUMNS = {"fr": ("Frontière", "Ce qu’il faut savoir"), "en": ("Boundary", "What to know")}
CASES = {
    "fr": {
        "sheet": ("fiche", "fiches"),
        "alliance": ("alliance", "alliances"),
        "initiative": ("initiative", "initiatives"),
    },
    "en": {
        "sheet": ("sheet", "sheets"),
        "alliance": ("alliance", "alliances"),
        "initiative": ("initiative", "initiatives"),
    },
}


def boundary_tables(boundaries: Iterable[Boundary], lang: str) -> tuple[ReaderTable, ...]:
    """Return a table of two columns for each source that has cases, titled with the source's name."""
    return tuple(
        _table(boundary, "en" if lang == "en" else "fr") for boundary in boundaries if boundary.cases
    )


def _table(boundary: Boundary, lang: str) -> ReaderTable:
    chosen, absent, named, present = ROWS[lang]
    rows = [
        (chosen, boundary.selection or UNSAID[lang].format(term="caseSelection")),
        (absent, boundary.absence or UNSAID[lang].format(term="absenceMeaning")),
    ]
    if boundary.claimed:
        rows.append((named, _sentence(_claimed(claim, boundary, lang) for claim in boundary.claimed)))
    if boundary.present:
        rows.append((present, _sentence(_presence(actor, boundary, lang) for actor in boundary.present)))
    return ReaderTable(
        title=boundary.label, above=(), columns=COLUMNS[lang], rows=tuple(rows), numeric=frozenset()
    )


def _sentence(parts: Iterable[str]) -> str:
    return " ".join(f"{part}." for part in parts)


def _claimed(claim: Claimed, boundary: Boundary, lang: str) -> str:
    count = whole(claim.named, lang)
    printed = f"“{claim.printed}”" if lang == "en" else f"«{N}{claim.printed}{N}»"
    if not claim.about:
        cases = CASES[lang][boundary.kind][claim.named != 1]
        return f"{count} {cases} {'for' if lang == 'en' else 'pour'} {printed}"
    if lang == "en":
        return f"{claim.about}: {count} named, {printed} claimed"
    return f"{claim.about}{N}: {count} nommé{'s' * (claim.named > 1)}, annoncés{N}: {printed}"


def _presence(actor: Presence, boundary: Boundary, lang: str) -> str:
    cases = CASES[lang][boundary.kind][boundary.cases != 1]
    share = percent(actor.cases / boundary.cases, lang)
    ties = percent(actor.ties / boundary.ties, lang)
    number, total = whole(actor.cases, lang), whole(boundary.cases, lang)
    return {
        "fr": f"{actor.label}{N}: {number} des {total} {cases} ({share}), {ties} des liens nommés",
        "en": f"{actor.label}: {number} of {total} {cases} ({share}), {ties} of the named ties",
    }[lang]


def boundary_lines(boundaries: Iterable[Boundary], lang: str) -> list[tuple[str, str]]:
    """Return the card of each source in short: who chose, the most present actor, named and claimed."""
    language = "en" if lang == "en" else "fr"
    return [(each.label, _short(each, language)) for each in boundaries if each.cases]


def _short(boundary: Boundary, lang: str) -> str:
    chosen = boundary.selection or UNSAID[lang].format(term="caseSelection")
    parts = [_presence(actor, boundary, lang) for actor in boundary.present[:1]]
    parts += [_claimed(claim, boundary, lang) for claim in boundary.claimed]
    return f"{chosen} {_sentence(parts)}".strip()
