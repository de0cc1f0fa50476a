"""The robustness card for people: tables with bars, CSV, JSON, and a small SVG chart."""

from __future__ import annotations

import json
from html import escape

from rte_graph.network.ranking import rounded
from rte_graph.network.robustness import FIELDS, MODELS, SETS, Robustness, Stability
from rte_graph.network.tables import ReaderTable, to_csv, to_markdown, to_terminal
from rte_graph.network.wording import Text, percent, whole
from rte_graph.typography import french

BAR = 10
KINDS = {
    "random": Text(fr="Liens manquants au hasard", en="Ties missing at random"),
    "list": Text(fr="Une liste manque", en="One list is missing"),
    "source": Text(fr="Une source manque", en="One source is missing"),
}
KEPT = Text(
    fr="Gardé : nœuds des premiers rangs avant et après, communs sur tous (Jaccard ; 100 % : les mêmes) ; "
    "des ex æquo se partagent les places qui restent.",
    en="Kept: nodes of the first ranks before and after, shared over all (Jaccard; 100%: the same ones); "
    "nodes that tie share the places left.",
)


def format_robustness(card: Robustness, *, lang: str = "fr", output: str = "table", width: int = 0) -> str:
    """Return the card as a table, CSV (its rows), JSON, Markdown or SVG."""
    if output == "json":
        return json.dumps(card.as_dict(lang), ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        return to_csv(FIELDS, [row.as_dict() for row in card.rows])
    if output == "svg":
        return robustness_chart(card, lang)
    tables = robustness_tables(card, lang)
    return to_markdown(tables) if output == "markdown" else to_terminal(tables, width)


def robustness_tables(card: Robustness, lang: str) -> list[ReaderTable]:
    """Return the head, a table for each kind of absence, and how often each node of the top stays there."""
    label = card.measure.label.in_language(lang)
    name = card.network.full_name
    if not card.rows:
        none = Text(
            fr=f"Le réseau « {name} » n’a rien à classer : égalité de tous les nœuds, ou aucun lien.",
            en=f"The network “{name}” has nothing to rank: all its nodes tie, or it has no ties.",
        )
        return [_head(_worded(none, lang), (), ())]
    title = Text(
        fr=f"Robustesse : {label} ({name})",
        en=f"Robustness: {label} ({name})",
    )
    draws = Text(
        fr=f"{whole(card.draws, 'fr')} tirages, graine {card.seed}.",
        en=f"{whole(card.draws, 'en')} draws, seed {card.seed}.",
    )
    head = _head(_worded(title, lang), (_worded(MODELS, lang), _worded(draws, lang)), (_worded(KEPT, lang),))
    kinds = [kind for kind in KINDS if any(row.kind == kind for row in card.rows)]
    return [head, *(_table(card, kind, lang) for kind in kinds), *_staying(card, lang)]


def _head(title: str, above: tuple[str, ...], below: tuple[str, ...]) -> ReaderTable:
    return ReaderTable(title=title, above=above, columns=(), rows=(), numeric=frozenset(), below=below)


def _table(card: Robustness, kind: str, lang: str) -> ReaderTable:
    rows = [row for row in card.rows if row.kind == kind]
    english, random = lang == "en", kind == "random"
    what = {"random": (), "list": ("List" if english else "Liste",), "source": ("Source",)}[kind]
    columns = (
        *what,
        "Missing ties" if english else "Liens manquants",
        "Set" if english else "Ensemble",
        "Ranks" if english else "Rangs",
        *(("Kept (mean)", "95% of draws ≥") if english else ("Gardé (moyenne)", "95 % des tirages ≥"))[
            : 2 if random else 1
        ],
        "First stays" if english else "Premier gardé",
        "",
    )
    return ReaderTable(
        title=KINDS[kind].in_language(lang),
        above=(),
        columns=tuple(column if english else french(column) for column in columns),
        rows=tuple(_cells(card, row, lang) for row in rows),
        numeric=frozenset(range(len(what), len(columns) - 1)) - {len(what) + 1},
    )


def _cells(card: Robustness, row: Stability, lang: str) -> tuple[str, ...]:
    random = row.kind == "random"
    yes, no, tied = ("yes", "no", "ties") if lang == "en" else ("oui", "non", "ex æquo")
    return (
        *(() if random else (row.what,)),
        percent(row.share, lang),
        card.network.set_label(row.set, lang),
        f"{row.top} / {row.size}",
        percent(row.kept, lang),
        *((percent(row.low, lang),) if random else ()),
        percent(row.first, lang) if random else {0.0: no, 1.0: yes}.get(rounded(row.first), tied),
        "█" * round(BAR * row.kept),
    )


def _staying(card: Robustness, lang: str) -> list[ReaderTable]:
    tables = []
    for name in SETS:
        rows = [row for row in card.staying if row.set == name]
        if not rows:
            continue
        label = card.network.set_label(name, lang)
        title = Text(
            fr=f"{label} : part des tirages où le nœud reste dans les premiers rangs",
            en=f"{label}: share of the draws in which the node stays in the first ranks",
        )
        shares = tuple(
            f"{percent(share, lang)} {'missing' if lang == 'en' else 'manquent'}" for share in card.shares
        )
        tables.append(
            ReaderTable(
                title=_worded(title, lang),
                above=(),
                columns=(label, *shares),
                rows=tuple((row.label, *(percent(stay, lang) for stay in row.stays)) for row in rows),
                numeric=frozenset(range(1, len(shares) + 1)),
            )
        )
    return tables


ROW, LEFT, WIDE = 22, 330, 300


def robustness_chart(card: Robustness, lang: str) -> str:
    """Return the rows of the card as bars in an SVG; the same card gives the same bytes."""
    lines = [_bar(card, row, place, lang) for place, row in enumerate(card.rows)]
    height = 70 + ROW * len(card.rows)
    title = f"{card.measure.label.in_language(lang)} ({card.network.full_name})"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {height}" role="img" '
            'font-family="sans-serif" font-size="12">',
            f"<title>{escape(title)}</title>",
            '<rect width="100%" height="100%" fill="white"/>',
            f'<text x="10" y="20" font-weight="bold">{escape(title)}</text>',
            f'<text x="10" y="38">{escape(_worded(MODELS, lang))}</text>',
            *lines,
            "</svg>\n",
        ]
    )


def _bar(card: Robustness, row: Stability, place: int, lang: str) -> str:
    y = 52 + ROW * place
    what = row.what or f"− {percent(row.share, lang)}"
    name = f"{card.network.set_label(row.set, lang)}, {row.top}/{row.size}{french(' : ')}{what}"
    short = name if len(name) <= 50 else f"{name[:49]}…"
    return (
        f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(short)}</text>'
        f'<rect x="{LEFT}" y="{y + 2}" width="{WIDE}" height="14" fill="#e6e6e6"/>'
        f'<rect x="{LEFT}" y="{y + 2}" width="{WIDE * row.kept:.1f}" height="14" fill="#1f5a8a"/>'
        f'<text x="{LEFT + WIDE + 8}" y="{y + 13}">{percent(row.kept, lang)}</text>'
    )


def _worded(words: Text, lang: str) -> str:
    text = words.in_language(lang)
    return text if lang == "en" else french(text)
