// The same data as tables: sortable, filtered like the drawing, for screen readers and for checking.
function createTables(model, store, tell) {
  const home = byId("table");
  const order = { nodes: { column: 0, down: false }, edges: { column: 0, down: false } };
  const collator = new Intl.Collator("fr", { sensitivity: "base", numeric: true });
  const compare = (a, b) => (typeof a === "number" || typeof b === "number" ? (a ?? -Infinity) - (b ?? -Infinity) : collator.compare(a ?? "", b ?? ""));

  function table(name, title, columns, rows) {
    const { column, down } = order[name];
    rows.sort((a, b) => (down ? -1 : 1) * compare(a.sort[column], b.sort[column]) || a.index - b.index);
    const heads = columns.map((label, i) => make("th", { scope: "col", class: typeof rows[0]?.sort[i] === "number" ? "number" : null, "aria-sort": i === column ? (down ? "descending" : "ascending") : null },
      make("button", { type: "button", text: label, on: { click: () => {
        order[name] = { column: i, down: i === column ? !down : typeof rows[0]?.sort[i] === "number" };
        announce(tell("sortedBy", { column: label }));
        render();
        home.querySelectorAll(`#${name}-table thead button`)[i].focus();
      } } })));
    const body = rows.map((row) => make("tr", { class: row.selected ? "selected" : null }, ...row.cells.map((cell, i) => {
      const tag = i === 0 ? "th" : "td";
      return make(tag, { scope: i === 0 ? "row" : null, class: typeof row.sort[i] === "number" ? "number" : null }, cell);
    })));
    return make("section", {}, make("h2", { text: `${title} (${rows.length})` }), rows.length
      ? make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, make("table", { id: `${name}-table` }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...body)))
      : make("p", { text: tell("noRows") }));
  }

  let view = null;
  function render() {
    const state = store.get(), text = (value) => value[state.lang];
    const open = (index) => make("button", { type: "button", class: "link", on: { click: () => store.set({ sel: index }) } }, shapeIcon(model.nodes[index].look, 13), nameText(model.nodes[index], state.lang));
    const nodeLines = [...view.nodes].map((index) => {
      const node = model.nodes[index], type = text(model.typeOf.get(node.type).label), values = model.measures.map((measure) => measure.values[index] ?? null);
      const former = node.former.length ? make("small", { text: tell("former", { name: node.former.join(", ") }) }) : null;
      return { index, selected: index === state.sel, cells: [make("span", {}, open(index), former), type, String(node.near.size), ...model.measures.map((measure) => formatValue(measure, index, state.lang))], sort: [text(node.label), type, node.near.size, ...values.map((value) => value ?? -1)] };
    });
    const edgeLines = model.edges.filter((edge) => view.edges.has(edge.index)).map((edge) => {
      const role = text(model.roleOf.get(edge.role).label), period = [edge.start, edge.end].filter(Boolean).map((date) => formatDate(date, state.lang)).join("–") || tell("undated");
      const evidence = edge.sources.map((number) => sourceText(model, number, state, tell)).join(" ; ");
      return { index: edge.index, selected: edge.source === state.sel || edge.target === state.sel, cells: [open(edge.source), role, open(edge.target), period, make("small", { text: evidence })],
        sort: [text(model.nodes[edge.source].label), role, text(model.nodes[edge.target].label), period, evidence] };
    });
    const buttons = () => [...home.querySelectorAll("button")], held = buttons().indexOf(document.activeElement);
    const scrolled = [...home.querySelectorAll(".scroll")].map((box) => [box.scrollLeft, box.scrollTop]);
    home.replaceChildren(
      make("p", { class: "lead", text: shownSentence(model, view, tell) }), make("p", { class: "scroll-hint", text: tell("scrollHint") }),
      table("nodes", tell("nodesTable"), [tell("name"), tell("type"), tell("degree"), ...model.measures.map((measure) => text(measure.label))], nodeLines),
      table("edges", tell("edgesTable"), [tell("from"), tell("role"), tell("to"), tell("period"), tell("evidence")], edgeLines),
      make("p", { class: "lead", text: tell("textLines") }));
    // The same button stands at the same place after a choice; sorting looks for its own heading.
    buttons()[held]?.focus({ preventScroll: true });
    const boxes = [...home.querySelectorAll(".scroll")];
    boxes.forEach((box, i) => { if (scrolled[i]) [box.scrollLeft, box.scrollTop] = scrolled[i]; });
    home.querySelector(".scroll-hint").hidden = !boxes.some((box) => box.scrollWidth > box.clientWidth + 1);
  }
  return { update(state, newView) { view = newView; if (state.tab === "table") render(); } };
}
