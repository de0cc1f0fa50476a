// The SVG of a large network: links of one tint are one path, shapes of one look another, so that twenty
// thousand nodes make a file of some megabytes. Title, legend, what is hidden and credits as for small ones.
const PICTURE_ROOM = 1600, PICTURE_NAMES = 60, LINKS_A_PATH = 60;

function drawMany(model, state, view, geometry, tell) {
  const text = (value) => value[state.lang], context = document.createElement("canvas").getContext("2d");
  const width = (line, size, weight = "400") => { context.font = `${weight} ${size}px ${FONT}`; return context.measureText(line).width; };
  const { points, scale, height: drawn } = scaledPoints(geometry.points, view);
  const radii = screenSizes(model, geometry.radii.map((radius) => radius / 0.45), state.size, { clientWidth: PICTURE_ROOM, clientHeight: drawn }, view.nodes.size);
  const names = manyNames(model, state, view, { points, radii, weights: radii }, width, drawn);
  const legend = pictureLegend(model, state, view, PICTURE_ROOM, width, tell);
  const caption = foldText([...captionParts(model, state, view, tell, view.nodes.size - names.length, 0), tell("largeLinks")].join(" "), PICTURE_ROOM, (line) => width(line, 12));
  const credits = foldText([text(model.making.cite), licenceText(model, tell), tell("exported", { date: new Date().toISOString().slice(0, 10) })].filter(Boolean).join(" · "), PICTURE_ROOM, (line) => width(line, 11));
  const head = 64 + 16 * caption.length, foot = legend.height + 34 + 15 * credits.length, full = PICTURE_ROOM + 48, height = head + drawn + foot + 20;
  const line = (y, size, content, more = {}) => makeSvg("text", { x: 24, y: y.toFixed(1), "font-size": size, fill: MUTED, ...more, text: content });
  const drawing = makeSvg("g", { transform: `translate(24 ${head})` }, ...manyLinks(model, view, points), ...manyShapes(model, state, view, points, radii));
  for (const { name, request } of names) drawing.append(...pictureName(name, request, view));
  legend.group.setAttribute("transform", `translate(24 ${(height - foot).toFixed(1)})`);
  return makeSvg("svg", { viewBox: `0 0 ${full} ${height.toFixed(0)}`, width: full, height: height.toFixed(0), role: "img", "font-family": FONT, "data-scale": scale.toFixed(4) },
    makeSvg("title", { text: text(model.title) }), makeSvg("desc", { text: [text(model.description), ...caption].join(" ") }), makeSvg("rect", { width: "100%", height: "100%", fill: PAPER }),
    line(36, 20, text(model.title), { "font-weight": 700, fill: INK }), ...caption.map((content, row) => line(58 + 16 * row, 12, content)), drawing, legend.group,
    ...credits.map((content, row) => line(height - 16 - 15 * (credits.length - 1 - row), 11, content)));
}

/** What is shown, scaled to the width of the picture. */
function scaledPoints(points, view) {
  const low = { x: Infinity, y: Infinity }, high = { x: -Infinity, y: -Infinity };
  for (const index of view.nodes) for (const axis of ["x", "y"]) { low[axis] = Math.min(low[axis], points[index][axis]); high[axis] = Math.max(high[axis], points[index][axis]); }
  const scale = view.nodes.size > 1 ? Math.min(PICTURE_ROOM / Math.max(1, high.x - low.x), 1400 / Math.max(1, high.y - low.y), 3) : 1;
  const aside = (PICTURE_ROOM - (high.x - low.x) * scale) / 2;
  return { scale, height: view.nodes.size ? Math.max(40, (high.y - low.y) * scale + 30) : 40, points: points.map(({ x, y }) => ({ x: (x - low.x) * scale + aside, y: (y - low.y) * scale + 15 })) };
}

