// Terms of RDF in the page: {t: "i" | "l" | "b", v, d?, g?}; null is unbound. How they are read, written, compared.
const RTE_XSD = "http://www.w3.org/2001/XMLSchema#";
const RTE_NUMERIC = new Set(["integer", "decimal", "double", "float"].map((name) => RTE_XSD + name));

/** Bare text of a term: the characters of a literal, the address of an IRI, nothing when unbound. */
function rteText(term) {
  return term ? term.v : "";
}

function rteIsIri(term) {
  return Boolean(term) && term.t === "i";
}

function rteIsNumber(term) {
  return Boolean(term) && term.t === "l" && RTE_NUMERIC.has(term.d);
}

/** What follows the last slash or hash of an IRI. */
function rteLastSegment(iri) {
  return iri.replace(/[/#]+$/, "").split(/[/#]/).pop();
}

/** An address that may become a link: http and https only, else "". */
function rteSafeLink(iri) {
  return /^https?:\/\/[^\s<>"{}|^`\\]+$/i.test(iri) ? iri : "";
}

const RTE_ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };

function rteEscaped(text) {
  return text.replace(/[\\"\n\r\t\b\f]/g, (sign) => RTE_ESCAPES[sign]);
}

/** A term as the TSV format of SPARQL results writes it (sparql/terms.py: turtle_text). */
function rteTurtleText(term) {
  if (!term) return "";
  if (term.t === "i") return `<${term.v}>`;
  if (term.t === "b") return `_:${term.v}`;
  if (term.d === `${RTE_XSD}integer` && /^-?[0-9]+$/.test(term.v)) return term.v;
  const quoted = `"${rteEscaped(term.v)}"`;
  if (term.g) return `${quoted}@${term.g}`;
  return term.d && term.d !== `${RTE_XSD}string` ? `${quoted}^^<${term.d}>` : quoted;
}

/** A text on one line, without characters that turn the direction of writing around (sparql/wording.py). */
function rteOneLine(text) {
  return text
    .replace(/[ \t\r\n\v\f\u0085\u2028\u2029]+/g, " ")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

const RTE_LIGATURES = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ς: "σ" };

/** Lower case without accents, ligatures spelt out (sparql/collation.py: without_accents). */
function rteWithoutAccents(text) {
  const lower = (each) => each.normalize("NFKD").toLowerCase().replace(/[œæßøłđς]/g, (sign) => RTE_LIGATURES[sign]);
  return lower(lower(text)).replace(/[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g, "");
}

/** Words of a name in lower case, without accents or punctuation (sparql/collation.py: fold). */
function rteFold(text) {
  return rteWithoutAccents(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

const rteCollationKeys = new Map();

/** Sort key of a label in French order: letters, accents from the end, the text itself (collation_key). */
function rteCollationKey(text) {
  let key = rteCollationKeys.get(text);
  if (key) return key;
  const numbered = rteFold(text).replace(/\p{Nd}+/gu, (digits) => digits.padStart(12, "0"));
  // eslint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(text)) key = [numbered, "", text];
  else {
    const accents = Array.from(text.normalize("NFD"), (sign) => (/\p{Mn}/u.test(sign) ? sign : "\u0000"));
    key = [numbered, accents.reverse().join("").replace(/\u0000+$/, ""), text];
  }
  if (rteCollationKeys.size > 100000) rteCollationKeys.clear();
  rteCollationKeys.set(text, key);
  return key;
}

/** Compares texts by code points, as Python does. */
function rteCompareText(one, other) {
  if (one === other) return 0;
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  if (at === length) return one.length - other.length;
  // Halves of a pair stand for characters after all others.
  const rank = (code) => (code >= 0xd800 && code <= 0xdfff ? code + 0x10000 : code);
  return rank(one.charCodeAt(at)) - rank(other.charCodeAt(at));
}

/** Compares labels in French order. */
function rteCompareLabels(one, other) {
  const mine = rteCollationKey(one);
  const theirs = rteCollationKey(other);
  return rteCompareText(mine[0], theirs[0]) || rteCompareText(mine[1], theirs[1]) || rteCompareText(mine[2], theirs[2]);
}

/** Value of a number, null for what only says that it is one. */
function rteNumericValue(term) {
  if (!rteIsNumber(term)) return null;
  const said = term.v.trim();
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(said);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  const value = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(said) ? Number(said) : NaN;
  return Number.isNaN(value) ? null : value;
}

/** Compares bound terms: numbers by value before everything else, which goes by its text (sort_value). */
function rteCompareTerms(one, other) {
  const mine = rteNumericValue(one);
  const theirs = rteNumericValue(other);
  if (mine !== null && theirs !== null) return mine < theirs ? -1 : mine > theirs ? 1 : 0;
  if (mine !== null || theirs !== null) return mine !== null ? -1 : 1;
  return rteCompareLabels(rteText(one), rteText(other));
}
