// Files of what is shown. Spreadsheets run cells that begin with = + - @: those get an apostrophe.
function csvText(rows) {
  const cell = (value) => {
    const text = String(value ?? "");
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  // The mark at the front tells spreadsheets that the file is UTF-8.
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function nodeRows(model, state, view) {
  const names = model.measures.map((measure) => measure.name);
  const rows = [...view.nodes].sort((a, b) => a - b).map((index) => {
    const node = model.nodes[index];
    return [node.iri, node.label[state.lang], model.typeOf.get(node.type).label[state.lang], node.side, node.former.join(" | "), ...model.measures.map((measure) => measure.values[index])];
  });
  return [["iri", "label", "type", "set", "former_names", ...names], ...rows];
}

function sourceText(model, number, state, tell) {
  const source = model.sources[number];
  return [source.document[state.lang], source.heading, linesText(source, tell)].filter(Boolean).join(", ");
}

function linesText(source, tell) {
  const lines = !source.first ? "" : source.first === source.last ? tell("line", { a: source.first }) : tell("lines", { a: source.first, b: source.last });
  return [lines, source.page ? tell("page", { p: source.page }) : ""].filter(Boolean).join(", ");
}

function edgeRows(model, state, view, tell) {
  const rows = model.edges.filter((edge) => view.edges.has(edge.index)).map((edge) => [
    model.nodes[edge.source].iri, model.nodes[edge.source].label[state.lang], model.roleOf.get(edge.role).label[state.lang],
    model.nodes[edge.target].iri, model.nodes[edge.target].label[state.lang], edge.start, edge.end,
    edge.sources.map((number) => sourceText(model, number, state, tell)).join(" | "),
  ]);
  return [["source", "source_label", "role", "target", "target_label", "start", "end", "evidence"], ...rows];
}

/** Save a file and say so. */
function exportAs(kind, context) {
  const name = writeExport(kind, context);
  if (name) announce(context.tell("copied", { name }));
}

function writeExport(kind, context) {
  const { model, state, view, geometry, tell } = context;
  const stem = model.name;
  if (kind === "svg") return saveFile(`${stem}.svg`, "image/svg+xml", pictureText(context));
  if (kind === "png") return exportPng(stem, context);
  if (kind === "nodes") return saveFile(`${stem}-nodes.csv`, "text/csv;charset=utf-8", csvText(nodeRows(model, state, view)));
  if (kind === "gexf") return saveFile(`${stem}.gexf`, "application/xml", gexfText(context));
  if (kind === "edges") return saveFile(`${stem}-edges.csv`, "text/csv;charset=utf-8", csvText(edgeRows(model, state, view, tell)));
  const nodes = [...view.nodes].sort((a, b) => a - b).map((index) => {
    const { iri, label, type, side, former } = model.nodes[index];
    const measures = Object.fromEntries(model.measures.map((measure) => [measure.name, measure.values[index]]));
    return { id: iri, label: label[state.lang], type, set: side, former_names: former, ...geometry.points[index], ...measures };
  });
  const links = model.edges.filter((edge) => view.edges.has(edge.index)).map((edge) => ({
    source: model.nodes[edge.source].iri, target: model.nodes[edge.target].iri, role: edge.role, start: edge.start, end: edge.end,
    evidence: edge.sources.map((number) => sourceText(model, number, state, tell)) }));
  const graph = { name: model.name, title: model.title[state.lang], licence: licenceText(model, context.tell), data_hash: model.making.data_hash };
  return saveFile(`${stem}.json`, "application/json", JSON.stringify({ directed: true, multigraph: true, graph, nodes, links }, null, 1));
}

const pictureText = ({ model, state, view, geometry, tell }) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawPicture(model, state, view, geometry, tell))}\n`;

function exportPng(stem, context) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([pictureText(context)], { type: "image/svg+xml" }));
  const failed = () => { URL.revokeObjectURL(address); announce(context.tell("failed")); };
  image.onerror = failed;
  image.onload = () => {
    // Three times the screen's size is about 300 dots per inch at column width; browsers refuse more than 16 000.
    const factor = Math.min(3, 15000 / Math.max(image.width, image.height));
    const canvas = make("canvas", { width: Math.round(image.width * factor), height: Math.round(image.height * factor) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    const save = (blob) => announce(context.tell("copied", { name: saveFile(`${stem}.png`, "image/png", blob) }));
    canvas.toBlob((blob) => (blob ? save(blob) : failed()), "image/png");
  };
  image.src = address;
}
