// The shell: one state, and parts that follow it. Data come from readData (data.js), the drawing from
// createCanvas (canvas.js): another renderer replaces these two files and keeps the rest.
const TABS = ["network", ...(byId("map") ? ["map"] : []), "table", "method"];
const NARROW = "(max-width: 860px)";
let byPointer = false;

function start() {
  const model = createModel(readData());
  const store = createState(model, { lang: model.lang, size: (model.measures[0] || {}).name || "", colour: model.colour || "type" });
  const tell = (key, values = {}) => fillText(STRINGS[store.get().lang][key], values, store.get().lang);
  document.documentElement.classList.replace("no-js", "js");
  byId("app").hidden = false;

  const see = (state) => { const seen = viewOf(model, state), found = colouring(model, state, tell); return { ...seen, colouring: found, colours: found.colours, hulls: (points) => hullsOf(model, state, seen, found, points) }; };
  let view = see(store.get());
  let hiddenNames = 0, unasked = 0;
  const canvas = createCanvas(byId("canvas"), model, {
    chosen: (index, event) => store.set(index !== null && event.shiftKey && store.get().sel !== null ? { also: index } : { sel: index }),
    namesPlaced: (count, left) => { hiddenNames = count; unasked = left; sayShown(); },
  });
  const search = createSearch(model, store, tell);
  const views = [createLegend(model, store, tell), search, createPanel(model, store, tell), createTables(model, store, tell), createMethod(model, tell), ...(model.map ? [createMapTab(model, store, tell)] : [])];

  function sayShown() {
    const state = store.get(), chosen = state.at !== null && state.sel === null ? view : { ...view, bright: null };
    byId("shown").textContent = captionParts(model, state, chosen, tell, hiddenNames, unasked, tell("zoomHint")).join(" ");
  }

  function writeTexts(state) {
    document.documentElement.lang = state.lang;
    document.title = model.title[state.lang];
    byId("title").textContent = model.title[state.lang];
    byId("subtitle").textContent = [tell("counts", { nodes: model.nodes.length, edges: model.edges.length }),
      model.making.data_version && tell("dataVersion", { version: model.making.data_version }), licenceText(model, tell)].filter(Boolean).join(" · ");
    byId("headline").textContent = model.headline[state.lang];
    byId("headline").hidden = !model.headline[state.lang];
    byId("empty").textContent = tell("emptyNetwork", { name: model.name });
    byId("empty").hidden = model.nodes.length > 0;
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = tell(element.dataset.text);
    for (const element of document.querySelectorAll("[data-label]")) { element.setAttribute("aria-label", tell(element.dataset.label)); if (element.matches("button")) element.title = tell(element.dataset.label); }
    for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  }

  function writeTabs(state) {
    for (const tab of TABS) {
      const chosen = tab === state.tab, button = byId(`tab-${tab}`);
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      byId(tab).hidden = !chosen;
    }
  }

  function update(state, before) {
    view = see(state);
    if (!before || before.lang !== state.lang) writeTexts(state);
    writeTabs(state);
    canvas.update(state, view);
    for (const part of views) part.update(state, view, before);
    sayShown();
    if (before) sayChange(state, before);
    byId("app").dataset.ready = "true";
  }

  /** What changed, for those who do not see the drawing. */
  function sayChange(state, before) {
    const differs = (...names) => names.some((name) => String(state[name]) !== String(before[name]));
    if (differs("sel") && (state.sel !== null || state.at === before.at)) return sayChosen(state);
    if (state.also !== before.also && state.also !== null) return announce(comparedSentence(model, state, view, tell));
    if (differs("size")) return announce(tell("sized", { measure: (model.measures.find((m) => m.name === state.size) || model.measures[0]).label[state.lang] }));
    if (differs("colour")) return announce(tell("coloured", { measure: view.colouring.title }));
    if (differs(...model.facets.map((facet) => facet.field), "from", "to", "undated", "steps", "names", "hulls")) announce(byId("shown").textContent);
    return undefined;
  }

  function sayChosen(state) {
    if (state.sel === null) return announce(tell("unselected"));
    const node = model.nodes[state.sel];
    canvas.show(state.sel);
    // On a phone the card stands below the drawing: a tap must show that something happened.
    if (window.matchMedia(NARROW).matches && byPointer) byId("panel").scrollIntoView({ block: "start" });
    return announce(tell("selected", { name: node.label[state.lang], type: model.typeOf.get(node.type).label[state.lang], n: node.links.length }));
  }

  store.subscribe(update);
  listen(model, store, canvas, search, () => ({ model, state: store.get(), view, geometry: canvas.geometry(), tell }));
  update(store.get(), null);
  canvas.fit();
  // For tests and for the curious: read-only handles, no data that the page does not show.
  window.rtePage = { state: store.get, painted: canvas.painted, model, picture: () => pictureText({ model, state: store.get(), view, geometry: canvas.geometry(), tell }) };
}

