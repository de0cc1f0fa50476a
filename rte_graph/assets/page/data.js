// The data that the page carries, as plain objects: what views/page_data.py packs is unpacked here.
// readData() → { name, title, …, nodes: [{ iri, label: { fr, en }, type, side, x, y, former, other, facts }],
// edges: [{ source, target, role, start, end, sources, bend, weight }], sources: [{ document, heading, first,
// last, page }], types, roles, measures, making, … }; types and roles are keys, sources numbers.
function readData() {
  const block = (id) => JSON.parse(byId(id)?.textContent || "[]");
  const data = block("data"), places = block("places"), { strings } = data;
  const both = (at) => (Array.isArray(at) ? { fr: strings[at[0]], en: strings[at[1]] } : { fr: strings[at], en: strings[at] });
  const iri = (at) => (strings[at].startsWith("~") ? data.base + strings[at].slice(1) : strings[at]);
  const names = (list) => list.map((at) => strings[at]);
  const nothing = { fr: "", en: "" };
  const fact = ([name, value, sources, link, detail]) => ({ name: both(name), value: both(value), sources, iri: link === undefined ? "" : iri(link), detail: detail === undefined ? nothing : both(detail) });
  data.nodes = data.nodes.map(([id, label, type, side, former, other, facts, domains, start, end], index) => ({
    iri: iri(id), label: both(label), type: data.types[type].key, side: side ? "target" : "source", former: names(former), other: names(other),
    facts: facts.map(fact), domains: domains.map((at) => data.domains[at].key), start: strings[start], end: strings[end], x: places[index][0], y: places[index][1], page: data.pages ? data.pages[index] : "" }));
  data.edges = data.edges.map(([source, target, role, start, end, sources, bend, weight]) => ({
    source, target, role: data.roles[role].key, start: strings[start], end: strings[end], sources, bend, weight }));
  data.sources = data.sources.map(([document, heading, first, last, page]) => ({ document: both(document), heading: strings[heading], first, last, page }));
  return data;
}
