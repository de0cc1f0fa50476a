// The panel: what is known of the selection, each statement with the number of its source.
// Links beyond these wait behind a click.
const MOST_LINKS = 15;

// Beyond so many nodes the list of those to compare with holds the nearest only.
const MOST_OFFERED = 2500;
const FRENCH = new Intl.Collator("fr");

function createPanel(model, store, tell) {
  const panel = byId("panel");
  let numbers = new Map();
  // Sources above this number are cited only where a click opens the list.
  let openSources = 0;
  const lang = () => store.get().lang;
  const text = (value) => value[lang()];

  /** Sources are numbered in the order in which this panel cites them. */
  const numberOf = (source) => numbers.get(source) || numbers.set(source, numbers.size + 1).get(source);
  const cite = (sources) => make("span", { class: "cites" }, ...(sources || []).map(numberOf).sort((a, b) => a - b).map((n) => {
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
    shapeIcon(model.nodes[index].look, 13), nameText(model.nodes[index], lang()));
  /** The number of neighbours says more than the share that it makes: « 15 sur 16 ». */
  const figure = (measure, index, full) => {
    const value = formatValue(measure, index, lang()), raw = measure.raw[index], side = model.nodes[index].side;
    if (measure.name !== "degree" || !Number.isInteger(raw) || Number.isInteger(measure.values[index])) return value;
    const total = model.twoMode ? model.nodes.filter((other) => other.side !== side).length : model.nodes.length - 1;
    return full ? `${tell("outOf", { n: raw, total })} · ${value}` : tell("outOf", { n: raw, total });
  };

  function overview() {
    const state = store.get();
    const measure = model.measures.find((m) => m.name === state.size) || model.measures[0];
    const parts = [make("h2", { tabindex: "-1", text: tell("overview") }), make("p", { class: "lead", text: text(model.description) })];
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
    const top = rows.reduce((most, node) => Math.max(most, measure.values[node.index] || 0), 1e-12);
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
    const parts = [make("div", { class: "card-head" }, chip, close), make("h2", { tabindex: "-1" }, nameText(node, lang()))];
    if (node.former.length) parts.push(make("p", { class: "former", text: `${tell("formerly")} ${node.former.join(", ")}` }));
    if (node.other.length) parts.push(make("p", { class: "former", text: `${tell("otherNames")} ${node.other.join(", ")}` }));
    if (!currentView.nodes.has(node.index)) parts.push(make("p", { class: "finding", text: tell("hiddenSelection") }));
    if (node.index === model.hub) for (const finding of model.findings) parts.push(make("p", { class: "finding", text: text(finding) }));
    parts.push(...lead(node), extent(), comparison(node), links(node), facts(node), common(node), measures(node), sources(node));
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
    const few = items.length > MOST_LINKS + 3 ? items.slice(0, MOST_LINKS) : items, rest = items.slice(few.length);
    const more = rest.length ? make("details", { class: "more" }, make("summary", { text: tell("moreLinks", { n: rest.length }) }), make("ul", { class: "links" }, ...rest)) : null;
    return section(tell("links", { n: rows.length }), make("ul", { class: "links" }, ...few), more);
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

  /** In a large network: who shares most neighbours with the node. Any other is compared by Shift + click. */
  function nearest(node, also) {
    const counts = new Map();
    for (const near of node.near) for (const other of model.nodes[near].near) counts.set(other, (counts.get(other) || 0) + 1);
    const found = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 200).map(([index]) => index);
    return also === null || found.includes(also) ? found : [also, ...found];
  }

  function comparison(node) {
    const { also } = store.get();
    const offered = model.nodes.length <= MOST_OFFERED ? model.nodes.map((_, index) => index) : nearest(node, also);
    const others = offered.map((index) => model.nodes[index]).filter((other) => other.index !== node.index).sort((a, b) => FRENCH.compare(text(a.label), text(b.label)));
    const select = make("select", { id: "compare", "aria-label": tell("compare"), on: { change: (event) => store.set({ also: event.target.value === "" ? null : Number(event.target.value) }) } },
      make("option", { value: "", text: tell("compareNone") }), ...others.map((other) => make("option", { value: String(other.index), text: text(other.label) })));
    select.value = also === null ? "" : String(also);
    const parts = [select];
    if (also !== null) {
      const both = [...node.near].filter((other) => model.nodes[also].near.has(other));
      parts.push(make("p", { text: both.length ? tell("bothHave", { n: both.length }) : tell("bothNone") }), make("ul", { class: "links" }, ...both.map((other) => make("li", {}, nodeButton(other)))));
      const { path } = currentView;
      parts.push(make("p", { text: path ? tell("path", { n: path.length - 1 }) : tell("pathNone") }));
      if (path && path.length > 2) parts.push(make("ol", { class: "path" }, ...path.map((index) => make("li", {}, nodeButton(index)))));
    }
    return section(tell("compare"), ...parts);
  }

  function measures(node) {
    if (!model.measures.length) return null;
    const rivals = model.nodes.filter((other) => other.side === node.side).length;
    const rows = model.measures.map((measure) => {
      const rank = measure.ranks[node.index];
      return make("tr", {}, make("th", { scope: "row", text: text(measure.label), title: text(measure.definition) }), make("td", { text: figure(measure, node.index, true) }),
        make("td", { text: rank === null ? "" : rank === 1 ? tell("rankOne", { n: rivals }) : tell("rank", { r: rank, n: rivals }) }));
    });
    return section(tell("measures"), make("table", { class: "measures" }, make("tbody", {}, ...rows)));
  }

  /** Sources of one document and heading stand together, in the order in which they are first cited. */
  function sourceGroups(entries) {
    const documents = new Map();
    for (const [index, n] of entries) {
      const source = model.sources[index], title = text(source.document);
      const headings = documents.get(title) || documents.set(title, new Map()).get(title);
      const item = make("li", { id: `source-${n}`, tabindex: "-1", value: n, text: linesText(source, tell) });
      (headings.get(source.heading) || headings.set(source.heading, []).get(source.heading)).push(item);
    }
    return [...documents].flatMap(([title, headings]) => [make("p", { class: "document", text: title }), ...[...headings].flatMap(([heading, items]) => [
      heading ? make("q", { text: heading, lang: "fr" }) : null, make("ol", { class: "sources" }, ...items)])]).filter(Boolean);
  }

  function sources(node) {
    const entries = [...numbers].sort((a, b) => a[1] - b[1]);
    const first = entries.slice(0, openSources || entries.length), rest = entries.slice(first.length);
    const more = rest.length ? make("details", { class: "more" }, make("summary", { text: tell("moreSources", { n: rest.length }) }), ...sourceGroups(rest)) : null;
    return make("section", {}, ...(entries.length ? [make("h3", { text: tell("sources") }), ...sourceGroups(first), more, make("p", { class: "hint", text: tell("textLines") })] : []).filter(Boolean),
      make("p", { class: "identifier" }, `${tell("identifier")} `, safeLink(node.iri, node.iri)),
      ...(node.page ? [make("p", {}, make("a", { href: node.page, text: tell("openPage") }))] : []));
  }

  /** What had the focus, so that it has it again once the panel is built anew; by place where it has no id. */
  function focusHolder(before, state) {
    const held = document.activeElement;
    if (!panel.contains(held)) return () => {};
    const stays = before && before.sel === state.sel, all = () => [...panel.querySelectorAll("a[href], button, select, summary, [tabindex]")];
    const place = all().indexOf(held);
    return () => {
      // Whoever closed the card goes on from the drawing, or from the tab that is open.
      if (state.sel === null) return byId(state.tab === "network" ? "canvas" : `tab-${state.tab}`).focus({ preventScroll: true });
      const next = stays ? (held.id ? byId(held.id) : all()[place]) : panel.querySelector("h2");
      return (next || panel.querySelector("h2")).focus({ preventScroll: Boolean(stays) });
    };
  }

  let currentView = null;
  return {
    update(state, view, before) {
      currentView = view;
      numbers = new Map();
      openSources = 0;
      const focusAgain = focusHolder(before, state);
      panel.replaceChildren(...(state.sel === null ? overview() : card(model.nodes[state.sel])));
      if (!before || before.sel !== state.sel) panel.scrollTop = 0;
      panel.classList.toggle("has-selection", state.sel !== null);
      focusAgain();
    },
  };
}

/** What two nodes have in common, in one sentence. */
function comparedSentence(model, state, view, tell) {
  const [a, b] = [model.nodes[state.sel], model.nodes[state.also]];
  const both = [...a.near].filter((other) => b.near.has(other));
  return [`${a.label[state.lang]}, ${b.label[state.lang]}.`, both.length ? tell("bothHave", { n: both.length }) : tell("bothNone"),
    view.path ? tell("path", { n: view.path.length - 1 }) : tell("pathNone")].join(" ");
}
