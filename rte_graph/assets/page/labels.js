// Where names stand: the same rules, in the same order, as rte_graph/views/labels.py.
// All lengths are screen pixels, so names keep their size at every zoom.
const LABEL_GAP = 4;
const LABEL_LEADER = 24;
const LABEL_CELL = 96;
// Where a name that must be written looks further, and what covering a shape, or such a name's shape, costs it.
const LABEL_FURTHER = [44, 70, 100];
const LABEL_OVER_SHAPE = 40, LABEL_OVER_MAIN = 160;
// What it costs that a leader crosses a shape, and the most that links through a name cost.
const LABEL_MOST_SHAPES = 10;
const LABEL_OVER_LEADER = 22, LABEL_MOST_LINES = 18;

/** Break a long name at the spaces that make its lines most equal; shorten what is still too long. */
function wrapName(text, limit = 24, most = 2) {
  // Code points, not halves of them: half an emoji is no text.
  const chars = [...text];
  const count = Math.min(most, Math.ceil(chars.length / limit));
  const spaces = chars.flatMap((char, i) => (char === " " ? [i] : []));
  const lines = [];
  let from = 0;
  for (let row = 1; row < count; row += 1) {
    const ideal = from + (chars.length - from) / (count - row + 1);
    const left = spaces.filter((i) => i > from);
    if (!left.length) break;
    const at = left.reduce((best, i) => (Math.abs(i - ideal) < Math.abs(best - ideal) ? i : best));
    lines.push(chars.slice(from, at));
    from = at + 1;
  }
  return [...lines, chars.slice(from)].map((line) => shortenName(line, Math.floor((limit * 7) / 4)));
}

/** Cut with « … », never inside a letter with its accents or an emoji of several parts. */
function shortenName(chars, limit) {
  if (chars.length <= limit) return chars.join("");
  let end = limit - 1;
  while (end > 1 && (/^[\p{M}\u200d\u{1f3fb}-\u{1f3ff}]$/u.test(chars[end]) || chars[end - 1] === "\u200d")) end -= 1;
  return `${chars.slice(0, end).join("").trimEnd()}…`;
}

/** The middle of the widest gap between a node's links: there a name is in nobody's way. */
function outwardOf(at, neighbours) {
  if (!neighbours.length) return { x: 1, y: 0 };
  const angles = neighbours.map((near) => Math.atan2(near.y - at.y, near.x - at.x)).sort((a, b) => a - b);
  let best = { x: 0, y: 1 }, bestRoom = -1;
  angles.forEach((angle, i) => {
    const gap = i + 1 < angles.length ? angles[i + 1] - angle : angles[0] + 2 * Math.PI - angle;
    const x = Math.cos(angle + gap / 2), y = Math.sin(angle + gap / 2);
    // Names run sideways: beside a shape they need less of the gap than above or below it.
    const room = gap + 0.2 * Math.abs(x) + 0.05 * y;
    if (room > bestRoom) { best = { x, y }; bestRoom = room; }
  });
  return best;
}

/** A grid of boxes or lines, so that each test looks at its surroundings only. */
function createGrid() {
  const cells = new Map();
  const each = (box, visit) => {
    for (let i = Math.floor(box[0] / LABEL_CELL); i <= Math.floor(box[2] / LABEL_CELL); i += 1) {
      for (let j = Math.floor(box[1] / LABEL_CELL); j <= Math.floor(box[3] / LABEL_CELL); j += 1) {
        if (visit(`${i} ${j}`)) return true;
      }
    }
    return false;
  };
  return {
    add: (box, item) => each(box, (key) => { (cells.get(key) || cells.set(key, []).get(key)).push(item); }),
    some: (box, test) => each(box, (key) => (cells.get(key) || []).some(test)),
    collect: (box) => { const found = new Set(); each(box, (key) => { (cells.get(key) || []).forEach((item) => found.add(item)); }); return found; },
  };
}

const overlap = (a, b, margin) => a[0] < b[2] + margin && b[0] < a[2] + margin && a[1] < b[3] + margin && b[1] < a[3] + margin;

