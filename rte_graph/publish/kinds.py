"""Kinds of resources: what readers call them, and where they are listed."""

from __future__ import annotations

from rte_graph.network.wording import Text

KINDS: dict[str, tuple[Text, Text]] = {
    "alliance": (Text(fr="Alliance", en="Alliance"), Text(fr="Alliances", en="Alliances")),
    "initiative": (Text(fr="Initiative", en="Initiative"), Text(fr="Initiatives", en="Initiatives")),
    "organisation": (Text(fr="Organisation", en="Organisation"),
                     Text(fr="Organisations", en="Organisations")),
    "person": (Text(fr="Personne", en="Person"), Text(fr="Personnes", en="Persons")),
    "territory": (Text(fr="Territoire", en="Territory"), Text(fr="Territoires", en="Territories")),
    "event": (Text(fr="Événement", en="Event"), Text(fr="Événements", en="Events")),
    "document": (Text(fr="Document", en="Document"), Text(fr="Sources", en="Sources")),
    "dataset": (Text(fr="Jeu de données", en="Dataset"), Text(fr="Jeux de données", en="Datasets")),
    "membership": (Text(fr="Énoncé : adhésion", en="Statement: membership"),
                   Text(fr="Adhésions", en="Memberships")),
    "relation": (Text(fr="Énoncé : relation de partie prenante", en="Statement: stakeholder relation"),
                 Text(fr="Relations de partie prenante", en="Stakeholder relations")),
    "interaction": (Text(fr="Énoncé : interaction", en="Statement: interaction"),
                    Text(fr="Interactions", en="Interactions")),
    "participation": (Text(fr="Énoncé : participation", en="Statement: participation"),
                      Text(fr="Participations", en="Participations")),
    "funding": (Text(fr="Énoncé : financement", en="Statement: funding"),
                Text(fr="Financements", en="Fundings")),
    "figure": (Text(fr="Énoncé : chiffre", en="Statement: figure"), Text(fr="Chiffres", en="Figures")),
    "characterisation": (Text(fr="Énoncé : caractérisation", en="Statement: characterisation"),
                         Text(fr="Caractérisations", en="Characterisations")),
    "claim": (Text(fr="Énoncé : affirmation", en="Statement: claim"), Text(fr="Affirmations", en="Claims")),
    "citation": (Text(fr="Passage cité", en="Passage cited"), Text(fr="Passages cités", en="Passages cited")),
}  # fmt: skip
"""Singular and plural of the kinds that we know; another is called by its own word."""

BROWSED: dict[str, str] = {
    "alliance": "browse/alliances",
    "initiative": "browse/initiatives",
    "organisation": "browse/organisations",
    "person": "browse/persons",
    "territory": "browse/territories",
    "event": "browse/events",
    "document": "browse/documents",
    "dataset": "browse/documents",
}
"""Page of the site where the resources of a kind are listed."""

DOTS = ("alliance", "organisation", "person", "initiative", "event", "territory")
"""Kinds that have a colour of their own in drawings."""


def kind_label(kind: str, lang: str) -> str:
    """Return what one resource of a kind is called.

    Examples
    --------
    >>> kind_label("person", "en"), kind_label("work_shop", "fr")
    ('Person', 'Work shop')
    """
    known = KINDS.get(kind)
    return known[0].in_language(lang) if known else kind.replace("_", " ").replace("-", " ").capitalize()


def kind_labels(kind: str, lang: str) -> str:
    """Return what many are called."""
    known = KINDS.get(kind)
    return known[1].in_language(lang) if known else kind_label(kind, lang)
