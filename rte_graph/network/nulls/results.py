"""What a significance test hands on: frozen rows that tables, JSON and RDF can show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from rte_graph.network.nulls.mixing import Mixing
from rte_graph.network.nulls.tally import Alternative
from rte_graph.network.ranking import rounded
from rte_graph.network.wording import Text, decimal, whole

NullName = Literal["fixed-degrees", "expected-degrees"]
# Why there is no p: the statistic is the same in every network with these degrees, was the same in every
# draw, or has so few values that none of them could be rare.
Fixed = Literal["", "proved", "seen", "narrow"]

NULLS: dict[str, Text] = {
    "fixed-degrees": Text(
        fr="réseaux au hasard où chaque nœud garde son nombre de liens",
        en="random networks in which each node keeps its number of ties",
    ),
    "expected-degrees": Text(
        fr="réseaux au hasard où chaque nœud garde en moyenne son nombre de liens",
        en="random networks in which each node keeps its number of ties on average",
    ),
}


def _all_networks(number: int, lang: str) -> str:
    """Say that every network with these degrees was looked at."""
    count, one = whole(number, lang), number == 1
    if lang == "en":
        which = "the only possible network" if one else f"all {count} possible networks"
        return f"Compared with {which} in which each node keeps its number of ties: p are exact."
    which = "au seul réseau possible" if one else f"aux {count} réseaux possibles"
    return f"Comparé {which} où chaque nœud garde son nombre de liens : les p sont exactes."


@dataclass(frozen=True, slots=True, kw_only=True)
class NullRun:
    """Which random networks the observed one was compared with.

    Attributes
    ----------
    null : {"fixed-degrees", "expected-degrees"}
    method : {"enumeration", "curveball", "bicm", "poisson-binomial"}
        All networks, draws from chains, independent draws, or the exact distribution.
    draws : int
        Networks compared with (0 for an exact distribution).
    space : int or None
        How many networks have these degrees, where that could be counted.
    seed : int or None
        Seed of numpy's PCG64; None where nothing was drawn.
    mixing : Mixing or None
        How the chains mixed (curveball only).
    """

    null: NullName
    method: Literal["enumeration", "curveball", "bicm", "poisson-binomial"]
    draws: int
    space: int | None = None
    seed: int | None = None
    mixing: Mixing | None = None

    @property
    def exact(self) -> bool:
        """Whether p are exact, not estimated from draws."""
        return self.method in ("enumeration", "poisson-binomial")

    def sentence(self, lang: str = "fr") -> str:
        """Say what the observed network was compared with."""
        what = NULLS[self.null].in_language(lang)
        count = whole(self.draws, lang)
        if self.method == "enumeration":
            return _all_networks(self.draws, lang)
        if self.method == "poisson-binomial":
            exact = "exact distribution, no draws" if lang == "en" else "loi exacte, sans tirages"
            return f"{'Compared with' if lang == 'en' else 'Comparé aux'} {what} ({exact})."
        if lang == "en":
            return f"Compared with {count} {what} (seed {self.seed}); p = (1 + k) / (1 + {count})."
        return f"Comparé à {count} {what} (graine {self.seed}) ; p = (1 + k) / (1 + {count})."

    def as_dict(self, lang: str = "fr") -> dict[str, Any]:
        """Return the run as the JSON output writes it."""
        return {
            "null": self.null,
            "method": self.method,
            "draws": self.draws,
            # Beyond 2⁵³ a JSON number loses digits in most readers.
            "space": None if self.space is None else str(self.space),
            "seed": self.seed,
            "generator": None if self.seed is None else "PCG64",
            "mixing": self.mixing.as_dict(lang) if self.mixing else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """One statistic against chance.

    Attributes
    ----------
    label, iri : str
        The node, or the first of a pair.
    other, other_iri : str
        The second of a pair, "" for a node.
    set : {"source", "target", ""}
    observed, mean, sd : float
        Observed value, and mean and standard deviation under the null model.
    z : float or None
        (observed − mean) / sd; None where sd is 0.
    p, q : float or None
        p, and its Benjamini–Hochberg value over the family; None where the statistic cannot vary.
    least_p : float
        The smallest p that any value could have got.
    fixed : {"", "proved", "seen", "narrow"}
        Why there is no p.
    """

    label: str
    iri: str
    other: str = ""
    other_iri: str = ""
    set: str = ""
    observed: float
    mean: float
    sd: float
    z: float | None
    p: float | None
    q: float | None
    least_p: float
    fixed: Fixed = ""

    def note(self, run: NullRun, lang: str = "fr") -> str:
        """Say why there is no p or no effect size ("" where there are both)."""
        value, count = _figure(self.observed, lang), whole(run.draws, lang)
        english = lang == "en"
        if self.fixed == "proved":
            return (
                f"Cannot vary: it is {value} in every network with these degrees; no p."
                if english
                else f"Ne peut pas varier : vaut {value} dans tous les réseaux qui ont ces degrés ; pas de p."
            )
        if self.fixed == "seen":
            return (
                f"Did not vary in any of the {count} draws (always {value}); no p."
                if english
                else f"N’a varié dans aucun des {count} tirages (toujours {value}) ; pas de p."
            )
        if self.fixed == "narrow":
            least = decimal(self.least_p, lang)
            return (
                f"Can hardly vary: even the most extreme value met would have p = {least}; no p."
                if english
                else "Peut à peine varier : même la valeur la plus extrême rencontrée aurait "
                f"p = {least} ; pas de p."
            )
        if self.z is None:
            return (
                "No effect size: the random networks do not vary."
                if english
                else "Pas de taille d’effet : les réseaux tirés ne varient pas."
            )
        return ""

    def as_dict(self, run: NullRun, lang: str = "fr") -> dict[str, Any]:
        """Return the row as the JSON and CSV outputs write it, keys in their order."""
        pair = {"other": self.other, "otherIri": self.other_iri} if self.other_iri else {}
        return {
            "set": self.set or None,
            "label": self.label,
            "iri": self.iri,
            **pair,
            "observed": rounded(self.observed),
            "mean": rounded(self.mean),
            "sd": rounded(self.sd),
            "z": None if self.z is None else rounded(self.z),
            "p": None if self.p is None else rounded(self.p),
            "q": None if self.q is None else rounded(self.q),
            "note": self.note(run, lang) or None,
        }


def _figure(value: float, lang: str) -> str:
    return whole(round(value), lang) if abs(value - round(value)) < 1e-9 else decimal(value, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Significance:
    """A family of statistics against chance.

    Attributes
    ----------
    network : str
        Name of the network.
    name : str
        The measure's name in the register, or the statistic's.
    statistic, family : Text
        What was tested, and over which family q is adjusted.
    run : NullRun
    alternative : {"two-sided", "upper"}
    alpha : float
        False discovery rate at which a q passes.
    rows : tuple of Tested
        In the order of the network's nodes.
    """

    network: str
    name: str
    statistic: Text
    family: Text
    run: NullRun
    alternative: Alternative
    alpha: float
    rows: tuple[Tested, ...]

    @property
    def passing(self) -> tuple[Tested, ...]:
        """The rows whose q is at most ``alpha``."""
        return tuple(row for row in self.rows if row.q is not None and row.q <= self.alpha)

    def sentences(self, lang: str = "fr") -> list[str]:
        """Say what was compared, over which family, how many pass, and what to be wary of."""
        tested = sum(row.p is not None for row in self.rows)
        return [
            self.run.sentence(lang),
            family_sentence(self, len(self.rows), tested, len(self.passing), lang),
            *warnings(self.run, self._largest_family(), self.alpha, self.alternative, lang),
        ]

    def _largest_family(self) -> int:
        """Return how many statistics were tested together at most: q is adjusted within each set."""
        return max(Counter(row.set for row in self.rows if row.p is not None).values(), default=0)

    def as_dict(self, lang: str = "fr") -> dict[str, Any]:
        """Return the result as the JSON output writes it."""
        return {
            "network": self.network,
            "name": self.name,
            "statistic": self.statistic.in_language(lang),
            "family": self.family.in_language(lang),
            "alternative": self.alternative,
            "alpha": self.alpha,
            **self.run.as_dict(lang),
            "rows": [row.as_dict(self.run, lang) for row in self.rows],
            "notes": self.sentences(lang),
        }


def family_sentence(result: Any, size: int, tested: int, passing: int, lang: str) -> str:
    """Say how many of a family were tested and how many pass at its false discovery rate."""
    family = result.family.in_language(lang)
    rate = decimal(result.alpha, lang, 2)
    count, can, cannot = (whole(number, lang) for number in (size, tested, size - tested))
    if lang == "en":
        left = f"; {cannot} vary too little for any value to be rare" if size > tested else ""
        sides = "two-sided" if result.alternative == "two-sided" else "upper side"
        return (
            f"Family: {family} ({count}; {can} tested{left}); {sides}; {passing} pass at a false discovery "
            f"rate of {rate} (Benjamini–Hochberg)."
        )
    left = f" ; {cannot} varient trop peu pour qu’une valeur soit rare" if size > tested else ""
    sides = "bilatéral" if result.alternative == "two-sided" else "unilatéral, au-dessus"
    return (
        f"Famille : {family} ({count} ; testés : {can}{left}) ; {sides} ; {passing} passent au taux de "
        f"fausses découvertes de {rate} (Benjamini–Hochberg)."
    )


def warnings(run: NullRun, tested: int, alpha: float, alternative: Alternative, lang: str) -> list[str]:
    """Say how the chains mixed, and whether the draws were enough for the family."""
    found = [run.mixing.sentence(lang)] if run.mixing else []
    if run.exact:
        return found
    least = (2 if alternative == "two-sided" else 1) / (1 + run.draws)
    if tested * least > alpha:
        together = -(-tested * least // alpha)
        needed = whole(int(-(-tested * least * (1 + run.draws) // alpha)), lang)
        found.append(
            f"With {whole(run.draws, lang)} draws no p is below {decimal(least, lang, 4)}: at least "
            f"{int(together)} of the family together would have to be as small for them to pass; {needed} "
            "draws would let a single one pass."
            if lang == "en"
            else f"Avec {whole(run.draws, lang)} tirages aucune p n’est sous {decimal(least, lang, 4)} : "
            f"il en faudrait au moins {int(together)} aussi petites dans la famille pour qu’elles passent ; "
            f"{needed} tirages permettraient à une seule de passer."
        )
    return found
