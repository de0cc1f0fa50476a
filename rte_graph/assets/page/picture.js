// The SVG of what is shown: title, legend and credits included; also the base of PNG and print.
function drawPicture(model, state, view, geometry, tell) {
  // Thousands of shapes and links are written in few paths; the page of a large network brings how.
  if (typeof drawMany === "function") return drawMany(model, state, view, geometry, tell);
  const text = (value) => value[state.lang], making = model.making;
  const context = document.createElement("canvas").getContext("2d");
  const width = (line, size, weight = "400") => { context.font = `${weight} ${size}px ${FONT}`; return context.measureText(line).width; };
  const { points, radii } = geometry;
  const { requests, placed, boxes, shown, unasked } = pictureNames(model, state, view, geometry, width);
  const all = [...boxes, ...placed.filter(Boolean).map((name) => name.box)];
  const box = all.length ? [0, 1].map((i) => Math.min(...all.map((b) => b[i]))).concat([2, 3].map((i) => Math.max(...all.map((b) => b[i])))) : [0, 0, 400, 60];
  const inner = Math.max(box[2] - box[0], 640), full = inner + 48;
  // Wide pictures are shown smaller: what frames them grows with them.
  const k = Math.max(1, Math.min(1.5, full / 1200)), room = inner / k;
  const legend = pictureLegend(model, state, view, room, width, tell);
  const caption = captionParts(model, state, view, tell, placed.filter((name) => !name).length, unasked);
  const credits = [text(making.cite), licenceText(model, tell), tell("exported", { date: new Date().toISOString().slice(0, 10) })];
  const headline = !view.bright && everythingShown(model, view) ? text(model.headline) : "";
  const captionLines = foldText([headline && `${headline}.`, ...caption].filter(Boolean).join(" "), room, (line) => width(line, 12));
  const creditLines = foldText(credits.filter(Boolean).join(" · "), room, (line) => width(line, 11));
  const head = k * (60 + 16 * captionLines.length), foot = k * (legend.height + 34 + 15 * creditLines.length), height = box[3] - box[1] + head + foot + 32;
  const shift = { x: 24 - box[0] + (inner - (box[2] - box[0])) / 2, y: head + 8 - box[1] };
  const line = (y, size, content, more = {}) => makeSvg("text", { x: 24, y: y.toFixed(1), "font-size": (k * size).toFixed(1), fill: MUTED, ...more, text: content });
  const picture = makeSvg("svg", { viewBox: `0 0 ${full.toFixed(0)} ${height.toFixed(0)}`, width: full.toFixed(0), height: height.toFixed(0), role: "img", "font-family": FONT },
    makeSvg("title", { text: text(model.title) }), makeSvg("desc", { text: [text(model.description), headline, ...caption].filter(Boolean).join(" ") }),
    makeSvg("rect", { width: "100%", height: "100%", fill: PAPER }),
    line(k * 36, 20, text(model.title), { "font-weight": 700, fill: INK }), ...captionLines.map((content, row) => line(k * (58 + 16 * row), 12, content)));
  const drawing = makeSvg("g", { transform: `translate(${shift.x.toFixed(1)} ${shift.y.toFixed(1)})` });
  for (const hull of view.hulls((index) => points[index])) {
    drawing.append(makeSvg("path", { d: `M${hull.points.map((point) => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join("L")}Z`, fill: mix(hull.colour, 0.86), stroke: mix(hull.colour, 0.86), "stroke-width": HULL_EDGE, "stroke-linejoin": "round" }));
  }
  for (const edge of model.edges) if (view.edges.has(edge.index)) drawing.append(pictureLink(points[edge.source], points[edge.target], edge, view, model.directed && (view.edges.size <= MOST_ARROWS || (view.brightEdges && view.brightEdges.has(edge.index)))));
  for (const index of [...shown].reverse()) drawing.append(...pictureShape(model.nodes[index], points[index], radii[index], view, text, index === state.sel || index === state.also));
  placed.forEach((name, i) => { if (name) drawing.append(...pictureName(name, requests[i], view)); });
  legend.group.setAttribute("transform", `translate(24 ${(height - foot).toFixed(1)}) scale(${k.toFixed(3)})`);
  picture.append(drawing, legend.group, ...creditLines.map((content, row) => line(height - k * (16 + 15 * (creditLines.length - 1 - row)), 11, content)));
  return picture;
}

