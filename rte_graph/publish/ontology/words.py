"""Words of the ontology's pages, in French and in English."""

from __future__ import annotations

from functools import lru_cache

from rte_graph.namespaces import OWL, RDF, RDFS, SKOS, XSD
from rte_graph.network.wording import Text

WORDS: dict[str, Text] = {
    "kicker": Text(fr="Vocabulaire", en="Vocabulary"),
    "ontology": Text(fr="Ontologie", en="Ontology"),
    "version": Text(fr="Version", en="Version"),
    "modified": Text(fr="modifiée le", en="changed on"),
    "this_version": Text(fr="IRI de cette version", en="IRI of this version"),
    "iri": Text(fr="IRI", en="IRI"),
    "namespace": Text(fr="Espace de noms", en="Namespace"),
    "licence": Text(fr="Licence de l’ontologie", en="Licence of the ontology"),
    "namespaces": Text(fr="Préfixes employés ici", en="Prefixes used here"),
    "files": Text(fr="Fichiers", en="Files"),
    "file_ontology": Text(fr="Classes et propriétés", en="Classes and properties"),
    "file_shapes": Text(fr="Formes SHACL", en="SHACL shapes"),
    "file_context": Text(fr="Contexte JSON-LD", en="JSON-LD context"),
    "pinned": Text(
        fr="Cette page porte une version précise et ne change plus.",
        en="This page is of one version and no longer changes.",
    ),
    "latest": Text(fr="Voir la version courante", en="See the current version"),
    "pinned_link": Text(fr="page et fichiers de cette version", en="page and files of this version"),
    "filter": Text(fr="Filtrer les termes", en="Filter the terms"),
    "filter_concepts": Text(fr="Filtrer les notions", en="Filter the concepts"),
    "nothing": Text(fr="Aucun terme ne correspond.", en="No term fits."),
    "terms": Text(fr="Termes", en="Terms"),
    "classes": Text(fr="Classes", en="Classes"),
    "properties": Text(fr="Propriétés", en="Properties"),
    "schemes": Text(fr="Listes de notions", en="Concept schemes"),
    "common": Text(fr="Règles communes", en="Common rules"),
    "common_note": Text(
        fr="Formes qui ne sont pas propres à une classe : elles visent tout ce qui porte une propriété.",
        en="Shapes that are not of one class: they look at whatever has a property.",
    ),
    "alignments": Text(fr="Alignements", en="Alignments"),
    "alignments_note": Text(
        fr="Comment les termes se situent par rapport à d’autres vocabulaires. Une sous-classe n’est "
        "affirmée que là où elle est vraie ; ailleurs, un simple renvoi.",
        en="How the terms stand to other vocabularies. A subclass is stated only where it is true; elsewhere "
        "a mere reference.",
    ),
    "diagram": Text(fr="Les classes et leurs liens", en="The classes and their links"),
    "diagram_desc": Text(
        fr="Chaque boîte est une classe, chaque ligne de la boîte une propriété dont le trait mène à la "
        "classe des valeurs. Le retrait et le triangle disent « est une sorte de ».",
        en="Each box is a class, each row in it a property whose line leads to the class of its values. "
        "Indentation and triangle mean “is a kind of”.",
    ),
    "diagram_common": Text(fr="Non tracés, car presque partout :", en="Not drawn, being almost everywhere:"),
    "diagram_words": Text(fr="Le schéma en toutes lettres", en="The diagram in words"),
    "from_classes": Text(fr="{count} classes", en="{count} classes"),
    "kind_of": Text(fr="sorte de", en="a kind of"),
    "definition": Text(fr="Définition", en="Definition"),
    "example": Text(fr="Exemple", en="Example"),
    "kind": Text(fr="Nature", en="Kind"),
    "sub_class_of": Text(fr="Sorte de", en="Kind of"),
    "super_class_of": Text(fr="Sortes", en="Kinds"),
    "sub_property_of": Text(fr="Sous-propriété de", en="Subproperty of"),
    "super_property_of": Text(fr="Sous-propriétés", en="Subproperties"),
    "inverse": Text(fr="Inverse", en="Inverse"),
    "disjoint": Text(fr="Exclut", en="Excludes"),
    "domain": Text(fr="Domaine", en="Domain"),
    "range": Text(fr="Portée", en="Range"),
    "on_classes": Text(fr="Attendue pour", en="Expected on"),
    "reached_by": Text(fr="Visée par", en="Reached by"),
    "see_also": Text(fr="Voir aussi", en="See also"),
    "replaced_by": Text(fr="Remplacé par", en="Replaced by"),
    "deprecated": Text(fr="abandonné", en="deprecated"),
    "status": Text(fr="État", en="Status"),
    "used": Text(fr="Dans les données", en="In the data"),
    "unused": Text(fr="pas encore employé", en="not used yet"),
    "resource": Text(fr="ressource", en="resource"),
    "resources": Text(fr="ressources", en="resources"),
    "statement": Text(fr="énoncé", en="statement"),
    "statements": Text(fr="énoncés", en="statements"),
    "for_example": Text(fr="par exemple", en="for example"),
    "shape": Text(fr="Ce qu’une description doit contenir", en="What a description must hold"),
    "col_path": Text(fr="Propriété", en="Property"),
    "col_count": Text(fr="Nombre", en="Count"),
    "col_values": Text(fr="Valeurs", en="Values"),
    "col_message": Text(fr="Ce que dit la validation", en="What validation says"),
    "legend": Text(
        fr="Nombre : au moins..au plus, * pour « sans limite ». Une donnée qui ne suit pas une règle est "
        "refusée ; là où figure « avertissement », elle est acceptée et signalée. Une chose citée peut être "
        "décrite ailleurs.",
        en="Count: least..most, * for “no limit”. Data that break a rule are refused; where “warning” "
        "stands, they are accepted and reported. A thing referred to may be described elsewhere.",
    ),
    "warning": Text(fr="avertissement", en="warning"),
    "info": Text(fr="information", en="information"),
    "whole": Text(fr="la description entière", en="the whole description"),
    "query": Text(fr="requête SPARQL", en="SPARQL query"),
    "targets": Text(fr="Vise", en="Looks at"),
    "subjects_of": Text(fr="ce qui porte {path}", en="what has {path}"),
    "objects_of": Text(fr="ce que désigne {path}", en="what {path} points to"),
    "all_data": Text(fr="toutes les données ({path})", en="all the data ({path})"),
    "helpers": Text(fr="Formes auxiliaires", en="Auxiliary shapes"),
    "helpers_note": Text(
        fr="De petites formes sans cible, dont les autres se servent.",
        en="Small shapes without a target that the others use.",
    ),
    "concepts": Text(fr="notions", en="concepts"),
    "concept": Text(fr="notion", en="concept"),
    "notation": Text(fr="Code", en="Notation"),
    "other_names": Text(fr="Autres noms", en="Other names"),
    "broader": Text(fr="Plus large", en="Broader"),
    "narrower": Text(fr="Plus précises", en="Narrower"),
    "note": Text(fr="Note", en="Note"),
    "references": Text(fr="Références", en="References"),
    "scheme_licence": Text(fr="Licence", en="Licence"),
    "mapping": Text(fr="Correspondances", en="Mappings"),
    "about_scheme": Text(fr="Cette liste", en="This scheme"),
    "values_of": Text(fr="Valeurs attendues de", en="Values expected of"),
    "hierarchy": Text(fr="Les notions", en="The concepts"),
    "or": Text(fr="ou", en="or"),
    "and": Text(fr="et", en="and"),
    "one_of": Text(fr="une seule voie parmi :", en="exactly one of:"),
    "not": Text(fr="pas :", en="not:"),
    "concept_of": Text(fr="notion de", en="concept of"),
    "undescribed": Text(fr="chose décrite ailleurs", en="thing described elsewhere"),
    "unique_lang": Text(fr="une fois par langue", en="once per language"),
    "in_languages": Text(fr="en {list}", en="in {list}"),
    "pattern": Text(fr="motif", en="pattern"),
    "among": Text(fr="parmi", en="among"),
    "equals": Text(fr="égal à", en="equal to"),
    "differs": Text(fr="autre que", en="other than"),
    "at_least_such": Text(fr="au moins {n} :", en="at least {n}:"),
    "at_most_such": Text(fr="au plus {n} :", en="at most {n}:"),
    "has": Text(fr="avec", en="with"),
    "an_iri": Text(fr="IRI", en="IRI"),
    "a_literal": Text(fr="texte ou nombre", en="literal"),
    "alternate_of": Text(fr="de", en="from"),
    "none_beside": Text(fr="aucun", en="none"),
}

