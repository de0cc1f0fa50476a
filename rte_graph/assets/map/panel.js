// More stand in the table.
const MOST_LISTED = 300;

// The side panel: filters, and what is chosen on the map or in the list beside it.
function fillFilters(payload, state, tell, onChange) {
  const all = { domain: "allDomains", actor: "allActors", source: "allSources", type: "allTypes" };
  const fields = FILTERS.filter(([, group]) => payload[group].length > 1).map(([name, group]) => {
    const options = [...payload[group]].sort((a, b) => a.label[state.lang].localeCompare(b.label[state.lang], state.lang));
    const select = make("select", { id: `filter-${name}`, on: { change: (event) => onChange({ [name]: event.target.value }) } },
      make("option", { value: "", text: tell(all[name]) }), ...options.map((each) => make("option", { value: each.slug, text: each.label[state.lang] })));
    select.value = state[name];
    return make("label", {}, make("span", { text: tell(name) }), select);
  });
  byId("selects").replaceChildren(...fields);
  byId("filters").hidden = fields.length === 0;
}

/** What is chosen, else where there are most. */
function fillChosen(payload, state, map, tell, choose) {
  const panel = byId("chosen");
  panel.classList.toggle("has-selection", Boolean(state.at));
  if (!state.at) return panel.replaceChildren(...overview(payload, state, map, tell, choose));
  const chosen = map.selection(state.at);
  const n = chosen.entries.length;
  const amount = payload.value ? "" : `${mountMap.numberText(n, state.lang)} ${mountMap.nounFor(payload, n, state.lang)}`;
  const place = payload.places.find((each) => each.key === chosen.key);
  const page = (place && place.href) || (payload.areaPages && payload.areaPages[chosen.key]);
  const kind = [chosen.code, chosen.code ? "" : chosen.kind, amount].filter(Boolean).join(" · ");
  return panel.replaceChildren(
    make("div", { class: "card-head" }, make("div", {}, make("h2", { tabindex: "-1", text: chosen.name }), make("p", {}, kind, page && kind ? " · " : null, page ? make("a", { href: page, text: tell("openPage") }) : null)),
      make("button", { type: "button", class: "close", "aria-label": tell("close"), text: "×", on: { click: () => choose(null) } })),
    n ? make("ul", { class: "entries" }, ...chosen.entries.slice(0, MOST_LISTED).map((index) => entryItem(payload, state, payload.entries[index], chosen, tell))) : make("p", { class: "hint", text: tell("noneHere", { name: chosen.name }) }),
    n > MOST_LISTED ? make("p", { text: tell("more", { n: n - MOST_LISTED }) }) : "",
    n ? make("p", { class: "hint", text: tell("textLines") }) : "");
}

function overview(payload, state, map, tell, choose) {
  const areas = [...map.counts()].filter(([, at]) => at.n > 0).sort((a, b) => b[1].n - a[1].n || (a[0] < b[0] ? -1 : 1)).slice(0, 6);
  const rows = areas.map(([code, at]) => make("li", {}, make("button", { type: "button", on: { click: () => choose(`${state.level}-${code}`) } },
    make("span", {}, make("span", { text: mountMap.nameOf(payload, `${state.level}-${code}`, state.lang) }), make("small", { text: ` ${code}` })),
    make("span", { class: "count", text: mountMap.numberText(at.n, state.lang) }))));
  return [make("p", { class: "hint", text: `${tell("pick")} ${payload.value ? "" : tell("multiple")}` }), ...(rows.length ? [make("h2", { class: "label", text: tell("most") }), make("ol", { class: "ranking" }, ...rows)] : [])];
}

/** The places of an entry that lie in what is chosen. */
function placesWithin(payload, state, entry, chosen) {
  return entry.places.filter(([number]) => {
    const place = payload.places[number];
    if (!/^(departement|region)-/.test(chosen.key) || !chosen.code) return place.key === chosen.key;
    return (chosen.key.startsWith("region") ? place.region : place.departement) === chosen.code;
  });
}

function entryItem(payload, state, entry, chosen, tell) {
  const inside = placesWithin(payload, state, entry, chosen);
  const places = inside.map(([number]) => payload.places[number]).filter((place) => place.iri && place.label[state.lang] !== chosen.name);
  const about = [entry.domains.map((i) => payload.domains[i].label[state.lang]).join(", "), entry.detail[state.lang], payload.types.length > 1 && entry.type !== null ? payload.types[entry.type].label[state.lang] : ""].filter(Boolean).join(" · ");
  const numbers = [...new Set(inside.flatMap(([, sources]) => sources))].sort((a, b) => a - b);
  return make("li", {},
    entry.label[state.lang] === chosen.name ? null : make("p", { class: "name" }, nameText(entry, state.lang)),
    payload.value ? make("p", { class: "about", text: `${payload.value.label[state.lang]}${tell("colon")}${mountMap.numberText(entry.value, state.lang)}` }) : null,
    places.length ? make("p", { class: "about", text: places.map((place) => [place.label[state.lang], place.kind[state.lang]].filter(Boolean).join(", ")).join(tell("semicolon")) }) : null,
    about ? make("p", { class: "about", text: about }) : null,
    make("ul", { class: "cites" }, ...(numbers.length ? citeLines(payload, state, numbers, tell) : [make("li", { text: tell("noSource") })])),
    entry.iri ? make("p", { class: "link" }, entry.href ? make("a", { href: entry.href, text: tell("openPage") }) : null, entry.href ? " · " : null, safeLink(entry.iri, /^https?:/i.test(entry.iri) ? tell("identifier") : entry.iri)) : null);
}

/** One line per document: each heading with its lines. */
function citeLines(payload, state, numbers, tell) {
  const documents = new Map();
  for (const number of numbers) {
    const source = payload.sources[number];
    const name = source.document[state.lang];
    const heading = source.heading ? (state.lang === "fr" ? `«\u00a0${source.heading}\u00a0»` : `“${source.heading}”`) : "";
    const range = source.first === source.last ? String(source.first) : `${source.first}–${source.last}`;
    const where = source.first ? range : source.page ? tell("page", { p: source.page }) : "";
    if (!documents.has(name)) documents.set(name, new Map());
    const headings = documents.get(name);
    headings.set(heading, [...(headings.get(heading) || []), where].filter(Boolean));
  }
  return [...documents].map(([name, headings]) => {
    const parts = [...headings].map(([heading, where]) => [heading, linesOf(where, tell)].filter(Boolean).join(", "));
    return make("li", { text: [name, parts.join(tell("semicolon"))].filter(Boolean).join(tell("colon")) });
  });
}

/** « lignes 571–574, 593–599 »: the first four places, and how many more. */
function linesOf(where, tell) {
  if (!where.length) return "";
  const shown = where.slice(0, 4).join(", ") + (where.length > 4 ? ` ${tell("more", { n: where.length - 4 })}` : "");
  if (!/^\d/.test(where[0])) return shown;
  return tell(where.length === 1 && /^\d+$/.test(where[0]) ? "line" : "lines", { a: shown });
}
