"""What overlaps say in sentences: which lists are meta-coalitions, and what coverage does not prove."""

from __future__ import annotations

from rte_graph.network.overlap import CoverageRow, OverlapReport
from rte_graph.network.sentences import touched_of
from rte_graph.network.wording import listed, percent


def coverage_sentences(report: OverlapReport, lang: str) -> list[str]:
    """Say which targets are meta-coalitions by the data and by the source, and that coverage describes."""
    found = [_meta_sentence(row, lang) for row in report.coverage if row.meta_by_data or row.meta_declared]
    if not found and report.alliances:
        found = [
            "No meta-coalition, by the data or by the source."
            if lang == "en"
            else "Aucune méta-coalition, ni d’après les données ni d’après la source."
        ]
    # With one list there is nothing to cover.
    return [*found, _descriptive_sentence(report, lang)] if len(report.coverage) > 1 else found


def _meta_sentence(row: CoverageRow, lang: str) -> str:
    missing = listed([each.label for each in row.missing], lang)
    said = f" (« {row.declared_coverage} »)" if row.declared_coverage else ""
    share = percent(row.coverage or 0.0, lang)
    reached = touched_of(row.touched, row.others, "", lang)
    if lang == "en":
        by = {
            (True, True): "is a meta-coalition by the data and by the source",
            (True, False): "is a meta-coalition by the data; the source does not call it one",
            (False, True): "is a meta-coalition by the source, not by the data",
        }[row.meta_by_data, row.meta_declared]
        said = said.replace("« ", "“").replace(" »", "”")
        tail = f"; missing: {missing}" if missing else ""
        return (
            f"{row.alliance.label} {by}{said}: it gathers {row.gathered} of the {row.others_members} members "
            f"that the others name ({share}) and shares members with {reached}"
            f"{tail}."
        )
    by = {
        (True, True): "est une méta-coalition d’après les données et d’après la source",
        (True, False): "est une méta-coalition d’après les données ; la source ne le dit pas",
        (False, True): "est une méta-coalition d’après la source, non d’après les données",
    }[row.meta_by_data, row.meta_declared]
    tail = f" ; manque : {missing}" if missing else ""
    return (
        f"{row.alliance.label} {by}{said} : {row.gathered} des {row.others_members} membres que nomment les "
        f"autres ({share}), en partage avec {reached}{tail}."
    )


def _never_less(report: OverlapReport, lang: str) -> str:
    """Share of the others' members that no list as long as the longest one can do without ("" for none)."""
    row = max(report.coverage, key=lambda each: each.named, default=None)
    least = row.others_members + row.named - report.members if row else 0
    return percent(least / row.others_members, lang) if row and least > 0 else ""


def _descriptive_sentence(report: OverlapReport, lang: str) -> str:
    longest = max((row.named for row in report.coverage), default=0)
    chance = percent(longest / report.members, lang) if report.members else ""
    sure = _never_less(report, lang)
    if lang == "en":
        size = (
            f": any list of {longest} names among the {report.members} would cover {chance} of the others’ "
            f"members on average{f', and never less than {sure}' if sure else ''}"
        )
        return (
            "Coverage describes the members that the sources name, it does not prove an intention"
            f"{size if longest > 1 else ''}; members claimed but not named may change it."
        )
    size = (
        f" : une liste quelconque de {longest} noms parmi les {report.members} couvrirait en moyenne "
        f"{chance} des membres des autres{f', et jamais moins de {sure}' if sure else ''}"
    )
    return (
        "La couverture décrit les membres que les sources nomment, elle ne prouve pas une intention"
        f"{size if longest else ''} ; les membres annoncés sans être nommés peuvent la changer."
    )
