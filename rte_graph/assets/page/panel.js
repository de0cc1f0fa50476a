// The panel: what is known of the selection, each statement with the number of its source.
function createPanel(model, store, tell) {
  const panel = byId("panel");
  let numbers = new Map();
  // Sources above this number are cited only where a click opens the list.
  let openSources = 0;
  const lang = () => store.get().lang;
  const text = (value) => value[lang()];

  /** Sources are numbered in the order in which this panel cites them. */
  const cite = (sources) => make("span", { class: "cites" }, ...(sources || []).map((number) => {
    if (!numbers.has(number)) numbers.set(number, numbers.size + 1);
    const n = numbers.get(number);
    return make("sup", {}, make("a", { href: `#source-${n}`, "aria-label": tell("source", { n }), text: String(n), on: { click: (event) => {
      event.preventDefault();
      const item = byId(`source-${n}`);
      if (item.closest("details")) item.closest("details").open = true;
      item.scrollIntoView({ block: "nearest" });
      item.focus();
    } } }));
  }));

  const section = (title, ...children) => make("section", {}, make("h3", { text: title }), ...children);
  const nodeButton = (index) => make("button", { type: "button", class: "link", on: { click: () => store.set({ sel: index }) } },
    shapeIcon(model.nodes[index].look, 13), make("span", { text: text(model.nodes[index].label) }));
  /** The number of neighbours stands before the share that it makes: « 15 · 0,938 ». */
  const figure = (measure, index) => {
    const value = formatValue(measure, index, lang()), raw = measure.raw[index];
    return measure.name === "degree" && Number.isInteger(raw) && !Number.isInteger(measure.values[index]) ? `${raw} · ${value}` : value;
  };

  function overview() {
    const state = store.get();
    const measure = model.measures.find((m) => m.name === state.size) || model.measures[0];
    const parts = [make("h2", { text: tell("overview") }), make("p", { class: "lead", text: text(model.description) })];
    for (const finding of model.findings) parts.push(make("p", { class: "finding", text: text(finding) }));
    if (measure) for (const [side, label] of [["target", model.sides[1]], ["source", model.sides[0]]]) {
      const rows = model.nodes.filter((node) => (model.twoMode ? node.side === side : side === "source") && measure.ranks[node.index] !== null)
        .sort((a, b) => measure.ranks[a.index] - measure.ranks[b.index] || a.index - b.index);
      if (rows.length) parts.push(ranking(tell("ranking", { set: text(label), measure: text(measure.label).toLocaleLowerCase(lang()) }), rows, measure, side === "target" ? 12 : 6));
    }
    parts.push(make("p", { class: "hint", text: tell("pick") }));
    return parts;
  }

  function ranking(title, rows, measure, limit) {
    const top = Math.max(...rows.map((node) => measure.values[node.index] || 0), 1e-12);
    const items = rows.slice(0, limit).map((node) => {
      const share = 100 * (measure.values[node.index] || 0) / top;
      const bar = makeSvg("svg", { class: "bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
        makeSvg("rect", { width: "100", height: "4", fill: "#eceff3" }), makeSvg("rect", { width: share.toFixed(1), height: "4", fill: node.look.colour }));
      return make("li", {}, make("span", { class: "rank", text: String(measure.ranks[node.index]) }), make("div", {}, nodeButton(node.index), bar), make("span", { class: "value", text: figure(measure, node.index) }));
    });
    const more = rows.length > limit ? make("p", { class: "hint", text: tell("more", { n: rows.length - limit }) }) : null;
    return section(title, make("ol", { class: "ranking" }, ...items), more);
  }

  function card(node) {
    const type = model.typeOf.get(node.type);
    const chip = make("p", { class: "chip" }, shapeIcon(node.look, 15), make("span", { text: text(type.label) }));
    const close = make("button", { type: "button", class: "close", "aria-label": tell("close"), title: tell("close"), text: "×", on: { click: () => store.set({ sel: null }) } });
    const parts = [make("div", { class: "card-head" }, chip, close), make("h2", { tabindex: "-1", text: text(node.label) })];
    if (node.former.length) parts.push(make("p", { class: "former", text: `${tell("formerly")} ${node.former.join(", ")}` }));
    if (node.other.length) parts.push(make("p", { class: "former", text: `${tell("otherNames")} ${node.other.join(", ")}` }));
    if (!currentView.nodes.has(node.index)) parts.push(make("p", { class: "finding", text: tell("hiddenSelection") }));
    parts.push(...lead(node), extent(), links(node), facts(node), common(node), comparison(node), measures(node), sources(node));
    return parts.filter(Boolean);
  }

  function extent() {
    const steps = store.get().steps;
    const options = [[0, "stepsAll"], [1, "steps1"], [2, "steps2"]].map(([value, key]) => make("button", {
      type: "button", "aria-pressed": String(steps === value), text: tell(key), on: { click: () => store.set({ steps: value }) } }));
    return make("div", { class: "segments", role: "group", "aria-label": tell("view") }, ...options);
  }

  /** The description stands under the name; a fact without a name is one. */
  function lead(node) {
    return node.facts.filter((fact) => !text(fact.name)).map((fact) => make("p", { class: "lead" }, text(fact.value), cite(fact.sources)));
  }

  function factValue(fact) {
    const linked = fact.iri && model.nodeByKey.get(fact.iri.startsWith(DATA_BASE) ? fact.iri.slice(DATA_BASE.length) : fact.iri);
    if (linked !== undefined && linked !== "") return nodeButton(linked);
    const value = formatDate(text(fact.value), lang());
    return /^https?:/i.test(value) ? safeLink(value, value) : make("span", { text: value });
  }

  /** Several values of one property stand under one name; a long list waits behind a click. */
  function facts(node) {
    const groups = new Map();
    for (const fact of node.facts.filter((each) => text(each.name))) (groups.get(text(fact.name)) || groups.set(text(fact.name), []).get(text(fact.name))).push(fact);
    if (!groups.size) return null;
    const list = (entries) => make("dl", {}, ...entries.flatMap(([name, values]) => {
      const long = values.some((fact) => text(fact.value).length > 70) ? "long" : null;
      return [make("dt", { class: long, text: name }), ...values.map((fact) => make("dd", { class: long }, factValue(fact), text(fact.detail) ? make("small", { text: ` ${text(fact.detail)}` }) : null, cite(fact.sources)))];
    }));
    const entries = [...groups], few = entries.length > 8 ? entries.slice(0, 5) : entries, rest = entries.slice(few.length);
    const shown = list(few);
    openSources = numbers.size;
    const more = rest.length ? make("details", { class: "more" }, make("summary", { text: tell("moreFacts", { n: rest.reduce((n, [, values]) => n + values.length, 0) }) }), list(rest)) : null;
    return section(tell("facts"), shown, more);
  }

  function period(edge) {
    const a = formatDate(edge.start, lang()), b = formatDate(edge.end, lang());
    if (a && b) return tell("span", { a, b });
    return a ? tell("since", { a }) : b ? tell("until", { b }) : "";
  }

  function links(node) {
    if (!node.links.length) return null;
    const rows = node.links.map((index) => model.edges[index]).map((edge) => ({ edge, other: edge.source === node.index ? edge.target : edge.source }));
    rows.sort((a, b) => model.nodes[b.other].near.size - model.nodes[a.other].near.size || text(model.nodes[a.other].label).localeCompare(text(model.nodes[b.other].label), "fr"));
    const shown = new Set(currentView.edges);
    const items = rows.map(({ edge, other }) => make("li", { class: shown.has(edge.index) ? null : "filtered" }, nodeButton(other),
      make("span", { class: "how" }, strokeIcon(edge.stroke), [text(model.roleOf.get(edge.role).label), period(edge)].filter(Boolean).join(" · "), cite(edge.sources))));
    return section(tell("links", { n: rows.length }), make("ul", { class: "links" }, ...items));
  }

  /** Who of the same set has neighbours in common with the node, most first. */
  function common(node) {
    if (!model.twoMode) return null;
    const counts = new Map();
    for (const near of node.near) for (const other of model.nodes[near].near) if (other !== node.index) counts.set(other, (counts.get(other) || 0) + 1);
    const rows = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (!rows.length || (node.side === "source" && rows.length > 30)) return null;
    const items = rows.slice(0, 8).map(([other, count]) => make("li", {}, nodeButton(other), make("button", { type: "button", class: "count-button", title: tell("compare"), text: String(count), on: { click: () => store.set({ also: other }) } })));
    return section(tell("shared"), make("ul", { class: "links tight" }, ...items), rows.length > 8 ? make("p", { class: "hint", text: tell("more", { n: rows.length - 8 }) }) : null);
  }

  function comparison(node) {
    const { also } = store.get();
    const others = model.nodes.filter((other) => other.index !== node.index).sort((a, b) => text(a.label).localeCompare(text(b.label), "fr"));
    const select = make("select", { id: "compare", "aria-label": tell("compare"), on: { change: (event) => store.set({ also: event.target.value === "" ? null : Number(event.target.value) }) } },
      make("option", { value: "", text: tell("compareNone") }), ...others.map((other) => make("option", { value: String(other.index), text: text(other.label) })));
    select.value = also === null ? "" : String(also);
    const parts = [select];
    if (also !== null) {
      const both = [...node.near].filter((other) => model.nodes[also].near.has(other));
      parts.push(make("p", { text: both.length ? tell("bothHave", { n: both.length }) : tell("bothNone") }), make("ul", { class: "links" }, ...both.map((other) => make("li", {}, nodeButton(other)))));
      const { path } = currentView;
      parts.push(make("p", { text: path ? tell("path", { n: path.length - 1 }) : tell("pathNone") }));
      if (path && path.length > 3) parts.push(make("p", { class: "hint", text: path.map((index) => text(model.nodes[index].label)).join(" → ") }));
    }
    return section(tell("compare"), ...parts);
  }

  function measures(node) {
    if (!model.measures.length) return null;
    const rivals = model.nodes.filter((other) => other.side === node.side).length;
    const rows = model.measures.map((measure) => {
      const rank = measure.ranks[node.index];
      return make("tr", {}, make("th", { scope: "row", text: text(measure.label), title: text(measure.definition) }), make("td", { text: figure(measure, node.index) }),
        make("td", { text: rank === null ? "" : rank === 1 ? tell("rankOne", { n: rivals }) : tell("rank", { r: rank, n: rivals }) }));
    });
    return section(tell("measures"), make("table", { class: "measures" }, make("tbody", {}, ...rows)));
  }

  function sources(node) {
    const items = [...numbers].sort((a, b) => a[1] - b[1]).map(([index, n]) => {
      const source = model.sources[index];
      return make("li", { id: `source-${n}`, tabindex: "-1", value: n }, make("span", { text: text(source.document) }),
        source.heading ? make("q", { text: source.heading }) : null, make("span", { class: "lines", text: linesText(source, tell) }));
    });
    const first = items.slice(0, openSources || items.length), rest = items.slice(first.length);
    const more = rest.length ? make("details", { class: "more" }, make("summary", { text: tell("moreSources", { n: rest.length }) }), make("ol", { class: "sources" }, ...rest)) : null;
    return make("section", {}, items.length ? make("h3", { text: tell("sources") }) : null, make("ol", { class: "sources" }, ...first), more,
      make("p", { class: "identifier" }, `${tell("identifier")} `, safeLink(node.iri, node.iri)));
  }

  let currentView = null;
  return {
    update(state, view, before) {
      currentView = view;
      numbers = new Map();
      openSources = 0;
      const focusInside = panel.contains(document.activeElement);
      panel.replaceChildren(...(state.sel === null ? overview() : card(model.nodes[state.sel])));
      if (!before || before.sel !== state.sel) panel.scrollTop = 0;
      panel.classList.toggle("has-selection", state.sel !== null);
      if (focusInside) panel.querySelector("h2")?.focus();
    },
  };
}