function manyLinks(model, view, points) {
  const paths = new Map(), strength = Math.max(0.07, Math.min(0.5, 34 / Math.sqrt(Math.max(1, view.edges.size))));
  for (const index of view.edges) {
    const { source, target, stroke } = model.edges[index], dim = view.brightEdges && !view.brightEdges.has(index);
    const same = view.colours && view.colours[source] === view.colours[target] && view.colours[source] !== NO_COLOUR;
    const tint = view.brightEdges && !dim ? `${stroke.colour} 0.9` : dim ? `${FAINT} ${strength}` : view.colours ? (same ? `${view.colours[source]} ${strength}` : `#66727f ${strength * 0.55}`) : `${stroke.colour} ${strength}`;
    const a = points[source], b = points[target];
    (paths.get(tint) || paths.set(tint, []).get(tint)).push(`M${a.x.toFixed(1)} ${a.y.toFixed(1)}L${b.x.toFixed(1)} ${b.y.toFixed(1)}`);
  }
  // Opacity by line: a path with one opacity would not grow darker where its links are dense.
  return [...paths].sort((a, b) => Number(a[0].split(" ")[1]) - Number(b[0].split(" ")[1])).flatMap(([tint, parts]) => {
    const [colour, opacity] = tint.split(" "), pieces = [];
    for (let i = 0; i < parts.length; i += LINKS_A_PATH) pieces.push(makeSvg("path", { d: parts.slice(i, i + LINKS_A_PATH).join(""), fill: "none", stroke: colour, "stroke-opacity": Number(opacity).toFixed(3), "stroke-width": 0.8 }));
    return pieces;
  });
}

/** Shapes of one look and size class are one path; the largest lie above. */
function manyShapes(model, state, view, points, radii) {
  const paths = new Map(), found = [];
  for (const index of [...view.nodes].sort((a, b) => radii[a] - radii[b] || a - b)) {
    const node = model.nodes[index], strong = !view.bright || view.bright.has(index), base = view.colours ? view.colours[index] : node.look.colour;
    const key = [strong ? 1 : 0, radii[index].toFixed(0), node.type, strong ? base : mix(base, 0.82)].join("|");
    (paths.get(key) || paths.set(key, []).get(key)).push(outlineAt(node.look, points[index], radii[index]));
  }
  for (const [key, parts] of [...paths].sort((a, b) => Number(a[0][0]) - Number(b[0][0]))) found.push(makeSvg("path", { d: parts.join(""), fill: key.split("|")[3], "fill-rule": "evenodd" }));
  for (const index of [state.also, state.sel]) {
    if (index === null || !view.nodes.has(index)) continue;
    const node = model.nodes[index], p = points[index], r = Math.max(4, radii[index]);
    found.push(makeSvg("circle", { cx: p.x.toFixed(1), cy: p.y.toFixed(1), r: (r * node.look.reach + 6).toFixed(1), fill: RING, stroke: RING_EDGE, "stroke-width": 2 }),
      makeSvg("path", { d: outlineAt(node.look, p, r), fill: view.colours ? view.colours[index] : node.look.colour, "fill-rule": "evenodd" }));
  }
  return found;
}

/** The look's path moved and scaled: numbers of M and L are points; the circle has its own two arcs. */
function outlineAt(look, point, radius) {
  const number = (value) => value.toFixed(1);
  if (/A/.test(look.path)) return `M${number(point.x + radius)} ${number(point.y)}a${number(radius)} ${number(radius)} 0 1 1 ${number(-2 * radius)} 0a${number(radius)} ${number(radius)} 0 1 1 ${number(2 * radius)} 0Z`;
  if (/[HV]/.test(look.path)) return crossAt(point, radius, number);
  return look.path.replace(/(-?[\d.]+(?:e-?\d+)?) (-?[\d.]+(?:e-?\d+)?)/g, (_, x, y) => `${number(point.x + Number(x) * radius)} ${number(point.y + Number(y) * radius)}`);
}

function crossAt({ x, y }, radius, number) {
  const a = 0.4 * radius, b = 1.1 * radius;
  return `M${[[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a]].map(([dx, dy]) => `${number(x + dx)} ${number(y + dy)}`).join("L")}Z`;
}

function manyNames(model, state, view, { points, radii, weights }, width, drawn) {
  const pool = [...(view.bright || view.nodes)].filter((index) => view.nodes.has(index)).sort((a, b) => weights[b] - weights[a] || a - b).slice(0, 2 * PICTURE_NAMES);
  for (const index of [state.also, state.sel]) if (index !== null && view.nodes.has(index) && !pool.includes(index)) pool.unshift(index);
  const requests = pool.map((index, place) => requestName({ text: model.nodes[index].label[state.lang], point: points[index], index, reach: radii[index] * model.nodes[index].look.reach, size: place < 12 ? 15 : 12.5,
    weight: place < 12 ? "600" : "400", near: [], limit: 24, most: 2, must: index === state.sel || index === state.also, measure: width }));
  const placed = placeLabels(requests, pool.map((index) => boxAround(points[index], radii[index])), [], [0, 0, PICTURE_ROOM, drawn]);
  return placed.flatMap((name, i) => (name ? [{ name, request: requests[i] }] : [])).slice(0, PICTURE_NAMES);
}
