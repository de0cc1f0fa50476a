/**
 * What a query gave, in the forms that suit it: table, network, map, text; and as files.
 *
 * rteResults(element, {result, lang, headings, labels, link, network?, mapPayload?, name, prefixes?, announce?, tab?, onTab?})
 * → {destroy(), show(name), tab()}. `link(iri)` gives the address of a page, or an empty text. `tab` is the form shown
 * first where it applies (a network opens as a network only when asked for); `summary: false` leaves the count of rows out.
 */
const rteResults = (() => {
  const { make, say, id } = rteKit;

  function rteResults(element, options) {
    const context = { headings: {}, labels: {}, link: () => "", name: "result", ...options };
    const live = make("p", { class: "hidden", "aria-live": "polite" });
    if (!context.announce) context.announce = (text) => { live.textContent = text; };
    const { result, lang } = context;
    const head = make("div", { class: "rte-head" }, context.summary === false ? null : summary(result, lang), rteDownload.buttons(context));
    const box = make("div", { class: "rte-results" }, head, live);
    element.replaceChildren(box);
    const views = formsOf(context);
    const handle = views.length > 1 ? tabs(box, views, context) : alone(box, views[0]);
    return { destroy: () => { handle.destroy(); box.remove(); }, show: handle.show, tab: handle.tab };
  }

  /** How much there is, in words; a cap is said. */
  function summary(result, lang) {
    if (result.kind === "boolean") return make("p", { class: "rte-count" });
    const graph = result.kind === "graph";
    const n = graph ? result.triples.length : result.rows.length;
    const text = !result.capped ? say(graph ? "triples" : "rows", lang, { n })
      : graph ? say("cappedTriples", lang, { n }) : result.total ? say("cappedOf", lang, { n, total: result.total }) : say("capped", lang, { n });
    return make("p", { class: `rte-count${result.capped ? " rte-capped" : ""}`, text });
  }

  /** The forms that suit a result, in their order: [name, mount]. */
  function formsOf(context) {
    const { result, lang } = context;
    if (result.kind === "boolean") return [["answer", (room) => answer(room, result, lang)]];
    const graph = result.kind === "graph";
    if (!(graph ? result.triples : result.rows).length) return [["none", (room) => { room.append(make("p", { class: "rte-none", text: say(graph ? "noTriples" : "none", lang) })); return { destroy() {} }; }]];
    const table = graph ? rteTable.fromGraph(result, lang) : result;
    const found = [["table", (room) => rteTable.mount(room, { ...context, result: table, headings: table.headings || context.headings })]];
    if (window.RTE_FORCE && rteNetworkModel.columnsOf(result)) found.push(["network", (room) => rteNetwork.mount(room, context)]);
    if (rteMapView.placeColumn(result, context.mapPayload)) found.push(["map", (room) => rteMapView.mount(room, context)]);
    found.push(["raw", (room) => rteRaw.mount(room, context)]);
    return found;
  }

  function answer(room, result, lang) {
    room.append(make("div", { class: `rte-answer ${result.value ? "rte-yes" : "rte-no"}` },
      make("strong", { text: say(result.value ? "answerYes" : "answerNo", lang) }), make("p", { text: say(result.value ? "answerYesText" : "answerNoText", lang) })));
    return { destroy() {} };
  }

  function alone(box, [name, mount]) {
    const room = make("div", { class: "rte-view", "data-view": name });
    box.append(room);
    const view = mount(room);
    return { destroy: () => view.destroy(), show() {}, tab: () => name };
  }

  /** Tabs after the ARIA pattern: arrows go from one to the next, a form is made when it is first opened. */
  function tabs(box, views, { lang, tab, onTab = () => {} }) {
    const list = make("div", { class: "rte-tabs", role: "tablist", "aria-label": say("views", lang) });
    const parts = new Map();
    let current = "";
    for (const [name, mount] of views) {
      const panelId = id("view"), tabId = id("tab");
      const button = make("button", { type: "button", role: "tab", id: tabId, "aria-controls": panelId, "aria-selected": "false", tabindex: "-1", "data-tab": name, text: say(name, lang), on: { click: () => { show(name); onTab(name); } } });
      const panel = make("div", { class: "rte-view", role: "tabpanel", id: panelId, "aria-labelledby": tabId, "data-view": name, hidden: true });
      list.append(button);
      parts.set(name, { button, panel, mount, view: null });
    }
    box.querySelector(".rte-head").prepend(list);
    box.append(...[...parts.values()].map((each) => each.panel));
    list.addEventListener("keydown", (event) => {
      const names = [...parts.keys()], at = names.indexOf(current);
      const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      const name = names[(next + names.length) % names.length];
      show(name);
      onTab(name);
      parts.get(name).button.focus();
    });

    function show(name) {
      if (!parts.has(name)) return;
      current = name;
      for (const [each, { button, panel }] of parts) {
        button.setAttribute("aria-selected", String(each === name));
        button.setAttribute("tabindex", each === name ? "0" : "-1");
        panel.hidden = each !== name;
      }
      const part = parts.get(name);
      if (!part.view) part.view = part.mount(part.panel);
    }
    show(parts.has(tab) ? tab : views[0][0]);
    return { destroy: () => { for (const { view } of parts.values()) if (view) view.destroy(); }, show, tab: () => current };
  }

  return rteResults;
})();
