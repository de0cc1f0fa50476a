/** From a result to a network: nodes, links, places and names that do not overlap. The same rows give the same drawing. */
const rteNetworkModel = (() => {
  const { isIri, tail, say } = rteKit;
  const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  const MAX = 500;
  // Letters of a name that found no place at its full length.
  const SHORT = 24;
  // Kinds of things by the part of their address before the last, as rte_graph/namespaces.py has them.
  const KINDS = {
    alliance: ["Alliance", "alliance", "alliance"], organisation: ["Organisation", "organisation", "organisation"], person: ["Person", "personne", "person"],
    initiative: ["Initiative", "initiative", "initiative"], event: ["Event", "événement", "event"], territory: ["Territory", "territoire", "territory"],
    "action-domain": ["vocab/action-domain", "domaine d’action", "action domain"],
  };

  /** Columns that hold IRIs, and the two that make the links of a network at first; null where there are not two. */
  function columnsOf(result) {
    if (result.kind === "graph") return { iris: [], from: "subject", to: "object" };
    const held = result.columns.map((name, at) => ({ name, values: new Set(result.rows.map((row) => row[at]).filter(isIri).map((term) => term.v)) })).filter((each) => each.values.size);
    const iris = held.map((each) => each.name);
    if (iris.length < 2) return null;
    if (iris.includes("source") && iris.includes("target")) return { iris, from: "source", to: "target" };
    // What has a name of its own first, and what is not one and the same on each row.
    const weight = ({ name, values }) => (result.columns.includes(`${name}Label`) ? 0 : name.endsWith("Iri") ? 4 : 2) + (values.size > 1 ? 0 : 1);
    const best = held.map((each, i) => [weight(each), i, each.name]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 2);
    const [from, to] = best.sort((a, b) => a[1] - b[1]).map((each) => each[2]);
    return { iris, from, to };
  }

  function build(context, from, to) {
    const nodes = new Map(), links = new Map();
    const node = (iri, label, type) => {
      if (!nodes.has(iri)) nodes.set(iri, { iri, label: label || tail(iri), type: kindOf(iri, context.lang), degree: 0, links: [] });
      const found = nodes.get(iri);
      if (type) found.type = type;
      return found;
    };
    const link = (a, b, role) => {
      if (a === b) return;
      const key = `${a.iri} ${b.iri} ${role.key}`;
      if (!links.has(key)) links.set(key, { source: a, target: b, role, times: 0 });
      links.get(key).times += 1;
    };
    (context.result.kind === "graph" ? fromTriples : fromRows)(context, from, to, node, link);
    const listed = [...links.values()];
    for (const each of listed) {
      for (const [one, other] of [[each.source, each.target], [each.target, each.source]]) {
        one.degree += 1;
        one.links.push({ other, role: each.role, times: each.times });
      }
    }
    const found = { nodes: [...nodes.values()].filter((each) => each.degree), links: listed };
    dress(found, context.lang);
    return found;
  }

  function fromRows({ result, labels = {}, lang }, from, to, node, link) {
    const at = (name) => result.columns.indexOf(name);
    const text = (row, name) => (at(name) >= 0 && row[at(name)] ? row[at(name)].v : "");
    const type = (row, name) => (text(row, `${name}TypeIri`) ? { key: text(row, `${name}TypeIri`), label: text(row, `${name}Type`) || tail(text(row, `${name}TypeIri`)) } : null);
    const named = (row, name, iri) => text(row, `${name}Label`) || (name.endsWith("Iri") ? text(row, name.slice(0, -3)) : "") || labels[iri] || "";
    const plain = { key: "", label: say("otherRole", lang) };
    // A role is a quality of the link only where neither end is the role.
    const role = (row) => (text(row, "roleIri") && ![from, to].includes("roleIri") ? { key: text(row, "roleIri"), label: text(row, "role") || tail(text(row, "roleIri")) } : plain);
    for (const row of result.rows) {
      const [a, b] = [row[at(from)], row[at(to)]];
      if (!isIri(a) || !isIri(b)) continue;
      link(node(a.v, named(row, from, a.v), type(row, from)), node(b.v, named(row, to, b.v), type(row, to)), role(row));
    }
  }

  function fromTriples({ result, labels = {} }, from, to, node, link) {
    for (const [s, p, o] of result.triples) {
      if (p.v !== RDF_TYPE && isIri(s) && isIri(o)) link(node(s.v, labels[s.v]), node(o.v, labels[o.v]), { key: p.v, label: labels[p.v] || tail(p.v) });
    }
    // Of several classes the one that the pictures know, else the first.
    const known = (type) => Boolean(type.key && shortKey(type.key, rteLooks.nodes));
    for (const [s, p, o] of result.triples) {
      if (p.v !== RDF_TYPE || !isIri(s) || !isIri(o)) continue;
      const found = node(s.v, labels[s.v]), type = { key: o.v, label: labels[o.v] || tail(o.v) };
      if (!found.type.key || (known(type) && !known(found.type))) found.type = type;
    }
  }

  function kindOf(iri, lang) {
    const kind = KINDS[iri.replace(/[/#]+$/, "").split(/[/#]/).slice(-2)[0]];
    return kind ? { key: kind[0], label: kind[lang === "fr" ? 1 : 2] } : { key: "", label: say("otherType", lang) };
  }

  const shortKey = (key, known) => Object.keys(known).find((name) => `/${key.replace(/\/+$/, "").replace(/#/g, "/")}`.endsWith(`/${name}`));

  /** Give types their shapes and colours and roles their lines, the same as in the published pictures. */
  function dress(network) {
    network.types = counted(network.nodes, (each) => each.type);
    network.roles = counted(network.links, (each) => each.role);
    assign(network.types, rteLooks.nodes, rteLooks.spare, (look) => look.join(" "), rteLooks.other);
    assign(network.roles, rteLooks.strokes, rteLooks.spareStrokes, (stroke) => `${stroke[0]} ${stroke[1]}`, rteLooks.plain);
    if (network.roles.length === 1 && !network.roles[0].key) network.roles[0].look = rteLooks.plain;
    const types = new Map(network.types.map((each) => [each.key, each])), roles = new Map(network.roles.map((each) => [each.key, each]));
    for (const node of network.nodes) node.type = types.get(node.type.key);
    for (const link of network.links) link.role = roles.get(link.role.key);
    for (const node of network.nodes) for (const link of node.links) link.role = roles.get(link.role.key);
    const largest = Math.max(1, ...network.nodes.map((each) => each.degree));
    for (const node of network.nodes) node.r = 5 + 11 * Math.sqrt(node.degree / largest);
  }

  function counted(items, of) {
    const found = new Map();
    for (const item of items) {
      const each = of(item);
      if (!found.has(each.key)) found.set(each.key, { ...each, n: 0 });
      found.get(each.key).n += 1;
    }
    return [...found.values()].sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
  }

  function assign(kinds, known, spare, same, last) {
    for (const each of kinds) {
      const name = each.key && shortKey(each.key, known);
      if (name) each.look = known[name];
    }
    const taken = new Set(kinds.filter((each) => each.look).map((each) => same(each.look)));
    const free = spare.filter((look) => !taken.has(same(look)));
    for (const each of kinds.filter((one) => !one.look)) each.look = free.shift() || last;
  }

  /** Place the nodes by forces, without a clock and from fixed beginnings. */
  function place({ nodes, links }, aspect) {
    const force = window.RTE_FORCE;
    const many = nodes.length > 150;
    const moving = links.map((each) => ({ source: nodes.indexOf(each.source), target: nodes.indexOf(each.target) }));
    nodes.forEach((node) => { for (const key of ["x", "y", "vx", "vy"]) delete node[key]; });
    const simulation = force.forceSimulation(nodes)
      .force("link", force.forceLink(moving).distance((link) => 62 + 2.2 * Math.min(link.source.degree, link.target.degree, 12)).strength(0.45))
      .force("charge", force.forceManyBody().strength(many ? -150 : -330).distanceMax(900))
      .force("x", force.forceX().strength(0.045))
      .force("y", force.forceY().strength(0.045 * aspect))
      .force("collide", force.forceCollide((node) => node.r + 9))
      .stop();
    simulation.tick(many ? 220 : 340);
  }

  /**
   * Give each name a free place beside its node, the most linked first; return those that find none.
   * `room` is {width, height, letters: of the longest name, taken: [boxes where no name may stand]}; a box is [left, top, right, bottom].
   */
  function nameNodes(points, size, width, room) {
    const boxes = [];
    const grid = new Map();
    const cells = (box) => { const found = []; for (let i = Math.floor(box[0] / 80); i <= Math.floor(box[2] / 80); i += 1) for (let j = Math.floor(box[1] / 80); j <= Math.floor(box[3] / 80); j += 1) found.push(`${i} ${j}`); return found; };
    const hits = (box) => cells(box).some((cell) => (grid.get(cell) || []).some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]));
    const keep = (box) => { boxes.push(box); for (const cell of cells(box)) { if (!grid.has(cell)) grid.set(cell, []); grid.get(cell).push(box); } };
    const inside = (box) => box[0] >= 3 && box[1] >= 3 && box[2] <= room.width - 3 && box[3] <= room.height - 3;
    const shortened = (point, letters) => (point.node.label.length > letters ? `${point.node.label.slice(0, letters - 1).trimEnd()}…` : point.node.label);
    const freePlace = (point, text) => {
      const wide = width(text), gap = point.r * Math.max(1, rteLooks.shapes[point.node.type.look[0]][1]) + 4, half = size * 0.62;
      const places = [["start", gap, 0], ["end", -gap, 0], ["middle", 0, gap + half], ["middle", 0, -gap - half], ["start", gap * 0.75, gap * 0.75], ["end", -gap * 0.75, gap * 0.75], ["start", gap * 0.75, -gap * 0.75], ["end", -gap * 0.75, -gap * 0.75]];
      return places.map(([anchor, dx, dy]) => {
        const left = point.x + dx - (anchor === "end" ? wide : anchor === "middle" ? wide / 2 : 0);
        return { anchor, dx, dy, text, box: [left, point.y + dy - half, left + wide, point.y + dy + half] };
      }).find((each) => inside(each.box) && !hits(each.box));
    };
    for (const box of room.taken) keep(box);
    for (const { x, y, r } of points) keep([x - r, y - r, x + r, y + r]);
    const hidden = [];
    for (const point of [...points].sort((a, b) => Number(b.chosen) - Number(a.chosen) || b.node.degree - a.node.degree || (a.node.iri < b.node.iri ? -1 : 1))) {
      // A long name that finds no place is tried once more, shortened.
      const free = freePlace(point, shortened(point, room.letters)) || (point.node.label.length > SHORT ? freePlace(point, shortened(point, SHORT)) : null);
      if (free) { keep(free.box); point.name = free; } else hidden.push(point);
    }
    return hidden;
  }

  return { columnsOf, build, place, nameNodes, MAX };
})();
