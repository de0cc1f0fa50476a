"""Write docs/measures.md from the register of measures: ``python scripts/make_measures.py``."""

from __future__ import annotations

from pathlib import Path

from rte_graph.network.catalogue import range_text
from rte_graph.network.measures import measures
from rte_graph.network.measures.register import KIND_NAMES, MODE_NAMES, Measure
from rte_graph.network.overlap import RULE
from rte_graph.network.wording import Text

PAGE = Path(__file__).resolve().parents[1] / "docs" / "measures.md"
INTRODUCTION = Text(
    fr="Page écrite d’après le registre des mesures (`python scripts/make_measures.py`) ; ne la corrigez "
    "pas à la main. Sauf mention contraire, les mesures ignorent le poids des liens et le nombre de rôles "
    "d’une même paire, et comptent les nœuds sans lien dans les dénominateurs. Les rangs se comparent au "
    "sein d’un ensemble : les ex æquo (à 12 chiffres significatifs) partagent un rang et en laissent un "
    "vide (1, 2, 2, 4). Dans les formules, n est la taille de l’ensemble du nœud, m celle de l’autre, V "
    "tous les nœuds, E les paires liées, k le nombre d’étapes. Un réseau "
    "à niveaux se mesure à celui que l’on demande (`--level instance` ou `family`, `docs/queries.md`).",
    en="Page written from the register of measures (`python scripts/make_measures.py`); do not correct it "
    "by hand. Unless they say otherwise, measures ignore the weight of ties and how many roles one pair "
    "has, and count nodes without a tie in the denominators. Ranks compare within a set: ties (to 12 "
    "significant digits) share a rank and leave a gap after it (1, 2, 2, 4). In formulas, n is the size of "
    "the node’s set, m that of the other, V all nodes, E the joined pairs, k the steps. "
    "A network with levels is measured at the one asked for (`--level instance` or "
    "`family`, `docs/queries.md`).",
)
EDGES = Text(
    fr="Cas limites : un ensemble vide, un seul nœud en face, un seul lien ou un nœud isolé donnent 0 là où "
    "la formule diviserait par zéro ; un nœud lié au seul nœud d’en face a degré 1 et "
    "intermédiarité 0.",
    en="Limit cases: an empty set, a single node opposite, a single tie or an isolate give 0 where the "
    "formula would divide by zero; a node joined to the only node opposite has degree 1 and "
    "betweenness 0.",
)
CONFIRMED = Text(
    fr="Chaque DOI a été confronté au titre dans des sources tierces (documentation et tests d’autres "
    "programmes, bibliographies) ; ce qui n’a pas pu l’être, et les valeurs imprimées qui n’ont pas pu être "
    "relues, se trouvent sous « Non confirmé » de chaque mesure. L’assortativité par type de nœud n’est pas "
    "une mesure à part : l’indice E-I dit déjà quelle part des liens reste dans les groupes.",
    en="Each DOI was compared with its title in sources of third parties (documentation and tests of other "
    "programs, bibliographies); what could not be, and printed values that could not be read again, stand "
    "under “Not confirmed” of each measure. Assortativity by node type is no measure of its own: the E-I "
    "index already tells which share of the ties stays within groups.",
)
OVERLAP = Text(
    fr="**Jaccard** : membres communs sur membres distincts des deux listes. **Coefficient de recouvrement** "
    "(Szymkiewicz–Simpson) : membres communs sur la liste la plus courte. **Couverture** : part des membres "
    "distincts nommés par les autres que l’alliance réunit. ",
    en="**Jaccard**: shared members over the distinct members of both lists. **Overlap coefficient** "
    "(Szymkiewicz–Simpson): shared members over the shorter list. **Coverage**: share of the distinct "
    "members named by the others that the alliance gathers. ",
)


def measures_page() -> str:
    """Return the page as Markdown: French first, then English."""
    return (
        "\n".join(
            ["# Mesures de réseau · Network measures", "", *_part("fr"), "---", "", *_part("en")]
        ).rstrip("\n")
        + "\n"
    )


def _part(lang: str) -> list[str]:
    overlap = ("## Overlap (`rte-graph overlap`)", "## Recouvrements (`rte-graph overlap`)")[lang == "fr"]
    lines = [INTRODUCTION.in_language(lang), ""]
    for kind, name in KIND_NAMES.items():
        said = name.in_language(lang)
        lines += [f"## {said[0].upper()}{said[1:]}", ""]
        for measure in measures(kind):
            lines += _section(measure, lang)
    lines += [EDGES.in_language(lang), "", CONFIRMED.in_language(lang), "", overlap, ""]
    return [*lines, OVERLAP.in_language(lang) + RULE.in_language(lang), ""]


def _section(measure: Measure, lang: str) -> list[str]:
    english = lang == "en"
    colon = ":" if english else "\u00a0:"
    names = (
        ("Formula", "Before normalisation", "Range", "Modes", "Cost", "Checked against", "Not confirmed")
        if english
        else ("Formule", "Avant normalisation", "Étendue", "Modes", "Coût", "Contrôlée par", "Non confirmé")
    )
    low, high = measure.range
    values = (
        f"`{measure.formula}`",
        measure.raw.in_language(lang),
        range_text(low, high, lang),
        ", ".join(MODE_NAMES[mode].in_language(lang) for mode in measure.modes),
        measure.complexity,
        f"{measure.oracle} ({_tests(measure)})",
        measure.unconfirmed.in_language(lang),
    )
    facts = [f"- {name}{colon} {value}" for name, value in zip(names, values, strict=True) if value]
    reference = "Reference" if english else "Référence"
    references = [
        f"- {reference}{colon} {each.text} <https://doi.org/{each.doi}>" for each in measure.references
    ]
    title = f"### {measure.label.in_language(lang)} (`{measure.name}`)"
    return [title, "", measure.definition.in_language(lang), "", *facts, *references, ""]


def _tests(measure: Measure) -> str:
    return ", ".join(f"`tests/network/{test}`" for test in measure.tested_by)


def main() -> None:
    """Write the page."""
    PAGE.write_text(measures_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
