// Where names stand: the same rules, in the same order, as rte_graph/views/labels.py.
// All lengths are screen pixels, so names keep their size at every zoom.
const LABEL_GAP = 4;
const LABEL_LEADER = 24;
const LABEL_CELL = 96;

/** Break a long name at the spaces that make its lines most equal. */
function wrapName(text, limit = 24, most = 2) {
  const count = Math.min(most, Math.ceil(text.length / limit));
  const spaces = [...text].flatMap((char, i) => (char === " " ? [i] : []));
  const lines = [];
  let from = 0;
  for (let row = 1; row < count; row += 1) {
    const ideal = from + (text.length - from) / (count - row + 1);
    const left = spaces.filter((i) => i > from);
    if (!left.length) break;
    const at = left.reduce((best, i) => (Math.abs(i - ideal) < Math.abs(best - ideal) ? i : best));
    lines.push(text.slice(from, at));
    from = at + 1;
  }
  return [...lines, text.slice(from)];
}

/** The middle of the widest gap between a node's links: there a name is in nobody's way. */
function outwardOf(at, neighbours) {
  if (!neighbours.length) return { x: 0, y: 1 };
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

function lineCrosses(box, a, b) {
  let low = 0, high = 1;
  for (const [start, step, from, to] of [[a.x, b.x - a.x, box[0], box[2]], [a.y, b.y - a.y, box[1], box[3]]]) {
    if (Math.abs(step) < 1e-9) { if (start < from || start > to) return false; continue; }
    const t1 = (from - start) / step, t2 = (to - start) / step;
    low = Math.max(low, Math.min(t1, t2)); high = Math.min(high, Math.max(t1, t2));
  }
  return low <= high;
}

function labelCandidates(request) {
  const found = [];
  const ease = (component) => Math.max(-1, Math.min(1, component * 1.45));
  for (const [leader, away] of [[false, request.reach + LABEL_GAP], [true, request.reach + LABEL_LEADER]]) {
    for (let step = 0; step < 16; step += 1) {
      const dx = Math.cos(step * Math.PI / 8), dy = Math.sin(step * Math.PI / 8);
      const cx = request.x + dx * away + ease(dx) * request.width / 2;
      const cy = request.y + dy * away + ease(dy) * request.height / 2;
      const likes = dx * request.outward.x + dy * request.outward.y;
      const bias = 1.2 * (1 - likes) + (step % 4 === 0 ? 0 : 0.5) + (leader ? 7 : 0);
      found.push({ box: [cx - request.width / 2, cy - request.height / 2, cx + request.width / 2, cy + request.height / 2], leader, bias });
    }
  }
  return found.sort((a, b) => a.bias - b.bias);
}

/** Place names, the most important first; a name without room gets null. */
function placeLabels(requests, shapes, lines, frame) {
  const shapeGrid = createGrid(), lineGrid = createGrid();
  shapes.forEach((box) => shapeGrid.add(box, box));
  lines.forEach(([a, b]) => {
    const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / LABEL_CELL));
    const line = [a, b];
    for (let i = 0; i < steps; i += 1) {
      const at = (t) => [a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t];
      const [x1, y1] = at(i / steps), [x2, y2] = at((i + 1) / steps);
      lineGrid.add([Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)], line);
    }
  });
  const placed = requests.map(() => null);
  const sweeps = requests.length > 250 ? 1 : 2;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const taken = createGrid();
    placed.forEach((label, i) => { if (label) taken.add(label.box, { box: label.box, i }); });
    requests.forEach((request, i) => {
      let best = null, bestCost = 1000;
      for (const candidate of labelCandidates(request)) {
        if (candidate.bias >= bestCost) break;
        const box = candidate.box;
        if (frame && (box[0] < frame[0] || box[1] < frame[1] || box[2] > frame[2] || box[3] > frame[3])) continue;
        if (shapeGrid.some(box, (other) => overlap(box, other, 2))) continue;
        const near = [box[0] - 4, box[1] - 4, box[2] + 4, box[3] + 4];
        // Boxes moved in this sweep leave a stale entry: only the current one of each name counts.
        if (taken.some(near, (other) => other.i !== i && placed[other.i] && placed[other.i].box === other.box && overlap(box, other.box, 3))) continue;
        let cost = candidate.bias;
        for (const [a, b] of lineGrid.collect(box)) if (lineCrosses(box, a, b)) cost += 3;
        if (cost < bestCost) { best = { box, leader: candidate.leader }; bestCost = cost; }
      }
      if (best) { placed[i] = best; taken.add(best.box, { box: best.box, i }); } else if (sweep === 0) placed[i] = null;
    });
  }
  return placed;
}
