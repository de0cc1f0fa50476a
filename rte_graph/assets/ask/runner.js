// Run and Stop, the time that passes, and the results: the same for the query page and a saved query's page.
const RTE_CAP = 5000;
const RTE_LIMITS = [10, 30, 120, 0];
const RTE_MOST_NAMED = 20000;

/** IRIs of a result that have no label beside them. */
function rteNameless(result) {
  const rows = result.kind === "graph" ? result.triples : result.rows || [];
  const found = new Set();
  for (const row of rows) {
    for (const term of row) if (rteIsIri(term) && found.size < RTE_MOST_NAMED) found.add(term.v);
  }
  return [...found];
}

/** What puts a result on the map: its script is loaded when a reader opens the map. */
function rteMapOf() {
  return { known: RTE_ASK.territories, load: () => rteLoad("map").then(() => window.rteMapBase) };
}

/** Columns of « SELECT * » in the order in which the text names them; others as they are. */
function rteAsWritten(result, tokens) {
  const at = tokens.findIndex((token) => rteWord(token, "SELECT"));
  const next = tokens[at + 1] && ["DISTINCT", "REDUCED"].some((word) => rteWord(tokens[at + 1], word)) ? at + 2 : at + 1;
  if (result.kind !== "table" || at < 0 || !tokens[next] || tokens[next].text !== "*") return result;
  const named = [...new Set(tokens.filter((token) => token.kind === "variable").map((token) => token.text.slice(1)))];
  const place = (name) => (named.includes(name) ? named.indexOf(name) : named.length);
  const order = result.columns.map((name, i) => [name, i]).sort((a, b) => place(a[0]) - place(b[0]) || a[1] - b[1]);
  return { ...result, columns: order.map(([name]) => name), rows: result.rows.map((row) => order.map(([, i]) => row[i])) };
}

/** First rows of a result that is held whole. */
function rteShown(result, cap) {
  if (result.kind !== "table" || !cap || result.rows.length <= cap) return result;
  return { ...result, rows: result.rows.slice(0, cap), capped: true, total: result.capped ? undefined : result.rows.length };
}

/**
 * Makes the bar and the results. `job()` → {text, query, plain, name} or null where nothing can run;
 * `onProblem(problem | null)`, `onRun(job)`. → {run, stop, busy, clear}.
 */