/** The names of the view, placed at scale 1: the same that the screen asks for, with room for all. */
function pictureNames(model, state, view, { points, radii }, measure) {
  const shown = [...view.nodes].sort((a, b) => radii[b] - radii[a] || a - b);
  const reach = (index) => radii[index] * model.nodes[index].look.reach;
  const wanted = wantedNames(model, state, view, radii), mains = mainNodes(model, view.nodes);
  const requests = wanted.map((index) => {
    const node = model.nodes[index], main = mains.has(index);
    const chosen = index === state.sel || index === state.also, size = nameSize(main, radii[index], false), weight = main || chosen ? "600" : "400";
    const near = [...node.near].filter((other) => view.nodes.has(other)).map((other) => points[other]);
    return requestName({ text: node.label[state.lang], point: points[index], index, reach: reach(index) + (chosen ? 7 : 0), size, weight, near, limit: 24, most: 2, must: chosen || mains.has(index), measure });
  });
  const boxes = shown.map((index) => boxAround(points[index], reach(index)));
  const lines = shown.length > CROWD ? [] : model.edges.filter((edge) => view.edges.has(edge.index)).flatMap((edge) => linkPieces(points[edge.source], points[edge.target], edge.bend));
  return { requests, placed: placeLabels(requests, boxes, lines, null), boxes, shown, unasked: view.bright ? 0 : shown.length - wanted.length };
}

/** What is shown, what is not named and why, what is dimmed: for the line below the drawing and for pictures. */
function captionParts(model, state, view, tell, hidden, unasked, hint = ".") {
  const name = (index) => model.nodes[index].label[state.lang];
  const parts = [shownSentence(model, view, tell)];
  if (unasked) parts.push(tell("namesUnasked", { n: unasked }));
  if (hidden) parts.push(`${tell("namesHidden", { n: hidden })}${hint}`);
  if (model.directed && view.edges.size > MOST_ARROWS && !view.brightEdges) parts.push(tell("arrowsHidden"));
  if (view.bright && state.sel === null) parts.push(tell("dimmed", { name: placeName(model, state.at, state.lang) }));
  else if (view.bright) parts.push(state.also !== null ? tell("dimmedTwo", { a: name(state.sel), b: name(state.also) }) : tell("dimmed", { name: name(state.sel) }));
  return parts;
}

/** Fold a text into lines no wider than the room. */
function foldText(text, room, widthOf) {
  const lines = [];
  let current = "";
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = current ? `${current} ${word}` : word;
    if (current && widthOf(longer) > room) { lines.push(current); current = word; } else current = longer;
  }
  return current ? [...lines, current] : lines;
}

const licenceText = (model, tell) => model.making.licences.map(([name]) => name).join(", ") || tell("noLicence");
const everythingShown = (model, view) => view.nodes.size === model.nodes.length && view.edges.size === model.edges.length;

function shownSentence(model, view, tell) {
  const values = { nodes: view.nodes.size, edges: view.edges.size, allNodes: model.nodes.length, allEdges: model.edges.length };
  if (!values.allNodes) return tell("shownNone");
  return tell(everythingShown(model, view) ? "shownAll" : "shownPart", values);
}

function pictureLink(a, b, edge, view, directed) {
  const c = controlPoint(a, b, edge.bend), strong = !view.brightEdges || view.brightEdges.has(edge.index);
  const number = (value) => value.toFixed(1);
  const middle = { x: (a.x + 2 * c.x + b.x) / 4, y: (a.y + 2 * c.y + b.y) / 4 }, angle = Math.atan2(b.y - a.y, b.x - a.x);
  const wing = (side) => `M${number(middle.x)} ${number(middle.y)}L${number(middle.x + 6 * Math.cos(angle + side))} ${number(middle.y + 6 * Math.sin(angle + side))}`;
  const curve = edge.bend ? `Q${number(c.x)} ${number(c.y)} ${number(b.x)} ${number(b.y)}` : `L${number(b.x)} ${number(b.y)}`;
  return makeSvg("path", { d: `M${number(a.x)} ${number(a.y)}${curve}${directed ? wing(2.6) + wing(-2.6) : ""}`, fill: "none",
    stroke: strong ? edge.stroke.colour : FAINT, "stroke-opacity": strong ? 0.8 : 1, "stroke-width": edge.stroke.width, "stroke-dasharray": edge.stroke.dash.join(" ") || null });
}

