"""The report on a file of others, to be read in a minute: what comes across first, the details below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rte_graph.exchange.accounting import Account, Row
from rte_graph.exchange.align import Alignment
from rte_graph.exchange.concepts import Concept
from rte_graph.exchange.gaps import Gap
from rte_graph.exchange.mending import KINDS
from rte_graph.exchange.names import clip, short
from rte_graph.exchange.page import MARKS, STYLES, Page, joined
from rte_graph.exchange.report_words import counted, relation, share, told, word
from rte_graph.exchange.vocabularies import vocabulary
from rte_graph.sparql.model import Text
from rte_graph.validation import choose, number

if TYPE_CHECKING:
    from rich.console import Console

_ORDER = ("whole", "lossy", "lost")
_FATES = {
    "whole": ("passent tels quels", "come across as they are"),
    "lossy": ("passent avec une perte", "come across with a loss"),
    "lost": ("se perdent", "are lost"),
}


def print_alignment(found: Alignment, console: Console, lang: str, *, written: bool = False) -> None:
    """Print the report.

    Parameters
    ----------
    found : Alignment
    console : rich.console.Console
    lang : str
    written : bool
        Whether the files were asked for too: then the last line does not offer them.
    """
    page = Page(console, lang)
    _head(found, page)
    if not found.read:
        page.show()
        return
    _brief(found, page)
    print_rows(found.account, page)
    _concepts(found, page)
    _gaps(found, page, missing=True)
    _gaps(found, page, missing=False)
    _mends(found, page)
    _round_trip(found, page)
    if not written and found.mapped:
        page.title("next")
        page.say(
            f"rte-graph align {found.path} -o DOSSIER écrit ce qui passe, ce qui se perd et le reste.",
            f"rte-graph align {found.path} -o FOLDER writes what comes across, what is lost and the rest.",
            indent=2,
        )
    page.show()


def _head(found: Alignment, page: Page) -> None:
    read = counted(found.read, "triplet", "triple", page.lang)
    titles = joined(
        f"{vocabulary(name).title} ({counted(count, 'triplet', 'triple', page.lang)})"
        for name, count in found.speaks.items()
    )
    left = number(found.account.triples, page.lang)
    differs = found.account.triples != found.read
    fr, en = (f", {left} une fois réparé", f", {left} once mended") if differs else ("", "")
    page.say(f"{found.path} : {read}{fr}.", f"{found.path}: {read}{en}.", style="bold")
    if titles:
        page.say(f"Parle {titles}.", f"Speaks {titles}.")
    elif not found.read:
        page.say(
            "Le fichier ne contient aucun énoncé : il n’y a rien à rapprocher. Vérifiez l’export qui l’a "
            "écrit.",
            "The file holds no statement: there is nothing to align. Check the export that wrote it.",
        )
    elif not found.own:
        page.say(
            "Ne parle aucun des vocabulaires connus ici (ORG, schema.org, ESSGlobal, PAIR) : rien ne passe.",
            "Speaks none of the vocabularies known here (ORG, schema.org, ESSGlobal, PAIR): nothing comes "
            "across.",
        )

    if found.own:
        count = counted(found.own, "triplet", "triple", page.lang)
        page.say(
            f"Parle déjà notre vocabulaire ({count}) : cela se charge tel quel, sans align ; voyez rte-graph "
            "validate.",
            f"Speaks our vocabulary already ({count}): that is loaded as it is, without align; see rte-graph "
            "validate.",
        )


def _brief(found: Alignment, page: Page) -> None:
    account, lang = found.account, page.lang
    page.title("brief")
    print_totals(account, page)
    if found.arrivals:
        resources = counted(account.resources, "ressource décrite", "resource", lang)
        resources = resources.replace("ressource décrites", "ressources décrites")
        page.say(
            f"Arriveraient chez nous, sur {resources} :",
            f"Would arrive here, of {resources} described:",
            indent=2,
        )
        rows = [
            (number(count, lang), choose(found.labels.get(iri, {}), lang) or short(iri), short(iri))
            for iri, count in found.arrivals
        ]
        page.table((">", "=", ""), rows, indent=4)
    lacking = [path for path, _, _ in merged(found.gaps.of(missing=True), lang)]
    if lacking:
        names = joined(dict.fromkeys(lacking))
        page.say(f"Resterait à ajouter : {names}.", f"Left to be added: {names}.", indent=2)
    wrong = sum(gap.count for gap in found.gaps.of(missing=False))
    if wrong:
        count = number(wrong, lang)
        page.say(
            f"Resterait à corriger : {count}, dits plus bas.",
            f"Left to be corrected: {count}, told below.",
            indent=2,
        )


def print_totals(account: Account, page: Page) -> None:
    """Print how many triples meet each fate."""
    from rich.text import Text as Line

    parts = {"whole": account.whole, "lossy": account.lossy, "lost": len(account.lost)}
    page.bar(parts)
    for fate, count in parts.items():
        line = Line(f"  {MARKS[fate]} ", STYLES[fate])
        said = counted(count, "triplet", "triple", page.lang)
        verb = _FATES[fate][page.lang == "en"]
        if page.lang != "en" and count < 2:
            verb = {"lost": "se perd"}.get(
                fate, verb.replace("passent tels quels", "passe tel quel").replace("passent", "passe")
            )
        line.append(f"{said} ({share(count, account.triples, page.lang)}) {verb}", "default")
        page.line(line)


def print_rows(account: Account, page: Page, *, outward: bool = False) -> None:
    """Print what happens to each class and property: what comes across first; what is lost, by reason."""
    from rich.text import Text as Line

    theirs, ours = ("ours", "theirs") if outward else ("theirs", "ours")
    columns = (
        "=",
        f"|{word(theirs, page.lang)}",
        f">{word('triples', page.lang)}",
        f"~{word(ours, page.lang)}",
        word("loss", page.lang),
    )
    for kind, title in (("class", "classes"), ("property", "properties")):
        rows = sorted(account.of_kind(kind), key=lambda row: _ORDER.index(row.fate))
        if not rows:
            continue
        page.title(title)
        kept = [
            (
                Line(MARKS[row.fate], STYLES[row.fate]),
                Line(short(row.iri)),
                number(row.triples, page.lang),
                joined(row.becomes, 3) or "—",
                _why(row, page.lang),
            )
            for row in rows
            if row.fate != "lost"
        ]
        lost = [
            (Line(MARKS["lost"], STYLES["lost"]), names, number(count, page.lang), "—", why)
            for names, count, why in _lost(rows, page.lang)
        ]
        page.table(columns, [*kept, *lost], indent=0)


def _lost(rows: Iterable[Row], lang: str) -> list[tuple[str, int, str]]:
    """Gather what is lost for the same reason: (names, triples, reason)."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.fate == "lost":
            found.setdefault(row.reasons[0].in_language(lang) if row.reasons else "", []).append(row)
    gathered = [
        (joined((short(row.iri) for row in group), 8), sum(row.triples for row in group), why)
        for why, group in found.items()
    ]
    return sorted(gathered, key=lambda each: -each[1])


