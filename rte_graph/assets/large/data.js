// The data of a large network: columns of numbers (views/large_payload.py) become the objects of page/data.js.
function readData() {
  const data = JSON.parse(byId("data").textContent), { strings } = data;
  const none = Object.freeze([]);
  const nodes = data.nodes, domainsOf = unpackLists(nodes.domains), facts = nodes.facts;
  const stem = unpackColumn(nodes.stem), type = unpackColumn(nodes.type), target = unpackColumn(nodes.target), starts = unpackColumn(nodes.start), ends = unpackColumn(nodes.end);
  const places = unpackColumn(data.places);
  const pair = ([fr, en]) => ({ fr, en });
  const fact = ([name, value, detail, iri, sources]) => ({ name: pair(name), value: pair(value), detail: pair(detail), iri, sources });
  data.nodes = nodes.tail.map((tail, i) => ({
    iri: nodes.stems[stem[i]] + tail, label: { fr: nodes.label[i], en: nodes.english[i] ?? nodes.label[i] },
    type: data.types[type[i]].key, side: target[i] ? "target" : "source", former: nodes.former[i] || none, other: nodes.other[i] || none,
    facts: (facts[i] || none).map(fact), domains: domainsOf(i).map((at) => data.domains[at].key), start: strings[starts[i]], end: strings[ends[i]],
    x: places[2 * i] / 10, y: places[2 * i + 1] / 10 }));
  data.edges = unpackEdges(data.edges, data.roles, strings);
  const source = Object.fromEntries(Object.entries(data.sources).map(([name, packed]) => [name, unpackColumn(packed)]));
  data.sources = Array.from(source.document, (_, i) => ({ document: { fr: strings[source.document[i]], en: strings[source.english[i]] },
    heading: strings[source.heading[i]], first: source.first[i], last: source.last[i], page: source.page[i] < 0 ? null : source.page[i] }));
  data.measures = data.measures.map(unpackMeasure);
  if (data.partition) data.partition.groups = Array.from(unpackColumn(data.groups));
  return data;
}

function unpackEdges(edges, roles, strings) {
  const source = unpackColumn(edges.source), target = unpackColumn(edges.target), role = unpackColumn(edges.role);
  const starts = unpackColumn(edges.start), ends = unpackColumn(edges.end), sourcesOf = unpackLists(edges.sources), weight = edges.weight && unpackFloats(edges.weight);
  return Array.from(source, (from, i) => ({ source: from, target: target[i], role: roles[role[i]].key, start: strings[starts[i]], end: strings[ends[i]],
    sources: sourcesOf(i), bend: 0, weight: weight && !Number.isNaN(weight[i]) ? weight[i] : null }));
}

function unpackMeasure(measure) {
  const values = Array.from(unpackFloats(measure.values), (value) => (Number.isNaN(value) ? null : value));
  const whole = (packed) => (packed ? Array.from(unpackColumn(packed), (value) => (value < 0 ? null : value)) : []);
  const figure = (value) => (value === null ? null : measure.whole ? String(value).replace(/\B(?=(\d{3})+$)/g, ",") : value.toFixed(3));
  return { ...measure, values, ranks: whole(measure.ranks), raw: whole(measure.raw), texts: values.map(figure) };
}

function unpackBytes(text) {
  const binary = atob(text), bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes.buffer;
}

/** Whole numbers; the largest one that the width holds stands for none (-1). */
function unpackColumn([width, text]) {
  const buffer = unpackBytes(text), values = width === 1 ? new Uint8Array(buffer) : width === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
  const none = 2 ** (8 * width) - 1;
  return Float64Array.from(values, (value) => (value === none ? -1 : value));
}

const unpackFloats = (text) => new Float32Array(unpackBytes(text));

/** A function that gives the list of an item; equal empty lists are one. */
function unpackLists([counts, values]) {
  const lengths = unpackColumn(counts), all = unpackColumn(values), starts = new Uint32Array(lengths.length), none = Object.freeze([]);
  for (let i = 1; i < lengths.length; i += 1) starts[i] = starts[i - 1] + lengths[i - 1];
  return (index) => (lengths[index] ? Array.from(all.subarray(starts[index], starts[index] + lengths[index])) : none);
}