function rteRunner(bar, out, { lang, job, onProblem, onRun = () => {} }) {
  const words = rteWords(lang);
  const { make } = rteKit;
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  const runButton = make("button", { type: "button", class: "ask-run", text: words.run }, make("kbd", { text: mac ? words.runKeyMac : words.runKey }));
  const stopButton = make("button", { type: "button", class: "ask-stop", text: words.stop, disabled: "" });
  const limit = make("select", { "aria-label": words.limit });
  for (const seconds of RTE_LIMITS) limit.append(make("option", { value: String(seconds), text: seconds ? rteFill(words.seconds, { n: seconds }) : words.noLimit }));
  limit.value = "30";
  const state = make("p", { class: "ask-state" });
  const live = make("p", { class: "hidden", "aria-live": "polite" });
  const more = make("button", { type: "button", class: "ask-more", hidden: "" });
  bar.replaceChildren(runButton, stopButton, state, more, make("label", { class: "ask-limit" }, make("span", { text: words.limit }), limit), live);
  let running = false;
  let again = false;
  let asking = false;
  let told = false;
  let turn = 0;
  let timer = 0;
  let ended = "";
  let shown = null;
  let held = null;
  let tab;

  const seconds = (since) => rteNumber(((performance.now() - since) / 1000).toFixed(1), lang);
  const say = (text, aloud = true) => {
    state.textContent = text;
    if (aloud) live.textContent = text;
  };

  function tick(began) {
    // Counted for the eye; said once to those who listen, when it takes long.
    const long = !told && performance.now() - began > 1500;
    say(rteFill(words.running, { s: seconds(began) }), long);
    told = told || long;
    if (again && performance.now() - began > 1000) rteEngine.stop();
    const most = Number(limit.value);
    if (most && performance.now() - began > most * 1000) {
      ended = rteFill(words.timedOut, { s: seconds(began) });
      rteEngine.stop();
    }
  }

  function busy(on) {
    running = on;
    runButton.disabled = on;
    stopButton.disabled = !on;
    out.setAttribute("aria-busy", String(on));
    bar.classList.toggle("ask-busy", on);
  }

  async function asked(wanted, cap) {
    const { query, text, plain } = wanted;
    if (query && plain) return rteFinished(query, await rteEngine.run(text, { cap: RTE_MOST_ROWS }), lang);
    const tokens = rteTokens(text);
    const result = rteAsWritten(await rteEngine.run(text, { cap }), tokens);
    if (!query || result.capped || result.kind !== "table" || rteModifiers(tokens, text.length).ordered) return result;
    return rteFinished(query, result, lang);
  }

  async function run(cap = RTE_CAP) {
    if (running) {
      again = true;
      return;
    }
    const wanted = job();
    if (!wanted) return;
    onProblem(null);
    busy(true);
    more.hidden = true;
    ended = "";
    say(words.starting, false);
    told = false;
    const mine = turn;
    let began = performance.now();
    try {
      await rteStart();
      asking = true;
      began = performance.now();
      say(rteFill(words.running, { s: rteNumber("0.0", lang) }), false);
      timer = setInterval(() => tick(began), 100);
      const result = await asked(wanted, cap);
      clearInterval(timer);
      if (mine === turn && !again) {
        await show(wanted, result, cap);
        onRun(wanted);
      }
    } catch (error) {
      if (mine === turn && !again) failed(error, wanted, began);
    } finally {
      clearInterval(timer);
      asking = false;
      busy(false);
    }
    if (again) {
      again = false;
      await run();
    }
  }

  function failed(error, wanted, began) {
    out.classList.add("ask-old");
    if (error.stopped) {
      say(ended || rteFill(words.stopped, { s: seconds(began) }));
      rteStart().catch(() => {});
    } else if (error.dead || !error.message || (!error.engine && !error.refused)) {
      if (error.dead) rteStart().catch(() => {});
      say(error.dead ? error.message : rteFill(words.failed, { why: error.message || String(error) }));
    } else {
      const problem = rteEngineProblem(error, wanted.text, words, RTE_ASK);
      say("");
      onProblem(problem, true);
    }
  }

  async function show(wanted, whole, cap) {
    const result = rteShown(whole, cap);
    const mine = turn;
    const labels = await rteEngine.labels(rteNameless(result), lang).catch(() => ({}));
    if (mine !== turn) return;
    if (shown) shown.destroy();
    out.classList.remove("ask-old");
    held = { wanted, whole };
    shown = rteResults(out, {
      result, lang, labels, link: rtePageOf, name: wanted.name, headings: wanted.query ? wanted.query.columns : {}, prefixes: RTE_ASK.prefixes,
      network: wanted.query ? wanted.query.network : null, mapPayload: rteMapOf(), summary: false, tab, onTab: (name) => { tab = name; },
      announce: (text) => { live.textContent = text; },
    });
    say(summary(result));
    const known = result.total;
    more.hidden = !result.capped || cap >= RTE_MOST_ROWS;
    more.textContent = known ? rteFill(words.moreOf, { n: rteNumber(known, lang) }) : words.more;
  }

  function summary(result) {
    const time = rteFill(words.time, { ms: rteNumber(Math.max(1, Math.round(result.ms)), lang) });
    if (result.kind === "boolean") return `${words.answer}${words.colon}${result.value ? words.yes : words.no} ${time}`;
    const graph = result.kind === "graph";
    const n = graph ? result.triples.length : result.rows.length;
    const number = rteNumber(n, lang);
    if (result.capped) {
      const name = `capped${graph ? "Triples" : ""}${result.total ? "Of" : ""}`;
      return rteFill(words[name], { n: number, total: rteNumber(result.total || 0, lang), time });
    }
    if (!n) return `${words.noRows} ${time}`;
    const one = graph ? words.triple : words.row;
    return `${n === 1 ? one : rteFill(graph ? words.triples : words.rows, { n: number })} ${time}`;
  }

  runButton.addEventListener("click", () => run());
  stopButton.addEventListener("click", () => {
    again = false;
    ended = "";
    rteEngine.stop();
  });
  more.addEventListener("click", async () => {
    if (running || !held) return;
    const complete = held.whole.kind === "table" && !held.whole.capped;
    if (complete) await show(held.wanted, held.whole, 0);
    else await run(RTE_MOST_ROWS);
  });
  return {
    run,
    stop: () => rteEngine.stop(),
    busy: () => running,
    /** Empties the results; what still runs for them is ended. */
    clear() {
      turn += 1;
      if (asking) rteEngine.stop();
      if (shown) shown.destroy();
      shown = null;
      held = null;
      tab = undefined;
      more.hidden = true;
      out.replaceChildren();
      say("");
    },
  };
}
