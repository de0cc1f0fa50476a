// Files of what is shown: the picture with title, legend, credits and date, and the entries as CSV.
function pictureOfMap(context) {
  const { payload, state, map, tell } = context;
  const inner = map.picture();
  const { width, height } = payload.base.layouts.wide;
  const margin = 22;
  const caption = foldWords(context.shown().split(" "), " ", width);
  const head = 57 + 17 * caption.length;
  const beside = besideLines(payload, state, map, tell, width);
  const foot = 18 * beside.length + 52;
  const svg = makeSvg("svg", { xmlns: SVG_NS, viewBox: `0 0 ${width + 2 * margin} ${height + head + foot + margin}`, width: width + 2 * margin, height: height + head + foot + margin, "font-family": payload.base.font, role: "img" });
  const text = (x, y, size, words, extra = {}) => makeSvg("text", { x, y, "font-size": size, fill: "#5b6675", text: words, ...extra });
  inner.setAttribute("x", margin); inner.setAttribute("y", head); inner.setAttribute("width", width); inner.setAttribute("height", height);
  const date = new Date().toLocaleDateString(state.lang === "fr" ? "fr-FR" : "en-GB", { year: "numeric", month: "long", day: "numeric" });
  const licence = payload.making.licences.map(([name]) => name).join(", ") || tell("noLicence");
  svg.append(makeSvg("title", { text: payload.title[state.lang] }), makeSvg("rect", { width: "100%", height: "100%", fill: "#fff" }),
    text(margin, 36, 20, payload.title[state.lang], { "font-weight": 700, fill: "#1d2733" }), ...caption.map((line, row) => text(margin, 57 + 17 * row, 12.5, line)), inner,
    ...beside.map((line, row) => text(margin, head + height + 18 + 18 * row, 12.5, line, { fill: "#1d2733" })),
    text(margin, head + height + foot - 22, 11.5, [payload.making.cite[state.lang], licence].filter(Boolean).join(" · ")),
    text(margin, head + height + foot - 5, 11.5, [tell("outlines"), tell("scales"), tell("exported", { date })].join(" · ")));
  return svg;
}

/** What stands beside the map, in lines that fit below it. */
function besideLines(payload, state, map, tell, width) {
  const parts = map.beside().map((each) => {
    const name = payload.places[each.place].iri ? payload.places[each.place].label[state.lang] : tell("unplacedLabel");
    return `${name.replace(/ /g, "\u00a0")}\u00a0${mountMap.numberText(each.n, state.lang)}`;
  });
  if (!parts.length) return [];
  return foldWords([`${tell("beside")}${tell("colon")}${parts[0]}`, ...parts.slice(1)], ", ", width);
}

/** Lines no wider than the picture, at about 6.6 pixels a letter. */
function foldWords(words, between, width) {
  const lines = [];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last !== undefined && (last + between + word).length * 6.6 <= width) lines[lines.length - 1] = last + between + word;
    else { if (last !== undefined) lines[lines.length - 1] = last + between.trimEnd(); lines.push(word); }
  }
  return lines;
}

const mapPictureText = (context) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(pictureOfMap(context))}\n`;

function exportMap(kind, context) {
  const { payload, state, tell } = context;
  const stem = `${payload.name}-${state.level}`;
  const said = (name) => announce(tell("copied", { name }));
  if (kind === "svg") said(saveFile(`${stem}.svg`, "image/svg+xml", mapPictureText(context)));
  else if (kind === "csv") said(saveFile(`${stem}.csv`, "text/csv;charset=utf-8", mapCsv(context)));
  else exportMapPng(stem, context, said);
}

function exportMapPng(stem, context, said) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([mapPictureText(context)], { type: "image/svg+xml" }));
  const failed = () => { URL.revokeObjectURL(address); announce(context.tell("failed")); };
  image.onerror = failed;
  image.onload = () => {
    // Three times the screen's size: about 300 dots per inch on a page.
    const canvas = make("canvas", { width: image.width * 3, height: image.height * 3 });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => (blob ? said(saveFile(`${stem}.png`, "image/png", blob)) : failed()), "image/png");
  };
  image.src = address;
}

/** Spreadsheets run cells that begin with = + - @: those get an apostrophe. */
function mapCsv({ payload, state, visible }) {
  const cell = (value) => {
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  const rows = entryRows(payload, state, visible).map((row) => [row.iri, row.name, row.places.join(" | "), row.domains.join(" | "), row.actors.join(" | "), row.sources.join(" | ")]);
  return `\ufeff${[["iri", "label", "territories", "domains", "actors", "sources"], ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
