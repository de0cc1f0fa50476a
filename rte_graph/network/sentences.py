"""What the figures say, in one plain sentence each, computed from the network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rte_graph.network.declared import Declared
from rte_graph.network.hubs import HubRow
from rte_graph.network.model import Network, SetName
from rte_graph.network.overlap import CoverageRow, coverage_of
from rte_graph.network.structure import neighbours, shape
from rte_graph.network.wording import NBSP, Text, listed, lowered, percent, whole


def network_sentence(network: Network, lang: str) -> str:
    """Say what the network is and how large: sets, joined pairs, density, components, isolates."""
    found = shape(network)
    sets = _sets(network, lang)
    density = percent(found.density, lang) if found.density is not None else "—"
    pieces = len(found.component_sizes)
    if lang == "en":
        ties = f", {found.ties} ties" if found.ties != found.pairs else ""
        pairs = "joined pair" if found.pairs == 1 else "joined pairs"
        return (
            f"{sets}, {whole(found.pairs, lang)} {pairs}{ties}, density {density}, "
            f"{pieces} component{'s' * (pieces > 1)}, {_isolates(found.isolates, lang)}."
        )
    ties = f", {found.ties} liens" if found.ties != found.pairs else ""
    pairs = "paires liées" if found.pairs > 1 else "paire liée"
    return (
        f"{sets}, {whole(found.pairs, lang)} {pairs}{ties}, densité {density}, "
        f"{pieces} composante{'s' * (pieces > 1)}, {_isolates(found.isolates, lang)}."
    )


def _sets(network: Network, lang: str) -> str:
    """Count the nodes of both sets, or of the only one that a network has that is not two-mode."""
    if network.mode != "two-mode":
        count, one = len(network.nodes), len(network.nodes) == 1
        return f"{whole(count, lang)} {('node' if lang == 'en' else 'nœud') + 's' * (not one)}"
    sources, targets = (lowered(network.set_label(name, lang)) for name in ("source", "target"))
    return (
        f"{_counted(network.source_count, sources, lang)} × {_counted(network.target_count, targets, lang)}"
    )


def _counted(count: int, label: str, lang: str) -> str:
    """Write a count with the name of its set, which the query's header gives in the plural."""
    singular = count == 1 or (count == 0 and lang == "fr")
    return f"{whole(count, lang)} {label.removesuffix('s') if singular else label}"


def _isolates(isolates: Sequence[str], lang: str) -> str:
    if not isolates:
        return "no isolate" if lang == "en" else "aucun nœud isolé"
    if lang == "en":
        return f"{len(isolates)} isolate{'s' * (len(isolates) > 1)} ({listed(isolates, lang)})"
    plural = "s" * (len(isolates) > 1)
    return f"{len(isolates)} nœud{plural} isolé{plural} ({listed(isolates, lang)})"


def empty_sentence(network: Network, lang: str) -> str:
    """Say that there is nothing to measure, and what to do."""
    if lang == "en":
        return (
            f"The network “{network.name}” has no node in these data: “rte-graph query show {network.name}” "
            "says what it looks for, “rte-graph validate” what the data lack."
        )
    return (
        f"Le réseau « {network.name} » n’a aucun nœud dans ces données : "
        f"« rte-graph query show {network.name} » dit ce qu’il cherche, « rte-graph validate » ce qui "
        "manque aux données."
    )


def named_of_claimed(named: int, claimed: int | None, qualifier: str, lang: str) -> str:
    r"""Write members named against members claimed.

    Examples
    --------
    >>> named_of_claimed(1, 15, "environ", "fr").replace("\u00a0", " ")
    '1 / environ 15'
    """
    if claimed is None:
        return f"{named}{NBSP}/{NBSP}—"
    word = f"{lowered(qualifier)}{NBSP}" if qualifier else ""
    return f"{named}{NBSP}/{NBSP}{word}{whole(claimed, lang)}"


