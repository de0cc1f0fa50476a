/**
 * Words of forms, results and explanations in both languages, and the small helpers that they share.
 * Text reaches the page through textContent only: what the data or the reader wrote is never read as HTML.
 */
const rteKit = (() => {
  const WORDS = {
    fr: {
      all: "Tous", yes: "oui", no: "non", optional: "facultatif", colon: "\u00a0: ",
      typeToFind: "Tapez quelques lettres", noChoice: "Rien ne correspond à «\u00a0{text}\u00a0»\u00a0: essayez d’autres lettres.",
      moreChoices: "… et {n} {n:autre|autres}\u00a0: tapez quelques lettres de plus.",
      wrongChoice: "«\u00a0{text}\u00a0» n’est pas dans la liste\u00a0: choisissez l’une de ses lignes.",
      wrongMissing: "Indiquez une valeur, par exemple «\u00a0{example}\u00a0».",
      wrongInteger: "«\u00a0{text}\u00a0» n’est pas un nombre entier\u00a0: écrivez par exemple {example}.",
      wrongDecimal: "«\u00a0{text}\u00a0» n’est pas un nombre\u00a0: écrivez par exemple {example}.",
      wrongDate: "«\u00a0{text}\u00a0» n’est pas une date\u00a0: écrivez-la comme 2020-06-15.",
      wrongText: "La valeur contient un caractère qui n’est pas du texte\u00a0: retirez-le.",
      table: "Tableau", network: "Réseau", map: "Carte", raw: "Texte brut", views: "Façons de voir le résultat",
      rows: "{n} {n:ligne|lignes}", triples: "{n} {n:triplet|triplets}", none: "Aucune ligne ne répond à cette question.",
      noTriples: "Aucun triplet ne répond à cette question.",
      capped: "Les {n} premières lignes\u00a0; il y en a davantage.", cappedOf: "Les {n} premières lignes sur {total}.",
      cappedTriples: "Les {n} premiers triplets\u00a0; il y en a davantage.",
      answerYes: "Oui", answerNo: "Non", answerYesText: "Il existe dans le graphe au moins une réponse à cette question.",
      answerNoText: "Le graphe ne contient rien qui réponde à cette question.",
      sortBy: "Trier par {name}", sortedUp: "Trié par {name}, ordre croissant.", sortedDown: "Trié par {name}, ordre décroissant.", unsorted: "Ordre de la requête.",
      filter: "Filtrer les lignes", filtered: "{n} {n:ligne|lignes} sur {total}", noneFiltered: "Aucune ligne ne contient «\u00a0{text}\u00a0».", allColumns: "Toutes les colonnes", emptyColumns: "{n:Colonne vide|Colonnes vides}\u00a0: {names}",
      previous: "Précédentes", next: "Suivantes", span: "Lignes {a} à {b} sur {total}", pages: "Pages du tableau",
      linesOf: "Lignes de\u00a0: {document}.", source: "Source {n}", subject: "Sujet", predicate: "Propriété", object: "Objet", iri: "{name} (IRI)",
      download: "Télécharger", csvHint: "pour un tableur", jsonHint: "résultats SPARQL", turtleHint: "graphe RDF", downloaded: "Fichier {name} enregistré.",
      cappedFile: "Le fichier contient les lignes affichées.",
      from: "De", to: "Vers", networkOf: "{n} {n:nœud|nœuds}, {m} {m:lien|liens}", networkHint: "Choisissez un nœud pour lire ses liens. Boutons ou Ctrl + molette\u00a0: agrandir. Glisser\u00a0: déplacer.",
      tooMany: "Ce réseau compte {n} nœuds\u00a0: au-delà de {max}, le dessin ne se lit plus. Ajoutez une condition à la requête, ou lisez le tableau.",
      noLinks: "Ces deux colonnes ne forment aucun lien.", zoomIn: "Agrandir", zoomOut: "Réduire", zoomAll: "Tout voir", close: "Fermer",
      networkLabel: "Réseau. Flèches\u00a0: aller au nœud voisin. Entrée\u00a0: lire ses liens. Échap\u00a0: refermer.", links: "{n} {n:lien|liens}", times: "{n} fois", open: "Ouvrir sa page",
      hiddenNames: "{n} {n:nom est caché|noms sont cachés}\u00a0: agrandissez, ou passez sur le nœud.", legend: "Légende", otherType: "Sans type", otherRole: "Lien",
      mapLoading: "La carte se charge…", mapFailed: "La carte n’a pas pu être chargée\u00a0: le tableau reste complet.",
      mapPick: "Choisissez un cercle ou une ligne pour lire ce qu’il compte.", value: "Ce qui est montré", countRows: "Nombre de lignes", scale: "Échelle", departement: "Départements", region: "Régions", moreEntries: "… et {n} {n:autre|autres} dans le tableau",
      cut: "Le début seulement\u00a0: le fichier à télécharger contient tout.", copy: "Copier", copied: "Copié.", rawLabel: "Résultat en texte", unread: "La requête ne peut pas encore être lue\u00a0: corrigez d’abord l’erreur signalée.", unknowns: "Ce qui commence par «\u00a0?\u00a0» est une inconnue\u00a0: le nom que la requête donne à ce qu’elle cherche.",
    },
    en: {
      all: "All", yes: "yes", no: "no", optional: "optional", colon: ": ",
      typeToFind: "Type a few letters", noChoice: "Nothing matches “{text}”: try other letters.",
      moreChoices: "… and {n} more: type a few more letters.",
      wrongChoice: "“{text}” is not in the list: choose one of its lines.",
      wrongMissing: "Give a value, for example “{example}”.",
      wrongInteger: "“{text}” is not a whole number: write, for example, {example}.",
      wrongDecimal: "“{text}” is not a number: write, for example, {example}.",
      wrongDate: "“{text}” is not a date: write it like 2020-06-15.",
      wrongText: "The value holds a character that is not text: remove it.",
      table: "Table", network: "Network", map: "Map", raw: "Raw text", views: "Ways to see the result",
      rows: "{n} {n:row|rows}", triples: "{n} {n:triple|triples}", none: "No row answers this question.",
      noTriples: "No triple answers this question.",
      capped: "The first {n} rows; there are more.", cappedOf: "The first {n} rows of {total}.",
      cappedTriples: "The first {n} triples; there are more.",
      answerYes: "Yes", answerNo: "No", answerYesText: "The graph holds at least one answer to this question.",
      answerNoText: "The graph holds nothing that answers this question.",
      sortBy: "Sort by {name}", sortedUp: "Sorted by {name}, ascending.", sortedDown: "Sorted by {name}, descending.", unsorted: "Order of the query.",
      filter: "Filter the rows", filtered: "{n} of {total} rows", noneFiltered: "No row contains “{text}”.", allColumns: "All columns", emptyColumns: "Empty {n:column|columns}: {names}",
      previous: "Previous", next: "Next", span: "Rows {a} to {b} of {total}", pages: "Pages of the table",
      linesOf: "Lines of: {document}.", source: "Source {n}", subject: "Subject", predicate: "Property", object: "Object", iri: "{name} (IRI)",
      download: "Download", csvHint: "for a spreadsheet", jsonHint: "SPARQL results", turtleHint: "RDF graph", downloaded: "File {name} saved.",
      cappedFile: "The file holds the rows shown.",
      from: "From", to: "To", networkOf: "{n} {n:node|nodes}, {m} {m:link|links}", networkHint: "Choose a node to read its links. Buttons or Ctrl + wheel: zoom. Drag: move.",
      tooMany: "This network has {n} nodes: above {max} the drawing is unreadable. Add a condition to the query, or read the table.",
      noLinks: "These two columns make no link.", zoomIn: "Zoom in", zoomOut: "Zoom out", zoomAll: "Show all", close: "Close",
      networkLabel: "Network. Arrows: go to the next node. Enter: read its links. Escape: close.", links: "{n} {n:link|links}", times: "{n} times", open: "Open its page",
      hiddenNames: "{n} {n:name is hidden|names are hidden}: zoom in, or hover over the node.", legend: "Legend", otherType: "No type", otherRole: "Link",
      mapLoading: "The map is loading…", mapFailed: "The map could not be loaded: the table is complete.",
      mapPick: "Choose a circle or a line to read what it counts.", value: "What is shown", countRows: "Number of rows", scale: "Scale", departement: "Départements", region: "Régions", moreEntries: "… and {n} more in the table",
      cut: "The beginning only: the file to download holds everything.", copy: "Copy", copied: "Copied.", rawLabel: "Result as text", unread: "The query cannot be read yet: first correct the error that is marked.", unknowns: "What begins with “?” is an unknown: the name that the query gives to what it looks for.",
    },
  };
  const XSD = "http://www.w3.org/2001/XMLSchema#";
  const NUMERIC = new Set(["integer", "decimal", "double", "float"].map((name) => XSD + name));
  const SVG = "http://www.w3.org/2000/svg";

  /** Make an element; `attributes` may hold `text`, `on` (listeners) and plain attributes. */
  function make(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }

  function svg(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
  }

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "text") element.textContent = value;
      else if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  /** A sentence in a language: « {n} » is a value, « {n:lien|liens} » a word that agrees with it. */
  function say(key, lang, values = {}) {
    const many = (n) => (lang === "fr" ? Math.abs(n) >= 2 : n !== 1);
    const written = (name) => (typeof values[name] === "number" ? count(values[name], lang) : values[name] ?? "");
    return WORDS[lang][key].replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_, name, one, others) => (one === undefined ? written(name) : many(values[name]) ? others : one));
  }

  const count = (n, lang) => String(n).replace(/\B(?=(\d{3})+$)/g, lang === "fr" ? "\u202f" : ",");

  /** A number as a reader of the language writes it; the digits are those of the data. */
  function number(text, lang) {
    const parts = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
    if (!parts) return text;
    const [, sign, whole, rest] = parts;
    const grouped = count(whole.replace(/^0+(?=\d)/, ""), lang);
    const minus = sign === "-" ? "\u2212" : "";
    return `${minus}${grouped}${rest === undefined ? "" : (lang === "fr" ? "," : ".") + rest}`;
  }

  /** Fold case, accents, ligatures and apostrophes, so that « Chenelet » finds « Chênelet ». */
  function fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’‘ʼ`´]/g, "'").replace(/[\s\u00a0\u202f\u2013-]+/g, " ").trim();
  }

  function date(text, lang) {
    const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text);
    if (!parts) return text;
    const at = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3] || 1)));
    if (Number.isNaN(at.getTime())) return text;
    const form = { timeZone: "UTC", year: "numeric", month: "long", ...(parts[3] ? { day: "numeric" } : {}) };
    return at.toLocaleDateString(lang === "fr" ? "fr-FR" : "en-GB", form).replace(/^1 (?=\p{L})/u, lang === "fr" ? "1er\u00a0" : "1 ");
  }

  const isIri = (term) => Boolean(term) && term.t === "i";
  const isNumber = (term) => Boolean(term) && term.t === "l" && NUMERIC.has(term.d);
  const isIriList = (term) => Boolean(term) && term.t === "l" && /^(https?:\/\/\S+( https?:\/\/\S+)*)?$/.test(term.v);

  /** What is readable of an IRI: what follows its last slash or hash. */
  function tail(iri) {
    const last = iri.replace(/[/#]+$/, "").split(/[/#]/).pop() || iri;
    try { return decodeURIComponent(last); } catch { return last; }
  }

  /** A term for people: grouped digits, dates in words, yes and no, the end of an IRI. */
  function readable(term, lang) {
    if (!term) return "";
    if (term.t === "i") return tail(term.v);
    if (term.t === "b") return `_:${term.v}`;
    if (isNumber(term)) return number(term.v, lang);
    if ([`${XSD}date`, `${XSD}gYearMonth`].includes(term.d)) return date(term.v, lang);
    if (term.d === `${XSD}boolean`) return say(term.v === "true" || term.v === "1" ? "yes" : "no", lang);
    return term.v;
  }

  /** The column of IRIs that a column of labels speaks of, or null. */
  function iriColumnOf(columns, column) {
    const iri = column.endsWith("Label") ? column.slice(0, -5) : `${column}Iri`;
    return iri && iri !== column && columns.includes(iri) ? iri : null;
  }

  /** Whether an address can be followed: a page of this site or of the web, never a script. */
  function safe(href) {
    try { return ["http:", "https:", "file:"].includes(new URL(href, document.baseURI).protocol); } catch { return false; }
  }

  /** A link where there is a safe address, else plain text. */
  function linked(text, href, lang) {
    return href && safe(href) ? make("a", { href, lang }, make("bdi", { text })) : make("bdi", { text, lang });
  }

  /** Hand a file to the reader; returns its name. */
  function save(name, type, content) {
    const address = URL.createObjectURL(new Blob([content], { type }));
    const link = make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    return name;
  }

  let numbered = 0;
  /** An id that nothing else on the page has. */
  const id = (stem) => `rte-${stem}-${++numbered}`;

  return { WORDS, XSD, make, svg, say, count, number, fold, date, isIri, isNumber, isIriList, tail, readable, iriColumnOf, linked, safe, save, id };
})();
