/**
 * What a query asks, in words.
 *
 * rteExplain(text, lang, {labelOf(iri), headings?: {column: heading}}) → {sentences: [text…], tree: [{text, items?}…]} | {error: text, message, line}.
 * `sentences` are whole and flat; `tree` keeps what belongs together. rteExplainInto(element, text, lang, options) writes
 * the tree into an element, unknowns (?x) set apart, and returns whether it could: else it writes what to do.
 */
const { rteExplain, rteExplainInto } = (() => {
  function rteExplain(text, lang, { labelOf = () => "", headings = {} } = {}) {
    let query = null;
    try { query = new window.RTE_SPARQL.Parser({ skipValidation: true }).parse(text); } catch (error) {
      return { error: rteKit.say("unread", lang === "en" ? "en" : "fr"), message: String(error.message || error), line: error.hash ? error.hash.line + 1 : null };
    }
    if (query.type !== "query") return finish([{ text: lang === "fr" ? "cette requête change les données\u00a0: cette page ne fait que les lire" : "this query changes data: this page only reads them" }], lang);
    const c = { lang: lang === "en" ? "en" : "fr", labelOf, headings, blanks: new Map(), study: rteExplainStudy(query), outer: new Set() };
    c.langVariables = c.study.langVariables;
    c.bound = c.study.bound;
    outside(query, c.outer);
    for (const column of query.variables || []) if (column.value) c.outer.add(column.value);
    return finish([...rteExplainQuery.tell(c, query), ...rteExplainQuery.names(c)], c.lang);
  }

  /** Variables that stand outside all tests: what only a test knows « exists » there. */
  function outside(node, found) {
    if (!node || typeof node !== "object" || node.type === "filter") return;
    if (Array.isArray(node)) { for (const each of node) outside(each, found); return; }
    if (node.termType) { if (node.termType === "Variable") found.add(node.value); return; }
    if (node.type === "operation" && /exists/i.test(node.operator)) return;
    if (node.type === "values") for (const row of node.values) for (const key of Object.keys(row)) found.add(key.slice(1));
    else for (const value of Object.values(node)) outside(value, found);
  }

  /** Words that French joins: « s’il », « du nom ». */
  const joined = (text, lang) => (lang === "fr" ? text.replace(/\b([Ss])i il\b/g, "$1’il").replace(/\bde le (nom|nombre|type|mois|jour|texte|résultat|fuseau)\b/g, "du $1").replace(/\bde les \b/g, "des ") : text);

  const capital = (text) => text.replace(/^(\p{Ll})/u, (letter) => letter.toUpperCase());

  function finish(tree, lang) {
    const colon = lang === "fr" ? "\u00a0:" : ":";
    const end = (item) => {
      const items = (item.items || []).map(end);
      const text = capital(joined(item.text, lang));
      return items.length ? { text: `${text}${colon}`, items } : { text: /[.!?…]$/.test(text) ? text : `${text}.` };
    };
    const ended = tree.map(end);
    return { sentences: ended.map(flat), tree: ended };
  }

  const flat = ({ text, items }) => (items ? `${text} ${items.map((each) => flat(each)).join(" ")}` : text);

  function rteExplainInto(element, text, lang, options) {
    const found = rteExplain(text, lang, options);
    if (found.error) { element.replaceChildren(rteKit.make("p", { class: "rte-note", text: found.error })); return false; }
    const unknowns = /\?[\p{L}_]/u.test(found.sentences.join(" ")) ? rteKit.make("p", { class: "rte-note", text: rteKit.say("unknowns", lang) }) : "";
    const written = ({ text: said, items }, top) => rteKit.make("li", top ? { class: "rte-said" } : {}, ...marked(said), items ? rteKit.make("ul", {}, ...items.map((each) => written(each, false))) : null);
    element.replaceChildren(rteKit.make("ul", { class: "rte-explained" }, ...found.tree.map((each) => written(each, true))), unknowns);
    return true;
  }

  /** Unknowns in a type of their own, so that they are not read as words. */
  function marked(text) {
    return text.split(/(\?[\p{L}_][\p{L}\p{N}_]*)/u).filter(Boolean).map((part) => (/^\?[\p{L}_]/u.test(part) ? rteKit.make("var", { text: part }) : part));
  }

  return { rteExplain, rteExplainInto };
})();
