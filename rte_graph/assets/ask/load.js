// The page's other scripts, loaded when they are needed; in the page that is one file they stand already.
const RTE_HERE = document.currentScript && document.currentScript.src ? new URL(".", document.currentScript.src).href : "";
const RTE_PARTS = {
  engine: () => Boolean(window.RTE_ENGINE),
  data: () => Boolean(window.RTE_DATA),
  editor: () => Boolean(window.RTE_EDITOR),
  explain: () => Boolean(window.RTE_SPARQL),
  map: () => Boolean(window.rteMapBase),
  queries: () => Boolean(window.RTE_ASK),
};
const rteLoads = new Map();

/** Loads one of the page's scripts, once; rejects where it cannot be read. */
function rteLoad(name) {
  if (RTE_PARTS[name] && RTE_PARTS[name]()) return Promise.resolve();
  if (!rteLoads.has(name)) {
    rteLoads.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${RTE_HERE}${name === "queries" ? `queries.${document.documentElement.lang}` : name}.js`;
      script.onload = () => resolve();
      script.onerror = () => {
        rteLoads.delete(name);
        script.remove();
        reject(new Error(script.src));
      };
      document.head.append(script);
    }));
  }
  return rteLoads.get(name);
}

/** Loads the engine and its data and starts them. */
async function rteStart() {
  await Promise.all([rteLoad("engine"), rteLoad("data")]);
  return rteEngine.start();
}

/** Gives each parameter its list of choices, once the queries are there. */
function rteReadQueries() {
  for (const query of RTE_ASK.queries) {
    for (const parameter of query.params) {
      parameter.choices = parameter.scope === null ? null : RTE_ASK.scopes[parameter.scope];
    }
  }
  return RTE_ASK;
}

/** Address of the page of an IRI: in the site by rule, else itself where it is http(s), else "". */
function rtePageOf(iri) {
  const { base, end, apart, ontology, vocabulary, schemes } = RTE_ASK.links;
  const root = document.documentElement.dataset.root || "";
  if (Object.hasOwn(apart, iri)) return root + encodeURI(apart[iri]);
  if (iri.startsWith(base)) {
    const path = iri.slice(base.length);
    return path.split("/").every((part) => /^[a-z0-9][a-z0-9._~-]*$/.test(part)) ? `${root}id/${path}${end}` : "";
  }
  if (iri.startsWith(ontology[0])) return `${root}${ontology[1]}#${encodeURIComponent(iri.slice(ontology[0].length))}`;
  const [scheme, concept] = iri.startsWith(vocabulary) ? iri.slice(vocabulary.length).split("/") : ["", ""];
  if (schemes.includes(scheme)) return `${root}vocab/${scheme}${end}${concept ? `#${encodeURIComponent(concept)}` : ""}`;
  return rteSafeLink(iri);
}