/** Which share of a line lies in a box, -1 when it runs beside. */
function shareInside(box, a, b) {
  let low = 0, high = 1;
  for (const [start, step, from, to] of [[a.x, b.x - a.x, box[0], box[2]], [a.y, b.y - a.y, box[1], box[3]]]) {
    if (Math.abs(step) < 1e-9) { if (start < from || start > to) return -1; continue; }
    const t1 = (from - start) / step, t2 = (to - start) / step;
    low = Math.max(low, Math.min(t1, t2)); high = Math.min(high, Math.max(t1, t2));
  }
  return low <= high ? high - low : -1;
}

function labelCircle(request, variant, leader, away, dislike) {
  const found = [], { width, height, lines } = variant;
  const ease = (component) => Math.max(-1, Math.min(1, component * 1.45));
  for (let step = 0; step < 16; step += 1) {
    const dx = Math.cos(step * Math.PI / 8), dy = Math.sin(step * Math.PI / 8);
    const cx = request.x + dx * away + ease(dx) * width / 2;
    const cy = request.y + dy * away + ease(dy) * height / 2;
    const likes = dx * request.outward.x + dy * request.outward.y;
    const bias = 1.2 * (1 - likes) + (step % 4 === 0 ? 0 : 0.5) + dislike;
    found.push({ box: [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2], leader, bias, lines });
  }
  return found;
}

function labelCandidates(request, far) {
  const steps = [[false, request.reach + LABEL_GAP, 0]];
  // A line from a name to its shape costs the eye more than a name is worth, unless it must be written.
  if (request.must) steps.push([true, request.reach + LABEL_LEADER, 7]);
  if (far) for (const away of LABEL_FURTHER) steps.push([true, request.reach + away, 7 + away / 12]);
  const variants = far && request.narrow ? [[request, 0], [request.narrow, 2]] : [[request, 0]];
  return variants.flatMap(([variant, dislike]) => steps.flatMap(([leader, away, bias]) => labelCircle(request, variant, leader, away, bias + dislike))).sort((a, b) => a.bias - b.bias);
}

function linesInGrid(lines) {
  const grid = createGrid();
  lines.forEach((line) => {
    const [a, b] = line;
    const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / LABEL_CELL));
    for (let i = 0; i < steps; i += 1) {
      const at = (t) => [a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t];
      const [x1, y1] = at(i / steps), [x2, y2] = at((i + 1) / steps);
      grid.add([Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)], line);
    }
  });
  return grid;
}

/** How many other shapes the line from a name to its shape would cross: it would seem to be theirs. */
function leaderCrossings(box, request, scene) {
  const end = { x: Math.min(Math.max(request.x, box[0]), box[2]), y: Math.min(Math.max(request.y, box[1]), box[3]) };
  const around = [Math.min(request.x, end.x), Math.min(request.y, end.y), Math.max(request.x, end.x), Math.max(request.y, end.y)];
  const own = (other) => request.x > other[0] && request.x < other[2] && request.y > other[1] && request.y < other[3];
  return [...scene.shapes.collect(around)].filter((other) => !own(other) && shareInside(other, request, end) >= 0).length;
}

/** The best place of one name; `forced` allows it over shapes rather than nowhere. */
function bestPlace(request, candidates, scene, isTaken, forced) {
  let best = null, bestCost = 1000;
  for (const { box, bias, leader, lines } of candidates) {
    if (bias >= bestCost) break;
    const { frame } = scene;
    if (frame && (box[0] < frame[0] || box[1] < frame[1] || box[2] > frame[2] || box[3] > frame[3])) continue;
    const near = [box[0] - 4, box[1] - 4, box[2] + 4, box[3] + 4];
    const covered = [...scene.shapes.collect(near)].filter((other) => overlap(box, other, 2)).length;
    if ((covered && !forced) || isTaken(near, box)) continue;
    // In a thicket of small shapes a main name stands over them rather than nowhere.
    let cost = bias + LABEL_OVER_SHAPE * Math.min(covered, LABEL_MOST_SHAPES);
    if (covered) cost += LABEL_OVER_MAIN * Math.min(2, scene.mains.filter((other) => overlap(box, other, 2)).length);
    if (leader) cost += LABEL_OVER_LEADER * leaderCrossings(box, request, scene);
    // A line along a name hides it worse than one across; the name's white edge keeps it readable.
    let crossed = 0;
    for (const [a, b] of scene.lines.collect(box)) {
      const inside = shareInside(box, a, b);
      if (inside >= 0) crossed += 3 + 0.06 * inside * Math.hypot(b.x - a.x, b.y - a.y);
    }
    cost += Math.min(crossed, LABEL_MOST_LINES);
    if (cost < bestCost) { best = { box, leader, lines }; bestCost = cost; }
  }
  return best;
}

