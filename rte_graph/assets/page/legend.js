// The legend is the filter: each entry shows its mark, its name and how many there are.
function createLegend(model, store, tell) {
  function entry(category, icon, count, hidden, toggle) {
    const box = make("input", { type: "checkbox", checked: !hidden, on: { change: toggle } });
    box.checked = !hidden;
    const title = category.definition[store.get().lang] || null;
    return make("li", {}, make("label", { title, "data-key": category.slug }, box, icon, make("span", { class: "name", text: category.label[store.get().lang] }), make("span", { class: "count", text: String(count) })));
  }
  function fill(list, categories, field, icon, counts) {
    const hidden = store.get()[field];
    const focused = list.contains(document.activeElement) ? document.activeElement.closest("label").dataset.key : null;
    list.replaceChildren(...categories.map((category) => entry(category, icon(category), counts.get(category.key) || 0, hidden.includes(category.key), () => {
      const now = store.get()[field];
      store.set({ [field]: now.includes(category.key) ? now.filter((key) => key !== category.key) : [...now, category.key] });
    })));
    if (focused) list.querySelector(`label[data-key="${CSS.escape(focused)}"] input`)?.focus();
  }
  const count = (items, key) => items.reduce((counts, item) => counts.set(item[key], (counts.get(item[key]) || 0) + 1), new Map());
  const typeCounts = count(model.nodes, "type"), roleCounts = count(model.edges, "role");
  const size = byId("size"), names = byId("names");
  size.addEventListener("change", () => store.set({ size: size.value }));
  names.addEventListener("change", () => store.set({ names: names.value }));
  return {
    update(state) {
      fill(byId("types"), model.types.filter((type) => typeCounts.has(type.key)), "hiddenTypes", (type) => shapeIcon(type.look), typeCounts);
      fill(byId("roles"), model.roles.filter((role) => roleCounts.has(role.key)), "hiddenRoles", (role) => strokeIcon(role.stroke), roleCounts);
      byId("mini-legend").replaceChildren(...model.types.filter((type) => typeCounts.has(type.key)).map((type) => make("li", {}, shapeIcon(type.look, 15), type.label[state.lang])));
      size.replaceChildren(...model.measures.map((measure) => make("option", { value: measure.name, text: measure.label[state.lang] })));
      byId("size-group").hidden = !model.measures.length;
      size.value = state.size || (model.measures[0] || {}).name || "";
      const measure = model.measures.find((m) => m.name === size.value);
      byId("size-definition").textContent = measure ? measure.definition[state.lang] : "";
      names.replaceChildren(make("option", { value: "auto", text: tell("namesAuto") }), make("option", { value: "main", text: tell("namesMain") }));
      names.value = state.names;
    },
  };
}
