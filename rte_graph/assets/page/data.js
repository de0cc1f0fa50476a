// The data that the page carries, as plain objects: what views/page_data.py packs is unpacked here.
// readData() → { name, title, …, nodes: [{ iri, label: { fr, en }, type, side, x, y, facts, … }],
// edges: [{ source, target, role, start, end, bend, sources }], types, roles, measures, sources, making, … }
function readData() {
  const block = (id) => JSON.parse(byId(id)?.textContent || "[]");
  const data = block("data"), places = block("places");
  data.nodes.forEach((node, index) => { [node.x, node.y] = places[index]; });
  return data;
}