/** Place names, the most important first; a name without room gets null, unless it must be written. */
function placeLabels(requests, shapes, lines, frame) {
  const scene = { shapes: createGrid(), lines: linesInGrid(lines), frame, mains: requests.filter((r) => r.must).map((r) => boxAround(r, r.reach)) };
  shapes.forEach((box) => scene.shapes.add(box, box));
  const placed = requests.map(() => null);
  const sweeps = requests.length > 250 ? 1 : 2;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const taken = createGrid();
    placed.forEach((label, i) => { if (label) taken.add(label.box, { box: label.box, i }); });
    requests.forEach((request, i) => {
      // Boxes moved in this sweep leave a stale entry: only the current one of each name counts.
      const isTaken = (near, box) => taken.some(near, (other) => other.i !== i && placed[other.i] && placed[other.i].box === other.box && overlap(box, other.box, 3));
      const best = bestPlace(request, labelCandidates(request, false), scene, isTaken, false)
        || (request.must ? bestPlace(request, labelCandidates(request, true), scene, isTaken, true) : null);
      if (best) { placed[i] = best; taken.add(best.box, { box: best.box, i }); } else if (sweep === 0) placed[i] = null;
    });
  }
  return placed;
}

// Of a set with at most so many nodes every name is a main one; else so many of the most linked nodes are.
const SMALL_SET = 16, MOST_MAINS = 10;

/** What the picture is about: a small leading set whole (alliances, say), else the most linked nodes. */
function mainNodes(model, nodes) {
  const rank = (a, b) => model.nodes[b].near.size - model.nodes[a].near.size || a - b;
  const leading = model.twoMode ? [...nodes].filter((index) => model.nodes[index].side === model.lead) : [];
  if (leading.length && leading.length <= SMALL_SET) return new Set(leading.sort(rank));
  const linked = [...nodes].filter((index) => model.nodes[index].near.size > 2).sort(rank);
  // Of equally linked nodes all are main ones or none.
  const limit = linked.length > MOST_MAINS ? model.nodes[linked[MOST_MAINS]].near.size : 0;
  return new Set(linked.slice(0, MOST_MAINS).filter((index) => model.nodes[index].near.size > limit));
}

/** Which names to write, the most important first: those asked for, and with a selection its own and the main ones. */
function wantedNames(model, state, view, radii) {
  const main = mainNodes(model, view.nodes);
  const chosen = [...view.nodes].filter((index) => {
    if (view.bright) return view.bright.has(index) || main.has(index);
    return state.names !== "main" || main.has(index);
  });
  const weight = (index) => (index === state.sel || index === state.also ? 1e6 : 0) + (view.bright && view.bright.has(index) ? 2e5 : 0) + (main.has(index) ? 1e5 : 0) + 50 * model.nodes[index].near.size + radii[index];
  return chosen.sort((a, b) => weight(b) - weight(a) || a - b);
}

/** What placeLabels needs of one name; `measure(text, size, weight)` gives a width. */
function requestName({ text, point, index, reach, size, weight, limit, most, near, must, measure }) {
  const variant = (lines) => ({ lines, width: Math.max(...lines.map((line) => measure(line, size, weight))) + 2, height: lines.length * size * 1.22 });
  return { ...point, index, reach, size, weight, must, outward: outwardOf(point, near), ...variant(wrapName(text, limit, most)), narrow: variant(wrapName(text, 14, 4)) };
}
