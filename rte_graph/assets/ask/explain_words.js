/** The phrases in which queries are told: what properties and classes are called in a sentence, in both languages. */
const rteExplainWords = (() => {
  const RTE = "https://w3id.org/rte/ontology#", SKOS = "http://www.w3.org/2004/02/skos/core#", ORG = "http://www.w3.org/ns/org#";
  const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", RDFS = "http://www.w3.org/2000/01/rdf-schema#", DCT = "http://purl.org/dc/terms/";
  const PROV = "http://www.w3.org/ns/prov#", FOAF = "http://xmlns.com/foaf/0.1/", DCAT = "http://www.w3.org/ns/dcat#";

  // Properties that are said with a verb of their own: « ?a se trouve dans ?b ».
  const VERBS = {
    [RTE]: {
      within: ["se trouve dans", "lies in"], overlaps: ["chevauche", "overlaps"], inFamily: ["appartient à la famille", "belongs to the family"],
      partOf: ["fait partie de", "is part of"], alternativeTo: ["est une autre lecture que", "is another reading than"], arisesFrom: ["vient de", "arises from"],
      commonProjectOf: ["est un projet commun de", "is a common project of"], gathersMembersOf: ["réunit des membres de", "gathers members of"], counts: ["compte", "counts"],
      towards: ["est une relation envers", "is a relation towards"], onNetwork: ["porte sur le réseau", "is about the network"],
      ofNode: ["porte sur le nœud", "is about the node"], spreadTo: ["a essaimé vers", "has spread to"], spreadToKind: ["a essaimé vers des lieux du genre", "has spread to places of the sort"],
      funded: ["finance", "funds"], editionOf: ["est une édition de", "is an edition of"], initiative: ["concerne", "concerns"], event: ["concerne", "concerns"],
    },
    [ORG]: { subOrganizationOf: ["dépend de", "is a sub-organisation of"], hasSubOrganization: ["chapeaute", "is the parent organisation of"], memberOf: ["est membre de", "is a member of"] },
    [SKOS]: {
      broader: ["est une notion plus précise que", "is a narrower concept than"], narrower: ["est une notion plus large que", "is a broader concept than"], related: ["a un rapport avec", "is related to"],
      inScheme: ["appartient au vocabulaire", "belongs to the vocabulary"], topConceptOf: ["est en tête du vocabulaire", "is at the top of the vocabulary"],
      exactMatch: ["équivaut à", "is equivalent to"], closeMatch: ["est proche de", "is close to"],
    },
    [RDF]: { subject: ["porte sur", "is about"], object: ["affirme la valeur", "states the value"], predicate: ["porte sur la propriété", "is about the property"] },
    [RDFS]: { subClassOf: ["est une sorte de", "is a kind of"], subPropertyOf: ["est un cas particulier de", "is a special case of"], seeAlso: ["renvoie à", "refers to"] },
    [DCT]: { isPartOf: ["fait partie de", "is part of"], hasPart: ["comprend", "contains"], isReplacedBy: ["a pour remplaçant", "is replaced by"], replaces: ["remplace", "replaces"] },
    [PROV]: { wasDerivedFrom: ["provient de", "is derived from"], wasGeneratedBy: ["résulte de", "results from"], used: ["utilise", "uses"], wasAttributedTo: ["a pour auteur", "is due to"] },
    "http://www.w3.org/2002/07/owl#": { sameAs: ["est la même chose que", "is the same thing as"] },
  };
  // Properties that are said with a noun: « ?a a pour membre ?b ». Others take the label that the ontology gives.
  const NOUNS = {
    [RTE]: {
      participantFamily: ["famille participante", "participating family"], participantCategory: ["catégorie participante", "participating category"], party: ["partie prenante", "stakeholder"],
      partyFamily: ["famille prenante", "stakeholder family"], partyCategory: ["catégorie prenante", "stakeholder category"], funderFamily: ["famille qui finance", "funding family"],
      funderCategory: ["catégorie qui finance", "funding category"], order: ["numéro d’ordre", "order number"], presentedAs: ["forme dans la source", "form in the source"], hasCommonProject: ["projet commun à soi", "common project of its own"],
    },
    [ORG]: { organization: ["organisation", "organisation"], member: ["membre", "member"], role: ["rôle", "role"], hasMembership: ["adhésion", "membership"] },
    [SKOS]: { prefLabel: ["nom", "name"], altLabel: ["autre nom", "other name"], hiddenLabel: ["nom caché", "hidden name"], notation: ["code", "notation"], definition: ["définition", "definition"], scopeNote: ["note d’emploi", "scope note"], note: ["note", "note"], example: ["exemple", "example"] },
    [RDFS]: { label: ["nom", "name"], comment: ["commentaire", "comment"] },
    [DCT]: { title: ["titre", "title"], description: ["description", "description"], license: ["licence", "licence"], source: ["source", "source"], creator: ["auteur", "creator"], publisher: ["éditeur", "publisher"], subject: ["sujet", "subject"], identifier: ["identifiant", "identifier"], created: ["date de création", "date of creation"], modified: ["date de modification", "date of change"], issued: ["date de parution", "date of issue"] },
    [FOAF]: { name: ["nom", "name"], homepage: ["site", "home page"] },
    [PROV]: { startedAtTime: ["début", "start"], endedAtTime: ["fin", "end"] },
    [DCAT]: { distribution: ["distribution", "distribution"], keyword: ["mot-clé", "keyword"], theme: ["thème", "theme"] },
  };
  // Paths of any length that have a short way to be said: as it is, and denied.
  const STARS = {
    [`${SKOS}broader`]: [["est {o} ou une notion plus précise", "n’est ni {o} ni une notion plus précise"], ["is {o} or a narrower concept", "is neither {o} nor a narrower concept"]],
    [`${RTE}within`]: [["est {o} ou s’y trouve", "n’est pas {o} et ne s’y trouve pas"], ["is {o} or lies in it", "is not {o} and does not lie in it"]],
    [`${ORG}subOrganizationOf`]: [["est {o} ou en dépend, de près ou de loin", "n’est pas {o} et n’en dépend pas"], ["is {o} or one of its sub-organisations, at any depth", "is neither {o} nor one of its sub-organisations"]],
  };
  const CLASSES = {
    [RTE]: {
      Actor: ["un acteur", "an actor"], Alliance: ["une alliance", "an alliance"], Characterisation: ["une caractérisation", "a characterisation"], Citation: ["une citation", "a citation"],
      Claim: ["une affirmation", "a claim"], Computation: ["un calcul", "a computation"], Document: ["un document", "a document"], Event: ["un événement", "an event"], Figure: ["un chiffre", "a figure"],
      Funding: ["un financement", "a funding"], Initiative: ["une initiative", "an initiative"], Interaction: ["une interaction", "an interaction"], Measurement: ["une mesure publiée", "a measurement"],
      Membership: ["une adhésion", "a membership"], MetaCoalition: ["une méta-coalition", "a meta-coalition"], Organisation: ["une organisation", "an organisation"], Participation: ["une participation", "a participation"],
      Person: ["une personne", "a person"], StakeholderRelation: ["une relation de partie prenante", "a stakeholder relation"], Territory: ["un territoire", "a territory"],
    },
    [SKOS]: { Concept: ["une notion", "a concept"], ConceptScheme: ["un vocabulaire", "a vocabulary"] },
    [DCAT]: { Dataset: ["un jeu de données", "a dataset"] },
    [FOAF]: { Person: ["une personne", "a person"], Document: ["un document", "a document"] },
    [RDFS]: { Class: ["une classe", "a class"] },
  };
  const LABELS = new Set([`${SKOS}prefLabel`, `${RDFS}label`, `${DCT}title`, `${FOAF}name`, "https://schema.org/name"]);
  const SOURCES = new Set(["evidence", "firstLine", "lastLine", "document", "heading", "page"].map((name) => RTE + name));

  // Functions as nouns; {0} and {1} are what they are given.
  const FUNCTIONS = {
    str: ["{0}", "{0}"], strlen: ["la longueur de {0}", "the length of {0}"], ucase: ["{0} en majuscules", "{0} in capitals"], lcase: ["{0} en minuscules", "{0} in lower case"],
    lang: ["la langue de {0}", "the language of {0}"], datatype: ["le type de {0}", "the type of {0}"], year: ["l’année de {0}", "the year of {0}"], month: ["le mois de {0}", "the month of {0}"], day: ["le jour de {0}", "the day of {0}"],
    hours: ["l’heure de {0}", "the hour of {0}"], minutes: ["les minutes de {0}", "the minutes of {0}"], seconds: ["les secondes de {0}", "the seconds of {0}"], abs: ["{0} sans son signe", "{0} without its sign"],
    round: ["{0} arrondi", "{0} rounded"], ceil: ["{0} arrondi vers le haut", "{0} rounded up"], floor: ["{0} arrondi vers le bas", "{0} rounded down"], now: ["l’heure qu’il est", "the present time"], rand: ["un nombre au hasard", "a random number"],
    iri: ["l’adresse {0}", "the address {0}"], uri: ["l’adresse {0}", "the address {0}"], bnode: ["un élément nouveau", "a new node"], strafter: ["la partie de {0} après {1}", "the part of {0} after {1}"], strbefore: ["la partie de {0} avant {1}", "the part of {0} before {1}"],
    encode_for_uri: ["{0} écrit pour une adresse", "{0} written for an address"], strlang: ["{0} dans la langue {1}", "{0} in the language {1}"], strdt: ["{0} comme valeur de type {1}", "{0} as a value of type {1}"],
    substr: ["une partie de {0}", "a part of {0}"], "+": ["{0} plus {1}", "{0} plus {1}"], "-": ["{0} moins {1}", "{0} minus {1}"], "*": ["{0} fois {1}", "{0} times {1}"], "/": ["{0} divisé par {1}", "{0} divided by {1}"],
    uminus: ["l’opposé de {0}", "the negative of {0}"], uplus: ["{0}", "{0}"], replace: ["{0}, où le motif {1} est remplacé par {2}", "{0}, where the pattern {1} is replaced by {2}"],
    struuid: ["un identifiant nouveau", "a new identifier"], uuid: ["une adresse nouvelle", "a new address"], timezone: ["le fuseau de {0}", "the time zone of {0}"], tz: ["le fuseau de {0}", "the time zone of {0}"],
  };
  // What is true or not: as it is, and denied.
  const TESTS = {
    "=": [["{0} est {1}", "{0} n’est pas {1}"], ["{0} is {1}", "{0} is not {1}"]],
    "<": [["{0} n’atteint pas {1}", "{0} vaut au moins {1}"], ["{0} is less than {1}", "{0} is at least {1}"]],
    ">": [["{0} dépasse {1}", "{0} vaut au plus {1}"], ["{0} is greater than {1}", "{0} is at most {1}"]],
    "<=": [["{0} vaut au plus {1}", "{0} dépasse {1}"], ["{0} is at most {1}", "{0} is greater than {1}"]],
    ">=": [["{0} vaut au moins {1}", "{0} n’atteint pas {1}"], ["{0} is at least {1}", "{0} is less than {1}"]],
    bound: [["{0} est connu", "{0} n’est pas connu"], ["{0} is known", "{0} is not known"]],
    isiri: [["{0} est une ressource", "{0} n’est pas une ressource"], ["{0} is a resource", "{0} is not a resource"]],
    isuri: [["{0} est une ressource", "{0} n’est pas une ressource"], ["{0} is a resource", "{0} is not a resource"]],
    isblank: [["{0} est un élément sans nom", "{0} n’est pas un élément sans nom"], ["{0} is a nameless node", "{0} is not a nameless node"]],
    isliteral: [["{0} est un texte, un nombre ou une date", "{0} n’est ni un texte, ni un nombre, ni une date"], ["{0} is a text, a number or a date", "{0} is neither a text nor a number nor a date"]],
    isnumeric: [["{0} est un nombre", "{0} n’est pas un nombre"], ["{0} is a number", "{0} is not a number"]],
    contains: [["{0} contient {1}", "{0} ne contient pas {1}"], ["{0} contains {1}", "{0} does not contain {1}"]],
    strstarts: [["{0} commence par {1}", "{0} ne commence pas par {1}"], ["{0} begins with {1}", "{0} does not begin with {1}"]],
    strends: [["{0} finit par {1}", "{0} ne finit pas par {1}"], ["{0} ends with {1}", "{0} does not end with {1}"]],
    regex: [["{0} répond au motif {1}", "{0} ne répond pas au motif {1}"], ["{0} matches the pattern {1}", "{0} does not match the pattern {1}"]],
    sameterm: [["{0} est exactement {1}", "{0} n’est pas exactement {1}"], ["{0} is exactly {1}", "{0} is not exactly {1}"]],
    langmatches: [["{0} est {1}", "{0} n’est pas {1}"], ["{0} is {1}", "{0} is not {1}"]],
  };
  const AGGREGATES = {
    count: ["le nombre de {0}", "the number of {0}"], sum: ["la somme de {0}", "the sum of {0}"], avg: ["la moyenne de {0}", "the average of {0}"], min: ["la plus petite valeur de {0}", "the smallest value of {0}"],
    max: ["la plus grande valeur de {0}", "the largest value of {0}"], sample: ["une valeur de {0}", "one value of {0}"], group_concat: ["la liste de {0}", "the list of {0}"],
  };
  const LANGUAGES = { fr: ["français", "French"], en: ["anglais", "English"], de: ["allemand", "German"], es: ["espagnol", "Spanish"], it: ["italien", "Italian"] };

  // What the object of a property said with a verb is called.
  const THINGS = {
    [SKOS]: { broader: ["notion plus large", "broader concept"], narrower: ["notion plus précise", "narrower concept"], inScheme: ["vocabulaire", "vocabulary"] },
    [ORG]: { subOrganizationOf: ["organisation mère", "parent organisation"] },
    [RTE]: { within: ["territoire plus large", "wider territory"], inFamily: ["famille", "family"], alternativeTo: ["autre lecture", "other reading"], initiative: ["initiative", "initiative"], event: ["événement", "event"] },
  };

  const split = (iri) => { const at = Math.max(iri.lastIndexOf("#"), iri.lastIndexOf("/")) + 1; return [iri.slice(0, at), iri.slice(at)]; };
  const look = (table, iri) => { const [space, name] = split(iri); return table[space] && Object.hasOwn(table[space], name) ? table[space][name] : null; };

  return {
    RTE, RDF, LABELS, SOURCES, FUNCTIONS, TESTS, AGGREGATES, LANGUAGES, STARS,
    verb: (iri) => look(VERBS, iri), thing: (iri) => look(THINGS, iri), noun: (iri) => look(NOUNS, iri), classOf: (iri) => look(CLASSES, iri),
  };
})();
