"""The commented file that ``query new`` writes: a query that already works, to be changed."""

from __future__ import annotations

_FR = """\
#+ summary:
#+   fr: "Les organisations (à changer : une ligne qui dit ce que donne la requête)"
#+   en: "The organisations (to change: one line that says what the query gives)"
#+ description:
#+   fr: >-
#+     Quelques phrases : ce qui est compté ou non, où trouver le reste.
#+   en: >-
#+     A few sentences: what counts and what does not, where to find the rest.
#+ tags: [organisation]
#+ # Un paramètre : le nom d’ici est celui du bloc VALUES plus bas. Types : entity (avec class), concept (avec
#+ # scheme), string, integer, decimal, boolean, date. Avec « default » (null : libre) il est facultatif.
#+ params:
#+   ofKind:
#+     type: concept
#+     scheme: organisation-kind
#+     label: {fr: "Genre", en: "Kind"}
#+     description: {fr: "Seulement ce genre d’organisation.", en: "Only this kind of organisation."}
#+     default: null
#+     example: "association"
#+ # Ce qui trie le tableau ; « -colonne » pour l’ordre inverse.
#+ order: [organisationLabel, organisation]
"""
_EN = """\
#+ summary:
#+   fr: "Les organisations (à changer : une ligne qui dit ce que donne la requête)"
#+   en: "The organisations (to change: one line that says what the query gives)"
#+ description:
#+   fr: >-
#+     Quelques phrases : ce qui est compté ou non, où trouver le reste.
#+   en: >-
#+     A few sentences: what counts and what does not, where to find the rest.
#+ tags: [organisation]
#+ # A parameter: its name is that of the VALUES block below. Types: entity (with class), concept (with
#+ # scheme), string, integer, decimal, boolean, date. With “default” (null: free) it is optional.
#+ params:
#+   ofKind:
#+     type: concept
#+     scheme: organisation-kind
#+     label: {fr: "Genre", en: "Kind"}
#+     description: {fr: "Seulement ce genre d’organisation.", en: "Only this kind of organisation."}
#+     default: null
#+     example: "association"
#+ # What sorts the table; “-column” for the reverse order.
#+ order: [organisationLabel, organisation]
"""
_BODY = """
PREFIX rte: <https://w3id.org/rte/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

# {look}
SELECT ?organisation ?organisationLabel ?kind ?kindIri
WHERE {{
  # {lang}
  VALUES ?lang {{ "fr" }}
  # {parameter}
  VALUES ?ofKind {{ UNDEF }}
  ?organisation a rte:Organisation ; rte:kind ?kindIri .
  FILTER(!BOUND(?ofKind) || ?kindIri = ?ofKind)
  # {label}
  OPTIONAL {{ ?organisation skos:prefLabel ?organisationChosen . FILTER(LANG(?organisationChosen) = ?lang) }}
  OPTIONAL {{ ?organisation skos:prefLabel ?organisationFr . FILTER(LANG(?organisationFr) = "fr") }}
  BIND(COALESCE(?organisationChosen, ?organisationFr) AS ?organisationLabel)
  OPTIONAL {{ ?kindIri skos:prefLabel ?kind . FILTER(LANG(?kind) = ?lang) }}
}}
"""
_COMMENTS = {
    "fr": {
        "look": "Ce qui peut être demandé se voit autour d’un nom : rte-graph describe NOM --format turtle",
        "lang": "La langue des libellés, toujours là : --lang la remplace.",
        "parameter": "Le paramètre : sa valeur, ou UNDEF pour « toutes ».",
        "label": "Un libellé à côté de chaque IRI, dans la langue choisie, sinon en français.",
    },
    "en": {
        "look": "What there is to ask for can be seen around a name: rte-graph describe NAME --format turtle",
        "lang": "The language of labels, always there: --lang replaces it.",
        "parameter": "The parameter: its value, or UNDEF for “all”.",
        "label": "A label beside each IRI, in the language chosen, else in French.",
    },
}


def skeleton(lang: str) -> str:
    """Text of a new query file, its comments in `lang`."""
    head = _EN if lang == "en" else _FR
    return head + _BODY.format(**_COMMENTS["en" if lang == "en" else "fr"])
