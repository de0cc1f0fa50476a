// One state, kept in the address after "#", so that a copied link opens the same view.
const MAP_TABS = ["map", "table", "method"];
const FILTERS = [["domain", "domains"], ["actor", "actors"], ["source", "datasets"], ["type", "types"]];

function createMapState(payload) {
  const first = { lang: payload.lang, level: payload.levels[0], at: null, tab: "map", domain: "", actor: "", source: "", type: "" };
  let current = { ...first, ...readMapHash(payload) };
  const listeners = [];
  const tellAll = (before) => { for (const listener of listeners) listener(current, before); };
  function set(change) {
    const before = current;
    current = { ...current, ...change };
    // An area of the other scale is not on the map.
    if (current.level !== before.level && /^(departement|region)-/.test(current.at || "") && !current.at.startsWith(current.level)) current = { ...current, at: null };
    writeMapHash(current, first);
    tellAll(before);
  }
  window.addEventListener("hashchange", () => { const before = current; current = { ...first, ...readMapHash(payload) }; tellAll(before); });
  return { get: () => current, set, subscribe: (listener) => listeners.push(listener), reset: () => set({ ...first, lang: current.lang, tab: current.tab, level: current.level }) };
}

function readMapHash(payload) {
  const query = new URLSearchParams(location.hash.slice(1));
  const found = {};
  if (["fr", "en"].includes(query.get("lang"))) found.lang = query.get("lang");
  if (payload.levels.includes(query.get("level"))) found.level = query.get("level");
  if (MAP_TABS.includes(query.get("tab"))) found.tab = query.get("tab");
  for (const [name, group] of FILTERS) if (payload[group].some((each) => each.slug === query.get(name))) found[name] = query.get(name);
  const at = query.get("at");
  const known = /^departement-/.test(at) ? payload.base.departements[at.slice(12)] : /^region-/.test(at) ? payload.base.regions[at.slice(7)] : false;
  if (at && (known || payload.places.some((place) => place.key === at))) found.at = at;
  return found;
}

function writeMapHash(state, first) {
  const query = new URLSearchParams();
  for (const name of ["lang", "level", "at", "tab", "domain", "actor", "source", "type"]) if (state[name] && state[name] !== first[name]) query.set(name, state[name]);
  const text = query.toString();
  // Some browsers refuse history on file:// pages; the view works without it.
  try { history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search); } catch { /* keep the old address */ }
}

/** Which entries the filters leave, by position. */
function visibleEntries(payload, state) {
  const chosen = FILTERS.filter(([name]) => state[name]).map(([name, group]) => [group, payload[group].findIndex((each) => each.slug === state[name])]);
  return payload.entries.map((entry) => chosen.every(([group, number]) => (group === "types" ? entry.type === number : entry[group].includes(number))));
}