KINDS: dict[str, Text] = {
    OWL("Class"): Text(fr="classe", en="class"),
    OWL("ObjectProperty"): Text(
        fr="propriété vers une chose ou une notion", en="property to a thing or concept"
    ),
    OWL("DatatypeProperty"): Text(fr="propriété vers une valeur", en="property to a value"),
    OWL("AnnotationProperty"): Text(fr="annotation", en="annotation"),
}

STATUSES: dict[str, Text] = {
    "stable": Text(fr="stable", en="stable"),
    "testing": Text(fr="à l’essai", en="testing"),
    "unstable": Text(fr="instable", en="unstable"),
    "archaic": Text(fr="abandonné", en="archaic"),
}

DATATYPES: dict[str, Text] = {
    RDF("langString"): Text(fr="texte avec sa langue", en="text with its language"),
    XSD("string"): Text(fr="texte", en="text"),
    XSD("integer"): Text(fr="nombre entier", en="whole number"),
    XSD("nonNegativeInteger"): Text(fr="nombre entier", en="whole number"),
    XSD("decimal"): Text(fr="nombre décimal", en="decimal number"),
    XSD("boolean"): Text(fr="vrai ou faux", en="true or false"),
    XSD("date"): Text(fr="jour", en="day"),
    XSD("gYear"): Text(fr="année", en="year"),
    XSD("gYearMonth"): Text(fr="mois", en="month"),
    XSD("dateTime"): Text(fr="moment", en="moment"),
    XSD("anyURI"): Text(fr="adresse", en="address"),
}

