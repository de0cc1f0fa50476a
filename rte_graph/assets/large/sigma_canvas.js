// The drawing of a large network: sigma (WebGL) paints links and shapes, a flat canvas above it names,
// selection and surroundings. The functions are those at the top of page/canvas.js.
const NAMED_AT_ONCE = 90, REST = 140;

function createCanvas(container, model, handlers) {
  const look = { state: null, view: null, radii: [], sizes: [], hover: null, names: [], unnamed: 0, painted: null, fitted: true };
  const turned = container.clientHeight > 1.2 * container.clientWidth;
  const spot = (node) => (turned ? { x: node.y, y: -node.x } : { x: node.x, y: -node.y });
  if (!hasWebgl()) return withoutDrawing(container, model, look);
  const graph = new graphology.MultiDirectedGraph();
  let sigma = null, overlay = null;
  const at = (index) => sigma.graphToViewport(spot(model.nodes[index]));

  /** Sigma starts with what is to be seen: each of its frames costs seconds where there is no graphics card. */
  function begin() {
    const numbers = new Map(model.types.map((type) => [type.key, Math.max(0, SHAPE_NAMES.indexOf(type.look.shape))]));
    const node = nodePaint(), edge = edgePaint();
    // What is added last is painted last: hubs lie above what crowds around them.
    const ordered = [...model.nodes].sort((a, b) => look.sizes[a.index] - look.sizes[b.index] || a.index - b.index);
    for (const each of ordered) graph.addNode(String(each.index), node(each.index, { ...spot(each), shape: numbers.get(each.type) }));
    for (const each of model.edges) graph.addDirectedEdgeWithKey(String(each.index), String(each.source), String(each.target), edge(each.index, { size: 1 }));
    sigma = startSigma(container, model, graph);
    overlay = createOverlay(container, sigma, model, look, spot, handlers);
    sigma.on("afterRender", () => overlay.paint());
    sigma.on("clickNode", ({ node: key, event }) => handlers.chosen(Number(key), event.original || {}));
    sigma.on("clickStage", ({ event }) => handlers.chosen(overlay.nameAt(event) ?? nearest(event), event.original || {}));
    sigma.on("doubleClickNode", (event) => event.preventSigmaDefault());
    sigma.on("enterNode", ({ node: key }) => { look.hover = Number(key); container.style.cursor = "pointer"; overlay.paint(); });
    sigma.on("leaveNode", () => { look.hover = null; container.style.cursor = ""; overlay.paint(); });
    sigma.getCamera().on("updated", () => { look.fitted = false; });
  }

  /** Shapes are small: what is beside one within some pixels means it too. */
  function nearest({ x, y }) {
    let best = null, least = 8;
    for (const index of look.view.nodes) {
      const p = at(index), gap = Math.hypot(p.x - x, p.y - y) - sigma.scaleSize(look.sizes[index]);
      if (gap < least) { best = index; least = gap; }
    }
    return best;
  }

  function nodePaint() {
    const { view } = look, whole = view.nodes.size === model.nodes.length;
    return (index, attributes) => Object.assign(attributes, { hidden: !whole && !view.nodes.has(index), color: view.colours ? view.colours[index] : model.nodes[index].look.colour, size: look.sizes[index] });
  }

  function edgePaint() {
    const { view } = look, whole = view.edges.size === model.edges.length, tint = linkTints(model, view);
    return (index, attributes) => Object.assign(attributes, { hidden: !whole && !view.edges.has(index), color: tint(model.edges[index]) });
  }

  /** Colours, sizes and what is hidden; the rest follows the camera alone. */
  function repaint() {
    if (!sigma) return begin();
    const node = nodePaint(), edge = edgePaint();
    graph.updateEachNodeAttributes((key, attributes) => node(Number(key), attributes), { attributes: ["hidden", "color", "size"] });
    graph.updateEachEdgeAttributes((key, attributes) => edge(Number(key), attributes), { attributes: ["hidden", "color"] });
    return sigma.refresh();
  }

  function update(state, view) {
    const before = look.painted;
    look.state = state;
    look.view = view;
    const key = paintKey(state, view);
    if (!before || before.size !== state.size) look.radii = radiiBy(model, state.size);
    if (!before || before.key !== key) look.sizes = screenSizes(model, look.radii, state.size, container, view.nodes.size);
    look.namesKey = "";
    if (!before || before.key !== key) repaint();
    look.painted = { size: state.size, key };
    // Pictures without the rest: the layers of sigma fade, what is chosen is painted above them.
    container.classList.toggle("dimmed", Boolean(view.bright));
    overlay.paint(true);
  }

  function fit() {
    const camera = sigma.getCamera(), part = look.view.nodes.size && look.view.nodes.size < model.nodes.length;
    camera.setState(part ? framing(sigma, [...look.view.nodes], spot, model) : { x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    look.fitted = true;
  }

  function zoom(factor) {
    const camera = sigma.getCamera(), { ratio } = camera.getState();
    camera.setState({ ratio: Math.max(0.004, Math.min(3, ratio / factor)) });
  }

  function show(index) {
    const p = at(index), margin = 40;
    if (p.x > margin && p.y > margin && p.x < container.clientWidth - margin && p.y < container.clientHeight - margin) return;
    const { x, y } = sigma.getNodeDisplayData(String(index));
    sigma.getCamera().setState({ x, y });
  }

  /** The same rule as in page/canvas.js: near by, and in that direction rather than beside it. */
  function next(from, direction) {
    const shown = [...look.view.nodes];
    if (from === null || !look.view.nodes.has(from)) return shown.length ? shown.reduce((best, index) => (look.sizes[index] > look.sizes[best] ? index : best)) : null;
    const here = spot(model.nodes[from]);
    let best = null, least = Infinity;
    for (const index of shown) {
      const there = spot(model.nodes[index]), dx = there.x - here.x, dy = here.y - there.y;
      const along = dx * direction.x + dy * direction.y, aside = Math.abs(dx * direction.y - dy * direction.x);
      if (index !== from && along > 0 && aside <= along * 1.8 && along + 2 * aside < least) { best = index; least = along + 2 * aside; }
    }
    return best;
  }

  let watched = [container.clientWidth, container.clientHeight];
  new ResizeObserver(() => {
    const size = [container.clientWidth, container.clientHeight];
    if (!size[0] || !size[1] || !look.view || String(size) === String(watched)) return;
    watched = size;
    look.namesKey = "";
    const { fitted } = look;
    sigma.resize();
    sigma.refresh();
    if (fitted) fit();
  }).observe(container);

  return {
    update, fit, next, show, zoom, redraw: () => overlay.paint(true),
    geometry: () => ({ points: model.nodes.map((node) => { const { x, y } = spot(node); return { x, y: -y }; }), radii: look.radii.map((radius) => radius * 0.45) }),
    painted: () => ({
      names: look.names.map(({ index, box }) => ({ index, box })), hiddenNames: look.unnamed,
      shapes: [...look.view.nodes].map((index) => ({ index, ...at(index), reach: sigma.scaleSize(look.sizes[index]) * model.nodes[index].look.reach })),
    }),
  };
}

function hasWebgl() {
  const probe = document.createElement("canvas"), context = probe.getContext("webgl2") || probe.getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
}

function startSigma(container, model, graph) {
  return new Sigma(graph, container, {
    defaultNodeType: "shape", nodeProgramClasses: { shape: createShapeProgram() }, defaultEdgeType: "thin", edgeProgramClasses: { thin: Sigma.rendering.EdgeLineProgram },
    renderLabels: false, renderEdgeLabels: false, enableEdgeEvents: false, defaultDrawNodeHover: () => {}, stagePadding: 26, zIndex: false,
    minCameraRatio: 0.004, maxCameraRatio: 3, hideEdgesOnMove: model.edges.length > 60000, allowInvalidContainer: true,
  });
}

/** Shapes are small where there are many; the area of hubs still grows with their value. */
function screenSizes(model, radii, name, container, count) {
  const room = Math.sqrt((container.clientWidth * container.clientHeight) / Math.max(1, count));
  const least = Math.max(0.8, Math.min(3, 0.11 * room)), most = Math.max(6, Math.min(13, 0.6 * room)), { smallest, span } = model.radii;
  const measure = model.measures.find((each) => each.name === name) || model.measures[0];
  // Counts compare across the sets; shares do not: there each set has its own scale, as model.js gave it.
  const counts = measure ? measure.raw : model.nodes.map((node) => node.near.size), top = counts.reduce((high, each) => Math.max(high, each || 0), 0);
  const share = (radius, index) => {
    if (counts.length) return top ? Math.sqrt((counts[index] || 0) / top) : 0;
    const aside = model.twoMode && model.nodes[index].side !== model.lead;
    return (aside ? 0.75 : 1) * Math.max(0, ((aside ? (radius - 2.5) / 0.5 : radius) - smallest) / span);
  };
  return radii.map((radius, index) => least + (most - least) * share(radius, index) ** 1.15);
}

/** Links within a community take its colour, the others are grey: both so thin that density shows. */
function linkTints(model, view) {
  const strength = Math.max(0.07, Math.min(0.5, 34 / Math.sqrt(Math.max(1, view.edges.size))));
  const cache = new Map();
  const tint = (colour, share) => {
    const key = colour + share;
    if (!cache.has(key)) cache.set(key, premultiplied(colour, Math.min(0.8, strength * share)));
    return cache.get(key);
  };
  return ({ source, target, stroke }) => {
    if (!view.colours) return tint(stroke.colour, 0.8);
    return view.colours[source] === view.colours[target] && view.colours[source] !== NO_COLOUR ? tint(view.colours[source], 1) : tint("#66727f", 0.55);
  };
}

/** Sigma blends colours that are already multiplied by their opacity. */
function premultiplied(colour, opacity) {
  const parts = [1, 3, 5].map((i) => Math.round(parseInt(colour.slice(i, i + 2), 16) * opacity));
  return `rgba(${parts.join(",")},${opacity.toFixed(3)})`;
}

/** What must change for shapes and links to be painted anew: filters, sizes and colours, not the selection. */
function paintKey(state, view) {
  const fields = Object.entries(state).filter(([name]) => !["lang", "tab", "sel", "also", "at", "names", "hulls"].includes(name));
  return JSON.stringify([fields, view.nodes.size, view.edges.size, state.steps ? state.sel : null]);
}

/** The camera that brings these nodes into sight. */
function framing(sigma, indexes, spot, model) {
  const low = { x: Infinity, y: Infinity }, high = { x: -Infinity, y: -Infinity };
  for (const index of indexes) {
    const p = sigma.graphToViewport(spot(model.nodes[index]));
    for (const axis of ["x", "y"]) { low[axis] = Math.min(low[axis], p[axis]); high[axis] = Math.max(high[axis], p[axis]); }
  }
  const { width, height } = sigma.getDimensions();
  const middle = sigma.viewportToFramedGraph({ x: (low.x + high.x) / 2, y: (low.y + high.y) / 2 });
  const ratio = Math.max((high.x - low.x) / Math.max(1, width - 80), (high.y - low.y) / Math.max(1, height - 80), 0.02);
  return { x: middle.x, y: middle.y, ratio: Math.min(1, ratio) };
}

/** Without WebGL the rest of the page works on. */
function withoutDrawing(container, model, look) {
  const message = make("p", { class: "no-webgl", role: "alert" });
  container.append(message);
  const points = model.nodes.map(({ x, y }) => ({ x, y }));
  return {
    update(state, view) { Object.assign(look, { state, view, radii: radiiBy(model, state.size) }); message.textContent = STRINGS[state.lang].noWebgl; },
    fit() {}, zoom() {}, show() {}, redraw() {},
    next: () => [...look.view.nodes][0] ?? null, geometry: () => ({ points, radii: look.radii.map((radius) => radius * 0.45) }),
    painted: () => ({ names: [], shapes: [], hiddenNames: 0 }),
  };
}
