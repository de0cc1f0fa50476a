// What is wrong with a text and where, in one sentence, before it runs: {from, to, message, words} or null.
const RTE_KEYWORDS = ["SELECT", "CONSTRUCT", "ASK", "DESCRIBE", "WHERE", "PREFIX", "DISTINCT", "OPTIONAL", "FILTER", "FILTER NOT EXISTS", "FILTER EXISTS", "UNION", "MINUS", "BIND", "VALUES", "GRAPH", "GROUP BY", "HAVING", "ORDER BY", "ASC", "DESC", "LIMIT", "OFFSET", "AS", "IN", "NOT", "EXISTS", "UNDEF", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "SEPARATOR", "STR", "LANG", "LANGMATCHES", "DATATYPE", "BOUND", "IF", "COALESCE", "CONCAT", "CONTAINS", "STRSTARTS", "STRENDS", "LCASE", "UCASE", "STRLEN", "REPLACE", "REGEX", "YEAR", "NOW", "ROUND", "ABS", "isIRI", "isLITERAL"];

/** Steps from one word to another: letters changed, left out, added. */
function rteDistance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[other.length];
}

/** The keyword that a misspelt word is nearest to, or "". */
function rteNearest(word) {
  const upper = word.toUpperCase();
  if (!/^[A-Z_]{3,}$/.test(upper)) return "";
  const known = RTE_KEYWORDS.flatMap((each) => each.toUpperCase().split(" "));
  if (known.includes(upper)) return "";
  const near = known.map((each) => [rteDistance(upper, each), each]).sort((a, b) => a[0] - b[0])[0];
  return near[0] <= (upper.length > 4 ? 2 : 1) ? near[1] : "";
}

function rteOffset(text, line, column) {
  const lines = text.split("\n");
  let at = 0;
  for (let index = 0; index < Math.min(line - 1, lines.length - 1); index += 1) at += lines[index].length + 1;
  return Math.min(at + column, text.length);
}

/** A place from a parser's line and column (from 1): the token that stands there. */
function rteTokenAt(tokens, at, text) {
  const found = tokens.find((token) => token.start >= at || token.end > at);
  return found ? { from: found.start, to: Math.min(found.end, found.start + Math.max(found.text.length, 1)), token: found } : { from: Math.max(text.trimEnd().length - 1, 0), to: text.trimEnd().length, token: null };
}

function rteReadProblem(error, text, tokens, words) {
  const said = String(error.message).split("\n");
  const variable = (found) => tokens.find((token) => token.kind === "variable" && token.text.slice(1) === found[1]);
  const spot = (token) => (token ? { from: token.start, to: token.end } : { from: 0, to: Math.min(text.length, 1) });
  let found = /^Unknown prefix: (.*)$/.exec(said[0]);
  if (found) return { ...spot(tokens.find((token) => token.kind === "name" && token.text.startsWith(`${found[1]}:`))), message: rteFill(words.unknownPrefix, { name: found[1] }), words: "" };
  found = /ungrouped variable.*\(\?(\w+)\)/.exec(said[0]);
  if (found) return { ...spot(variable(found)), message: words.ungrouped, words: rteFill(words.said, { words: said[0] }) };
  found = /already bound \(\?(\w+)\)/.exec(said[0]);
  if (found) return { ...spot(tokens.filter((token, at) => token.kind === "variable" && token.text.slice(1) === found[1] && rteWord(tokens[at - 1], "AS"))[0]), message: rteFill(words.bound, { name: found[1] }), words: rteFill(words.said, { words: said[0] }) };
  if (/blank node/.test(said[0])) return { ...spot(null), message: words.bnode, words: rteFill(words.said, { words: said[0] }) };
  if (!error.hash) return { ...spot(null), message: words.engineError, words: rteFill(words.said, { words: said[0] }) };
  const place = error.hash.loc;
  const own = rteFill(words.said, { words: rteBrief(said[said.length - 1]) });
  return rteMisplaced(rteTokenAt(tokens, rteOffset(text, place.last_line, place.last_column), text), error.hash.expected || [], own, words);
}

/** The parser's own words, without most of what it would have taken. */
function rteBrief(said) {
  const found = /^Expecting (.*), got (.*)$/.exec(said);
  if (!found) return said.slice(0, 120);
  const wanted = found[1].split(", ");
  return `Expecting ${wanted.slice(0, 5).join(", ")}${wanted.length > 5 ? "…" : ""}, got ${found[2]}`;
}

function rteMisplaced({ from, to, token }, expected, own, words) {
  const names = { VAR: "?x", IRIREF: "<…>", PNAME_NS: "rte:", PNAME_LN: "rte:…", INTEGER: "1", EOF: "" };
  const wanted = [...new Set(expected.map((each) => each.replace(/'/g, "")).map((each) => names[each] ?? each))].filter(Boolean);
  const few = wanted.length && wanted.length <= 6 ? rteFill(words.wants, { words: wanted.join("  ") }) : "";
  if (!token) return { from, to, message: words.expectedEnd, words: few || own };
  const word = token.kind === "word" ? rteNearest(token.text) : "";
  if (word) return { from, to, message: rteFill(words.meant, { text: token.text, word }), words: own, fix: word };
  return { from, to, message: rteFill(words.expected, { text: token.text.slice(0, 30) }), words: few || own };
}

/** The first thing that is wrong with a text, or null. */
function rteProblem(text, words, data) {
  const tokens = rteTokens(text);
  const refused = rteRefused(text, tokens, words, data.limits);
  if (refused) return refused.empty ? null : { from: refused.start, to: Math.max(refused.end, refused.start + 1), message: refused.message, words: "", refused: true };
  if (!window.RTE_SPARQL) return null;
  try {
    new window.RTE_SPARQL.Parser({ prefixes: data.prefixes, skipUngroupedVariableCheck: true }).parse(text);
    return null;
  } catch (error) {
    return rteReadProblem(error, text, tokens, words);
  }
}

/** What the engine said, as a problem with its place. */
function rteEngineProblem(error, text, words, data) {
  const known = rteProblem(text, words, data);
  if (known) return known;
  if (!error.refused && /SELECT contains a variable that is unbound/.test(error.message)) {
    const select = rteTokens(text).find((token) => rteWord(token, "SELECT")) || { start: 0, end: 1 };
    return { from: select.start, to: select.end, message: words.ungrouped, words: "" };
  }
  const at = error.line ? rteOffset(text, error.line, error.column - 1) : 0;
  const place = rteTokenAt(rteTokens(text), at, text);
  return { from: place.from, to: place.to, message: error.refused ? error.message : words.engineError, words: error.refused ? "" : rteFill(words.said, { words: error.message }) };
}
