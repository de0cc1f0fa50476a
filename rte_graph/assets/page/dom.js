// Small helpers. Text reaches the page through textContent only: data is never parsed as HTML.
const SVG_NS = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

/** Make an element; `attributes` may hold `text`, `on` (listeners) and plain attributes. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A name in its own direction; a French name says its language in the English page. */
function nameText(node, lang) {
  const french = lang === "en" && node.label.fr === node.label.en;
  return make("bdi", { text: node.label[lang], lang: french ? "fr" : null });
}

function makeSvg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG_NS, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (name === "text") element.textContent = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** Fold case, accents, ligatures and apostrophes, so that « Chenelet » finds « Chênelet ». */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’‘ʼ`´]/g, "'").replace(/[\s\u00a0\u202f-]+/g, " ").trim();
}

/** Fill the values into a sentence: « {n} » is a value, « {n:lien|liens} » a word that agrees with it. */
function fillText(sentence, values, lang) {
  const plural = (n) => (lang === "fr" ? Math.abs(n) >= 2 : n !== 1);
  const written = (name) => (COUNTED.has(name) && typeof values[name] === "number" ? countText(values[name], lang) : values[name] ?? "");
  return sentence.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) => (one === undefined ? written(name) : plural(values[name]) ? many : one));
}

// Values that are counts have their thousands apart; years, lines and pages do not.
const COUNTED = new Set(["n", "r", "total", "nodes", "edges", "allNodes", "allEdges"]);
const countText = (count, lang) => String(count).replace(/\B(?=(\d{3})+$)/g, lang === "fr" ? "\u202f" : ",");

/** Only http(s) addresses become links; anything else stays text. */
function safeLink(address, text) {
  if (!/^https?:\/\//i.test(address)) return make("span", { text });
  return make("a", { href: address, rel: "noopener noreferrer", target: "_blank", text });
}

/** The mark of a node type, as in the drawing. */
function shapeIcon(look, size = 18) {
  const scale = look.reach > 1.3 ? 6.1 * 1.3 / look.reach : 6.1;
  return makeSvg("svg", { viewBox: "-9 -9 18 18", width: size, height: size, "aria-hidden": "true" },
    makeSvg("path", { d: look.path, transform: `scale(${scale})`, fill: look.colour, "fill-rule": "evenodd" }));
}

/** A patch of colour. */
function swatch(colour) {
  return makeSvg("svg", { viewBox: "0 0 18 18", width: 18, height: 18, "aria-hidden": "true" }, makeSvg("rect", { x: 2, y: 2, width: 14, height: 14, rx: 3, fill: colour }));
}

/** The mark of a role: a piece of its line. */
function strokeIcon(stroke) {
  return makeSvg("svg", { viewBox: "0 0 34 10", width: 34, height: 10, "aria-hidden": "true" },
    makeSvg("path", { d: "M0 5H34", fill: "none", stroke: stroke.colour, "stroke-width": stroke.width + 0.6,
      "stroke-dasharray": stroke.dash.join(" ") || null }));
}

/** A measure's value in the language's typography: counts as they are, shares with three decimals. */
function formatValue(measure, index, lang) {
  // Rounded once, in Python, so that page, terminal and report agree; here only the marks change.
  const text = measure.texts[index];
  if (text === null || text === undefined) return "–";
  return lang === "fr" ? text.replace(/,/g, "\u202f").replace(".", ",") : text;
}

/** A date at the precision at which it is printed: 2020, 2020-06 or 2020-06-15. */
function formatDate(text, lang) {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text);
  if (!parts) return text;
  const date = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3] || 1)));
  const form = { timeZone: "UTC", year: "numeric", month: "long", ...(parts[3] ? { day: "numeric" } : {}) };
  return date.toLocaleDateString(lang === "fr" ? "fr-FR" : "en-GB", form);
}

function announce(text) {
  byId("live").textContent = text;
}

/** Hand a file to the reader; returns its name. */
function saveFile(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  return name;
}
