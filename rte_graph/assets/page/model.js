// The network as the page holds it: indexes made once, and what is visible in a given state.
const DATA_BASE = "https://w3id.org/rte/id/";

function createModel(data) {
  const slug = (key) => key.replace(/\/+$/, "").split(/[#/]/).pop() || key;
  const types = data.types.map((type) => ({ ...type, slug: slug(type.key) }));
  const roles = data.roles.map((role) => ({ ...role, slug: slug(role.key) }));
  const typeOf = new Map(types.map((type) => [type.key, type]));
  const roleOf = new Map(roles.map((role) => [role.key, role]));
  const nodes = data.nodes.map((node, index) => ({
    ...node, index, links: [], near: new Set(),
    key: node.iri.startsWith(DATA_BASE) ? node.iri.slice(DATA_BASE.length) : node.iri,
    look: typeOf.get(node.type).look,
  }));
  const edges = data.edges.map((edge, index) => ({ ...edge, index, stroke: roleOf.get(edge.role).stroke }));
  for (const edge of edges) {
    nodes[edge.source].links.push(edge.index);
    nodes[edge.target].links.push(edge.index);
    nodes[edge.source].near.add(edge.target);
    nodes[edge.target].near.add(edge.source);
  }
  for (const node of nodes) {
    node.haystack = [node.label.fr, node.label.en, ...node.former, ...node.other].map(fold);
  }
  const model = {
    ...data, types, roles, nodes, edges, typeOf, roleOf,
    nodeByKey: new Map(nodes.map((node) => [node.key, node.index])),
  };
  return { ...model, facets: createFacets(model), period: createPeriod(model) };
}

/** Radii by a measure; in a two-mode network each set has its own scale (values do not compare across). */
function radiiBy(model, name) {
  const measure = model.measures.find((m) => m.name === name) || model.measures[0];
  const values = measure ? measure.values : model.nodes.map((node) => node.near.size);
  const group = (node) => (model.twoMode ? node.side : "all");
  const largest = {};
  for (const node of model.nodes) largest[group(node)] = Math.max(largest[group(node)] || 0, values[node.index] || 0);
  const { smallest, span } = model.radii;
  return model.nodes.map((node) => {
    const top = largest[group(node)];
    const full = smallest + span * Math.sqrt(top > 0 ? Math.max(0, values[node.index] || 0) / top : 0);
    return model.twoMode && node.side !== model.lead ? full * 0.5 + 2.5 : full;
  });
}

/** What the filters and the extent leave visible, and what the selection emphasises. */
function viewOf(model, state) {
  const tests = createTests(model, state);
  let nodes = new Set(model.nodes.filter(tests.node).map((node) => node.index));
  let edges = model.edges.filter((edge) => nodes.has(edge.source) && nodes.has(edge.target) && tests.edge(edge));
  if (tests.narrowed) {
    // Who takes part only in what is filtered out is filtered out too.
    const linked = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    nodes = new Set([...nodes].filter((index) => linked.has(index) || !model.nodes[index].links.length));
  }
  if (state.sel !== null && state.steps > 0 && nodes.has(state.sel)) {
    const reached = within(model, edges, state.sel, state.steps);
    nodes = new Set([...nodes].filter((index) => reached.has(index)));
    edges = edges.filter((edge) => reached.has(edge.source) && reached.has(edge.target));
  }
  const view = { nodes, edges: new Set(edges.map((edge) => edge.index)), bright: null, brightEdges: null, path: null };
  if (state.sel !== null && nodes.has(state.sel)) emphasise(model, state, view, edges);
  else if (state.sel === null && state.at !== null) emphasisePlace(model, state, view, edges);
  return view;
}

function emphasisePlace(model, state, view, edges) {
  view.bright = new Set(nodesAt(model, state.at).filter((index) => view.nodes.has(index)));
  view.brightEdges = new Set(edges.filter((edge) => view.bright.has(edge.source) || view.bright.has(edge.target)).map((edge) => edge.index));
}

function emphasise(model, state, view, edges) {
  if (state.also !== null && view.nodes.has(state.also)) {
    view.path = shortestPath(edges, state.sel, state.also);
    const both = [...model.nodes[state.sel].near].filter((n) => model.nodes[state.also].near.has(n) && view.nodes.has(n));
    view.bright = new Set([state.sel, state.also, ...both, ...(view.path || [])]);
    const ends = new Set([state.sel, state.also]);
    const steps = new Set((view.path || []).slice(1).flatMap((n, i) => [`${view.path[i]} ${n}`, `${n} ${view.path[i]}`]));
    view.brightEdges = new Set(edges.filter((edge) => steps.has(`${edge.source} ${edge.target}`)
      || (ends.has(edge.source) && both.includes(edge.target)) || (ends.has(edge.target) && both.includes(edge.source))).map((e) => e.index));
    return;
  }
  const touching = edges.filter((edge) => edge.source === state.sel || edge.target === state.sel);
  view.brightEdges = new Set(touching.map((edge) => edge.index));
  view.bright = new Set([state.sel, ...touching.flatMap((edge) => [edge.source, edge.target])]);
}

function adjacency(edges) {
  const near = new Map();
  const add = (a, b) => (near.get(a) || near.set(a, []).get(a)).push(b);
  for (const edge of edges) { add(edge.source, edge.target); add(edge.target, edge.source); }
  return near;
}

function within(model, edges, start, steps) {
  const near = adjacency(edges);
  let border = [start];
  const reached = new Set(border);
  for (let step = 0; step < steps; step += 1) {
    border = border.flatMap((index) => near.get(index) || []).filter((index) => !reached.has(index) && reached.add(index));
  }
  return reached;
}

function shortestPath(edges, from, to) {
  const near = adjacency(edges);
  const cameFrom = new Map([[from, null]]);
  const queue = [from];
  for (let head = 0; head < queue.length && !cameFrom.has(to); head += 1) {
    for (const next of near.get(queue[head]) || []) {
      if (!cameFrom.has(next)) { cameFrom.set(next, queue[head]); queue.push(next); }
    }
  }
  if (!cameFrom.has(to)) return null;
  const path = [];
  for (let index = to; index !== null; index = cameFrom.get(index)) path.unshift(index);
  return path;
}

/** The control point of a link's curve: the same rule as rte_graph/views/geometry.py. */
function controlPoint(a, b, bend) {
  return { x: (a.x + b.x) / 2 - (b.y - a.y) * bend, y: (a.y + b.y) / 2 + (b.x - a.x) * bend };
}

function linkPieces(a, b, bend) {
  if (!bend) return [[a, b]];
  const c = controlPoint(a, b, bend);
  const at = (t) => ({ x: (1 - t) ** 2 * a.x + 2 * (1 - t) * t * c.x + t * t * b.x, y: (1 - t) ** 2 * a.y + 2 * (1 - t) * t * c.y + t * t * b.y });
  return [0, 1, 2, 3, 4, 5].map((i) => [at(i / 6), at((i + 1) / 6)]);
}
