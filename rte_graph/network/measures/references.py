"""Where measures are defined: references that more than one of them cites."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a measure is defined."""

    text: str
    doi: str


BORGATTI_EVERETT = Reference(
    text="Borgatti, S. P. & Everett, M. G. (1997). Network analysis of 2-mode data. "
    "Social Networks 19(3), 243–269.",
    doi="10.1016/S0378-8733(96)00301-2",
)
FAUST = Reference(
    text="Faust, K. (1997). Centrality in affiliation networks. Social Networks 19(2), 157–191.",
    doi="10.1016/S0378-8733(96)00300-0",
)
FREEMAN = Reference(
    text="Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. "
    "Social Networks 1(3), 215–239.",
    doi="10.1016/0378-8733(78)90021-7",
)
WASSERMAN_FAUST = Reference(
    text="Wasserman, S. & Faust, K. (1994). Social Network Analysis: Methods and Applications. "
    "Cambridge University Press.",
    doi="10.1017/CBO9780511815478",
)
TARJAN = Reference(
    text="Hopcroft, J. & Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation. "
    "Communications of the ACM 16(6), 372–378.",
    doi="10.1145/362248.362272",
)
LATAPY = Reference(
    text="Latapy, M., Magnien, C. & Del Vecchio, N. (2008). Basic notions for the analysis of large "
    "two-mode networks. Social Networks 30(1), 31–48.",
    doi="10.1016/j.socnet.2007.04.006",
)
BREIGER = Reference(
    text="Breiger, R. L. (1974). The duality of persons and groups. Social Forces 53(2), 181–190.",
    doi="10.2307/2576011",
)
EVERETT_BORGATTI = Reference(
    text="Everett, M. G. & Borgatti, S. P. (1999). The centrality of groups and classes. "
    "Journal of Mathematical Sociology 23(3), 181–201.",
    doi="10.1080/0022250X.1999.9990219",
)
