// The same data as tables, a page of rows at a time: sorted and filtered like the drawing.
const ROWS = 100;

function createTables(model, store, tell) {
  const home = byId("table"), order = { nodes: { column: 0, down: false, from: 0 }, edges: { column: 0, down: false, from: 0 } };
  const collator = new Intl.Collator("fr", { sensitivity: "base", numeric: true });
  const compare = (a, b) => (typeof a === "number" || typeof b === "number" ? (a ?? -Infinity) - (b ?? -Infinity) : collator.compare(a ?? "", b ?? ""));
  const text = (value) => value[store.get().lang];
  const open = (index) => make("button", { type: "button", class: "link", on: { click: () => store.set({ sel: index }) } }, shapeIcon(model.nodes[index].look, 13), nameText(model.nodes[index], store.get().lang));
  let view = null, sorted = new Map();

  const columns = {
    nodes: () => [
      { label: tell("name"), sort: (i) => text(model.nodes[i].label), cell: (i) => make("span", {}, open(i), model.nodes[i].former.length ? make("small", { text: tell("former", { name: model.nodes[i].former.join(", ") }) }) : null) },
      { label: tell("type"), sort: (i) => text(model.typeOf.get(model.nodes[i].type).label) }, { label: tell("degree"), number: true, sort: (i) => model.nodes[i].near.size },
      ...model.measures.map((measure) => ({ label: text(measure.label), number: true, sort: (i) => measure.values[i] ?? -1, cell: (i) => formatValue(measure, i, store.get().lang) })),
    ],
    edges: () => [
      { label: tell("from"), sort: (i) => text(model.nodes[model.edges[i].source].label), cell: (i) => open(model.edges[i].source) },
      { label: tell("role"), sort: (i) => text(model.roleOf.get(model.edges[i].role).label) },
      { label: tell("to"), sort: (i) => text(model.nodes[model.edges[i].target].label), cell: (i) => open(model.edges[i].target) },
      { label: tell("period"), sort: (i) => [model.edges[i].start, model.edges[i].end].filter(Boolean).map((date) => formatDate(date, store.get().lang)).join("–") || tell("undated") },
      { label: tell("evidence"), sort: (i) => model.edges[i].sources.map((number) => sourceText(model, number, store.get(), tell)).join(" ; "), cell: (i, shown) => make("small", { text: shown }) },
    ],
  };

  /** Sort once for a view, a column and a language: turning pages does not sort again. */
  function inOrder(name, list) {
    const { column, down } = order[name], key = [column, down, store.get().lang].join(" "), held = sorted.get(name);
    if (held && held.key === key) return held.rows;
    const by = list[column].sort, rows = [...view[name]].map((index) => [by(index), index]);
    rows.sort((a, b) => (down ? -1 : 1) * compare(a[0], b[0]) || a[1] - b[1]);
    sorted.set(name, { key, rows: rows.map(([, index]) => index) });
    return sorted.get(name).rows;
  }

  function heading(name, list, i) {
    const { column, down } = order[name];
    return make("th", { scope: "col", class: list[i].number ? "number" : null, "aria-sort": i === column ? (down ? "descending" : "ascending") : null },
      make("button", { type: "button", text: list[i].label, on: { click: () => {
        order[name] = { column: i, down: i === column ? !down : Boolean(list[i].number), from: 0 };
        announce(tell("sortedBy", { column: list[i].label }));
        render();
        home.querySelectorAll(`#${name}-table thead button`)[i].focus();
      } } }));
  }

  function turner(name, total) {
    const { from } = order[name], values = { a: from + 1, b: Math.min(total, from + ROWS), n: total };
    const button = (word, to) => make("button", { type: "button", "data-turn": `${name}-${word}`, text: tell(word), disabled: to < 0 || to >= total, on: { click: () => {
      order[name].from = to;
      render();
      announce(byId(`${name}-rows`).textContent);
      (home.querySelector(`[data-turn=${name}-${word}]:not([disabled])`) || home.querySelector(`[data-turn^=${name}]:not([disabled])`))?.focus();
    } } });
    return make("div", { class: "turner" }, button("previous", from - ROWS), make("span", { id: `${name}-rows`, text: tell("rowsOf", values) }), button("next", from + ROWS));
  }

  function table(name, title) {
    const list = columns[name](), all = inOrder(name, list), { sel } = store.get();
    if (order[name].from >= all.length) order[name].from = 0;
    const rows = all.slice(order[name].from, order[name].from + ROWS);
    const chosen = (i) => (name === "nodes" ? i === sel : model.edges[i].source === sel || model.edges[i].target === sel);
    const body = rows.map((i) => make("tr", { class: chosen(i) ? "selected" : null }, ...list.map((each, column) => {
      const shown = each.sort(i);
      return make(column ? "td" : "th", { scope: column ? null : "row", class: each.number ? "number" : null }, each.cell ? each.cell(i, shown) : String(shown));
    })));
    return make("section", {}, make("h2", { text: `${title} (${countText(all.length, store.get().lang)})` }), ...(all.length
      ? [turner(name, all.length), make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, make("table", { id: `${name}-table` }, make("thead", {}, make("tr", {}, ...list.map((_, i) => heading(name, list, i)))), make("tbody", {}, ...body)))]
      : [make("p", { text: tell("noRows") })]));
  }

  function render() {
    const buttons = () => [...home.querySelectorAll("button")], held = buttons().indexOf(document.activeElement);
    home.replaceChildren(make("p", { class: "lead", text: shownSentence(model, view, tell) }), table("nodes", tell("nodesTable")), table("edges", tell("edgesTable")), make("p", { class: "lead", text: tell("textLines") }));
    buttons()[held]?.focus({ preventScroll: true });
  }
  return { update(state, newView) { if (view !== newView) sorted = new Map(); view = newView; if (state.tab === "table") render(); } };
}
