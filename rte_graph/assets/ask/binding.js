// SPARQL text in tokens, values bound as rows of its VALUES blocks, and what a text may not do.
// A port of sparql/tokens.py, sparql/parameters.py and sparql/guard.py; the engine here has no network anyway.
const RTE_BASE = "A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c-\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}";
const RTE_CHARS = `${RTE_BASE}_\\-0-9\\u00b7\\u0300-\\u036f\\u203f-\\u2040`;
const RTE_ESCAPED = "%[0-9A-Fa-f]{2}|\\\\[_~.\\-!$&'()*+,;=/?#@%]";
const RTE_LOCAL = `(?:[${RTE_BASE}_0-9:]|${RTE_ESCAPED})(?:(?:[${RTE_CHARS}.:]|${RTE_ESCAPED})*(?:[${RTE_CHARS}:]|${RTE_ESCAPED}))?`;
const RTE_ESCAPE = "\\\\[tbnrf\\\\\"']|\\\\u[0-9A-Fa-f]{4}|\\\\U[0-9A-Fa-f]{8}";
const RTE_PATTERNS = [
  ["comment", "#[^\\n\\r]*"],
  ["iri", '<(?:[^<>"\\{\\}\\|\\^`\\\\\\u0000-\\u0020]|\\\\u[0-9A-Fa-f]{4}|\\\\U[0-9A-Fa-f]{8})*>'],
  ["string", `"""(?:"{0,2}(?:[^"\\\\]|${RTE_ESCAPE}))*"""`],
  ["string", `'''(?:'{0,2}(?:[^'\\\\]|${RTE_ESCAPE}))*'''`],
  ["string", `"(?:[^"\\\\\\n\\r]|${RTE_ESCAPE})*"`],
  ["string", `'(?:[^'\\\\\\n\\r]|${RTE_ESCAPE})*'`],
  ["blank", `_:[${RTE_BASE}_0-9](?:[${RTE_CHARS}.]*[${RTE_CHARS}])?`],
  ["name", `(?:[${RTE_BASE}][${RTE_CHARS}]{0,99}(?:\\.[${RTE_CHARS}]{1,99}){0,9})?:(?:${RTE_LOCAL})?`],
  ["variable", `[?$][${RTE_BASE}_0-9][${RTE_BASE}_0-9\\u00b7\\u0300-\\u036f\\u203f-\\u2040]*`],
  ["language", "@[A-Za-z]+(?:-[A-Za-z0-9]+)*"],
  ["number", "(?:[0-9]+\\.[0-9]*[eE][+\\-]?[0-9]+|\\.[0-9]+[eE][+\\-]?[0-9]+|[0-9]+[eE][+\\-]?[0-9]+|[0-9]*\\.[0-9]+|[0-9]+)"],
  ["word", "[A-Za-z_][A-Za-z0-9_]*"],
  ["sign", "\\^\\^|&&|\\|\\||!=|<=|>=|<<|>>|[\\{\\}\\(\\)\\[\\].,;*\\/\\|\\^+?!=<>\\-]"],
].map(([kind, pattern]) => [kind, new RegExp(pattern, "uy")]);
const RTE_SIGN = RTE_PATTERNS[RTE_PATTERNS.length - 1][1];
const RTE_BEFORE_EXPRESSION = new Set(["FILTER", "HAVING", "BIND", "BY", "SELECT", "DISTINCT", "REDUCED", "ASC", "DESC", "IN"]);

function rteMatch(pattern, text, at) {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found ? found[0] : "";
}

/** Whether « < » compares here: a value ended before it, within an expression. */
function rteCompares(before, open) {
  if (!before || open[open.length - 1] !== "expression") return false;
  if (before.kind === "sign") return before.text === ")" || before.text === "]" || before.text === "}";
  return before.kind !== "word" || before.text === "true" || before.text === "false";
}

function rteOpens(token, before, open) {
  if (token.text !== "(" || !before) return token.text;
  const begins = open[open.length - 1] === "expression" || (before.kind === "word" && RTE_BEFORE_EXPRESSION.has(before.text.toUpperCase()));
  return begins ? "expression" : "(";
}

/** Cuts text into tokens {kind, text, start, end}; where the grammar has none, one of the kind « wrong » ends them. */
function rteTokens(text) {
  const tokens = [];
  const open = [];
  let at = 0;
  for (;;) {
    while (at < text.length && " \t\r\n".includes(text[at])) at += 1;
    if (at >= text.length) return tokens;
    const before = tokens[tokens.length - 1];
    const token = rteNextToken(text, at, before, open);
    at = token.end;
    if (token.kind === "comment") continue;
    if (token.kind === "sign" && "([{".includes(token.text)) open.push(rteOpens(token, before, open));
    else if (token.kind === "sign" && ")]}".includes(token.text)) open.pop();
    tokens.push(token);
    if (token.kind === "wrong") return tokens;
  }
}

