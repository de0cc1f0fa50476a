// What runs in the worker: the engine, the data and one query at a time. The function is sent as text, so it
// uses nothing of the page; `RTE_OXIGRAPH` stands before it in the worker.
function rteWorkerMain() {
  "use strict";
  const { Store, initSync } = self.RTE_OXIGRAPH;
  let store = null;

  const term = (each) => {
    if (each.type === "uri") return { t: "i", v: each.value };
    if (each.type === "bnode") return { t: "b", v: each.value };
    if (each.type === "triple") return { t: "b", v: "<<( … )>>" };
    const found = { t: "l", v: each.value };
    if (each["xml:lang"]) found.g = each["xml:lang"];
    else if (each.datatype) found.d = each.datatype;
    return found;
  };

  const node = (each) => {
    if (each.termType === "NamedNode") return { t: "i", v: each.value };
    if (each.termType === "BlankNode") return { t: "b", v: each.value };
    if (each.termType !== "Literal") return { t: "b", v: "<<( … )>>" };
    const found = { t: "l", v: each.value };
    if (each.language) found.g = each.language;
    else if (each.datatype.value !== "http://www.w3.org/2001/XMLSchema#string") found.d = each.datatype.value;
    return found;
  };

  /** Loads the data: N-Triples in groups, each after a line « # graph graph … » that names where else they stand. */
  function load(bytes) {
    const text = new TextDecoder().decode(bytes);
    let start = 0;
    while (start < text.length) {
      const end = text.indexOf("\n", start);
      const graphs = text.slice(start + 2, end).split(" ").filter(Boolean);
      let next = text.indexOf("\n# ", end);
      next = next < 0 ? text.length : next + 1;
      const lines = text.slice(end + 1, next);
      store.load(lines, { format: "application/n-triples", no_transaction: true, lenient: true });
      for (const graph of graphs) {
        store.load(lines, { format: "application/n-triples", to_graph_name: { termType: "NamedNode", value: graph }, no_transaction: true, lenient: true });
      }
      start = next;
    }
  }

  function start({ module, bytes, data }) {
    const began = performance.now();
    initSync({ module: module || new WebAssembly.Module(bytes) });
    store = new Store();
    const ready = performance.now();
    load(data);
    return { ms: { engine: ready - began, data: performance.now() - ready } };
  }

  function table(text, cap) {
    const found = JSON.parse(store.query(text, { results_format: "application/sparql-results+json" }));
    if ("boolean" in found) return { kind: "boolean", value: found.boolean };
    const columns = found.head.vars;
    const bindings = found.results.bindings;
    const rows = (cap && bindings.length > cap ? bindings.slice(0, cap) : bindings).map((binding) => columns.map((name) => (name in binding ? term(binding[name]) : null)));
    return { kind: "table", columns, rows, capped: rows.length < bindings.length };
  }

  function graph(text, cap) {
    const quads = store.query(text);
    const kept = cap && quads.length > cap ? quads.slice(0, cap) : quads;
    return { kind: "graph", triples: kept.map((quad) => [node(quad.subject), node(quad.predicate), node(quad.object)]), capped: kept.length < quads.length, total: quads.length };
  }

  function query({ text, cap, form }) {
    const began = performance.now();
    const found = form === "CONSTRUCT" || form === "DESCRIBE" ? graph(text, cap) : table(text, cap);
    return { ...found, ms: performance.now() - began };
  }

  self.onmessage = ({ data }) => {
    try {
      self.postMessage({ id: data.id, result: data.task === "start" ? start(data) : query(data) });
    } catch (error) {
      // Out of memory or stack, the engine cannot go on: the page starts another worker.
      const dead = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      self.postMessage({ id: data.id, error: String(error && error.message ? error.message : error), dead });
    }
  };
}
