// Above sigma's layers: names that hold while the camera moves and are placed anew when it rests, the
// selection with its links, and the node under the pointer.
function createOverlay(container, sigma, model, look, spot, handlers) {
  const canvas = make("canvas", { class: "overlay" }), ctx = canvas.getContext("2d");
  container.append(canvas);
  let timer = null;
  const at = (index) => sigma.graphToViewport(spot(model.nodes[index]));
  const radius = (index) => sigma.scaleSize(look.sizes[index]);
  const reach = (index) => radius(index) * model.nodes[index].look.reach;
  const colour = (index) => (look.view.colours ? look.view.colours[index] : model.nodes[index].look.colour);
  const shapes = new Map(model.types.map((type) => [type.key, new Path2D(type.look.path)]));
  const chosen = (index) => index === look.state.sel || index === look.state.also;

  function widthOf(line, size, weight) {
    ctx.font = `${weight} ${size}px ${FONT}`;
    return ctx.measureText(line).width;
  }

  /** Names of what is in sight, the chosen first, then the largest: no name over another or over a large shape. */
  function placeNames() {
    const { state, view } = look, width = container.clientWidth, height = container.clientHeight, narrow = width < 560;
    const weight = (index) => (chosen(index) ? 1e4 : 0) + (view.bright?.has(index) ? 1e3 : 0) + look.sizes[index];
    const inSight = (p) => p.x > 0 && p.y > 0 && p.x < width && p.y < height;
    const wanted = [...(view.bright || view.nodes)].filter((index) => view.nodes.has(index));
    const seen = wanted.map((index) => ({ index, ...at(index) })).filter(inSight).sort((a, b) => weight(b.index) - weight(a.index) || a.index - b.index);
    const most = Math.round(Math.max(12, Math.min(NAMED_AT_ONCE, (width * height) / 11000)) * (state.names === "main" ? 0.35 : 1));
    const first = seen.slice(0, most * 2), places = new Map(first.map((each) => [each.index, each]));
    const requests = first.map(({ index, x, y }, place) => {
      const size = place < 12 ? (narrow ? 12.5 : 14) : (narrow ? 11 : 12);
      const near = [...model.nodes[index].near].slice(0, 12).flatMap((other) => (places.has(other) ? [places.get(other)] : []));
      return requestName({ text: model.nodes[index].label[state.lang], point: { x, y }, index, reach: reach(index) + (chosen(index) ? 7 : 0), size, weight: place < 12 || chosen(index) ? "600" : "400", near, limit: narrow ? 14 : 24, most: 2, must: chosen(index), measure: widthOf });
    });
    const boxes = seen.slice(0, most).filter(({ index }) => reach(index) > 3).map((each) => boxAround(each, reach(each.index)));
    const placed = placeLabels(requests, boxes, [], [4, 4, width - 4, height - 4]);
    look.names = placed.flatMap((name, i) => (name ? [{ ...name, index: requests[i].index, request: requests[i] }] : [])).slice(0, most);
    look.unnamed = wanted.length - look.names.length;
    handlers.namesPlaced(state.names === "main" ? 0 : look.unnamed, state.names === "main" ? look.unnamed : 0);
  }

  function paint(now = false) {
    if (!look.view || !container.clientWidth) return;
    const { x, y, ratio } = sigma.getCamera().getState(), key = [x, y, ratio, container.clientWidth, container.clientHeight, look.state.lang].join(" ");
    if (key !== look.namesKey) {
      clearTimeout(timer);
      const place = () => { look.namesKey = key; placeNames(); draw(); };
      if (now || !look.names.length) place(); else timer = setTimeout(place, REST);
    }
    draw();
  }

  function draw() {
    const ratio = window.devicePixelRatio || 1, width = container.clientWidth, height = container.clientHeight;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) { canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio); }
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    drawHulls();
    if (look.view.bright) drawBright();
    else if (look.state.sel !== null && look.view.nodes.has(look.state.sel)) drawShape(look.state.sel);
    for (const name of look.names) drawName(name);
    if (look.hover !== null && look.view.nodes.has(look.hover)) drawHover(look.hover);
  }

  function drawHulls() {
    for (const hull of look.view.hulls(at)) {
      ctx.beginPath();
      hull.points.forEach(({ x, y }, i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
      ctx.closePath();
      ctx.globalAlpha = 0.09; ctx.fillStyle = hull.colour; ctx.fill();
      ctx.globalAlpha = 0.5; ctx.strokeStyle = hull.colour; ctx.lineWidth = 1.2; ctx.stroke(); ctx.globalAlpha = 1;
    }
  }

  function drawBright() {
    const { view } = look, many = view.brightEdges.size > 300;
    for (const role of model.roles) {
      ctx.beginPath();
      for (const index of view.brightEdges) {
        const edge = model.edges[index];
        if (edge.role !== role.key) continue;
        const a = at(edge.source), b = at(edge.target);
        ctx.moveTo(a.x, a.y); ctx.lineTo(b.x, b.y);
        if (model.directed && !many) wings(a, b);
      }
      ctx.strokeStyle = role.stroke.colour; ctx.lineWidth = many ? 0.7 : 1.3; ctx.globalAlpha = many ? 0.5 : 0.85;
      ctx.setLineDash(many ? [] : role.stroke.dash); ctx.stroke();
    }
    ctx.setLineDash([]); ctx.globalAlpha = 1;
    for (const index of [...view.bright].filter((each) => !chosen(each))) drawShape(index);
    for (const index of [look.state.also, look.state.sel]) if (index !== null && view.nodes.has(index)) drawShape(index);
  }

  /** A small arrow in the middle, where one-mode networks say who points to whom. */
  function wings(a, b) {
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, angle = Math.atan2(b.y - a.y, b.x - a.x);
    for (const side of [2.6, -2.6]) { ctx.moveTo(middle.x, middle.y); ctx.lineTo(middle.x + 7 * Math.cos(angle + side), middle.y + 7 * Math.sin(angle + side)); }
  }

  function drawShape(index, least = 2.2) {
    const p = at(index), r = Math.max(least, radius(index)), node = model.nodes[index];
    if (chosen(index)) {
      ctx.beginPath(); ctx.arc(p.x, p.y, Math.max(4, r) * node.look.reach + 6, 0, 2 * Math.PI);
      ctx.fillStyle = RING; ctx.fill(); ctx.lineWidth = 2; ctx.strokeStyle = RING_EDGE; ctx.stroke();
    }
    ctx.save();
    ctx.translate(p.x, p.y); ctx.scale(chosen(index) ? Math.max(4, r) : r, chosen(index) ? Math.max(4, r) : r);
    ctx.fillStyle = colour(index); ctx.fill(shapes.get(node.type), "evenodd");
    ctx.restore();
  }

  /** A name stays with its node while the camera moves. */
  function drawName({ index, box, leader, lines, request }) {
    const p = at(index), dx = p.x - request.x, dy = p.y - request.y, left = box[0] + dx, top = box[1] + dy;
    ctx.textAlign = "center"; ctx.textBaseline = "alphabetic"; ctx.lineJoin = "round";
    if (leader) {
      ctx.beginPath(); ctx.moveTo(p.x, p.y);
      ctx.lineTo(Math.min(Math.max(p.x, left), box[2] + dx), Math.min(Math.max(p.y, top), box[3] + dy));
      ctx.strokeStyle = MUTED; ctx.lineWidth = 0.8; ctx.stroke();
    }
    ctx.font = `${request.weight} ${request.size}px ${FONT}`;
    lines.forEach((line, row) => {
      const x = (left + box[2] + dx) / 2, y = top + request.size * (0.95 + 1.22 * row);
      ctx.strokeStyle = PAPER; ctx.lineWidth = 4; ctx.strokeText(line, x, y); ctx.fillStyle = INK; ctx.fillText(line, x, y);
    });
  }

  function drawHover(index) {
    drawShape(index, 4);
    if (look.names.some((name) => name.index === index)) return;
    const p = at(index), line = shortenName([...model.nodes[index].label[look.state.lang]], 48), away = reach(index) + 8;
    ctx.font = `600 13px ${FONT}`; ctx.textBaseline = "middle";
    const right = p.x + away + ctx.measureText(line).width + 6 < container.clientWidth;
    ctx.textAlign = right ? "left" : "right"; ctx.lineJoin = "round";
    ctx.strokeStyle = PAPER; ctx.lineWidth = 5; ctx.strokeText(line, p.x + (right ? away : -away), p.y);
    ctx.fillStyle = INK; ctx.fillText(line, p.x + (right ? away : -away), p.y);
  }

  /** The name under a point: names are as good a target as shapes. */
  function nameAt({ x, y }) {
    const found = look.names.find(({ index, box, request }) => { const p = at(index), dx = p.x - request.x, dy = p.y - request.y; return x >= box[0] + dx && x <= box[2] + dx && y >= box[1] + dy && y <= box[3] + dy; });
    return found ? found.index : null;
  }
  return { paint, nameAt };
}
