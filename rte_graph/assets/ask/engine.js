// The engine's side of the page: starts the worker, asks it, ends it. `rteEngine` is all that others use.
// `RTE_ENGINE` {glue, wasm} and `RTE_DATA` {triples, data} come from their own scripts, as base64 of gzip.
const rteEngine = (() => {
  let worker = null;
  let starting = null;
  let waiting = null;
  let next = 1;
  let parts = null;

  const words = () => rteWords(document.documentElement.lang);

  async function unzipped(base64) {
    const text = atob(base64);
    const bytes = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  }

  /** The engine compiled and the data unpacked, once for all workers. */
  function prepared() {
    if (parts) return parts;
    if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") {
      return Promise.reject(new Error(words().noWasm));
    }
    const began = performance.now();
    parts = Promise.all([unzipped(RTE_ENGINE.wasm).then((bytes) => WebAssembly.compile(bytes)), unzipped(RTE_DATA.data)])
      .then(([module, data]) => ({ module, data: new Blob([data]), ms: performance.now() - began }));
    parts.catch(() => { parts = null; });
    return parts;
  }

  function send(to, message) {
    return new Promise((resolve, reject) => {
      const id = next;
      next += 1;
      waiting = { id, resolve, reject };
      to.postMessage({ ...message, id });
    });
  }

  function made() {
    const source = new Blob([RTE_ENGINE.glue, "\n;(", rteWorkerMain.toString(), ")();"], { type: "text/javascript" });
    const address = URL.createObjectURL(source);
    const fresh = new Worker(address);
    const done = (settle) => {
      const held = waiting;
      waiting = null;
      if (held) settle(held);
    };
    fresh.onmessage = ({ data }) => {
      URL.revokeObjectURL(address);
      if (!waiting || waiting.id !== data.id) return;
      if (data.dead) end();
      done((held) => (data.error === undefined ? held.resolve(data.result) : held.reject({ message: data.dead ? words().crashed : data.error, engine: true, dead: Boolean(data.dead) })));
    };
    fresh.onerror = (event) => {
      event.preventDefault();
      end();
      done((held) => held.reject({ message: words().crashed, dead: true }));
    };
    return fresh;
  }

  function end() {
    if (worker) worker.terminate();
    worker = null;
    starting = null;
  }

  async function launch() {
    const began = performance.now();
    const { module, data, ms } = await prepared();
    worker = made();
    const bytes = await data.arrayBuffer();
    const told = await send(worker, { task: "start", module, data: bytes });
    return { triples: RTE_DATA.triples, ms: { engine: Math.round(Math.max(performance.now() - began - told.ms.data, ms)), data: Math.round(told.ms.data) } };
  }

  function start() {
    if (!starting) {
      starting = launch();
      starting.catch(() => { starting = null; });
    }
    return starting;
  }

  /** Kills the worker in the middle of what it does; the next run starts another. */
  function stop() {
    const held = waiting;
    waiting = null;
    end();
    if (held) held.reject({ message: "", stopped: true });
  }

  function located(error, text, shift) {
    const found = /at (\d+):(\d+)/.exec(error.message);
    if (!found) return { ...error };
    const line = Number(found[1]);
    return { ...error, line, column: Math.max(1, Number(found[2]) - (line === 1 ? shift : 0)) };
  }

  /** Runs a text; rejects with {message, line, column} or {stopped}. `cap`: rows at most, 0 for all. */
  async function run(text, { cap = 0, data = RTE_ASK } = {}) {
    const tokens = rteTokens(text);
    const refused = rteRefused(text, tokens, words(), data.limits);
    if (refused) throw { ...refused, ...rteLineColumn(text, refused.start), refused: true };
    const missing = rteMissingPrefixes(tokens, data.prefixes);
    const head = missing.map((name) => `PREFIX ${name}: <${data.prefixes[name]}> `).join("");
    const asked = head + (cap ? rteLimited(text, tokens, cap + 1) : text);
    await start();
    if (waiting) throw { message: words().loading };
    try {
      return await send(worker, { task: "query", text: asked, cap, form: rteQueryForm(tokens) });
    } catch (error) {
      throw error.stopped || error.dead ? error : located(error, text, head.length);
    }
  }

  const MAIN = ["http://purl.org/dc/terms/title", "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel"];

  /** Labels of IRIs: in the language, else French, English, any; absent if they have none (sparql/names.py). */
  async function labels(iris, lang) {
    const best = {};
    const wanted = [...new Set(iris)].map(rteIriText).filter(Boolean);
    for (let from = 0; from < wanted.length; from += 500) {
      const found = await run(
        `SELECT ?s ?p ?o WHERE { VALUES ?s { ${wanted.slice(from, from + 500).join(" ")} } ?s ?p ?o . FILTER(?p IN (${MAIN.map((name) => `<${name}>`).join(", ")})) }`,
        { data: { prefixes: {}, limits: { characters: 1e6, nesting: 100 } } },
      );
      for (const [s, p, o] of found.rows) {
        const tag = o.g || "";
        const order = tag === lang ? 0 : { fr: 1, en: 2, "": 3 }[tag] ?? 4;
        const rank = [order, p.v === MAIN[2] ? 0 : 1, o.v];
        const held = best[s.v];
        if (!held || rank[0] - held[0] < 0 || (rank[0] === held[0] && (rank[1] - held[1] < 0 || (rank[1] === held[1] && rteCompareText(rank[2], held[2]) < 0)))) best[s.v] = rank;
      }
    }
    return Object.fromEntries(Object.entries(best).map(([iri, rank]) => [iri, rank[2]]));
  }

  return { start, run, stop, labels };
})();
