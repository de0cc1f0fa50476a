// What the page remembers: the address (question and values, or the text), and the last queries in this browser.
const RTE_HISTORY_KEY = "rte-graph-ask";
const RTE_MOST_HELD = 50;
const RTE_MOST_LINK = 60000;

const rteBytesToText = (bytes) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

async function rtePiped(bytes, stream, most) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) throw new Error("too long");
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** A text in letters that an address can hold. */
async function rtePacked(text) {
  return rteBytesToText(await rtePiped(new TextEncoder().encode(text), new CompressionStream("deflate-raw"), 1e6));
}

/** The text that such letters hold; null for anything else. */
async function rteUnpacked(letters, most) {
  if (!/^[A-Za-z0-9_-]{1,60000}$/.test(letters)) return null;
  try {
    const bytes = Uint8Array.from(atob(letters.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(await rtePiped(bytes, new DecompressionStream("deflate-raw"), most));
  } catch {
    return null;
  }
}

/** The value that a parameter has when nobody chose one. */
function rteUsual(query, parameter) {
  return query.values[parameter.name] ?? parameter.default ?? (parameter.optional ? "*" : "");
}

/** Whether an address may set a parameter to a value: one of its choices, or a text that becomes its term. */
function rteUsable(parameter, value) {
  if (value.length > 2000 || rteTermOf(parameter, value) === null) return false;
  return !parameter.choices || value === "*" || parameter.choices.some((each) => each.iri === value);
}

/** Of some values, those that a query's parameters can have. */
function rteKnownValues(query, values) {
  const held = values && typeof values === "object" ? values : {};
  const known = query.params.filter(({ name }) => Object.hasOwn(held, name) && typeof held[name] === "string");
  return Object.fromEntries(known.filter((parameter) => rteUsable(parameter, held[parameter.name])).map(({ name }) => [name, held[name]]));
}

const rteAddress = {
  /** Whether a part of an address speaks of a question: an anchor of the page does not. */
  speaks: (hash) => hash.length < 2 || /^#(?:.*&)?(?:q|z|p\.[^=]*)=/s.test(hash),
  /** What the address asks for: {name, values, text, unknown, broken}; whatever it does not know is left out, and told. */
  async read(hash, limits) {
    if (hash.length > RTE_MOST_LINK + 2000) return { name: "", values: {}, text: null, broken: true };
    const given = new URLSearchParams(hash.replace(/^#/, ""));
    const query = rteSaved.query(given.get("q") || "");
    const values = query ? rteKnownValues(query, Object.fromEntries(query.params.map(({ name }) => [name, given.get(`p.${name}`)]))) : {};
    const text = given.has("z") ? await rteUnpacked(given.get("z"), limits.characters) : null;
    const lost = query ? query.params.some(({ name }) => given.has(`p.${name}`) && !Object.hasOwn(values, name)) : false;
    return { name: query ? query.name : "", values, text, broken: lost || (given.has("z") && text === null), unknown: Boolean(given.get("q")) && !query };
  },
  async write({ query, values, text }) {
    const given = new URLSearchParams();
    if (query) {
      given.set("q", query.name);
      for (const parameter of query.params) {
        const value = values[parameter.name];
        if (value !== undefined && value !== "" && value !== rteUsual(query, parameter)) given.set(`p.${parameter.name}`, value);
      }
    }
    if (text !== null) {
      const packed = await rtePacked(text);
      if (packed.length <= RTE_MOST_LINK) given.set("z", packed);
    }
    return `#${given}`;
  },
};

/** The last queries, newest first: {text, name, values}; in this browser only, and nowhere where it forbids it. */
const rteHistory = {
  list() {
    try {
      const held = JSON.parse(localStorage.getItem(RTE_HISTORY_KEY) || "[]");
      return Array.isArray(held) ? held.filter((each) => each && typeof each.text === "string" && typeof each.name === "string").slice(0, RTE_MOST_HELD) : [];
    } catch {
      return [];
    }
  },
  add(entry) {
    const rest = rteHistory.list().filter((each) => each.text !== entry.text);
    try {
      localStorage.setItem(RTE_HISTORY_KEY, JSON.stringify([entry, ...rest].slice(0, RTE_MOST_HELD)));
    } catch {
      // Full, or forbidden: the page works without.
    }
  },
  clear() {
    try {
      localStorage.removeItem(RTE_HISTORY_KEY);
    } catch {
      // As above.
    }
  },
};
