/** Terms, properties and paths as words: what a pattern says, as a clause with a subject and a verb. */
const rteExplainNames = (() => {
  const W = rteExplainWords;
  const TYPE = `${W.RDF}type`;
  const XSD = "http://www.w3.org/2001/XMLSchema#";

  const at = (c) => (c.lang === "fr" ? 0 : 1);
  const pick = (c, fr, en) => (c.lang === "fr" ? fr : en);
  const quote = (c, text) => pick(c, `«\u00a0${text}\u00a0»`, `“${text}”`);
  const spelt = (iri) => rteKit.tail(iri).replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/[-_]+/g, " ");

  function labelOf(c, iri) {
    const label = c.labelOf ? c.labelOf(iri) : "";
    return typeof label === "string" ? label.trim() : "";
  }

  /** A term where it stands in a sentence: ?x, « Coalition Solidaire », 12, « texte ». */
  function term(c, node) {
    if (node.termType === "Variable") return `?${node.value}`;
    if (node.termType === "BlankNode") return blank(c, node.value);
    if (node.termType === "NamedNode") return quote(c, labelOf(c, node.value) || propertyName(c, node.value) || spelt(node.value));
    if (node.termType === "Quad") return pick(c, "une affirmation citée", "a quoted statement");
    return literal(c, node);
  }

  const propertyName = (c, iri) => { const known = W.noun(iri); return known ? known[at(c)] : ""; };

  function literal(c, node) {
    const type = node.datatype ? node.datatype.value : "";
    if (type === `${XSD}boolean`) return node.value === "true" || node.value === "1" ? pick(c, "vrai", "true") : pick(c, "faux", "false");
    if (["integer", "decimal", "double", "float"].includes(type.replace(XSD, ""))) return rteKit.number(node.value, c.lang);
    if (type === `${XSD}date`) return rteKit.date(node.value, c.lang);
    if (node.value === "") return pick(c, "un texte vide", "an empty text");
    return quote(c, node.value.length > 80 ? `${node.value.slice(0, 79)}…` : node.value.replace(/\s+/g, " "));
  }

  /** Nodes without a name are numbered where there are several: « un élément », « l’élément 2 ». */
  function blank(c, value) {
    if (!c.blanks.has(value)) c.blanks.set(value, c.blanks.size + 1);
    const n = c.blanks.get(value);
    return pick(c, `l’élément ${n}`, `node ${n}`);
  }

  function list(c, items, word) {
    const parts = items.filter(Boolean);
    if (parts.length < 2) return parts.join("");
    const last = word || pick(c, "et", "and");
    return `${parts.slice(0, -1).join(", ")} ${last} ${parts[parts.length - 1]}`;
  }

  const either = (c, items) => list(c, items, pick(c, "ou", "or"));

  /** The verb of a property and what follows it: {verb, rest}; the rest ends where the object begins. */
  function phrase(c, iri) {
    const known = W.verb(iri);
    if (known) return splitVerb(known[at(c)]);
    const noun = W.noun(iri) ? W.noun(iri)[at(c)] : labelOf(c, iri).replace(/^\p{Lu}(?!\p{Lu})/u, (letter) => letter.toLocaleLowerCase(c.lang)) || spelt(iri);
    return pick(c, { verb: "a", rest: "pour", noun }, { verb: "has", rest: "", noun });
  }

  function splitVerb(text) {
    const [verb, ...rest] = text.split(" ");
    return { verb, rest: rest.join(" "), noun: "" };
  }

  /** A verb, denied or not, with what follows it: « n’est pas situé dans ». */
  function said(c, { verb, rest, noun = "" }, negative) {
    const tail = [rest, noun].filter(Boolean).join(" ");
    if (!negative) return [verb, tail].filter(Boolean).join(" ");
    if (c.lang === "fr") {
      const reflexive = /^(se|s’)$/.test(verb) ? rest.split(" ") : null;
      if (reflexive) return `ne ${verb} ${reflexive[0]} pas ${reflexive.slice(1).join(" ")}`.trim();
      return `${/^[aeéèêiouyh]/i.test(verb) ? "n’" : "ne "}${verb} pas ${tail}`.trim();
    }
    if (["is", "was"].includes(verb)) return `${verb} not ${tail}`.trim();
    if (verb === "has" && !noun) return `has not ${tail}`.trim();
    return `does not ${verb === "has" ? "have" : verb.replace(/s$/, "")} ${tail}`.trim();
  }

  const classPhrase = (c, node) => {
    const known = node.termType === "NamedNode" && W.classOf(node.value);
    if (known) return known[at(c)];
    if (node.termType === "Variable") return pick(c, `de la classe ${term(c, node)}`, `of the class ${term(c, node)}`);
    return pick(c, `de la classe ${term(c, node)}`, `of the class ${term(c, node)}`);
  };

  /** A predicate without its subject: {verb, rest, noun, object} where it is simple, else {text}. */
  function predicate(c, p, o, negative = false) {
    if (p.termType === "NamedNode" && p.value === TYPE) return { text: `${said(c, { verb: pick(c, "est", "is"), rest: "" }, negative)} ${classPhrase(c, o)}`, type: Boolean(W.classOf(o.value)) };
    if (p.termType === "NamedNode") {
      const words = phrase(c, p.value);
      return { text: `${said(c, words, negative)} ${term(c, o)}`, noun: words.noun, object: term(c, o) };
    }
    if (p.termType === "Variable") return { text: pick(c, `${negative ? "n’a pas de lien" : "a un lien"} avec ${term(c, o)} par la propriété ${term(c, p)}`, `${negative ? "is not linked" : "is linked"} to ${term(c, o)} by the property ${term(c, p)}`) };
    return { text: null };
  }

  /** What a triple says, as a clause. */
  function clause(c, { subject, predicate: p, object }, negative = false) {
    const s = term(c, subject);
    const simple = predicate(c, p, object, negative);
    if (simple.text) return `${s} ${simple.text}`;
    return pathClause(c, s, p, term(c, object), negative, { subject, object });
  }

  /** A path between two things that are words already. */
  function pathClause(c, s, path, o, negative, ends) {
    if (path.termType) {
      if (path.value === TYPE) return `${s} ${said(c, { verb: pick(c, "est", "is"), rest: pick(c, "de la classe", "of the class") }, negative)} ${o}`;
      return `${s} ${said(c, phrase(c, path.value), negative)} ${o}`;
    }
    const [first] = path.items;
    if (path.pathType === "^") return pathClause(c, o, first, s, negative, ends && { subject: ends.object, object: ends.subject });
    if (path.pathType === "|") return alternatives(c, s, path.items, o, negative);
    if (path.pathType === "/") return sequence(c, s, path.items, o, negative);
    if (path.pathType === "!") return except(c, s, path.items, o, negative);
    return repeated(c, s, path, o, negative);
  }

  /** « ?a a pour membre ou pour partie prenante ?b ». */
  function alternatives(c, s, items, o, negative) {
    const [one, other] = items;
    if (items.length === 2 && one.termType && other.pathType === "^" && other.items[0].value === one.value) return `${pathClause(c, s, one, o, negative)}${pick(c, " (dans un sens ou dans l’autre)", " (either way)")}`;
    if (items.every((item) => item.termType && item.value !== TYPE)) {
      const phrases = items.map((item) => phrase(c, item.value));
      if (phrases.every((each) => each.noun)) {
        const nouns = [...new Set(phrases.map((each) => each.noun))];
        return pick(c, `${s} ${negative ? "n’a pas" : "a"} ${either(c, nouns.map((noun) => `pour ${noun}`))} ${o}`, `${s} ${negative ? "does not have" : "has"} ${either(c, nouns)} ${o}`);
      }
      const verbs = [...new Set(phrases.map((each) => said(c, each, negative)))];
      return `${s} ${negative ? list(c, verbs, pick(c, "et", "and")) : either(c, verbs)} ${o}`;
    }
    return items.map((item) => pathClause(c, s, item, o, negative)).join(pick(c, negative ? ", et " : ", ou bien ", negative ? ", and " : ", or "));
  }

  /** « ?a a pour document quelque chose qui a pour nom ?b »; a step backwards names what stands between. */
  function sequence(c, s, items, o, negative) {
    const something = pick(c, "quelque chose", "something");
    if (items.every((item) => item.termType && item.value !== TYPE)) {
      const steps = items.map((item) => said(c, phrase(c, item.value), false));
      const chain = steps.map((step, i) => (i + 1 < steps.length ? `${step} ${something}` : `${step} ${o}`)).join(pick(c, " qui ", " that "));
      return negative ? pick(c, `ceci n’est pas vrai\u00a0: ${s} ${chain}`, `this is not true: ${s} ${chain}`) : `${s} ${chain}`;
    }
    const clauses = items.map((item, i) => pathClause(c, i ? pick(c, "cet intermédiaire", "this go-between") : s, item, i + 1 < items.length ? pick(c, "un intermédiaire", "a go-between") : o, false));
    const text = clauses.join(pick(c, ", et ", ", and "));
    return negative ? pick(c, `ceci n’est pas vrai\u00a0: ${text}`, `this is not true: ${text}`) : text;
  }

  function except(c, s, [inside], o, negative) {
    const items = inside.pathType === "|" ? inside.items : [inside];
    const names = items.map((item) => quote(c, phraseName(c, item.termType ? item : item.items[0])));
    return pick(c, `${s} ${negative ? "n’a pas de lien" : "a un lien"} avec ${o} autrement que par ${either(c, names)}`, `${s} ${negative ? "is linked" : "is linked"} to ${o} ${negative ? "by nothing" : "by something"} other than ${either(c, names)}`);
  }

  const phraseName = (c, node) => W.noun(node.value)?.[at(c)] || labelOf(c, node.value) || spelt(node.value);

  /** Paths of any length: « ?a est ?b ou se trouve dans ?b, directement ou de proche en proche ». */
  function repeated(c, s, path, o, negative) {
    const [inside] = path.items;
    const short = path.pathType === "*" && inside.termType && W.STARS[inside.value];
    if (short) return `${s} ${short[at(c)][negative ? 1 : 0].replace("{o}", () => o)}`;
    const step = pathClause(c, s, inside, o, negative);
    const verb = step.startsWith(`${s} `) ? step.slice(s.length + 1) : step;
    const far = pick(c, ", directement ou de proche en proche", ", directly or step by step");
    if (path.pathType === "+") return `${step}${far}`;
    const same = negative ? pick(c, "n’est pas", "is not") : pick(c, "est", "is");
    const joined = negative ? pick(c, "et", "and") : pick(c, "ou", "or");
    return `${s} ${same} ${o} ${joined} ${verb}${path.pathType === "*" ? far : ""}`;
  }

  /** All that triples say of one subject: « ?m a pour membre ?a et pour rôle ?r »; what another subject begins stands apart. */
  function sentences(c, subject, triples) {
    const s = term(c, subject), clauses = [], apart = [];
    let noun = false;
    const stated = statement(c, triples);
    const order = (part) => (part.type ? 0 : part.noun ? 1 : 2);
    const parts = triples.filter((triple) => !stated || !stated.triples.includes(triple)).map((triple) => ({ triple, ...predicate(c, triple.predicate, triple.object) })).sort((a, b) => order(a) - order(b));
    if (stated) parts.push({ text: stated.text });
    for (const part of parts) {
      const text = part.text || pathClause(c, s, part.triple.predicate, term(c, part.triple.object), false);
      if (!part.text && !text.startsWith(`${s} `)) { apart.push(text); continue; }
      const short = part.text ? text : text.slice(s.length + 1);
      if (part.noun && noun) clauses[clauses.length - 1].push(pick(c, `pour ${part.noun} ${part.object}`, `${part.noun} ${part.object}`));
      else clauses.push([short]);
      noun = Boolean(part.noun);
    }
    if (!clauses.length) return apart;
    const texts = clauses.map((each) => list(c, each));
    const first = parts[0].type && texts.length > 1 ? `${texts.shift()} ${pick(c, "qui", "that")} ` : "";
    const heavy = texts.length > 1 && clauses.slice(first ? 1 : 0).some((each) => each.length > 1);
    // A long sentence is cut where its verbs are.
    if (heavy && texts.join("").length > 220) return [...texts.map((text, i) => `${s} ${i ? "" : first}${text}`), ...apart];
    return [`${s} ${first}${heavy ? texts.join(texts.length === 2 ? pick(c, ", et ", ", and ") : pick(c, "\u00a0; ", "; ")) : list(c, texts)}`, ...apart];
  }

  /** Triples that together state another one: « ?claim affirme que ?a a pour territoire ?b ». */
  function statement(c, triples) {
    const [subject, p, object] = ["subject", "predicate", "object"].map((name) => triples.find((triple) => triple.predicate.value === W.RDF + name));
    if (!subject || !p || !object || p.object.termType !== "NamedNode") return null;
    return { triples: [subject, p, object], text: pick(c, "affirme que ", "states that ") + clause(c, { subject: subject.object, predicate: p.object, object: object.object }) };
  }

  /** « ?a n’a pas de niveau », « ?a a quelque chose pour niveau »; null where the property has no noun. */
  function having(c, subject, iri, negative) {
    const noun = W.thing(iri) ? W.thing(iri)[at(c)] : phrase(c, iri).noun;
    if (!noun) return null;
    if (c.lang !== "fr") return `${term(c, subject)} has ${negative ? "no" : /^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
    return negative ? `${term(c, subject)} n’a pas ${/^[aeéèêiouyœh]/i.test(noun) ? "d’" : "de "}${noun}` : `${term(c, subject)} a quelque chose pour ${noun}`;
  }

  /** « rien n’est une autre lecture que ?a », « quelque chose l’est »: the subject is not told. */
  function someone(c, triple, negative) {
    const text = predicate(c, triple.predicate, triple.object, negative && c.lang === "fr").text;
    if (!text) return null;
    if (c.lang === "fr") return negative ? `rien ${text.replace(/ pas /, " ")}` : `quelque chose ${text}`;
    return `${negative ? "nothing" : "something"} ${text}`;
  }

  return { having, someone, at, pick, quote, term, list, either, clause, sentences, labelOf, spelt, TYPE };
})();
