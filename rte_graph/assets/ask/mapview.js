/**
 * The result on the map: rows are placed by a column of territories, or a column's numbers are shown.
 *
 * `mapPayload` is {known: [IRIs of territories], load() → Promise of window.rteMapBase} (see publish/ask/map_base.py);
 * `rteMapView.fromScript(address, known)` makes one whose script is loaded when a reader opens the map.
 */
const rteMapView = (() => {
  const { make, say, isIri, isNumber, linked } = rteKit;
  // The same rules as rte_graph/views/map_columns.py.
  const PLACE_NAMES = ["territory", "department", "region", "commune", "place"];
  const RATE = /(?:^|[a-z0-9])(?:[Rr]ate|[Ss]hare|[Pp]ercentage|[Dd]ensity|[Tt]aux|[Pp]art)$/;
  const COLOURS = { initiative: "#b35900", organisation: "#0067a3", alliance: "#a3195b", person: "#8a5a00", event: "#5f4b9e" };
  const NOUNS = {
    initiative: ["initiative", "initiatives", "initiative", "initiatives"], organisation: ["organisation", "organisations", "organisation", "organisations"],
    alliance: ["alliance", "alliances", "alliance", "alliances"], person: ["personne", "personnes", "person", "persons"], event: ["événement", "événements", "event", "events"],
    row: ["ligne", "lignes", "row", "rows"],
  };
  const LISTED = 60;

  /** The column of territories, or null where nothing of the result has a place. */
  function placeColumn(result, mapPayload) {
    if (!mapPayload || result.kind !== "table" || !result.rows.length) return null;
    const known = new Set(mapPayload.known || (mapPayload.places || []).map((place) => place.iri));
    const counts = result.columns.map((name, at) => [name, new Set(result.rows.map((row) => row[at]).filter((term) => isIri(term) && known.has(term.v)).map((term) => term.v)).size]).filter(([, n]) => n);
    const named = PLACE_NAMES.find((name) => counts.some(([each]) => each === name));
    return named || (counts.length ? counts.sort((a, b) => b[1] - a[1])[0][0] : null);
  }

  function fromScript(address, known) {
    let loading = null;
    const load = () => {
      if (window.rteMapBase) return Promise.resolve(window.rteMapBase);
      loading = loading || new Promise((resolve, reject) => {
        const script = make("script", { src: address, on: { load: () => (window.rteMapBase ? resolve(window.rteMapBase) : reject(new Error(address))), error: () => { loading = null; reject(new Error(address)); } } });
        document.head.append(script);
      });
      return loading;
    };
    return { known, load };
  }

  function mount(element, context) {
    const { lang, mapPayload } = context;
    let shown = null, gone = false;
    element.append(make("p", { class: "rte-note", role: "status", text: say("mapLoading", lang) }));
    const base = mapPayload.load ? mapPayload.load() : Promise.resolve(mapPayload);
    base.then((loaded) => { if (!gone) { element.replaceChildren(); shown = show(element, context, loaded); } },
      () => { if (!gone) element.replaceChildren(make("p", { class: "rte-note", text: say("mapFailed", lang) })); });
    return { destroy: () => { gone = true; if (shown) shown.destroy(); element.replaceChildren(); } };
  }

  let styled = false;
  function style(css) {
    if (styled || !css) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    styled = true;
  }

  function show(element, context, loaded) {
    const { result, lang, announce } = context;
    style(loaded.css);
    const place = placeColumn(result, context.mapPayload);
    const entity = entityColumn(result, place);
    const numbers = entity ? [] : numberColumns(result, place);
    const bar = make("div", { class: "rte-bar" }), figure = make("div", { class: "rte-map-room" }), list = make("div", { class: "rte-map-list", "aria-live": "polite" });
    const beside = make("div", { class: "rte-map-aside" }, list);
    element.append(bar, make("div", { class: "rte-map-body" }, figure, beside));
    let value = numbers[0] || "", map = null, level = "departement";
    const choice = (label, options, at, change) => {
      const input = make("select", { on: { change: () => change(input.value) } }, ...options.map(([each, text]) => make("option", { value: each, text })));
      input.value = at;
      return make("label", { class: "rte-pick" }, label, " ", input);
    };
    const title = (name) => rteTable.title(name, result.columns, context.headings || {}, lang);
    if (numbers.length) bar.append(choice(say("value", lang), [...numbers.map((name) => [name, title(name)]), ["", say("countRows", lang)]], value, (next) => { value = next; draw(); }));
    const scale = choice(say("scale", lang), [["departement", say("departement", lang)], ["region", say("region", lang)]], level, (next) => { level = next; map.update({ level, at: null }); explain(null); });
    bar.append(scale);

    function draw() {
      if (map) map.destroy();
      const payload = payloadOf({ ...context, loaded, place, entity, value, label: value ? title(value) : "" });
      scale.hidden = payload.levels.length < 2;
      level = payload.levels.includes(level) ? level : payload.levels[0];
      map = loaded.mountMap(figure, payload, { beside, announce, onSelect: explain });
      map.update({ level });
      map.payload = payload;
      beside.prepend(list);
      explain(null);
    }

    function explain(selection) {
      if (!selection) return list.replaceChildren(make("p", { class: "rte-note", text: say("mapPick", lang) }));
      const entries = selection.entries.map((at) => map.payload.entries[at]);
      const items = entries.slice(0, LISTED).map((each) => make("li", {}, linked(each.label[lang], context.link(each.iri)), each.value === null ? null : ` ${rteKit.number(String(each.value), lang)}`));
      const more = entries.length > LISTED ? make("p", { class: "rte-note", text: say("moreEntries", lang, { n: entries.length - LISTED }) }) : null;
      return list.replaceChildren(...[make("h3", { text: selection.name }), make("ul", {}, ...items), more].filter(Boolean));
    }

    draw();
    return { destroy: () => { if (map) map.destroy(); } };
  }

  /** What is counted: the other end of a network, else the first named thing beside the territory. */
  function entityColumn(result, place) {
    const held = (name) => result.rows.some((row) => isIri(row[result.columns.indexOf(name)]));
    if (result.columns.includes("source") && result.columns.includes("target")) return place === "source" ? "target" : "source";
    const named = result.columns.filter((name) => name !== place && result.columns.includes(`${name}Label`) && held(name));
    if (named.length) return named[0];
    // A query without names: its first column of other things.
    const counted = numberColumns(result, place).length;
    return counted ? null : result.columns.find((name) => name !== place && !name.endsWith("Iri") && held(name)) || null;
  }

  /** Columns of counts and rates that give each territory one number. */
  function numberColumns(result, place) {
    const at = result.columns.indexOf(place), seen = new Set();
    for (const row of result.rows) {
      if (!row[at]) continue;
      if (seen.has(row[at].v)) return [];
      seen.add(row[at].v);
    }
    const numeric = result.columns.filter((name, i) => result.rows.some((row) => row[i]) && result.rows.every((row) => !row[i] || isNumber(row[i])));
    const counts = numeric.filter((name) => name === "count" || /Count$/.test(name) || RATE.test(name));
    return [...counts, ...numeric.filter((name) => !counts.includes(name) && name !== "code" && !/Order$/.test(name))];
  }

  const both = (text) => ({ fr: text, en: text });

  function payloadOf(context) {
    const { result, lang, loaded, place, entity, value, label, labels = {} } = context;
    const at = (name) => result.columns.indexOf(name);
    const counted = value ? place : entity || place;
    const places = [], position = new Map(), entries = new Map();
    const known = new Map(loaded.places.map((each) => [each.iri, each]));
    const placeAt = (term) => {
      const iri = term && known.has(term.v) ? term.v : "";
      if (!position.has(iri)) { position.set(iri, places.length); places.push(known.get(iri)); }
      return position.get(iri);
    };
    result.rows.forEach((row) => {
      const term = row[at(counted)];
      if (!term || (value && !row[at(value)])) return;
      const key = term.v;
      const name = row[at(`${counted}Label`)] ? row[at(`${counted}Label`)].v : labels[key] || rteKit.readable(term, lang);
      if (!entries.has(key)) entries.set(key, { iri: key, label: both(name), detail: both(""), type: null, domains: [], actors: [], datasets: [], value: value ? Number(row[at(value)].v) : null, places: [] });
      const entry = entries.get(key), number = placeAt(row[at(place)]);
      if (!entry.places.some(([each]) => each === number)) entry.places.push([number, []]);
    });
    const kind = kindOf([...entries.keys()], entity);
    const [one, many, oneEn, manyEn] = NOUNS[kind] || NOUNS.row;
    const rate = Boolean(value && RATE.test(value));
    return {
      lang, levels: levels(places, value), colour: COLOURS[kind] || COLOURS.initiative, noun: [{ fr: one, en: oneEn }, { fr: many, en: manyEn }],
      value: value ? { label: both(label), rate } : null, breaks: rate ? breaks([...entries.values()].map((each) => each.value)) : [],
      places: value ? places.map(asGiven) : places, entries: [...entries.values()], sources: [], types: [], domains: [], actors: [], datasets: [], base: loaded.base,
    };
  }

  function kindOf(iris, entity) {
    const kinds = new Set(iris.map((iri) => iri.split("/").slice(-2)[0]));
    const only = kinds.size === 1 ? [...kinds][0] : "";
    return entity && NOUNS[only] ? only : "row";
  }

  /** Numbers that a query gives are not added up: what is no département or région itself stands beside. */
  function asGiven(place) {
    return place.level ? place : { ...place, departement: "", region: "", group: place.group === "nowhere" ? "nowhere" : "elsewhere" };
  }

  function levels(places, value) {
    if (!value) return ["departement", "region"];
    return places.some((each) => each.level === "departement") || !places.some((each) => each.level === "region") ? ["departement"] : ["region"];
  }

  /** Lower bounds of at most five classes that hold about as many values each. */
  function breaks(values) {
    const sorted = [...values].sort((a, b) => a - b), n = Math.min(5, new Set(sorted).size);
    return [...new Set(Array.from({ length: n }, (_, i) => sorted[Math.floor((i * sorted.length) / n)]))];
  }

  return { placeColumn, fromScript, mount };
})();