/** Pointer and keyboard: everything that the pointer does, the keyboard does too. */
function listen(model, store, canvas, search, context) {
  for (const tab of TABS) byId(`tab-${tab}`).addEventListener("click", () => store.set({ tab }));
  byId("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], end = { Home: 0, End: TABS.length - 1 }[event.key];
    if (!step && end === undefined) return;
    event.preventDefault();
    const tab = TABS[end ?? (TABS.indexOf(store.get().tab) + step + TABS.length) % TABS.length];
    store.set({ tab });
    byId(`tab-${tab}`).focus();
  });
  for (const button of document.querySelectorAll("[data-lang]")) button.addEventListener("click", () => store.set({ lang: button.dataset.lang }));
  for (const button of document.querySelectorAll("[data-export]")) {
    button.addEventListener("click", () => { closeMenu(); exportAs(button.dataset.export, context()); });
  }
  document.addEventListener("pointerdown", () => { byPointer = true; }, true);
  document.addEventListener("keydown", () => { byPointer = false; }, true);
  byId("reset").addEventListener("click", () => { store.reset(); canvas.fit(); });
  byId("fit").addEventListener("click", () => canvas.fit());
  byId("zoom-in").addEventListener("click", () => canvas.zoom(1.3));
  byId("zoom-out").addEventListener("click", () => canvas.zoom(1 / 1.3));
  byId("print").addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => {
    const { model: m, state, view, geometry, tell } = context();
    byId("print-picture").replaceChildren(drawPicture(m, state, view, closer(geometry), tell));
    const date = formatDate(new Date().toISOString().slice(0, 10), state.lang);
    byId("print-credits").textContent = [m.making.cite[state.lang], licenceText(m, tell), tell("printed", { date })].filter(Boolean).join(" · ");
  });
  document.addEventListener("click", (event) => { if (!byId("export").contains(event.target)) byId("export").open = false; });
  document.addEventListener("keydown", (event) => pageKey(event, store, search));
  byId("canvas").addEventListener("keydown", (event) => canvasKey(event, model, store, canvas));
  // On a phone the legend starts folded, so that the drawing is what one sees first.
  byId("filters").open = !window.matchMedia(NARROW).matches;
}

/** Paper is narrower than most screens: drawn closer, the names come out larger (and some find no room). */
function closer({ points, radii }) {
  const span = (axis) => points.reduce(([low, high], point) => [Math.min(low, point[axis]), Math.max(high, point[axis])], [Infinity, -Infinity]);
  const [left, right] = span("x"), [top, bottom] = span("y");
  const across = Math.min(0.72, 720 / Math.max(1, right - left)), down = Math.min(0.78, 980 / Math.max(1, bottom - top));
  const shrink = Math.max(0.5, Math.min(0.85, Math.sqrt(Math.min(across, down))));
  return { points: points.map(({ x, y }) => ({ x: x * across, y: y * down })), radii: radii.map((r) => r * shrink) };
}

function closeMenu() {
  byId("export").open = false;
  byId("export").querySelector("summary").focus();
}

function pageKey(event, store, search) {
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); search.focus(); }
  if (event.key === "Escape" && !typing) {
    if (byId("export").open) closeMenu();
    else if (store.get().sel !== null || store.get().at !== null) store.set({ sel: null, at: null });
  }
}

function canvasKey(event, model, store, canvas) {
  const arrows = { ArrowRight: { x: 1, y: 0 }, ArrowLeft: { x: -1, y: 0 }, ArrowDown: { x: 0, y: 1 }, ArrowUp: { x: 0, y: -1 } };
  const { sel } = store.get();
  let next;
  if (arrows[event.key]) next = canvas.next(sel, arrows[event.key]);
  else if (event.key === "Tab" && sel !== null) next = inTurn(model, store, canvas, event.shiftKey ? -1 : 1);
  else if ((event.key === "Enter" || event.key === " ") && sel === null) next = canvas.next(null);
  else if (event.key === "Enter" && sel !== null) { byId("panel").querySelector("h2").focus(); event.preventDefault(); }
  else if (event.key === "+" || event.key === "=") canvas.zoom(1.3);
  else if (event.key === "-") canvas.zoom(1 / 1.3);
  else if (event.key === "0") canvas.fit();
  else return;
  if (arrows[event.key] || event.key === " ") event.preventDefault();
  if (next === null || next === undefined) return;
  event.preventDefault();
  store.set({ sel: next });
}

/** Tab walks from the largest node to the smallest; after the last one it leaves the drawing. */
function inTurn(model, store, canvas, step) {
  const { radii } = canvas.geometry();
  const visible = [...viewOf(model, { ...store.get(), sel: null }).nodes].sort((a, b) => radii[b] - radii[a] || a - b);
  return visible[visible.indexOf(store.get().sel) + step];
}

start();
