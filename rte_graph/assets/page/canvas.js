// THE DRAWING. The shell (main.js and the parts that it joins: legend, search, panel, tables, exports)
// knows the drawing by these functions only; whoever offers them under this name replaces this file.
//
//   createCanvas(container, model, handlers) → drawing
//     container  the element #canvas; it has the keyboard focus and its own size, which may change
//     model      what model.js makes: nodes (index, x, y, label, look, type, side, near, links), edges
//                (index, source, target, role, stroke, bend), types, roles, measures, twoMode, directed
//     handlers   .chosen(index or null, event)        a node or the background was clicked or tapped
//                .namesPlaced(hidden, unasked)        so many names found no room, so many were not asked for
//
//   drawing.update(state, view)   show this; called once before anything else and after every change
//     state      what the reader chose (state.js): sel and also (indexes or null), size, names, lang …
//     view       what follows from it (model.js, viewOf): nodes and edges are sets of indexes that are shown;
//                bright and brightEdges the sets that are emphasised (null: all); colours a colour per node
//                (null: that of its type); hulls(place) the outlines of the communities, where asked for,
//                as { colour, points: [{ x, y }] }, where place(index) gives a node's { x, y }
//   drawing.fit()                 bring all that is shown into sight, as large as can be
//   drawing.zoom(factor)          around the middle
//   drawing.show(index)           bring a node into sight without changing the zoom
//   drawing.next(from, way)       the shown node next to `from` in that direction ({ x, y }, y downwards);
//                                 the largest one where `from` is null; null where there is none
//   drawing.geometry()            { points: [{ x, y }], radii: [] } per node, in pixels at scale 1, for exports
//   drawing.painted()             { names: [{ index, box }], shapes: [{ index, x, y, reach }], hiddenNames } in
//                                 screen pixels, for tests
//
// This one draws with vis-network: good up to some 2 000 nodes.
function createCanvas(container, model, handlers) {
  const shapes = new Map(model.types.map((type) => [type.key, new Path2D(type.look.path)]));
  const measure = document.createElement("canvas").getContext("2d");
  const look = { state: null, view: null, radii: [], hover: null, names: [], namesKey: "", hiddenNames: 0, turned: false, stretch: 1, room: { left: 60, right: 60, top: 40, bottom: 40 } };
  const nodes = new vis.DataSet(model.nodes.map((node) => ({
    id: node.index, x: node.x, y: node.y, shape: "custom", physics: false, ctxRenderer: (at) => nodeShape(at, node),
  })));
  // Links are painted by paintLinks (constant width, one curve per parallel role, as in the SVG);
  // vis keeps them for its own bookkeeping.
  const edges = new vis.DataSet(model.edges.map((edge) => ({ id: edge.index, from: edge.source, to: edge.target, hidden: true })));
  const network = new vis.Network(container, { nodes, edges }, {
    nodes: { shape: "custom" }, edges: { smooth: false }, autoResize: true, layout: { improvedLayout: false }, physics: { enabled: false },
    interaction: { hover: false, keyboard: false, tooltipDelay: 1e9, hideEdgesOnDrag: false, selectable: false, zoomSpeed: 0.6 },
  });
  const place = (index) => network.body.nodes[index];
  const toScreen = (point) => network.canvasToDOM(point);
  /** Shapes shrink less than the drawing, so that they stay visible on a small screen. */
  const smallest = Math.max(0.2, Math.min(0.68, 0.68 * Math.sqrt(80 / model.nodes.length)));
  const grow = () => Math.max(smallest, Math.min(1.6, network.getScale()));
  const radius = (index) => look.radii[index] * grow();
  const reach = (index) => radius(index) * model.nodes[index].look.reach;
  const bright = (index) => !look.view.bright || look.view.bright.has(index);

  function nodeShape({ ctx, x, y }, node) {
    const scale = network.getScale();
    const r = (look.radii[node.index] || 8) * grow() / scale;
    return {
      nodeDimensions: { width: 2 * r, height: 2 * r },
      drawNode() {
        if (!look.view || !look.view.nodes.has(node.index)) return;
        ctx.save();
        ctx.translate(x, y);
        const strong = look.state.sel === node.index || look.state.also === node.index;
        if (strong || look.hover === node.index) {
          ctx.beginPath();
          ctx.arc(0, 0, r * node.look.reach + 6 / scale, 0, 2 * Math.PI);
          ctx.fillStyle = strong ? RING : "#e8edf3";
          ctx.fill();
          ctx.lineWidth = 2 / scale;
          ctx.strokeStyle = RING_EDGE;
          if (strong) ctx.stroke();
        }
        ctx.scale(r, r);
        const path = shapes.get(node.type);
        ctx.fillStyle = PAPER;
        ctx.lineWidth = 3 / (r * scale);
        ctx.strokeStyle = PAPER;
        if (!strong) ctx.stroke(path);
        if (node.look.reach > 1.5) ctx.fill(path, "nonzero");
        const colour = look.view.colours ? look.view.colours[node.index] : node.look.colour;
        ctx.fillStyle = bright(node.index) ? colour : mix(colour, 0.82);
        ctx.fill(path, "evenodd");
        ctx.restore();
      },
    };
  }

  function paintHulls(ctx, scale) {
    for (const hull of look.view.hulls(place)) {
      ctx.beginPath();
      hull.points.forEach((point, i) => (i ? ctx.lineTo(point.x, point.y) : ctx.moveTo(point.x, point.y)));
      ctx.closePath();
      ctx.lineJoin = "round";
      ctx.lineWidth = HULL_EDGE / scale;
      ctx.strokeStyle = ctx.fillStyle = mix(hull.colour, 0.86);
      ctx.fill();
      ctx.stroke();
    }
  }

  function paintLinks(ctx) {
    if (!look.view) return;
    const scale = network.getScale();
    paintHulls(ctx, scale);
    const pass = (emphasised) => {
      const strongest = emphasised && look.view.brightEdges;
      for (const role of model.roles) {
        ctx.beginPath();
        for (const edge of model.edges) {
          if (edge.role !== role.key || !look.view.edges.has(edge.index)) continue;
          const strong = look.view.brightEdges ? look.view.brightEdges.has(edge.index) : true;
          if (strong !== emphasised) continue;
          const a = place(edge.source), b = place(edge.target), c = controlPoint(a, b, edge.bend);
          ctx.moveTo(a.x, a.y);
          if (edge.bend) ctx.quadraticCurveTo(c.x, c.y, b.x, b.y); else ctx.lineTo(b.x, b.y);
          if (model.directed && (strongest || look.view.edges.size <= MOST_ARROWS)) arrowHead(ctx, a, b, c, edge.bend, 6 / scale);
        }
        const { colour, dash, width } = role.stroke;
        ctx.setLineDash(dash.map((length) => length / scale));
        ctx.lineWidth = (emphasised && look.view.brightEdges ? width + 0.8 : width) * (model.nodes.length > CROWD ? 0.6 : 1) / scale;
        ctx.strokeStyle = emphasised ? mix(colour, look.view.brightEdges ? 0 : 0.25) : FAINT;
        ctx.stroke();
      }
      ctx.setLineDash([]);
    };
    pass(false);
    pass(true);
  }

  /** Find room for the names at this zoom; they hold until zoom, filter, size or language change. */
  function placeNames() {
    const crowded = look.view.nodes.size > CROWD, position = network.getViewPosition();
    const key = [network.getScale().toFixed(4), look.revision, look.moves, look.state.lang,
      ...(crowded ? [position.x.toFixed(1), position.y.toFixed(1)] : [])].join(" ");
    if (key === look.namesKey) return;
    look.namesKey = key;
    const wanted = wantedNames(model, look.state, look.view, look.radii);
    // In a crowd only what is in sight is named, the most important first.
    const tried = crowded ? wanted.filter(inSight).slice(0, 600) : wanted;
    const found = namesAt(network.getScale(), look.view, tried, crowded ? inSightFrame() : frameOf(network.getScale()));
    look.names = found.flatMap((name) => (name.box ? [name] : []));
    look.hiddenNames = wanted.length - look.names.length;
    handlers.namesPlaced(look.hiddenNames, look.state.names === "main" && !look.view.bright ? look.view.nodes.size - wanted.length : 0);
  }

  function inSight(index) {
    const p = toScreen({ x: place(index).x, y: place(index).y });
    return p.x > 0 && p.y > 0 && p.x < container.clientWidth && p.y < container.clientHeight;
  }

  function inSightFrame() {
    const origin = toScreen({ x: 0, y: 0 });
    return [4 - origin.x, 4 - origin.y, container.clientWidth - 4 - origin.x, container.clientHeight - 4 - origin.y];
  }

  function namesAt(scale, view, wanted, frame) {
    const at = model.nodes.map((node) => { const p = place(node.index); return { x: p.x * scale, y: p.y * scale }; });
    // On a phone few names may claim their room.
    const main = new Set([...mainNodes(model, view.nodes)].slice(0, container.clientWidth < NARROW_ROOM ? 5 : Infinity));
    const requests = wanted.map((index) => nameRequest(index, at, view, main));
    const lines = view.nodes.size > CROWD ? [] : model.edges.filter((edge) => view.edges.has(edge.index) && (!view.brightEdges || view.brightEdges.has(edge.index)))
      .flatMap((edge) => linkPieces(at[edge.source], at[edge.target], edge.bend));
    const boxes = [...view.nodes].map((index) => boxAround(at[index], reach(index)));
    const placed = placeLabels(requests, boxes, lines, frame);
    return wanted.map((index, i) => ({ ...(placed[i] || {}), index, request: requests[i] }));
  }

  /** Names must not run out of the fitted picture. */
  function frameOf(scale) {
    const box = bounds(), { left, top, right, bottom } = look.room;
    return [box[0] * scale - left, box[1] * scale - top, box[2] * scale + right, box[3] * scale + bottom];
  }

  function nameRequest(index, at, view, mains) {
    const node = model.nodes[index];
    const main = mains.has(index);
    const chosen = index === look.state.sel || index === look.state.also;
    const narrow = container.clientWidth < NARROW_ROOM;
    const size = nameSize(main, look.radii[index], narrow);
    const weight = main || index === look.state.sel ? "600" : "400";
    const near = [...node.near].filter((other) => view.nodes.has(other)).map((other) => at[other]);
    return requestName({ text: node.label[look.state.lang], point: at[index], index, reach: reach(index) + (chosen ? 7 : 0), size, weight, near,
      limit: narrow ? 14 : 24, most: narrow ? 4 : 2, must: chosen || (mains.has(index) && (!view.bright || view.bright.has(index))), measure: widthOf });
  }

  function widthOf(line, size, weight) {
    measure.font = `${weight} ${size}px ${FONT}`;
    return measure.measureText(line).width;
  }

  function paintNames(ctx) {
    if (!look.view) return;
    placeNames();
    const origin = toScreen({ x: 0, y: 0 });
    ctx.save();
    const ratio = network.canvas.pixelRatio || 1;
    ctx.setTransform(ratio, 0, 0, ratio, origin.x * ratio, origin.y * ratio);
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.lineJoin = "round";
    for (const name of look.names) {
      const { box, request, lines } = name;
      if (name.leader) paintLeader(ctx, request, box);
      ctx.font = `${request.weight} ${request.size}px ${FONT}`;
      lines.forEach((line, row) => {
        const x = (box[0] + box[2]) / 2, y = box[1] + request.size * (0.95 + 1.22 * row);
        ctx.strokeStyle = PAPER; ctx.lineWidth = 4; ctx.strokeText(line, x, y);
        ctx.fillStyle = bright(name.index) ? INK : DIMMED; ctx.fillText(line, x, y);
      });
    }
    ctx.restore();
  }

  function paintLeader(ctx, request, box) {
    ctx.beginPath();
    ctx.moveTo(request.x, request.y);
    ctx.lineTo(Math.min(Math.max(request.x, box[0]), box[2]), Math.min(Math.max(request.y, box[1]), box[3]));
    ctx.strokeStyle = MUTED; ctx.lineWidth = 0.8; ctx.stroke();
  }

  /** The node under a point: its shape (with some tolerance for fingers) or its name. */
  function nodeAt(point, tolerance = 5) {
    const origin = toScreen({ x: 0, y: 0 }), x = point.x - origin.x, y = point.y - origin.y;
    let best = null, bestGap = tolerance;
    for (const index of look.view.nodes) {
      const p = place(index), scale = network.getScale();
      const gap = Math.hypot(p.x * scale - x, p.y * scale - y) - reach(index);
      if (gap < bestGap) { best = index; bestGap = gap; }
    }
    if (best !== null) return best;
    const name = look.names.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
    return name ? name.index : null;
  }

  function bounds() {
    const points = model.nodes.map((node) => place(node.index));
    if (!points.length) return [0, 0, 1, 1];
    const xs = points.map((p) => p.x), ys = points.map((p) => p.y);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }

  /** Suit the drawing to the room: turned where the room is tall, stretched a little to fill it. */
  function arrange(free) {
    const xs = model.nodes.map((node) => node.x), ys = model.nodes.map((node) => node.y);
    const span = { x: Math.max(1, Math.max(...xs) - Math.min(...xs)), y: Math.max(1, Math.max(...ys) - Math.min(...ys)) };
    const turned = container.clientHeight > 1.25 * container.clientWidth && span.x > span.y;
    const [wide, high] = turned ? [span.y, span.x] : [span.x, span.y];
    // Fans are rows of names: they gain by height; elsewhere shapes of groups would be lost.
    const most = model.layout.algorithm === "fans" ? 1.9 : 1.4;
    const stretch = Math.max(0.75, Math.min(most, (free.y / free.x) * (wide / high)));
    if (turned === look.turned && stretch === look.stretch) return;
    look.turned = turned;
    look.stretch = stretch;
    // network.moveNode would draw once per node: seconds for a large network.
    for (const node of model.nodes) Object.assign(place(node.index), { x: turned ? node.y : node.x, y: (turned ? node.x : node.y) * stretch });
    look.moves = (look.moves || 0) + 1;
  }

  /** Fit shapes and names, as large as can be; smaller only where names would be lost (small screens). */
  function fit() {
    if (!container.clientWidth || !container.clientHeight || !model.nodes.length) return;
    if (fitTightly(true) > 0) fitTightly(false);
    look.namesKey = "";
  }

  /** Where names reach is known only once they are placed, so the room for them is found in rounds. */
  function fitTightly(tight) {
    const width = container.clientWidth, height = container.clientHeight;
    const most = { x: width * 0.27, y: height * 0.16 };
    look.room = { left: most.x / 2, right: most.x / 2, top: most.y / 2, bottom: most.y / 2 };
    const everything = { nodes: look.view.nodes, edges: look.view.edges, bright: null, brightEdges: null };
    for (let round = 0; round < 3; round += 1) {
      const { left, right, top, bottom } = look.room;
      const free = { x: width - left - right, y: height - top - bottom };
      arrange(free);
      const box = bounds();
      const scale = Math.max(0.02, Math.min(free.x / Math.max(1, box[2] - box[0]), free.y / Math.max(1, box[3] - box[1]), 1.5));
      const centre = { x: (box[0] + box[2]) / 2 + (right - left) / 2 / scale, y: (box[1] + box[3]) / 2 + (bottom - top) / 2 / scale };
      network.moveTo({ position: centre, scale, animation: false });
      if (look.view.nodes.size > CROWD) return 0;
      if (round < 2) look.room = roomAround(scale, everything, most, tight || round === 1);
      else return namesAt(scale, everything, wantedNames(model, look.state, everything, look.radii), frameOf(scale)).filter((name) => !name.box).length;
    }
    return 0;
  }

  /** How far names and shapes reach beyond the outermost centres; first as names like it, then as they fit. */
  function roomAround(scale, view, most, framed) {
    const box = bounds(), found = namesAt(scale, view, wantedNames(model, look.state, view, look.radii), framed ? frameOf(scale) : null);
    const shapesOnly = [...view.nodes].map((index) => boxAround({ x: place(index).x * scale, y: place(index).y * scale }, reach(index)));
    const boxes = [...shapesOnly, ...found.flatMap((name) => (name.box ? [name.box] : []))];
    const beyond = (value, limit) => Math.max(14, Math.min(limit, value + 12));
    return {
      left: beyond(box[0] * scale - Math.min(...boxes.map((b) => b[0])), most.x), right: beyond(Math.max(...boxes.map((b) => b[2])) - box[2] * scale, most.x),
      top: beyond(box[1] * scale - Math.min(...boxes.map((b) => b[1])), most.y), bottom: beyond(Math.max(...boxes.map((b) => b[3])) - box[3] * scale, most.y),
    };
  }

  function update(state, view) {
    look.state = state;
    look.view = view;
    look.radii = radiiBy(model, state.size);
    look.revision = (look.revision || 0) + 1;
    network.redraw();
  }

  /** The nearest visible node in a direction (a unit vector), or by rank when there is none yet. */
  function next(from, direction) {
    const visible = [...look.view.nodes];
    if (from === null || !look.view.nodes.has(from)) return visible.sort((a, b) => look.radii[b] - look.radii[a] || a - b)[0] ?? null;
    const here = place(from);
    let best = null, bestCost = Infinity;
    for (const index of visible) {
      if (index === from) continue;
      const dx = place(index).x - here.x, dy = place(index).y - here.y;
      const along = dx * direction.x + dy * direction.y, aside = Math.abs(dx * direction.y - dy * direction.x);
      if (along > 0 && aside <= along * 1.8 && along + 2 * aside < bestCost) { best = index; bestCost = along + 2 * aside; }
    }
    return best;
  }

  /** Bring a node into sight without changing the zoom. */
  function show(index) {
    const p = toScreen({ x: place(index).x, y: place(index).y });
    const inside = p.x > 40 && p.y > 40 && p.x < container.clientWidth - 40 && p.y < container.clientHeight - 40;
    if (!inside) network.moveTo({ position: { x: place(index).x, y: place(index).y }, animation: false });
  }

  network.on("beforeDrawing", paintLinks);
  network.on("afterDrawing", paintNames);
  network.on("click", (event) => handlers.chosen(nodeAt(event.pointer.DOM, 10), event.event.srcEvent || {}));
  network.on("dragging", () => { look.moves = (look.moves || 0) + 1; });
  network.on("dragEnd", () => { look.moves = (look.moves || 0) + 1; network.redraw(); });
  network.on("zoom", () => { if (network.getScale() > 8) network.moveTo({ scale: 8 }); });
  container.addEventListener("pointermove", (event) => {
    if (!look.view || event.buttons) return;
    const box = container.getBoundingClientRect();
    const index = nodeAt({ x: event.clientX - box.left, y: event.clientY - box.top });
    if (index !== look.hover) { look.hover = index; container.style.cursor = index === null ? "" : "pointer"; network.redraw(); }
  });
  let watched = [container.clientWidth, container.clientHeight];
  new ResizeObserver(() => {
    const size = [container.clientWidth, container.clientHeight];
    if (!size[0] || !size[1] || !look.view || (size[0] === watched[0] && size[1] === watched[1])) return;
    watched = size;
    network.setSize("100%", "100%");
    fit();
    look.moves = (look.moves || 0) + 1;
    network.redraw();
  }).observe(container);

  return {
    update, fit, next, show,
    zoom: (factor) => network.moveTo({ scale: Math.max(0.02, Math.min(8, network.getScale() * factor)), animation: false }),
    redraw: () => network.redraw(),
    /** Where everything stands, in pixels at scale 1: for exports and tests. */
    geometry: () => ({ points: model.nodes.map((node) => ({ x: place(node.index).x, y: place(node.index).y })), radii: [...look.radii] }),
    /** What is painted, in screen pixels: for tests. */
    painted: () => {
      const origin = toScreen({ x: 0, y: 0 });
      return {
        names: look.names.map(({ box, index }) => ({ index, box: [box[0] + origin.x, box[1] + origin.y, box[2] + origin.x, box[3] + origin.y] })),
        shapes: [...look.view.nodes].map((index) => { const p = toScreen({ x: place(index).x, y: place(index).y }); return { index, x: p.x, y: p.y, reach: reach(index) }; }),
        hiddenNames: look.hiddenNames,
      };
    },
  };
}

/** A small arrow in the middle of a link, where one-mode networks say who points to whom. */
function arrowHead(ctx, a, b, c, bend, size) {
  const middle = bend ? { x: (a.x + 2 * c.x + b.x) / 4, y: (a.y + 2 * c.y + b.y) / 4 } : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  for (const side of [2.6, -2.6]) {
    ctx.moveTo(middle.x, middle.y);
    ctx.lineTo(middle.x + size * Math.cos(angle + side), middle.y + size * Math.sin(angle + side));
  }
}