function rteNextToken(text, at, before, open) {
  for (const [kind, pattern] of RTE_PATTERNS) {
    let found = rteMatch(pattern, text, at);
    if (!found) continue;
    if (kind !== "iri" || !rteCompares(before, open)) return { kind, text: found, start: at, end: at + found.length };
    found = rteMatch(RTE_SIGN, text, at);
    return { kind: "sign", text: found, start: at, end: at + found.length };
  }
  return { kind: "wrong", text: text.slice(at, at + 12).split("\n")[0], start: at, end: text.length };
}

const rteWord = (token, word) => Boolean(token) && token.kind === "word" && token.text.toUpperCase() === word;
const rteSign = (token, sign) => Boolean(token) && token.kind === "sign" && token.text === sign;

/** Blocks `VALUES ?name { … }` of one variable: their rows are text.slice(start, end). */
function rteValueBlocks(tokens) {
  const blocks = [];
  tokens.forEach((token, index) => {
    const name = tokens[index + 1];
    if (!rteWord(token, "VALUES") || !name || name.kind !== "variable" || !rteSign(tokens[index + 2], "{")) return;
    const close = tokens.slice(index + 3).find((other) => rteSign(other, "}"));
    if (close) blocks.push({ name: name.text.slice(1), start: tokens[index + 2].end, end: close.start });
  });
  return blocks;
}

/** Replaces the rows of the blocks named in `terms` (terms as SPARQL text, or UNDEF); other blocks stay. */
function rteBind(text, terms) {
  const pieces = [];
  let at = 0;
  for (const block of rteValueBlocks(rteTokens(text))) {
    if (!Object.hasOwn(terms, block.name)) continue;
    pieces.push(text.slice(at, block.start), ` ${terms[block.name]} `);
    at = block.end;
  }
  return pieces.join("") + text.slice(at);
}

function rteLiteralText(value, datatype) {
  // eslint-disable-next-line no-control-regex
  if (/\u0000/.test(value) || !rteWellFormed(value)) return null;
  const quoted = `"${rteEscaped(value).replace(/\\\\([uU])/g, (whole, letter) => `\\\\\\U${letter.charCodeAt(0).toString(16).toUpperCase().padStart(8, "0")}`)}"`;
  return datatype ? `${quoted}^^<${datatype}>` : quoted;
}

function rteWellFormed(text) {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}

const RTE_SPACES = /[ \u00a0\u202f]/g;
const RTE_CANONICAL = {
  integer(value) {
    const digits = value.replace(RTE_SPACES, "");
    return /^[+-]?[0-9]{1,18}$/.test(digits) ? String(BigInt(digits.replace("+", ""))) : null;
  },
  decimal(value) {
    const text = value.replace(RTE_SPACES, "").replace(",", ".");
    const found = /^([+-]?)(?:([0-9]{1,15})(?:\.([0-9]{0,15}))?|\.([0-9]{1,15}))$/.exec(text);
    if (!found) return null;
    const whole = String(BigInt(found[2] || "0"));
    const rest = (found[3] || found[4] || "").replace(/0+$/, "");
    return (found[1] === "-" ? "-" : "") + whole + (rest ? `.${rest}` : "");
  },
  boolean(value) {
    const word = value.toLowerCase();
    if (["true", "1", "oui", "vrai", "yes"].includes(word)) return "true";
    return ["false", "0", "non", "faux", "no"].includes(word) ? "false" : null;
  },
  date(value) {
    const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(value);
    if (!found || found[1] === "0000") return null;
    const day = new Date(0);
    day.setUTCFullYear(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
    return day.toISOString().slice(0, 10) === value ? value : null;
  },
};

/** A value as the term of its parameter's type, as SPARQL text; UNDEF when it is free; null when it is wrong. */
function rteTermOf(parameter, value) {
  const given = value === undefined || value === null || value === "" ? parameter.default : value;
  if (given === undefined || given === null || (given === "*" && parameter.optional)) return parameter.optional ? "UNDEF" : null;
  if (parameter.type === "entity" || parameter.type === "concept") return rteIriText(rteChoice(parameter, given));
  if (parameter.type !== "string") {
    const canonical = RTE_CANONICAL[parameter.type](given.trim());
    return canonical === null ? null : rteLiteralText(canonical, RTE_XSD + parameter.type);
  }
  if (!parameter.words || !parameter.words.length) return rteLiteralText(given);
  const word = parameter.words.find((each) => each.toLowerCase() === given.trim().toLowerCase());
  return word === undefined ? null : rteLiteralText(word);
}

/** The IRI that a value names: itself, or the only choice that is called so. */
function rteChoice(parameter, value) {
  if (value === parameter.example && parameter.exampleIri) return parameter.exampleIri;
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(value)) return value;
  const named = (parameter.choices || []).filter((each) => rteFold(each.label) === rteFold(value));
  return named.length === 1 ? named[0].iri : "";
}