function pictureShape(node, point, radius, view, text, chosen) {
  const strong = !view.bright || view.bright.has(node.index), colour = view.colours ? view.colours[node.index] : node.look.colour;
  const place = { d: node.look.path, transform: `translate(${point.x.toFixed(1)} ${point.y.toFixed(1)}) scale(${radius.toFixed(2)})` };
  // No line may show through the gap of a ringed shape.
  const ring = chosen ? [makeSvg("circle", { cx: point.x.toFixed(1), cy: point.y.toFixed(1), r: (radius * node.look.reach + 6).toFixed(1), fill: RING, stroke: RING_EDGE, "stroke-width": 2 })] : [];
  const back = node.look.reach > 1.5 ? [makeSvg("path", { ...place, fill: PAPER })] : [];
  return [...ring, ...back, makeSvg("path", { ...place, fill: strong ? colour : mix(colour, 0.82), "fill-rule": "evenodd", stroke: PAPER, "stroke-width": (1.5 / radius).toFixed(3) },
    makeSvg("title", { text: text(node.label) }))];
}

function pictureName(name, request, view) {
  const parts = [], { box } = name, strong = !view.bright || view.bright.has(request.index);
  if (name.leader) {
    const end = [Math.min(Math.max(request.x, box[0]), box[2]), Math.min(Math.max(request.y, box[1]), box[3])];
    parts.push(makeSvg("path", { d: `M${request.x.toFixed(1)} ${request.y.toFixed(1)}L${end.map((v) => v.toFixed(1)).join(" ")}`, stroke: MUTED, "stroke-width": 0.8, fill: "none" }));
  }
  name.lines.forEach((line, row) => parts.push(makeSvg("text", {
    x: ((box[0] + box[2]) / 2).toFixed(1), y: (box[1] + request.size * (0.95 + 1.22 * row)).toFixed(1), "text-anchor": "middle", "font-size": request.size,
    "font-weight": request.weight, fill: strong ? INK : DIMMED, stroke: PAPER, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke", text: line,
  })));
  return parts;
}

const roleMark = (role) => makeSvg("path", { d: "M0 0H26", fill: "none", stroke: role.stroke.colour, "stroke-width": role.stroke.width, "stroke-dasharray": role.stroke.dash.join(" ") || null });

function pictureLegend(model, state, view, room, width, tell) {
  const entries = [];
  for (const type of model.types) {
    const count = [...view.nodes].filter((index) => model.nodes[index].type === type.key).length;
    if (count) entries.push([makeSvg("path", { d: type.look.path, transform: `translate(13 0) scale(${(9 / type.look.reach).toFixed(2)})`, fill: view.colours ? INK : type.look.colour, "fill-rule": "evenodd" }), `${type.label[state.lang]} (${countText(count, state.lang)})`]);
  }
  const many = (role) => [...view.edges].filter((index) => model.edges[index].role === role.key).length;
  const shared = model.roles.filter((role) => role.stroke.shared && many(role));
  for (const role of model.roles) {
    const count = many(role), together = shared.length > 1 && role.stroke.shared;
    if (together && role === shared[0]) entries.push([roleMark(role), tell("otherRoles", { n: shared.length, links: shared.reduce((sum, each) => sum + many(each), 0) })]);
    else if (count && !together) entries.push([roleMark(role), `${role.label[state.lang]} (${countText(count, state.lang)})`]);
  }
  for (const { colour, label, count } of view.colouring.entries) entries.push([makeSvg("rect", { x: 5, y: -8, width: 16, height: 16, rx: 3, fill: colour }), `${label} (${countText(count, state.lang)})`]);
  if (view.colouring.entries.length) entries.push([null, tell("coloured", { measure: view.colouring.title })]);
  const measure = model.measures.find((m) => m.name === state.size) || model.measures[0];
  if (measure) entries.push([null, tell("sizeLegend", { measure: measure.label[state.lang] })]);
  const group = makeSvg("g", { class: "legend" });
  let x = 0, y = 10;
  for (const [mark, label] of entries) {
    const wide = (mark ? 34 : 0) + width(label, 13) + 24;
    if (x > 0 && x + wide > room) { x = 0; y += 26; }
    group.append(makeSvg("g", { transform: `translate(${x.toFixed(1)} ${y})` }, mark, makeSvg("text", { x: mark ? 34 : 0, y: 4.5, "font-size": 13, fill: INK, text: label })));
    x += wide;
  }
  return { group, height: y + 26 };
}
