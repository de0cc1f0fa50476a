// The page around the map: language, tabs, filters, panel, files. The map itself is in component.js.
const payload = JSON.parse(byId("data").textContent);
const mapState = createMapState(payload);
const tell = (key, values = {}) => fillText(MAP_WORDS[mapState.get().lang][key], values, mapState.get().lang);
const narrow = window.matchMedia("(max-width: 860px)");
let visible = visibleEntries(payload, mapState.get());
byId("app").hidden = false;
document.documentElement.classList.remove("no-js");

const map = mountMap(byId("canvas"), payload, {
  announce,
  beside: byId("beside"),
  onSelect: (chosen) => {
    mapState.set({ at: chosen ? chosen.key : null });
    // Enter on the map goes to the list; a click of the mouse leaves the focus where it is.
    if (chosen && narrow.matches) byId("chosen").scrollIntoView({ block: "nearest" });
    if (chosen && byId("canvas").contains(document.activeElement) && lastKey === "Enter") byId("chosen").querySelector("h2").focus();
  },
});
let lastKey = "";
document.addEventListener("keydown", (event) => {
  lastKey = event.key;
  if (event.key !== "Escape") return;
  if (byId("export").open) { byId("export").open = false; byId("export").querySelector("summary").focus(); }
  else if (mapState.get().at && !byId("canvas").contains(event.target)) { choose(null); focusMap(); }
}, true);
document.addEventListener("pointerdown", (event) => { lastKey = ""; if (!byId("export").contains(event.target)) byId("export").open = false; });

function choose(at) {
  mapState.set({ at });
  if (at) byId("chosen").querySelector("h2").focus();
}

function focusMap() {
  const circle = byId("canvas").querySelector(".circle[tabindex='0']");
  if (circle) circle.focus();
}

/** One sentence: how many are shown, on the map and beside it. */
function shownText() {
  const state = mapState.get();
  const { numberText, nounFor } = mountMap;
  const all = payload.entries.length, shown = visible.filter(Boolean).length;
  const sentence = [shown === all ? tell("total", { shown: numberText(shown, state.lang), noun: nounFor(payload, shown, state.lang) }) : tell("totalOf", { shown: numberText(shown, state.lang), all: numberText(all, state.lang), noun: nounFor(payload, all, state.lang) })];
  const on = new Set([...map.counts().values()].flatMap((at) => [...at.entries]));
  const placed = new Set(map.beside().filter((each) => each.group !== "nowhere").flatMap((each) => [...each.entries]));
  const besideOnly = [...placed].filter((index) => !on.has(index)).length;
  const counts = [[on.size, "onMap"], [besideOnly, "besideMap"], [shown - on.size - besideOnly, "unplaced"]].filter(([n]) => n);
  const text = `${sentence[0]}${tell("colon")}${counts.map(([n, key]) => tell(key, { n: numberText(n, state.lang) })).join(", ")}.`;
  const filters = FILTERS.filter(([name]) => state[name]).map(([name, group]) => payload[group].find((each) => each.slug === state[name]).label[state.lang]);
  return [shown ? text : tell("noRows"), filters.length ? `${tell("filtered")}${tell("colon")}${filters.join(", ")}.` : ""].filter(Boolean).join(" ");
}

function showTexts(state) {
  document.documentElement.lang = state.lang;
  document.title = payload.title[state.lang];
  byId("title").textContent = payload.title[state.lang];
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = tell(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", tell(element.dataset.label));
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  const data = payload.datasets.map((each) => each.label[state.lang]).join(" · ");
  byId("subtitle").textContent = data;
  fillMethod(payload, state, tell);
}

function showLevels(state) {
  byId("levels").hidden = payload.levels.length < 2;
  byId("levels").replaceChildren(...payload.levels.map((level) => make("button", { type: "button", "data-level": level, "aria-pressed": String(state.level === level), text: tell(level), on: { click: () => { mapState.set({ level }); byId("levels").querySelector("[aria-pressed='true']").focus(); } } })));
}

function showTabs(state) {
  for (const tab of MAP_TABS) {
    byId(tab).hidden = state.tab !== tab;
    byId(`tab-${tab}`).setAttribute("aria-selected", String(state.tab === tab));
    byId(`tab-${tab}`).tabIndex = state.tab === tab ? 0 : -1;
  }
}

function show(state, before) {
  const changed = (...names) => !before || names.some((name) => state[name] !== before[name]);
  visible = visibleEntries(payload, state);
  map.update({ lang: state.lang, level: state.level, at: state.at, visible: (index) => visible[index] });
  if (changed("lang")) showTexts(state);
  if (changed("lang", "level")) showLevels(state);
  if (changed("lang", "tab")) showTabs(state);
  const filters = changed("domain", "actor", "source", "type");
  byId("reset").hidden = !state.at && FILTERS.every(([name]) => !state[name]);
  if (changed("lang") || (filters && document.activeElement.tagName !== "SELECT")) fillFilters(payload, state, tell, (change) => mapState.set(change));
  if (changed("lang", "level", "at") || filters) fillChosen(payload, state, map, tell, choose);
  byId("shown").textContent = shownText();
  if (before && filters) announce(shownText());
  // Thousands of rows are made only where they are looked at.
  if (state.tab === "table") fillTable(payload, state, map, visible, tell);
}

const context = () => ({ payload, state: mapState.get(), map, visible, tell, shown: shownText });
for (const button of document.querySelectorAll("[data-lang]")) button.addEventListener("click", () => mapState.set({ lang: button.dataset.lang }));
for (const button of document.querySelectorAll("[data-export]")) button.addEventListener("click", () => { byId("export").open = false; exportMap(button.dataset.export, context()); });
for (const tab of MAP_TABS) byId(`tab-${tab}`).addEventListener("click", () => mapState.set({ tab }));
byId("tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = MAP_TABS[(MAP_TABS.indexOf(mapState.get().tab) + step + MAP_TABS.length) % MAP_TABS.length];
  mapState.set({ tab: next });
  byId(`tab-${next}`).focus();
});
byId("reset").addEventListener("click", () => mapState.reset());
byId("print").addEventListener("click", () => window.print());
window.addEventListener("beforeprint", () => {
  byId("print-picture").replaceChildren(pictureOfMap(context()));
  const date = new Date().toLocaleDateString(mapState.get().lang === "fr" ? "fr-FR" : "en-GB", { year: "numeric", month: "long", day: "numeric" });
  byId("print-credits").textContent = [payload.making.cite[mapState.get().lang], tell("outlines"), tell("printed", { date })].join(" · ");
});
if (narrow.matches) byId("filters").open = false;
mapState.subscribe(show);
show(mapState.get(), null);
window.rteMap = { mount: mountMap, state: mapState.get, set: mapState.set, map, payload };
byId("app").dataset.ready = "true";