def _why(row: Row, lang: str) -> str:
    parts = [_sentence(row.losses, lang)] if row.losses else []
    if row.lost:
        count = number(row.lost, lang)
        lost = told("perdu" if row.lost < 2 else "perdus", "lost", lang)
        parts.append(told(f"{count} {lost} : ", f"{count} {lost}: ", lang) + _sentence(row.reasons, lang))
    return told(" ; ".join(parts), "; ".join(parts), lang)


def _sentence(texts: Iterable[Text], lang: str) -> str:
    return ", ".join(text.in_language(lang) for text in list(texts)[:2])


def _concepts(found: Alignment, page: Page) -> None:
    if not found.concepts:
        return
    lang = page.lang
    page.title("concepts")
    columns = ("theirs", ">uses", "ours", "relation", "french")
    titles = [f">{word(each[1:], lang)}" if each.startswith(">") else word(each, lang) for each in columns]
    page.table(titles, [_concept(each, found.labels, lang) for each in found.concepts])
    lacking = [each for each in found.concepts if not each.french and not each.offered]
    if lacking:
        names = joined((each.iri.rpartition("/")[2] for each in lacking), 12)
        page.say(
            f"Sans nom français, et nous n’avons pas d’équivalent exact à proposer : {names}.",
            f"Without a French name, and we have no exact equivalent to offer: {names}.",
            indent=2,
        )


