// Starts what the page holds: the query page, or the live form of a saved query's page.

/** The status line: engine, triples, times. */
async function rteStatus(element, lang) {
  const words = rteWords(lang);
  element.textContent = words.starting;
  try {
    const { triples, ms } = await rteStart();
    element.textContent = rteFill(words.ready, { n: rteNumber(triples, lang), engine: rteNumber(ms.engine, lang), data: rteNumber(ms.data, lang) });
    element.dataset.ready = "true";
  } catch (error) {
    if (error.stopped) {
      await rteStatus(element, lang);
      return;
    }
    element.textContent = rteFill(words.failed, { why: error.message || String(error) });
  }
}

function rteHistoryBox(element, { lang, onPick }) {
  const words = rteWords(lang);
  const { make } = rteKit;
  const list = make("ol", {});
  const clear = make("button", { type: "button", text: words.clear });
  const note = make("p", { class: "ask-none", "aria-live": "polite" });
  const box = make("details", { class: "ask-history" }, make("summary", { text: words.history }), note, list, clear);
  const fill = (said) => {
    const held = rteHistory.list();
    list.replaceChildren(...held.map((entry) => {
      const query = rteSaved.query(entry.name);
      const button = make("button", { type: "button", class: "ask-item" }, make("span", { text: query ? query.summary : words.blankTitle }), make("small", { text: entry.text.replace(/^(PREFIX|#).*$/gim, "").replace(/\s+/g, " ").trim().slice(0, 110) }));
      button.addEventListener("click", () => onPick(entry));
      return make("li", {}, button);
    }));
    note.textContent = said || (held.length ? words.historyNote : words.noHistory);
    clear.hidden = !held.length;
  };
  box.addEventListener("toggle", () => fill(""));
  clear.addEventListener("click", () => {
    rteHistory.clear();
    fill(words.cleared);
    box.querySelector("summary").focus();
  });
  element.append(box);
  return { refresh: () => { if (box.open) fill(""); } };
}

async function rteAskPage(element) {
  const lang = document.documentElement.lang === "en" ? "en" : "fr";
  const words = rteWords(lang);
  await Promise.all([rteLoad("queries"), rteLoad("editor"), rteLoad("explain")]);
  const data = rteReadQueries();
  const side = element.querySelector(".ask-list");
  let written = "";
  let turn = 0;
  let dirty = false;

  /** Writes the address: one step of the browser's history for each change, until it is run. */
  async function follow(done) {
    turn += 1;
    const mine = turn;
    const address = await rteAddress.write(pane.state());
    if (mine !== turn) return;
    const moved = address !== location.hash;
    if (moved) {
      written = address;
      try {
        history[dirty ? "replaceState" : "pushState"](null, "", address);
      } catch {
        // An address that may not be written is no reason to stop.
      }
    }
    dirty = !done && (dirty || moved);
    if (done) held.refresh();
  }

  async function arrive(event) {
    if ((written && location.hash === written) || (event && !rteAddress.speaks(location.hash))) return;
    written = location.hash;
    const { name, values, text, unknown, broken } = await rteAddress.read(location.hash, data.limits);
    const first = data.queries.find((query) => query.name === "members-of-alliance") || data.queries[0];
    const nothing = !name && text === null;
    pane.open({ name: nothing ? first.name : name, values, text, run: text === null });
    list.mark(nothing ? first.name : name);
    dirty = false;
    if (text !== null) pane.note(event ? words.fromBack : words.fromLink);
    else if (unknown) pane.note(words.unknownQuery);
    else if (broken) pane.note(words.brokenLink);
  }

  function pick(name) {
    dirty = false;
    pane.open({ name, run: true });
    list.mark(name);
    pane.title.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
    follow(true);
  }

  const pane = rtePane(element.querySelector(".ask-main"), { lang, data, onState: follow });
  const list = rteList(side, { lang, data, onPick: pick });
  const held = rteHistoryBox(side, {
    lang,
    onPick: (entry) => {
      const query = rteSaved.query(entry.name);
      const values = query ? rteKnownValues(query, entry.values) : {};
      pane.open({ name: query ? entry.name : "", values, text: entry.text, run: false });
      list.mark(query ? entry.name : "");
      follow(true);
    },
  });
  window.addEventListener("popstate", arrive);
  window.addEventListener("hashchange", arrive);
  for (const link of document.querySelectorAll(".langs a")) link.addEventListener("click", () => { link.hash = location.hash; });
  element.dataset.ready = "true";
  rteStatus(document.querySelector(".ask-status"), lang);
  await arrive();
}

window.rteAsk = { engine: rteEngine, saved: rteSaved, load: rteLoad, start: rteStart, read: rteReadQueries, tokens: rteTokens, bound: rteBound, term: rteTermOf, compare: rteCompareLabels, limited: rteLimited, address: rteAddress };
{
  const page = document.querySelector(".ask");
  if (page) rteAskPage(page).catch((error) => { document.querySelector(".ask-status").textContent = rteFill(rteWords(document.documentElement.lang).failed, { why: error.message }); });
  const live = document.querySelector("details.ask-live");
  if (live) rteLive(live).catch(() => { live.querySelector(".ask-room").textContent = live.dataset.failed; });
}
