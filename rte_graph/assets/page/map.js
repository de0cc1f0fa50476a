// The map tab, where the page carries a map: it follows the filters, rings the places of the selection, and
// what is chosen on it is emphasised in the drawing. The map itself is assets/map/component.js.
function createMapTab(model, store, tell) {
  const nodes = model.map.entries.map((entry) => model.nodes.findIndex((node) => node.iri === entry.iri));
  let map = null, seen = null;

  function mount() {
    map = mountMap(byId("map-figure"), model.map, { announce, beside: byId("map-beside"), onSelect: (place) => store.set({ at: place ? place.key : null, sel: null }) });
  }

  function writeLevels(level) {
    byId("map-levels").replaceChildren(...model.map.levels.map((name) => make("button", { type: "button", "data-level": name, "aria-pressed": String(name === level), text: MAP_WORDS[store.get().lang][name],
      on: { click: () => { draw(name); byId("map-levels").querySelector(`[data-level="${name}"]`).focus(); } } })));
  }

  function draw(level) {
    const state = store.get();
    const marked = nodes.flatMap((index, entry) => (index >= 0 && (index === state.sel || index === state.also) ? [entry] : []));
    map.update({ lang: state.lang, level, at: state.at, marked, visible: (entry) => nodes[entry] >= 0 && seen.nodes.has(nodes[entry]) });
    writeLevels(map.state().level);
    writeChosen(state);
  }

  /** Who is at the place chosen, each a step from its card. */
  function writeChosen(state) {
    const place = state.at ? map.selection(state.at) : null;
    const found = place ? [...new Set(place.entries.map((entry) => nodes[entry]))] : [];
    const open = (index) => make("button", { type: "button", class: "link", on: { click: () => store.set({ sel: index, at: null }) } }, shapeIcon(model.nodes[index].look, 13), nameText(model.nodes[index], state.lang));
    byId("map-chosen").replaceChildren(...(place ? [make("h3", { text: tell("here", { name: place.name, n: found.length }) }), make("ul", { class: "links" }, ...found.map((index) => make("li", {}, open(index))))] : []));
  }

  return {
    update(state, view) {
      seen = view;
      if (state.tab !== "map") return;
      byId("map-note").textContent = tell("mapNote", { n: model.map.entries.length });
      if (!map) mount();
      draw(map.state().level);
    },
  };
}

/** The nodes that the data place where the map was chosen. */
function nodesAt(model, key) {
  const [, level, code] = /^(departement|region)-(.+)$/.exec(key) || [];
  const here = (place) => (level ? place[level] === code : place.key === key);
  const iris = new Set(model.map.entries.filter((entry) => entry.places.some(([number]) => here(model.map.places[number]))).map((entry) => entry.iri));
  return model.nodes.filter((node) => iris.has(node.iri)).map((node) => node.index);
}

/** The name of a place by its key. */
function placeName(model, key, lang) {
  const [, level, code] = /^(departement|region)-(.+)$/.exec(key) || [];
  const place = level ? { label: { [lang]: (level === "region" ? model.map.base.regions : model.map.base.departements)[code] } } : model.map.places.find((each) => each.key === key);
  return place?.label[lang] || key;
}