def _concept(each: Concept, labels: Mapping[str, Mapping[str, str]], lang: str) -> tuple[str, ...]:
    local = each.iri.rpartition("/")[2]
    theirs = f"{local} {clip(each.label, 40)}" if each.label else short(each.iri)
    ours = choose(labels.get(each.ours, {}), lang) or "—"
    offered = told(f"{each.offered} (proposé)", f"{each.offered} (offered)", lang)
    french = clip(each.french, 40) if each.french else offered if each.offered else "—"
    return theirs, number(each.uses, lang), ours, relation(each.relation, lang), french


def _gaps(found: Alignment, page: Page, *, missing: bool) -> None:
    gaps = found.gaps.of(missing=missing)
    if not gaps:
        return
    page.title("missing" if missing else "wrong")
    looked, all_of_them = number(found.gaps.looked_at, page.lang), number(found.gaps.resources, page.lang)
    if found.gaps.looked_at < found.gaps.resources:
        page.say(
            f"Vérifié sur {looked} ressources de {all_of_them}, les premières de chaque classe ; rte-graph "
            "validate les vérifie toutes.",
            f"Checked on {looked} resources of {all_of_them}, the first of each class; rte-graph validate "
            "checks all of them.",
            indent=2,
        )
    rows = [(number(count, page.lang), path, message) for path, count, message in merged(gaps, page.lang)]
    page.table(
        (f">{word('resources', page.lang)}", f"={word('property', page.lang)}", word("repair", page.lang)),
        rows,
    )


def merged(gaps: Iterable[Gap], lang: str) -> list[tuple[str, int, str]]:
    """Return (property, resources, repair): what several classes lack of the same, once."""
    found: dict[tuple[str, str], int] = {}
    for gap in gaps:
        key = short(gap.path) if gap.path else "—", gap.message.in_language(lang)
        found[key] = found.get(key, 0) + gap.count
    rows = [(path, count, message) for (path, message), count in found.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _mends(found: Alignment, page: Page) -> None:
    if not found.mended.mends:
        return
    page.title("mended")
    rows = [
        (number(each.count, page.lang), KINDS[each.kind].in_language(page.lang), _example(*each.examples[0]))
        for each in found.mended.mends
    ]
    titles = (f">{word('times', page.lang)}", word("fault", page.lang), word("example", page.lang))
    page.table(titles, rows)


def _example(before: str, after: str) -> str:
    return f"{clip(before, 70)} → {clip(after, 70)}" if after else clip(before, 70)


def _round_trip(found: Alignment, page: Page) -> None:
    trip, taken = found.round_trip, found.account.whole + found.account.lossy
    if not taken:
        return
    lang = page.lang
    page.title("back")
    same, all_taken, part = number(trip.same, lang), number(taken, lang), share(trip.same, taken, lang)
    page.say(
        f"Réécrits dans leur vocabulaire, {same} des {all_taken} triplets qui passent reviennent tels quels "
        f"({part}).",
        f"Written in their vocabulary again, {same} of the {all_taken} triples that come across are as they "
        f"were ({part}).",
        indent=2,
    )
    if trip.changed:
        names = joined((f"{short(iri)} ({number(count, lang)})" for iri, count in trip.changed), 8)
        page.say(
            f"Reviennent autrement, ou pas du tout : {names}.",
            f"Differently, or not at all: {names}.",
            indent=2,
        )
