// Words of the query page in both languages, and how numbers are written. `rteFill` fills « {n} » in.
const RTE_ASK_WORDS = {
  fr: {
    noWasm: "ce navigateur n’a pas WebAssembly ; prenez-en un plus récent", loading: "Chargement…", crashed: "Le moteur a manqué de mémoire ou s’est interrompu ; il est déjà relancé. Demandez moins de lignes (LIMIT) ou moins de combinaisons.",
    search: "Chercher une question", noneFound: "Aucune question ne correspond.", choose: "Choisir une question", blank: "Écrire la sienne", blankNote: "Partir d’une requête courte.",
    blankTitle: "Votre requête", blankText: "Écrivez en SPARQL ce que vous cherchez. « ? » nomme une inconnue ; Ctrl+Espace propose des mots. Rien ne peut être abîmé : la page travaille sur une copie des données.",
    details: "En détail", editor: "Texte de la requête", editorHint: "Échap puis Tab pour quitter l’éditeur. Ctrl+Espace : propositions. Ctrl+F : chercher.",
    run: "Exécuter", runKey: "Ctrl+Entrée", runKeyMac: "⌘ Entrée", stop: "Arrêter", explain: "Ce que demande la requête", share: "Copier le lien", shared: "Lien copié.", shareFailed: "Copiez l’adresse de la page : elle contient la requête.",
    brokenLink: "Une partie de ce lien n’a pas pu être lue : la réponse est celle des valeurs habituelles.", unknownQuery: "Ce lien mène à une question qui n’existe pas ici : choisissez-en une dans la liste.", fromLink: "Cette requête vient d’un lien : lisez-la, puis exécutez-la.", fromBack: "La requête est de retour : exécutez-la pour revoir sa réponse.", restore: "Revenir au texte d’origine", edited: "Texte modifié", 
    limit: "Durée au plus", seconds: "{n} s", noLimit: "sans limite",
    starting: "Préparation du moteur…", ready: "Oxigraph dans la page · {n} triplets · moteur {engine} ms, données {data} ms · hors ligne", failed: "Le moteur n’a pas démarré : {why}",
    running: "Recherche en cours : {s} s", stopped: "Arrêté après {s} s. La page reste prête : changez la requête ou relancez-la.",
    timedOut: "Arrêté après {s} s, la durée choisie. Choisissez une durée plus longue ou « sans limite », ou demandez moins (un LIMIT, un filtre).", 
    rows: "{n} lignes", row: "1 ligne", noRows: "Aucune ligne", triples: "{n} triplets", triple: "1 triplet", time: "en {ms} ms", capped: "Les {n} premières lignes, {time} ; il y en a d’autres.", cappedOf: "Les {n} premières lignes sur {total}, {time}.", cappedTriples: "Les {n} premiers triplets, {time} ; il y en a d’autres.", cappedTriplesOf: "Les {n} premiers triplets sur {total}, {time}.", more: "En montrer plus", moreOf: "Tout montrer ({n})", answer: "Réponse", yes: "Oui", no: "Non",
    errorAt: "Ligne {line}, colonne {column} : {message}", said: "(Analyseur : {words})", expected: "« {text} » ne peut pas venir ici : il manque quelque chose avant, ou un mot est mal écrit.", expectedEnd: "La requête s’arrête trop tôt : il manque sans doute « } » ou un mot.", unknownPrefix: "Le préfixe « {name}: » n’est pas déclaré : ajoutez en tête « PREFIX {name}: <…> ».", ungrouped: "Une colonne du SELECT n’est ni regroupée ni calculée : ajoutez-la à GROUP BY, ou calculez-la (COUNT, SAMPLE…).", meant: "« {text} » n’est pas un mot de SPARQL : vouliez-vous dire {word} ?", bound: "La variable ?{name} a déjà une valeur : donnez un autre nom après AS.", wants: "Attendu ici : {words}.", unclosed: "Un texte entre guillemets n’est pas fermé, ou un signe n’est pas permis ici.", engineError: "Le moteur n’a pas pu lire la requête.",
    bnode: "Le même nœud anonyme ne peut servir dans deux groupes : nommez-le « ?x ».", nested: "La requête imbrique trop de parenthèses ou d’accolades ({n} au plus) : simplifiez-la.", tooLong: "La requête dépasse {n} caractères : raccourcissez-la.", empty: "La requête est vide : écrivez-en une, ou choisissez une question à gauche.",
    refusedService: "SERVICE interroge un autre site : cette page ne va sur aucun réseau. Retirez cette partie.", refusedFrom: "FROM lit d’autres fichiers : cette page n’a que ses propres données. Retirez ce mot.", refusedUpdate: "{word} change les données : cette page ne fait que les lire. Écrivez SELECT, ASK, CONSTRUCT ou DESCRIBE.",
    history: "Vos dernières requêtes", clear: "Tout effacer", noHistory: "Aucune requête lancée pour l’instant.", historyNote: "Gardées dans ce navigateur seulement.", cleared: "Liste effacée.",
    invalid: "Corrigez d’abord la valeur signalée.", colon: "\u00a0: ", classes: "classe", property: "propriété", concept: "concept", entity: "nom", variable: "variable", keyword: "mot", prefix: "préfixe", 
  },
  en: {
    noWasm: "this browser has no WebAssembly; take a newer one", loading: "Loading…", crashed: "The engine ran out of memory or broke off; it is already started again. Ask for fewer rows (LIMIT) or fewer combinations.",
    search: "Search a question", noneFound: "No question fits.", choose: "Choose a question", blank: "Write your own", blankNote: "Start from a short query.",
    blankTitle: "Your query", blankText: "Write in SPARQL what you look for. “?” names an unknown; Ctrl+Space offers words. Nothing can be damaged: the page works on a copy of the data.",
    details: "In detail", editor: "Text of the query", editorHint: "Esc then Tab leaves the editor. Ctrl+Space: suggestions. Ctrl+F: search.",
    run: "Run", runKey: "Ctrl+Enter", runKeyMac: "⌘ Enter", stop: "Stop", explain: "What the query asks", share: "Copy the link", shared: "Link copied.", shareFailed: "Copy the page’s address: it holds the query.",
    brokenLink: "A part of this link could not be read: the answer is that of the usual values.", unknownQuery: "This link leads to a question that does not exist here: choose one from the list.", fromLink: "This query comes from a link: read it, then run it.", fromBack: "The query is back: run it to see its answer again.", restore: "Back to the original text", edited: "Text changed", 
    limit: "Time at most", seconds: "{n} s", noLimit: "no limit",
    starting: "Starting the engine…", ready: "Oxigraph in the page · {n} triples · engine {engine} ms, data {data} ms · offline", failed: "The engine did not start: {why}",
    running: "Searching: {s} s", stopped: "Stopped after {s} s. The page is ready: change the query or run it again.",
    timedOut: "Stopped after {s} s, the time chosen. Choose a longer time or “no limit”, or ask for less (a LIMIT, a filter).", 
    rows: "{n} rows", row: "1 row", noRows: "No rows", triples: "{n} triples", triple: "1 triple", time: "in {ms} ms", capped: "The first {n} rows, {time}; there are more.", cappedOf: "The first {n} rows of {total}, {time}.", cappedTriples: "The first {n} triples, {time}; there are more.", cappedTriplesOf: "The first {n} triples of {total}, {time}.", more: "Show more", moreOf: "Show all ({n})", answer: "Answer", yes: "Yes", no: "No",
    errorAt: "Line {line}, column {column}: {message}", said: "(Parser: {words})", expected: "“{text}” cannot come here: something is missing before it, or a word is misspelt.", expectedEnd: "The query ends too early: probably “}” or a word is missing.", unknownPrefix: "The prefix “{name}:” is not declared: add “PREFIX {name}: <…>” at the top.", ungrouped: "A column of SELECT is neither grouped nor computed: add it to GROUP BY, or compute it (COUNT, SAMPLE…).", meant: "“{text}” is no word of SPARQL: did you mean {word}?", bound: "The variable ?{name} has a value already: give another name after AS.", wants: "Expected here: {words}.", unclosed: "A quoted text is not closed, or a sign is not allowed here.", engineError: "The engine could not read the query.",
    bnode: "The same blank node cannot stand in two groups: name it “?x”.", nested: "The query nests too many brackets ({n} at most): simplify it.", tooLong: "The query has more than {n} characters: shorten it.", empty: "The query is empty: write one, or choose a question on the left.",
    refusedService: "SERVICE asks another site: this page goes on no network. Remove that part.", refusedFrom: "FROM reads other files: this page has only its own data. Remove that word.", refusedUpdate: "{word} changes data: this page only reads them. Write SELECT, ASK, CONSTRUCT or DESCRIBE.",
    history: "Your latest queries", clear: "Clear all", noHistory: "No query run so far.", historyNote: "Kept in this browser only.", cleared: "List cleared.",
    invalid: "First correct the value that is marked.", colon: ": ", classes: "class", property: "property", concept: "concept", entity: "name", variable: "variable", keyword: "word", prefix: "prefix", 
  },
};

/** The page's words in a language; French texts have their no-break spaces. */
function rteWords(lang) {
  return RTE_ASK_WORDS[lang === "en" ? "en" : "fr"];
}

/** French text with no-break spaces before : ; ! ? » and after «, as rte_graph/typography.py does. */
function rteFrench(text) {
  return text.replace(/(\S) (?=[:;!?](?:\s|$)|»)/g, "$1\u00a0").replace(/« (?=\S)/g, "«\u00a0");
}

for (const [name, text] of Object.entries(RTE_ASK_WORDS.fr)) RTE_ASK_WORDS.fr[name] = rteFrench(text);

/** Fills « {name} » of a text in. */
function rteFill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A number with groups of thousands and the decimal mark of the language: 1 234,5 or 1,234.5. */
function rteNumber(value, lang) {
  const found = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/.exec(String(value));
  if (!found) return String(value);
  const whole = found[2].replace(/^0+(?=[0-9])/, "").replace(/\B(?=([0-9]{3})+$)/g, lang === "en" ? "," : "\u202f");
  return found[1] + whole + (found[3] ? (lang === "en" ? "." : ",") + found[3] : "");
}
