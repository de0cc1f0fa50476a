/**
 * The result as files: `rteDownload.csv(table)`, `.json(result)`, `.turtle(graph, prefixes)` give text.
 * CSV and JSON are byte for byte what the command line writes with `--format csv --safe-csv` and `--format json`.
 */
const rteDownload = (() => {
  const { XSD, isNumber } = rteKit;
  // What OWASP names as the beginnings of a formula, and their full-width forms, which Excel reads alike.
  const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
  const NUMBER = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/;
  const PREFIXES = {
    rte: "https://w3id.org/rte/ontology#", rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", rdfs: "http://www.w3.org/2000/01/rdf-schema#",
    xsd: XSD, skos: "http://www.w3.org/2004/02/skos/core#", dcterms: "http://purl.org/dc/terms/", org: "http://www.w3.org/ns/org#",
    foaf: "http://xmlns.com/foaf/0.1/", prov: "http://www.w3.org/ns/prov#", dcat: "http://www.w3.org/ns/dcat#",
  };

  function csv({ columns, rows }) {
    const lines = [columns.map(quoted).join(",")];
    for (const row of rows) lines.push(row.map((term) => quoted(cell(term))).join(","));
    return `${lines.join("\r\n")}\r\n`;
  }

  /** The text of a term, with an apostrophe before it where a spreadsheet would run it as a formula. */
  function cell(term) {
    if (!term) return "";
    const value = term.t === "b" ? `_:${term.v}` : term.v;
    if (!FORMULA.test(value) || (isNumber(term) && NUMBER.test(value))) return value;
    return `'${value}`;
  }

  const quoted = (value) => (/[",\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value);

  function json(result) {
    if (result.kind === "boolean") return `{"head": {}, "boolean": ${Boolean(result.value)}}\n`;
    const names = result.columns.map((name) => JSON.stringify(name)).join(", ");
    const lines = result.rows.map((row) => {
      const bound = result.columns.map((name, i) => (row[i] ? `${JSON.stringify(name)}: ${bare(row[i])}` : null)).filter(Boolean);
      return `\n{${bound.join(", ")}}`;
    });
    return `{"head": {"vars": [${names}]}, "results": {"bindings": [${lines.join(",")}${lines.length ? "\n" : ""}]}}\n`;
  }

  function bare(term) {
    const parts = [["type", { i: "uri", b: "bnode", l: "literal" }[term.t]], ["value", term.v]];
    if (term.t === "l" && term.g) parts.push(["xml:lang", term.g]);
    else if (term.t === "l" && term.d && term.d !== `${XSD}string`) parts.push(["datatype", term.d]);
    return `{${parts.map(([name, value]) => `"${name}": ${JSON.stringify(value)}`).join(", ")}}`;
  }

  /** Turtle: one subject a block, one object a line, `a` first; only the prefixes in use are declared. */
  function turtle({ triples }, prefixes = {}) {
    const writer = termWriter({ ...PREFIXES, ...prefixes });
    const subjects = new Map();
    for (const [s, p, o] of triples) {
      const subject = writer.write(s), predicate = p.v === `${PREFIXES.rdf}type` ? "a" : writer.write(p);
      if (!subjects.has(subject)) subjects.set(subject, new Map());
      const of = subjects.get(subject);
      if (!of.has(predicate)) of.set(predicate, new Set());
      of.get(predicate).add(writer.write(o));
    }
    const blocks = [...subjects].map(([subject, of]) => {
      const lines = [...of].sort(([a], [b]) => Number(b === "a") - Number(a === "a")).map(([predicate, objects]) => `${predicate} ${[...objects].join(",\n        ")}`);
      return `${subject} ${lines.join(" ;\n    ")} .\n`;
    });
    const declared = [...writer.used].sort().map(([name, iri]) => `@prefix ${name}: <${iri}> .\n`).join("");
    return [declared, ...blocks].filter(Boolean).join("\n");
  }

  function termWriter(prefixes) {
    // The longest namespace first, so that the nearest prefix is taken.
    const known = Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    const used = new Map(), blank = new Map();

    function iri(value) {
      for (const [name, start] of known) {
        if (value.startsWith(start) && /^[A-Za-z_]([A-Za-z0-9_-]*)$/.test(value.slice(start.length))) {
          used.set(name, start);
          return `${name}:${value.slice(start.length)}`;
        }
      }
      return `<${value.replace(/[\x00-\x20<>"{}|^`\\]/g, (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`)}>`;
    }

    const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };
    function write(term) {
      if (term.t === "i") return iri(term.v);
      if (term.t === "b") {
        if (!blank.has(term.v)) blank.set(term.v, `_:b${blank.size + 1}`);
        return blank.get(term.v);
      }
      if (term.d === `${XSD}integer` && /^-?[0-9]+$/.test(term.v)) return term.v;
      if (term.d === `${XSD}boolean` && /^(true|false)$/.test(term.v)) return term.v;
      const text = `"${term.v.replace(/[\\"\n\r\t\b\f]/g, (c) => ESCAPES[c] || c)}"`;
      if (term.g) return `${text}@${term.g}`;
      return !term.d || term.d === `${XSD}string` ? text : `${text}^^${iri(term.d)}`;
    }
    return { write, used };
  }

  /** Buttons that hand the result over as files; `announce` says which was saved. */
  function buttons({ result, lang, name, prefixes, announce = () => {} }) {
    const { make, say, save } = rteKit;
    const forms = result.kind === "graph"
      ? [["ttl", "Turtle", "turtleHint", "text/turtle", () => turtle(result, prefixes)]]
      : [...(result.kind === "table" ? [["csv", "CSV", "csvHint", "text/csv", () => csv(result)]] : []),
        ["json", "JSON", "jsonHint", "application/sparql-results+json", () => json(result)]];
    const stem = (name || "result").replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 80) || "result";
    const made = forms.map(([suffix, label, hint, type, text]) => make("button", {
      type: "button", class: "rte-download", title: say(hint, lang), "data-form": suffix,
      "aria-label": `${say("download", lang)} ${label}, ${say(hint, lang)}${result.capped ? `. ${say("cappedFile", lang)}` : ""}`,
      on: { click: () => announce(say("downloaded", lang, { name: save(`${stem}.${suffix}`, `${type};charset=utf-8`, text()) })) },
    }, label));
    return make("div", { class: "rte-downloads", role: "group", "aria-label": say("download", lang) }, make("span", { text: say("download", lang), "aria-hidden": "true" }), ...made);
  }

  return { csv, json, turtle, buttons };
})();
