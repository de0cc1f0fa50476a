// The legend is the filter: each entry shows its mark, its name and how many there are.
const LEGEND_FOLD = 9;

function createLegend(model, store, tell) {
  const boxes = new Map();
  const icons = { types: (entry) => shapeIcon(entry.look), roles: (entry) => strokeIcon(entry.stroke), domains: () => null, documents: () => null };
  // One entry is nothing to choose from; ties without a role have none to show.
  const mayHide = (facet) => facet.entries.length > (facet.narrows || facet.entries[0]?.slug === "role" ? 1 : 0);

  function entry(facet, item) {
    const { lang } = store.get(), label = item.label ? item.label[lang] : tell(`no-${facet.name}`);
    const toggle = () => {
      const now = store.get()[facet.field];
      store.set({ [facet.field]: now.includes(item.key) ? now.filter((key) => key !== item.key) : [...now, item.key] });
    };
    const box = make("input", { type: "checkbox", on: { change: toggle } });
    boxes.set(box, [facet, item.key]);
    return make("li", {}, make("label", { title: item.definition[lang] || null, "data-key": item.slug }, box, icons[facet.name](item), make("span", { class: "name", text: label }), make("span", { class: "count", text: countText(facet.counts.get(item.key) || 0, lang) })));
  }

  /** A long list shows its most frequent entries; the others wait behind a click. */
  function list(facet) {
    const items = facet.entries.map((item) => entry(facet, item));
    if (items.length <= LEGEND_FOLD + 1) return [make("ul", { class: "legend" }, ...items)];
    return [make("ul", { class: "legend" }, ...items.slice(0, LEGEND_FOLD)),
      make("details", { class: "more" }, make("summary", { text: tell("moreEntries", { n: items.length - LEGEND_FOLD }) }), make("ul", { class: "legend" }, ...items.slice(LEGEND_FOLD)))];
  }

  function write() {
    const opened = new Set([...document.querySelectorAll(".filters .more[open]")].map((each) => each.parentElement.id));
    boxes.clear();
    for (const facet of model.facets) {
      const home = byId(facet.name);
      home.parentElement.hidden = !mayHide(facet);
      home.replaceChildren(...(mayHide(facet) ? list(facet) : []));
      if (opened.has(facet.name) && home.querySelector(".more")) home.querySelector(".more").open = true;
    }
    const { lang } = store.get(), types = model.facets[0].entries;
    byId("mini-legend").replaceChildren(...types.map((type) => make("li", {}, shapeIcon(type.look, 15), type.label[lang])));
    const measures = model.measures.map((measure) => make("option", { value: measure.name, text: measure.label[lang] }));
    byId("size").replaceChildren(...measures);
    byId("size-group").hidden = !measures.length;
    byId("colour").replaceChildren(make("option", { value: "type", text: tell("colourType") }),
      ...(model.partition ? [make("option", { value: "groups", text: model.partition.label[lang] })] : []), ...measures.map((option) => option.cloneNode(true)));
    byId("colour-group").hidden = byId("colour").options.length < 2;
    byId("names").replaceChildren(make("option", { value: "auto", text: tell("namesAuto") }), make("option", { value: "main", text: tell("namesMain") }));
  }

  function colours(state, view) {
    const { entries, definition } = view.colouring;
    byId("colour").value = state.colour;
    byId("app").classList.toggle("recoloured", Boolean(view.colours));
    byId("colour-definition").textContent = definition;
    byId("colours").replaceChildren(...entries.map((each) => make("li", {}, swatch(each.colour), make("span", { class: "name", text: each.label }), make("span", { class: "count", text: countText(each.count, state.lang) }))));
    byId("hulls").parentElement.hidden = state.colour !== "groups";
    byId("hulls").checked = state.hulls;
  }

  byId("size").addEventListener("change", () => store.set({ size: byId("size").value }));
  byId("names").addEventListener("change", () => store.set({ names: byId("names").value }));
  byId("colour").addEventListener("change", () => store.set({ colour: byId("colour").value }));
  byId("hulls").addEventListener("change", () => store.set({ hulls: byId("hulls").checked }));
  const period = createPeriodSlider(model, store, tell);
  return {
    update(state, view, before) {
      if (!before || before.lang !== state.lang) write();
      for (const [box, [facet, key]] of boxes) box.checked = !state[facet.field].includes(key);
      byId("size").value = state.size || (model.measures[0] || {}).name || "";
      const measure = model.measures.find((each) => each.name === byId("size").value);
      byId("size-definition").textContent = measure ? measure.definition[state.lang] : "";
      byId("names").value = state.names;
      colours(state, view);
      period.update(state);
    },
  };
}

/** From one year to another; what has no date is counted and can be left out. */
function createPeriodSlider(model, store, tell) {
  const group = byId("period-group"), from = byId("from"), to = byId("to"), undated = byId("undated"), { period } = model;
  group.hidden = !period;
  if (!period) return { update() {} };
  for (const slider of [from, to]) { slider.min = String(period.first); slider.max = String(period.last); }
  from.addEventListener("input", () => store.set({ from: Math.min(Number(from.value), Number(to.value)) }));
  to.addEventListener("input", () => store.set({ to: Math.max(Number(from.value), Number(to.value)) }));
  undated.addEventListener("change", () => store.set({ undated: undated.checked }));
  return {
    update(state) {
      const a = state.from ?? period.first, b = state.to ?? period.last;
      from.value = String(a);
      to.value = String(b);
      for (const slider of [from, to]) slider.setAttribute("aria-valuetext", slider.value);
      undated.checked = state.undated;
      byId("period-text").textContent = tell("periodText", { a, b, n: period.dated });
      byId("undated-text").textContent = tell("undatedText");
      byId("undated-count").textContent = countText(period.undated, state.lang);
    },
  };
}
