// One state, kept in the address after "#", so that a copied link opens the same view.
const DEFAULTS = { lang: "fr", tab: "network", sel: null, also: null, at: null, hiddenTypes: [], hiddenRoles: [], hiddenDomains: [], hiddenDocuments: [],
  from: null, to: null, undated: true, size: "", colour: "type", hulls: false, names: "auto", steps: 0 };

function createState(model, defaults) {
  const first = { ...DEFAULTS, ...defaults };
  let current = { ...first, ...readHash(model, first) };
  const listeners = [];

  function set(change) {
    const before = current;
    current = { ...current, ...change };
    if (current.sel === null) current = { ...current, also: null, steps: 0 };
    // A node or a place: the drawing emphasises one thing at a time.
    if (current.sel !== null) current = { ...current, at: null };
    if (current.colour !== "groups") current = { ...current, hulls: false };
    if (current.also === current.sel) current = { ...current, also: null };
    writeHash(model, current, first);
    for (const listener of listeners) listener(current, before);
  }
  window.addEventListener("hashchange", () => {
    const before = current;
    current = { ...first, ...readHash(model, first) };
    for (const listener of listeners) listener(current, before);
  });
  return { get: () => current, set, subscribe: (listener) => listeners.push(listener), reset: () => set({ ...first, lang: current.lang, tab: current.tab }) };
}

function readHash(model, first) {
  const query = new URLSearchParams(location.hash.slice(1));
  const found = {};
  if (["fr", "en"].includes(query.get("lang"))) found.lang = query.get("lang");
  if (TABS.includes(query.get("tab"))) found.tab = query.get("tab");
  if (model.nodeByKey.has(query.get("node"))) found.sel = model.nodeByKey.get(query.get("node"));
  if (found.sel !== undefined && model.nodeByKey.has(query.get("with"))) found.also = model.nodeByKey.get(query.get("with"));
  for (const facet of model.facets) found[facet.field] = known(query.get(facet.param), facet.entries);
  Object.assign(found, readPeriod(model, query));
  const colour = query.get("colour");
  if (colour === "type" || (colour === "groups" && model.partition) || model.measures.some((measure) => measure.name === colour)) found.colour = colour;
  if ((found.colour ?? first.colour) === "groups" && query.get("hulls") === "yes") found.hulls = true;
  if (model.measures.some((measure) => measure.name === query.get("size"))) found.size = query.get("size");
  if (model.map && query.get("at") && nodesAt(model, query.get("at")).length) found.at = query.get("at");
  if (query.get("names") === "main") found.names = "main";
  if (found.sel !== undefined && ["1", "2"].includes(query.get("steps"))) found.steps = Number(query.get("steps"));
  return found;
}

function readPeriod(model, query) {
  const found = {};
  if (!model.period) return found;
  const year = (name) => (/^\d{4}$/.test(query.get(name) || "") ? Math.max(model.period.first, Math.min(model.period.last, Number(query.get(name)))) : null);
  if (year("from") !== null) found.from = year("from");
  if (year("to") !== null) found.to = year("to");
  if (query.get("undated") === "no") found.undated = false;
  return found;
}

function known(text, categories) {
  const wanted = (text || "").split(",").filter(Boolean);
  return categories.filter((category) => wanted.includes(category.slug)).map((category) => category.key);
}

function writeHash(model, state, first) {
  const query = new URLSearchParams();
  const slugs = (keys, categories) => categories.filter((c) => keys.includes(c.key)).map((c) => c.slug).join(",");
  if (state.lang !== first.lang) query.set("lang", state.lang);
  if (state.tab !== "network") query.set("tab", state.tab);
  if (state.sel !== null) query.set("node", model.nodes[state.sel].key);
  if (state.also !== null) query.set("with", model.nodes[state.also].key);
  for (const facet of model.facets) if (state[facet.field].length) query.set(facet.param, slugs(state[facet.field], facet.entries));
  if (state.from !== null && state.from !== model.period.first) query.set("from", String(state.from));
  if (state.to !== null && state.to !== model.period.last) query.set("to", String(state.to));
  if (!state.undated) query.set("undated", "no");
  if (state.at !== null) query.set("at", state.at);
  if (state.colour !== first.colour) query.set("colour", state.colour);
  if (state.hulls) query.set("hulls", "yes");
  if (state.size && state.size !== first.size) query.set("size", state.size);
  if (state.names !== "auto") query.set("names", state.names);
  if (state.steps) query.set("steps", String(state.steps));
  const text = query.toString();
  // Some browsers refuse history on file:// pages; the view works without it.
  try { history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search); } catch { /* keep the old address */ }
}