LANGUAGES: dict[str, Text] = {
    "fr": Text(fr="français", en="French"),
    "en": Text(fr="anglais", en="English"),
}

RELATIONS: dict[str, Text] = {
    RDFS("subClassOf"): Text(fr="sorte de", en="kind of"),
    RDFS("subPropertyOf"): Text(fr="sous-propriété de", en="subproperty of"),
    OWL("equivalentClass"): Text(fr="équivaut à", en="equivalent to"),
    OWL("equivalentProperty"): Text(fr="équivaut à", en="equivalent to"),
    OWL("sameAs"): Text(fr="identique à", en="same as"),
    SKOS("exactMatch"): Text(fr="exactement", en="exact match"),
    SKOS("closeMatch"): Text(fr="proche de", en="close match"),
    SKOS("broadMatch"): Text(fr="plus large", en="broad match"),
    SKOS("narrowMatch"): Text(fr="plus précis", en="narrow match"),
    SKOS("relatedMatch"): Text(fr="en rapport", en="related match"),
    RDFS("seeAlso"): Text(fr="voir", en="see"),
}
"""Relations to other vocabularies, from the strongest to the mere reference."""

GROUPS: tuple[tuple[Text, int, tuple[str, ...]], ...] = (
    (Text(fr="Acteurs", en="Actors"), 0, ("Actor", "Organisation", "Person", "Alliance", "MetaCoalition")),
    (Text(fr="Ce qu’ils font, et où", en="What they do, and where"), 0, ("Initiative", "Event", "Territory")),
    (
        Text(fr="Liens de coopération", en="Ties of cooperation"),
        1,
        ("Membership", "StakeholderRelation", "Participation", "Funding", "Interaction"),
    ),
    (
        Text(fr="Preuves, chiffres et codage", en="Evidence, figures and coding"),
        1,
        ("Claim", "Citation", "Document", "Figure", "Characterisation"),
    ),
    (Text(fr="Mesures publiées", en="Published measurements"), 1, ("Measurement", "Computation")),
)
"""Groups of classes: title, column of the diagram, local names in the order of reading."""
OTHERS = Text(fr="Autres classes", en="Other classes")


@lru_cache(maxsize=2)
def words(lang: str) -> dict[str, str]:
    """Return the words in a language."""
    return {name: text.in_language(lang) for name, text in WORDS.items()}
