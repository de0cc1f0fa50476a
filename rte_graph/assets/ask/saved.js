// Saved queries as the command line gives them: values bound, missing labels filled in, joined values and rows
// in order (ports of sparql/completing.py and sparql/ordering.py).
const RTE_LISTS = [["lines", ", "], ["evidence", " "], ["document", " ; "], ["heading", " ; "], ["initiatives", " ; "]];
const RTE_MOST_ROWS = 100000;

/** Places of label columns, each with its IRI's: `xLabel` beside `x`, `x` beside `xIri`. */
function rteLabelColumns(columns) {
  const pairs = [];
  columns.forEach((column, index) => {
    const iri = column.endsWith("Label") ? column.slice(0, -5) : `${column}Iri`;
    const at = columns.indexOf(iri);
    if (iri !== column && at >= 0) pairs.push([index, at]);
  });
  return pairs;
}

/** Gives a label to each IRI whose label column is empty. */
async function rteFillLabels(result, lang) {
  const pairs = rteLabelColumns(result.columns);
  const nameless = new Set();
  for (const row of result.rows) {
    for (const [label, iri] of pairs) if (!row[label] && row[iri]) nameless.add(rteText(row[iri]));
  }
  if (!nameless.size) return;
  const found = await rteEngine.labels([...nameless], lang);
  for (const row of result.rows) {
    for (const [label, iri] of pairs) {
      if (!row[label] && row[iri]) row[label] = { t: "l", v: Object.hasOwn(found, row[iri].v) ? found[row[iri].v] : rteLastSegment(row[iri].v) };
    }
  }
}

/** Puts what GROUP_CONCAT joined into order: SPARQL leaves that order to the engine. */
function rteSortLists(result) {
  result.columns.forEach((name, index) => {
    for (const [stem, separator] of RTE_LISTS) {
      if (!new RegExp(`^${stem}[A-Z]?$`).test(name)) continue;
      for (const row of result.rows) {
        const term = row[index];
        if (!term || term.t !== "l" || !(term.g || !term.v || term.v.includes(separator))) continue;
        const pieces = [...new Set(term.v.split(separator))].filter(Boolean).sort(rteCompareLabels);
        row[index] = pieces.length ? { t: "l", v: pieces.join(separator) } : null;
      }
    }
  });
}

/** Orders rows: numbers by value, text in French order, unbound last; what is equal so far by all columns. */
function rteOrderRows(result, order) {
  const keys = order.map((key) => ({ at: result.columns.indexOf(key.column), sign: key.descending ? -1 : 1 })).filter((key) => key.at >= 0);
  const whole = new Map();
  const written = (row) => {
    if (!whole.has(row)) whole.set(row, row.map(rteTurtleText));
    return whole.get(row);
  };
  result.rows.sort((one, other) => {
    for (const { at, sign } of keys) {
      if (!one[at] || !other[at]) {
        if (one[at] || other[at]) return one[at] ? -1 : 1;
        continue;
      }
      const found = rteCompareTerms(one[at], other[at]);
      if (found) return sign * found;
    }
    const mine = written(one);
    const theirs = written(other);
    for (let at = 0; at < mine.length; at += 1) {
      const found = rteCompareText(mine[at], theirs[at]);
      if (found) return found;
    }
    return 0;
  });
}

/** A result of a saved query's text, as the command line would give it. */
async function rteFinished(query, result, lang) {
  if (result.kind !== "table") return result;
  await rteFillLabels(result, lang);
  rteSortLists(result);
  rteOrderRows(result, query.order);
  return { ...result, total: result.capped ? undefined : result.rows.length };
}

const rteSaved = {
  query(name) {
    return RTE_ASK.queries.find((each) => each.name === name);
  },
  /** Runs a saved query; values as its form gives them, by default those of its header. */
  async run(name, values = {}, lang = document.documentElement.lang) {
    const query = rteSaved.query(name);
    const text = rteBound(query, { ...query.values, ...values }, lang);
    if (text === null) throw { message: rteWords(lang).invalid };
    return rteFinished(query, await rteEngine.run(text, { cap: RTE_MOST_ROWS }), lang);
  },
};
