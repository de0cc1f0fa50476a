// The table of the same data, and how the map was made.
function mapTable(columns, rows, tell, narrow = false) {
  if (!rows.length) return make("p", { text: tell("noRows") });
  return make("div", { class: narrow ? "scroll narrow-table" : "scroll" }, make("table", {},
    make("thead", {}, make("tr", {}, ...columns.map(([key, kind]) => make("th", { scope: "col", class: kind, text: tell(key) })))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell, i) => make(i ? "td" : "th", { scope: i ? null : "row", class: columns[i][1] }, typeof cell === "string" ? make("bdi", { text: cell }) : cell)))))));
}

function areaRows(payload, state, map) {
  const rows = [...map.counts()].sort((a, b) => b[1].n - a[1].n || (a[0] < b[0] ? -1 : 1)).map(([code, at]) => [mountMap.nameOf(payload, `${state.level}-${code}`, state.lang), code, mountMap.numberText(at.n, state.lang)]);
  const beside = map.beside().map((each) => [payload.places[each.place].label[state.lang], "–", mountMap.numberText(each.n, state.lang)]);
  return [...rows, ...beside];
}

function entryRows(payload, state, visible) {
  const lang = state.lang;
  return payload.entries.filter((_, index) => visible[index]).map((entry) => ({
    name: entry.label[lang], iri: entry.iri,
    places: entry.places.map(([number]) => payload.places[number]).filter((place) => place.iri).map((place) => place.label[lang]),
    domains: entry.domains.map((i) => payload.domains[i].label[lang]), actors: entry.actors.map((i) => payload.actors[i].label[lang]),
    sources: entry.datasets.map((i) => payload.datasets[i].label[lang]),
  }));
}

function fillTable(payload, state, map, visible, tell) {
  const entries = entryRows(payload, state, visible).map((row) => [row.name, row.places.join(", ") || "–", row.domains.join(", "), row.actors.join(", "), row.sources.join(", ")]);
  const columns = [["name", null], ["places", null], ["domains", null], ["actors", null], ["sources", null]];
  const used = columns.map((_, i) => i === 0 || entries.some((row) => row[i] && row[i] !== "–"));
  const keep = (row) => row.filter((_, i) => used[i]);
  byId("table").replaceChildren(
    make("section", {}, make("h2", { text: tell("areasTable") }), mapTable([["name", null], ["code", null], ["count", "number"]], areaRows(payload, state, map), tell, true)),
    make("section", {}, make("h2", { text: tell("entriesTable") }), mapTable(keep(columns), entries.map(keep), tell)));
}

function fillMethod(payload, state, tell) {
  const { making } = payload;
  const term = (key, value) => [make("dt", { text: tell(key) }), make("dd", {}, typeof value === "string" ? make("span", { text: value }) : value)];
  const parameters = making.parameters.map(([name, value]) => `${name} = ${value}`).join(", ") || tell("noParameters");
  const licences = make("span", {}, ...(making.licences.length ? making.licences.flatMap(([name, address], i) => [i ? ", " : "", safeLink(address, name)]) : [tell("noLicence")]));
  byId("method").replaceChildren(
    make("section", {}, make("h2", { text: payload.title[state.lang] }), make("p", { text: payload.description[state.lang] })),
    make("section", {}, make("h2", { text: tell("counted") }), make("p", { text: tell("countedText") }), making.scope[state.lang] ? make("p", { text: making.scope[state.lang] }) : null),
    make("section", {}, make("h2", { text: tell("drawing") }), payload.value && payload.value.rate ? make("p", { text: tell("rateText") }) : null, make("p", { text: tell("drawingText") }), make("p", { text: `${tell("outlines")}.` }), make("p", { text: tell("offline") })),
    make("section", {}, make("h2", { text: tell("data") }), make("dl", { class: "terms" },
      ...term("version", making.data_version || "–"), ...term("hash", make("code", { text: making.data_hash })), ...term("licence", licences), ...term("cite", making.cite[state.lang]), ...term("parameters", parameters))),
    make("section", {}, make("h2", { text: tell("query") }), make("pre", { tabindex: "0" }, make("code", { text: making.query }))));
}