def basis_sentence(network: Network, declared: Declared, lang: str) -> str:
    """Say what every rank rests on: members named against members claimed, where the source claims any."""
    if not any(network.nodes[position].iri in declared.claimed for position in network.positions("target")):
        return ""
    joined = neighbours(network)
    parts = []
    for position in network.positions("target"):
        node = network.nodes[position]
        figures = named_of_claimed(
            len(joined[position]),
            declared.claimed.get(node.iri),
            declared.qualifiers.get(node.iri, ""),
            lang,
        )
        parts.append(f"{node.label} {figures}")
    if lang == "en":
        return f"Rests on what the sources name (named / claimed): {'; '.join(parts)}."
    return f"Repose sur ce que les sources nomment (nommés / annoncés) : {' ; '.join(parts)}."


def excluded_sentence(network: Network, lang: str) -> str:
    """Say which nodes were left out, if any, and what leaving out cannot do."""
    if not network.excluded:
        return ""
    names = listed(network.excluded, lang, at_most=20)
    if lang == "en":
        return f"Without {names}; this does not undo how the cases were chosen."
    return f"Sans {names} ; cela n’annule pas la façon dont les cas ont été choisis."


# First by one of these, a node may be called a hub; the first by constraint or clustering may not.
HUB_MEASURES = (
    *("degree", "strength", "betweenness", "closeness", "harmonic-closeness", "eigenvector", "pagerank"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Top:
    """The first of a set by the first measure, those that tie with it, and on how many each is first."""

    positions: tuple[int, ...]
    first_places: tuple[int, ...]
    measures: int


def why_sentence(network: Network, rows: Sequence[HubRow], name: SetName, lang: str) -> str:
    """Say in one sentence why the top node of a set is its hub, from what it is joined to.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> from rte_graph.network.hubs import hubs
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> net = network_from_rows("n", nodes, [("a", "x"), ("b", "x"), ("b", "y")])
    >>> why_sentence(net, hubs(net, ["degree"]), "source", "en")
    'b is the hub: joined to 2 of the 2 targets (100%), it shares one with 1 of the 1 other sources; \
first on 1 of 1 measure.'
    """
    top = _top(network, rows, name)
    if top is None:
        return ""
    if network.mode != "two-mode":
        return _one_mode_sentence(network, top, lang)
    if len(top.positions) > 1:
        return _tied_sentence(network, top, name, lang)
    return _target_sentence(network, top, lang) if name == "target" else _source_sentence(network, top, lang)


def leading(network: Network, rows: Sequence[HubRow]) -> int | None:
    """Return the position of the one node that is first in its set and reaches most of the other set.

    Of the first target and the first source, the one tied to the larger share of the other set; none where
    several tie for it, or there is nothing to compare it with.
    """
    if network.mode != "two-mode":
        return None
    sizes: dict[SetName, int] = {"target": network.source_count, "source": network.target_count}
    joined = neighbours(network)
    found: list[tuple[float, SetName, int]] = []
    for name, others in sizes.items():
        top = _top(network, rows, name)
        if top and len(top.positions) == 1:
            found.append((len(joined[top.positions[0]]) / others, name, top.positions[0]))
    return max(found, key=lambda each: (each[0], each[1] == "target"))[2] if found else None


def headline(network: Network, rows: Sequence[HubRow]) -> Text:
    """Say in a few words, in both languages, what the leading node gathers."""
    position = leading(network, rows)
    if position is None:
        return Text(fr="", en="")
    others = {lang: lowered(network.set_label("target", lang)) for lang in ("fr", "en")}
    if position < network.source_count:
        label, tied = network.nodes[position].label, len(neighbours(network)[position])
        return Text(
            fr=f"{label} a un lien avec {tied} {others['fr']} sur {network.target_count}",
            en=f"{label} has ties to {tied} of the {network.target_count} {others['en']}",
        )
    row = coverage_of(network, position)
    total, label = network.source_count, row.alliance.label
    members = {lang: lowered(network.set_label("source", lang)) for lang in ("fr", "en")}
    touched_fr = touched_of(row.touched, row.others, others["fr"], "fr")
    touched_en = touched_of(row.touched, row.others, others["en"], "en")
    return Text(
        fr=f"{label} réunit {row.named} {members['fr']} sur {total} et touche {touched_fr}",
        en=f"{label} gathers {row.named} of the {total} {members['en']} and touches {touched_en}",
    )


def _top(network: Network, rows: Sequence[HubRow], name: SetName) -> _Top | None:
    mine = [row for row in rows if row.set == name]
    # Alone in its set, a node is no hub: there is nothing that it could be ahead of.
    if not mine or not network.edges or len(network.positions(name)) < 2:
        return None
    if mine[0].measure not in HUB_MEASURES:
        return None
    place = {network.nodes[position].iri: position for position in network.positions(name)}
    first = [row for row in mine if row.measure == mine[0].measure and row.rank == 1]
    firsts = [row.iri for row in mine if row.rank == 1]
    return _Top(
        positions=tuple(place[row.iri] for row in first),
        first_places=tuple(firsts.count(row.iri) for row in first),
        measures=len({row.measure for row in mine}),
    )


def _hub_word(top: _Top, lang: str) -> str:
    """Call a hub only what is first by every measure asked for."""
    if top.first_places[0] == top.measures:
        return "is the hub" if lang == "en" else "est le pivot"
    return "comes first" if lang == "en" else "arrive en tête"


def _first_places(first: int, measures: int, lang: str) -> str:
    if first == measures > 1:
        return f"first on all {first} measures" if lang == "en" else f"premier rang pour les {first} mesures"
    if lang == "en":
        return f"first on {first} of {measures} measure{'s' * (measures > 1)}"
    return f"premier rang pour {first} mesure{'s' * (first > 1)} sur {measures}"


def touched_of(touched: int, others: int, name: str, lang: str) -> str:
    """Write « les 4 autres alliances » or « 3 des 4 autres alliances »; without a name « les 4 autres »."""
    if not name:
        name = "others" if lang == "en" else "autres"
        return (
            touched_of(touched, others, name, lang)
            .replace("other others", name)
            .replace("autres autres", name)
        )
    if touched == others and others > 1:
        return f"all {others} other {name}" if lang == "en" else f"les {others} autres {name}"
    return (
        f"{touched} of the {others} other {name}" if lang == "en" else f"{touched} des {others} autres {name}"
    )


def _tied_sentence(network: Network, top: _Top, name: SetName, lang: str) -> str:
    labels = listed([network.nodes[position].label for position in top.positions], lang)
    other = lowered(network.set_label("source" if name == "target" else "target", lang))
    count = len(neighbours(network)[top.positions[0]])
    total = len(network.positions("source" if name == "target" else "target"))
    best = max(top.first_places)
    leaders = [p for p, first in zip(top.positions, top.first_places, strict=True) if first == best]
    names = listed([network.nodes[position].label for position in leaders], lang)
    places = _first_places(best, top.measures, lang)
    more = top.measures > 1 and len(leaders) < len(top.positions)
    if lang == "en":
        tail = f"; {names} is {places}" if more else ""
        return f"{labels} tie for first place, each joined to {count} of the {total} {other}{tail}."
    tail = f" ; {names} a le {places}" if more else ""
    return f"{labels} se partagent le premier rang, chaque nœud lié à {count} des {total} {other}{tail}."


def _one_mode_sentence(network: Network, top: _Top, lang: str) -> str:
    """Say who comes first in a network of one set, and how many of the others each is joined to."""
    counts = sorted({len(neighbours(network)[position] - {position}) for position in top.positions})
    labels = listed([network.nodes[position].label for position in top.positions], lang)
    others, places = len(network.nodes) - 1, _first_places(top.first_places[0], top.measures, lang)
    if len(top.positions) > 1:
        count = "–".join(map(str, dict.fromkeys((counts[0], counts[-1]))))
        if lang == "en":
            return f"{labels} tie for first place, each joined to {count} of the {others} others."
        return f"{labels} se partagent le premier rang, chaque nœud lié à {count} des {others} autres."
    word, share = _hub_word(top, lang), percent(counts[0] / others, lang)
    if lang == "en":
        return f"{labels} {word}: joined to {counts[0]} of the {others} others ({share}); {places}."
    return f"{labels} {word} : lié à {counts[0]} des {others} autres ({share}) ; {places}."


def _target_sentence(network: Network, top: _Top, lang: str) -> str:
    position = top.positions[0]
    row = coverage_of(network, position)
    total = network.source_count
    members, others = (lowered(network.set_label(name, lang)) for name in ("source", "target"))
    share = percent(row.named / total, lang)
    alone = _only_through(network, position)
    only = listed(alone, lang)
    if lang == "en":
        parts = [
            f"{row.alliance.label} {_hub_word(top, lang)}: it gathers {row.named} of the {total} {members} "
            f"({share})"
        ]
        if row.coverage is not None:
            parts.append(
                f", {row.gathered} of the {row.others_members} found in the other {others}{_but(row, lang)}"
            )
            parts.append(f", and shares some with {touched_of(row.touched, row.others, others, lang)}")
        if only:
            parts.append(f"; it is the only link of {only} to the rest")
        return "".join([*parts, f"; {_first_places(top.first_places[0], top.measures, lang)}."])
    parts = [
        f"{row.alliance.label} {_hub_word(top, lang)} : ce nœud réunit {row.named} des {total} {members} "
        f"({share})"
    ]
    if row.coverage is not None:
        parts.append(f", dont {row.gathered} des {row.others_members} que comptent les autres {others}")
        parts.append(
            f"{_but(row, lang)}, en partage avec {touched_of(row.touched, row.others, others, lang)}"
        )
    if only:
        lost = "tiennent" if len(alone) > 1 else "tient"
        parts.append(f" ; sans ce nœud, {only} ne {lost} plus au reste")
    return "".join([*parts, f" ; {_first_places(top.first_places[0], top.measures, lang)}."])


def _but(row: CoverageRow, lang: str) -> str:
    share = percent(row.coverage or 0.0, lang)
    # Who is missing tells something when they are few.
    if not row.missing or len(row.missing) > min(3, row.gathered):
        return f" ({share})"
    names = listed([each.label for each in row.missing], lang)
    return f" ({share}: all but {names})" if lang == "en" else f" ({share} : tout sauf {names})"


def _only_through(network: Network, position: int) -> list[str]:
    """Labels of the other targets that share a member with no target but this one."""
    joined = neighbours(network)
    found = []
    for other in network.positions("target"):
        reached = {far for member in joined[other] for far in joined[member]} - {other}
        if reached == {position}:
            found.append(network.nodes[other].label)
    return found


def _source_sentence(network: Network, top: _Top, lang: str) -> str:
    position = top.positions[0]
    joined = neighbours(network)
    reached = {far for near in joined[position] for far in joined[near]} - {position}
    label, total = network.nodes[position].label, network.target_count
    mine, theirs = (lowered(network.set_label(name, lang)) for name in ("source", "target"))
    degree, rest = len(joined[position]), network.source_count - 1
    places = _first_places(top.first_places[0], top.measures, lang)
    share = percent(degree / total, lang)
    if lang == "en":
        return (
            f"{label} {_hub_word(top, lang)}: joined to {degree} of the {total} {theirs} ({share}), it "
            f"shares one with {len(reached)} of the {rest} other {mine}; {places}."
        )
    return (
        f"{label} {_hub_word(top, lang)} : lié à {degree} des {total} {theirs} ({share}), ce nœud est "
        f"relié par là à {len(reached)} des {rest} autres {mine} ; {places}."
    )