function rteIriText(iri) {
  // eslint-disable-next-line no-control-regex
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\u0000-\u0020\u007f]+$/.test(iri) ? `<${iri}>` : null;
}

/** Text of a saved query with values bound; null where a value is wrong. */
function rteBound(query, values, lang, text) {
  const terms = { lang: rteLiteralText(lang) };
  for (const parameter of query.params) {
    const term = rteTermOf(parameter, values[parameter.name]);
    if (term === null) return null;
    terms[parameter.name] = term;
  }
  return rteBind(text === undefined ? query.text : text, terms);
}

const RTE_UPDATES = new Set(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]);

/** What a text asks for: SELECT, ASK, CONSTRUCT, DESCRIBE, a word that changes data, or "". */
function rteQueryForm(tokens) {
  const first = tokens.find((token, index) => token.kind === "word" && !["PREFIX", "BASE"].includes(token.text.toUpperCase()) && !rteWord(tokens[index - 1], "PREFIX"));
  return first ? first.text.toUpperCase() : "";
}

/** Refuses a text before the engine sees it: {message, start, end}, or null. `limits`: {characters, nesting}. */
function rteRefused(text, tokens, words, limits) {
  if (!tokens.length) return { message: words.empty, start: 0, end: 0, empty: true };
  if (text.length > limits.characters) return { message: rteFill(words.tooLong, { n: limits.characters }), start: 0, end: 0 };
  const at = (token, message) => ({ message, start: token.start, end: token.end });
  let depth = 0;
  const form = rteQueryForm(tokens);
  for (const token of tokens) {
    if (token.kind === "wrong") return at({ start: token.start, end: token.start + token.text.length }, words.unclosed);
    if (token.kind === "sign") depth += "([{".includes(token.text) ? 1 : ")]}".includes(token.text) ? -1 : 0;
    if (depth > limits.nesting) return at(token, rteFill(words.nested, { n: limits.nesting }));
    if (rteWord(token, "SERVICE")) return at(token, words.refusedService);
    if (rteWord(token, "FROM")) return at(token, words.refusedFrom);
    if (token.kind === "word" && RTE_UPDATES.has(form) && token.text.toUpperCase() === form) return at(token, rteFill(words.refusedUpdate, { word: form }));
  }
  return null;
}

/** Where the solution modifiers of a SELECT stand: its own LIMIT, its ORDER BY, where a LIMIT may be added. */
function rteModifiers(tokens, end) {
  const start = tokens.findIndex((token) => rteWord(token, "SELECT"));
  let depth = 0;
  let closed = false;
  const found = { limit: null, ordered: false, insert: end };
  for (let index = Math.max(start, 0); index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token.kind === "sign" && "([{".includes(token.text)) depth += 1;
    else if (token.kind === "sign" && ")]}".includes(token.text)) {
      depth -= 1;
      if (depth === 0 && token.text === "}") closed = true;
    } else if (closed && depth === 0) {
      if (rteWord(token, "LIMIT") && tokens[index + 1]) found.limit = tokens[index + 1];
      if (rteWord(token, "ORDER")) found.ordered = true;
      if (rteWord(token, "VALUES") && found.insert === end) found.insert = token.start;
    }
  }
  return found;
}

/** A SELECT that gives at most `most` rows: with its LIMIT lowered, or one added. */
function rteLimited(text, tokens, most) {
  if (rteQueryForm(tokens) !== "SELECT") return text;
  const { limit, insert } = rteModifiers(tokens, text.length);
  if (limit) return /^[0-9]+$/.test(limit.text) && Number(limit.text) > most ? text.slice(0, limit.start) + most + text.slice(limit.end) : text;
  return `${text.slice(0, insert)}\nLIMIT ${most}\n${text.slice(insert)}`;
}

/** PREFIX lines for the project's prefixes that a text uses without declaring them. */
function rteMissingPrefixes(tokens, prefixes) {
  const declared = new Set(tokens.filter((token, index) => token.kind === "name" && rteWord(tokens[index - 1], "PREFIX")).map((token) => token.text.split(":")[0]));
  const used = new Set(tokens.filter((token) => token.kind === "name").map((token) => token.text.split(":")[0]));
  return [...used].filter((name) => !declared.has(name) && Object.hasOwn(prefixes, name)).sort();
}

/** Line and column, from 1, of a place in a text. */
function rteLineColumn(text, at) {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return { line, column: at - before.lastIndexOf("\n") };
}
