"""Words of the frame around every page, in French and in English."""

from __future__ import annotations

from rte_graph.network.wording import Text

LANGUAGE_NAMES = {"fr": "Français", "en": "English"}

SHELL: dict[str, Text] = {
    "skip": Text(fr="Aller au contenu", en="Skip to the content"),
    "search": Text(fr="Chercher un nom", en="Search a name"),
    "more": Text(fr="Tous les résultats", en="All results"),
    "none": Text(fr="Aucun nom ne correspond.", en="No name fits."),
    "languages": Text(fr="Langue de la page", en="Language of the page"),
    "sections": Text(fr="Rubriques", en="Sections"),
    "licence": Text(fr="Licence des données", en="Licence of the data"),
    "no_licence": Text(fr="non indiquée", en="not stated"),
    "edition": Text(fr="Édition", en="Edition"),
    "hash": Text(fr="empreinte", en="hash"),
    "cite": Text(fr="Pour citer", en="How to cite"),
    "publisher": Text(fr="Qui publie", en="Publisher"),
    "contact": Text(fr="écrire", en="contact"),
    "made": Text(
        fr="Seul ce que nomment les sources figure ici ; ce qu’elles taisent reste inconnu.",
        en="Only what the sources name stands here; what they do not say is unknown, not absent.",
    ),
}

SECTIONS: tuple[tuple[str, str, Text], ...] = (
    ("front", "index", Text(fr="Accueil", en="Front page")),
    ("browse", "browse/alliances", Text(fr="Parcourir", en="Browse")),
    ("networks", "networks/index", Text(fr="Réseaux", en="Networks")),
    ("map", "map", Text(fr="Carte", en="Map")),
    ("queries", "queries/index", Text(fr="Questions", en="Questions")),
    ("ask", "ask", Text(fr="Interroger", en="Ask")),
    ("ontology", "ontology/index", Text(fr="Vocabulaire", en="Vocabulary")),
    ("catalogue", "catalogue/index", Text(fr="Données", en="Data")),
    ("changes", "changes", Text(fr="Changements", en="Changes")),
    ("about", "about", Text(fr="À propos", en="About")),
)
"""Sections of the navigation: their name for `shell.html`, the stem of their first page, their label.

The map is left out where the data have no place.
"""
