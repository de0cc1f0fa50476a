/** What must change so that the filters show a node. */
function revealing(model, state, node) {
  const tests = createTests(model, state);
  const hidden = !tests.node(node) || (tests.narrowed && node.links.length && !node.links.some((index) => tests.edge(model.edges[index])));
  if (!hidden) return {};
  const facets = Object.fromEntries(model.facets.map((facet) => [facet.field, facet.name === "types" ? state.hiddenTypes.filter((key) => key !== node.type) : facet.narrows ? [] : state[facet.field]]));
  return { ...facets, from: null, to: null, undated: true };
}

// Search as you type, blind to accents and case; former names are found and shown.
function createSearch(model, store, tell) {
  const input = byId("search"), list = byId("results");
  let found = [], active = -1;

  function matches(query) {
    const words = fold(query).split(" ").filter(Boolean);
    if (!words.length) return [];
    const rank = (node) => {
      const hit = node.haystack.findIndex((name) => words.every((word) => name.includes(word)));
      if (hit < 0) return -1;
      return (node.haystack[hit].startsWith(words[0]) ? 0 : 1) + (hit > 1 ? 2 : 0);
    };
    return model.nodes.map((node) => [rank(node), node]).filter(([score]) => score >= 0)
      .sort((a, b) => a[0] - b[0] || FRENCH.compare(a[1].label.fr, b[1].label.fr)).map(([, node]) => node);
  }

  function foundBy(node, query) {
    const words = fold(query).split(" ").filter(Boolean);
    const own = [node.label.fr, node.label.en].some((name) => words.every((word) => fold(name).includes(word)));
    const hit = (names) => names.find((name) => words.every((word) => fold(name).includes(word)));
    if (own) return null;
    return hit(node.former) ? tell("former", { name: hit(node.former) }) : hit(node.other) ? tell("alsoWritten", { name: hit(node.other) }) : null;
  }

  function render() {
    list.replaceChildren(...found.slice(0, 12).map((node, i) => {
      const former = foundBy(node, input.value);
      return make("li", { role: "option", id: `result-${i}`, "aria-selected": String(i === active), on: { pointerdown: (event) => { event.preventDefault(); choose(i, event.shiftKey); } } },
        shapeIcon(node.look, 15), make("span", {}, nameText(node, store.get().lang), former ? make("small", { text: former }) : null));
    }));
    if (input.value.trim() && !found.length) list.append(make("li", { class: "none", role: "option", "aria-disabled": "true", text: tell("searchNone") }));
    if (found.length > 12) list.append(make("li", { class: "none", role: "option", "aria-disabled": "true", text: tell("more", { n: found.length - 12 }) }));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (active >= 0) input.setAttribute("aria-activedescendant", `result-${active}`); else input.removeAttribute("aria-activedescendant");
  }

  /** Open a result; with Shift compare it with what is selected. */
  function choose(i, compared) {
    const node = found[i];
    if (!node) return;
    const state = store.get();
    if (compared && state.sel !== null) store.set({ also: node.index, ...revealing(model, state, node) });
    else store.set({ sel: node.index, steps: 0, ...revealing(model, state, node), tab: state.tab === "method" ? "network" : state.tab });
    input.value = "";
    found = []; active = -1;
    render();
  }

  input.addEventListener("input", () => {
    found = matches(input.value);
    active = found.length ? 0 : -1;
    render();
    if (input.value.trim()) announce(found.length === 1 ? tell("searchFoundOne") : found.length ? tell("searchFound", { n: found.length }) : tell("searchNone"));
  });
  input.addEventListener("keydown", (event) => {
    const last = Math.min(found.length, 12) - 1;
    if (event.key === "ArrowDown" && last >= 0) { active = Math.min(last, active + 1); render(); event.preventDefault(); }
    if (event.key === "ArrowUp" && last >= 0) { active = Math.max(0, active - 1); render(); event.preventDefault(); }
    if (event.key === "Enter") { choose(Math.max(active, 0), event.shiftKey); event.preventDefault(); }
    if (event.key === "Escape") { input.value = ""; found = []; active = -1; render(); event.stopPropagation(); event.preventDefault(); }
  });
  input.addEventListener("blur", () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); });
  return { focus: () => { input.focus(); input.select(); }, update: () => { input.placeholder = tell("searchHint"); } };
}
