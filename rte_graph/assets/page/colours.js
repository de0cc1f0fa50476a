// Colour by type (the default), by a measure or by community; shapes go on telling the types.
const GROUP_COLOURS = ["#0067a3", "#b35900", "#007a5a", "#a3195b", "#5f4b9e", "#8a6d00", "#2b7a9b", "#9c4a2f"];
const STEP_COLOURS = ["#7d97b5", "#5b82ad", "#3a6a9f", "#1f4f86", "#0b2f5e"];
const NO_COLOUR = "#79838f";

/** { colours: a colour per node or null, entries: [{ colour, label, count }], title, definition, groups }. */
function colouring(model, state, tell) {
  if (state.colour === "groups" && model.partition) return byGroup(model, state, tell);
  const measure = model.measures.find((each) => each.name === state.colour);
  return measure ? byMeasure(model, measure, state, tell) : { colours: null, entries: [], title: tell("colourType"), definition: "", groups: [] };
}

function byGroup(model, state, tell) {
  const { groups, label, definition } = model.partition;
  const sizes = new Map();
  for (const group of groups) if (group) sizes.set(group, (sizes.get(group) || 0) + 1);
  const shown = [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, GROUP_COLOURS.length).map(([group]) => group);
  const colourOf = (group) => GROUP_COLOURS[shown.indexOf(group)] || NO_COLOUR;
  const entries = shown.map((group, i) => ({ colour: GROUP_COLOURS[i], label: tell("group", { n: i + 1 }), count: sizes.get(group) }));
  const rest = groups.filter((group) => !shown.includes(group)).length;
  if (rest) entries.push({ colour: NO_COLOUR, label: tell("groupRest"), count: rest });
  return { colours: groups.map(colourOf), entries, title: label[state.lang], definition: definition[state.lang], groups: shown.map((group) => ({ group, colour: colourOf(group) })) };
}

/** Fifths by rank within the set: values of two sets do not compare, and few hubs must not grey all the rest. */
function byMeasure(model, measure, state, tell) {
  const bySet = new Map();
  const set = (node) => (model.twoMode ? node.side : "all");
  for (const node of model.nodes) { const value = measure.values[node.index]; if (value !== null) (bySet.get(set(node)) || bySet.set(set(node), []).get(set(node))).push(value); }
  for (const values of bySet.values()) values.sort((a, b) => a - b);
  const step = (node) => {
    const value = measure.values[node.index], values = bySet.get(set(node));
    if (value === null || value === undefined) return null;
    let below = 0;
    for (let end = values.length; below < end;) { const middle = (below + end) >> 1; if (values[middle] < value) below = middle + 1; else end = middle; }
    return Math.min(STEP_COLOURS.length - 1, Math.floor((STEP_COLOURS.length * below) / values.length));
  };
  const steps = model.nodes.map(step);
  const entries = STEP_COLOURS.map((colour, i) => ({ colour, label: tell("fifth", { n: i + 1 }), count: steps.filter((each) => each === i).length })).reverse().filter((entry) => entry.count);
  return { colours: steps.map((each) => (each === null ? NO_COLOUR : STEP_COLOURS[each])), entries, title: measure.label[state.lang], definition: `${measure.definition[state.lang]} ${tell("fifths")}`, groups: [] };
}

/** Outlines of the communities that are shown: lists of points, to be drawn with a broad round edge. */
function hullsOf(model, state, view, found, points) {
  if (!state.hulls) return [];
  return found.groups.map(({ group, colour }) => ({ colour, points: convexHull([...view.nodes].filter((index) => model.partition.groups[index] === group).map((index) => points(index))) })).filter((hull) => hull.points.length > 2);
}

/** Andrew's monotone chain. */
function convexHull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (list) => list.reduce((chain, point) => {
    while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
    chain.push(point);
    return chain;
  }, []).slice(0, -1);
  return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.reverse())];
}
