// GEXF 1.3 of what is shown, as Gephi and Gephi Lite read it: places, colours, sizes, parallel links.
const GEXF_NS = "http://gexf.net/1.3", VIZ_NS = "http://gexf.net/1.3/viz";

function gexfText({ model, state, view, geometry, tell }) {
  const document_ = document.implementation.createDocument(GEXF_NS, "gexf", null), root = document_.documentElement;
  const add = (parent, name, attributes = {}, text = null, space = GEXF_NS) => {
    const element = document_.createElementNS(space, space === VIZ_NS ? `viz:${name}` : name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== "") element.setAttribute(key, String(value));
    // A file must not hold what XML forbids.
    if (text !== null) element.textContent = xmlText(text);
    parent.append(element);
    return element;
  };
  root.setAttribute("version", "1.3");
  root.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:viz", VIZ_NS);
  const meta = add(root, "meta");
  add(meta, "creator", {}, model.making.software || "rte-graph");
  add(meta, "description", {}, [model.title[state.lang], model.making.cite[state.lang], licenceText(model, tell), shownSentence(model, view, tell)].filter(Boolean).join(" · "));
  const graph = add(root, "graph", { defaultedgetype: model.directed || model.twoMode ? "directed" : "undirected", mode: "static" });
  const nodeFields = [["type", "string"], ["set", "string"], ["former_names", "string"], ...model.measures.map((measure) => [measure.name, "double"])];
  const edgeFields = [["role", "string"], ["start", "string"], ["end", "string"], ["evidence", "string"]];
  for (const [of, fields] of [["node", nodeFields], ["edge", edgeFields]]) {
    const attributes = add(graph, "attributes", { class: of });
    for (const [name, type] of fields) add(attributes, "attribute", { id: `${of}_${name}`, title: name, type });
  }
  const values = (element, of, pairs) => {
    const list = add(element, "attvalues");
    for (const [name, value] of pairs) if (value !== null && value !== undefined && value !== "") add(list, "attvalue", { for: `${of}_${name}`, value: xmlText(String(value)) });
  };
  const nodes = add(graph, "nodes"), edges = add(graph, "edges");
  for (const index of [...view.nodes].sort((a, b) => a - b)) {
    const node = model.nodes[index], { x, y } = geometry.points[index], colour = view.colours ? view.colours[index] : node.look.colour;
    const element = add(nodes, "node", { id: xmlText(node.iri), label: xmlText(node.label[state.lang]) });
    values(element, "node", [["type", model.typeOf.get(node.type).label[state.lang]], ["set", node.side], ["former_names", node.former.join(" | ")], ...model.measures.map((measure) => [measure.name, measure.values[index]])]);
    add(element, "color", rgbOf(colour), null, VIZ_NS);
    // Gephi's y axis points upwards.
    add(element, "position", { x: x.toFixed(1), y: (-y).toFixed(1), z: 0 }, null, VIZ_NS);
    add(element, "size", { value: (2 * geometry.radii[index]).toFixed(1) }, null, VIZ_NS);
  }
  for (const edge of model.edges.filter((each) => view.edges.has(each.index))) {
    const role = model.roleOf.get(edge.role).label[state.lang];
    // A kind of its own keeps Gephi from merging two roles of one pair.
    const element = add(edges, "edge", { id: edge.index, source: xmlText(model.nodes[edge.source].iri), target: xmlText(model.nodes[edge.target].iri), kind: xmlText(role), label: xmlText(role), weight: edge.weight });
    values(element, "edge", [["role", role], ["start", edge.start], ["end", edge.end], ["evidence", edge.sources.map((number) => sourceText(model, number, state, tell)).join(" | ")]]);
    add(element, "color", rgbOf(edge.stroke.colour), null, VIZ_NS);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document_)}\n`;
}

const rgbOf = (colour) => Object.fromEntries([["r", 1], ["g", 3], ["b", 5]].map(([name, at]) => [name, parseInt(colour.slice(at, at + 2), 16)]));

/** Without the control characters and lone surrogates that XML 1.0 cannot hold. */
const xmlText = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
