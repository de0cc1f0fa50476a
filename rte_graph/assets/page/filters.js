// What can be filtered beside types and roles: documents, domains and dates. An entry with the key NONE
// stands for what says nothing: it is counted and hidden like the others.
const NONE = "none";

/** Facets of the model: each { field (of the state), param (of the address), entries, keys (of an item), of }. */
function createFacets(model) {
  const slug = (key) => key.replace(/\/+$/, "").split(/[#/]/).pop() || key;
  const documents = new Map(), slugs = new Map();
  for (const { document } of model.sources) if (!slugs.has(document.fr)) slugs.set(document.fr, slugOf(document.fr));
  for (const edge of model.edges) {
    edge.documents = [...new Set(edge.sources.map((number) => slugs.get(model.sources[number].document.fr)))];
    for (const number of edge.sources) {
      const { document } = model.sources[number], key = slugs.get(document.fr);
      if (!documents.has(key)) documents.set(key, { key, slug: key, label: document, definition: { fr: "", en: "" } });
    }
  }
  // A node without a domain says something only where others of its type have one.
  const told = new Set(model.nodes.filter((node) => node.domains.length).map((node) => node.type));
  const domainKeys = (node) => (node.domains.length ? node.domains : told.has(node.type) ? [NONE] : []);
  const facets = [
    { name: "types", field: "hiddenTypes", param: "hide", of: "nodes", entries: model.types, keys: (node) => [node.type] },
    { name: "roles", field: "hiddenRoles", param: "without", of: "edges", entries: model.roles, keys: (edge) => [edge.role] },
    { name: "domains", field: "hiddenDomains", param: "nodomain", of: "nodes", entries: (model.domains || []).map((domain) => ({ ...domain, slug: slug(domain.key) })), keys: domainKeys, narrows: true },
    { name: "documents", field: "hiddenDocuments", param: "nosource", of: "edges", entries: [...documents.values()].sort((a, b) => (a.key < b.key ? -1 : 1)), keys: (edge) => (edge.documents.length ? edge.documents : [NONE]), narrows: true },
  ];
  for (const facet of facets) {
    facet.counts = new Map();
    for (const item of model[facet.of]) for (const key of facet.keys(item)) facet.counts.set(key, (facet.counts.get(key) || 0) + 1);
    facet.entries = facet.entries.filter((entry) => facet.counts.has(entry.key));
    if (facet.counts.has(NONE) && facet.narrows) facet.entries.push({ key: NONE, slug: NONE, label: null, definition: { fr: "", en: "" } });
  }
  return facets;
}

const slugOf = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60);
const yearOf = (text) => (/^\d{4}/.test(text) ? Number(text.slice(0, 4)) : null);
const dated = (item) => yearOf(item.start) !== null || yearOf(item.end) !== null;

/** First and last year of what has a date, and how many links have none; null where nothing has. */
function createPeriod(model) {
  const items = [...model.edges, ...model.nodes].filter(dated);
  const years = items.flatMap((item) => [yearOf(item.start), yearOf(item.end)]).filter((year) => year !== null);
  if (!years.length) return null;
  const isDated = (edge) => dated(edge) || dated(model.nodes[edge.source]) || dated(model.nodes[edge.target]);
  // One year more on the left, so that one can see what was there before the first date.
  const [least, last] = years.reduce(([low, high], year) => [Math.min(low, year), Math.max(high, year)], [Infinity, -Infinity]);
  return { first: least - 1, last, undated: model.edges.filter((edge) => !isDated(edge)).length, dated: model.edges.filter(isDated).length, isDated };
}

/** Something with a start and no end goes on; something without a start may have been there always. */
function inPeriod(item, from, to) {
  if (!dated(item)) return true;
  return (yearOf(item.start) ?? -Infinity) <= to && (yearOf(item.end) ?? Infinity) >= from;
}

/** Tests for nodes and links in a state, and whether a filter is set that leaves nodes without their links. */
function createTests(model, state) {
  const hides = (facet) => { const hidden = new Set(state[facet.field]); return (item) => { const keys = facet.keys(item); return keys.length > 0 && keys.every((key) => hidden.has(key)); }; };
  const active = model.facets.filter((facet) => state[facet.field].length).map((facet) => ({ facet, hides: hides(facet) }));
  const { period } = model;
  const from = state.from ?? period?.first, to = state.to ?? period?.last;
  const whole = !period || (from === period.first && to === period.last);
  const visible = (of) => (item) => !active.some((each) => each.facet.of === of && each.hides(item)) && (whole || inPeriod(item, from, to));
  return {
    node: visible("nodes"),
    edge: (edge) => visible("edges")(edge) && (!period || state.undated || period.isDated(edge)),
    narrowed: !whole || (period && !state.undated) || active.some((each) => each.facet.narrows),
  };
}
