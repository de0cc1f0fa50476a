"""Words of the pages of resources, in French and in English."""

from __future__ import annotations

from rte_graph.network.wording import Text

WORDS: dict[str, Text] = {
    "facts": Text(fr="Ce que l’on en sait", en="What is known"),
    "formerly": Text(fr="anciennement", en="formerly"),
    "also": Text(fr="aussi", en="also"),
    "contents": Text(fr="Sur cette page", en="On this page"),
    "claims": Text(fr="Les sources se contredisent", en="The sources contradict themselves"),
    "sources": Text(fr="Sources", en="Sources"),
    "lines": Text(fr="lignes", en="lines"),
    "line": Text(fr="ligne", en="line"),
    "presented": Text(fr="Passages cités", en="Passages cited"),
    "statement": Text(fr="énoncé", en="statement"),
    "report": Text(fr="signaler une erreur", en="report an error"),
    "report_all": Text(fr="Signaler une erreur sur cette page", en="Report an error on this page"),
    "report_this": Text(fr="Signaler une erreur dans cet énoncé", en="Report an error in this statement"),
    "network": Text(fr="Autour", en="Around"),
    "network_of": Text(
        fr="Liens de coopération de {name}, et de ses voisins entre eux",
        en="Ties of cooperation of {name}, and of its neighbours among themselves",
    ),
    "map": Text(fr="Sur la carte", en="On the map"),
    "map_of": Text(fr="Carte : {places}", en="Map: {places}"),
    "map_note": Text(
        fr="Où ont lieu les initiatives nommées par les sources, avec leur nombre.",
        en="Where the initiatives that the sources name take place, with their number.",
    ),
    "more": Text(fr="et {count} autres", en="and {count} more"),
    "more_in_file": Text(
        fr="et {count} autres, dans le fichier {file}", en="and {count} more, in the {file} file"
    ),
    "places": Text(fr="Place dans les réseaux", en="Place in the networks"),
    "places_note": Text(
        fr="Le rang compare les nœuds de même genre d’un réseau ; il porte sur ce que les sources nomment, "
        "pas sur ce qu’elles taisent.",
        en="The rank compares nodes of one kind in a network; it rests on what the sources name, not on what "
        "they leave out.",
    ),
    "measure": Text(fr="Mesure", en="Measure"),
    "value": Text(fr="Valeur", en="Value"),
    "rank": Text(fr="Rang", en="Rank"),
    "of": Text(fr="{rank} sur {among}", en="{rank} of {among}"),
    "tied": Text(fr="ex æquo", en="tied"),
    "files": Text(fr="Pour les machines", en="For machines"),
    "iri": Text(fr="Identifiant", en="Identifier"),
    "note": Text(fr="Note", en="Note"),
    "passage": Text(fr="{document}, {place}", en="{document}, {place}"),
    "subject": Text(fr="Erreur dans un énoncé", en="Error in a statement"),
}
