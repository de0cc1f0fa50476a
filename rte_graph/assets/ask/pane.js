// The middle of the query page: question, form, explanation, editor, and what runs them.
const RTE_BLANK = {
  fr: "# Les alliances et leur nom : changez ce qui suit, puis exécutez.\nSELECT ?alliance ?nom WHERE {\n  ?alliance a rte:Alliance ; skos:prefLabel ?nom .\n  FILTER(LANG(?nom) = \"fr\")\n}\nORDER BY ?nom\n",
  en: "# Alliances and their names: change what follows, then run it.\nSELECT ?alliance ?name WHERE {\n  ?alliance a rte:Alliance ; skos:prefLabel ?name .\n  FILTER(LANG(?name) = \"fr\")\n}\nORDER BY ?name\n",
};
const RTE_PAUSE = 350;

/** Where SELECT, ASK, CONSTRUCT or DESCRIBE stands, after the prefixes. */
function rteFormAt(text) {
  const found = rteTokens(text).find((token) => ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"].some((word) => rteWord(token, word)));
  return found ? found.start : 0;
}

/** → {open({name, values, text, run}), state()}; `onState(push)` is told that the address should follow. */
function rtePane(element, { lang, data, onState }) {
  const words = rteWords(lang);
  const { make } = rteKit;
  const title = make("h2", { tabindex: "-1" });
  const lead = make("div", { class: "ask-lead" });
  const formBox = make("div", { class: "ask-form" });
  const edited = make("p", { class: "ask-edited" });
  const restore = make("button", { type: "button", class: "ask-link", text: words.restore });
  const said = make("div", { class: "ask-said" });
  const explain = make("details", { class: "ask-explain" }, make("summary", { text: words.explain }), said);
  const host = make("div", { class: "ask-editor" });
  const note = make("p", { class: "ask-note", role: "status" });
  const wrong = make("p", { class: "ask-wrong", role: "alert" });
  const bar = make("div", { class: "ask-bar" });
  const out = make("div", { class: "ask-out" });
  const share = make("button", { type: "button", class: "ask-link", text: words.share });
  const tools = make("div", { class: "ask-tools" }, edited, make("small", { text: words.editorHint }), share);
  element.replaceChildren(title, lead, note, formBox, explain, host, wrong, tools, bar, out);

  let query = null;
  let form = null;
  let values = {};
  let checking = 0;
  let running = 0;
  const editor = rteEditor(host, { lang, data, onChange: () => later(true), onRun: () => runner.run() });
  const runner = rteRunner(bar, out, {
    lang,
    job: () => {
      settle();
      if (form && !form.valid() && plain()) {
        problem({ message: words.invalid, from: 0, to: 0 });
        return null;
      }
      const text = editor.text();
      if (!text.trim()) {
        problem({ message: words.empty, from: 0, to: 0 });
        return null;
      }
      return { text, query, plain: plain(), name: plain() ? query.name : "query" };
    },
    onProblem: (found, focus) => {
      problem(found);
      if (found && focus) editor.focus();
    },
    onRun: (job) => {
      rteHistory.add({ text: job.text, name: job.query ? job.query.name : "", values: { ...values }, plain: job.plain });
      onState(true);
    },
  });

  const usual = () => (query ? rteBound(query, values, lang) : RTE_BLANK[lang]);
  const plain = () => Boolean(query) && editor.text() === usual();

  function problem(found) {
    editor.mark(found && found.to > 0 ? found : null);
    if (!found) wrong.textContent = "";
    else {
      const { line, column } = rteLineColumn(editor.text(), found.from);
      wrong.textContent = [found.to > 0 ? rteFill(words.errorAt, { line, column, message: found.message }) : found.message, found.words].filter(Boolean).join(" ");
    }
  }

  /** After a change: whether the text is still the saved one, what is wrong with it, what it asks. */
  function later(typed = false) {
    follow();
    clearTimeout(checking);
    checking = setTimeout(() => {
      if (typed) onState(false);
      problem(rteProblem(editor.text(), words, data));
      spell();
    }, RTE_PAUSE);
  }

  /** Before a run: what the engine then says is not wiped away by a check that was still to come. */
  function settle() {
    clearTimeout(checking);
    spell();
  }

  function follow() {
    const changed = Boolean(query) && !plain();
    edited.replaceChildren(...(changed ? [words.edited, " · ", restore] : []));
  }

  function labelOf(iri) {
    if (!data.labelsByIri) {
      data.labelsByIri = new Map(rteTerms(data).map((term) => {
        const [prefix, local] = term.name.split(":");
        return [Object.hasOwn(data.prefixes, prefix) ? data.prefixes[prefix] + local : term.name, term.label];
      }));
    }
    return data.labelsByIri.get(iri) || "";
  }

  function spell() {
    if (!explain.open) return;
    const text = editor.text();
    const head = rteMissingPrefixes(rteTokens(text), data.prefixes).map((name) => `PREFIX ${name}: <${data.prefixes[name]}> `).join("");
    rteExplainInto(said, head + text, lang, { labelOf, headings: query ? query.columns : {} });
  }

  explain.addEventListener("toggle", spell);
  // Over a form the text is a glimpse; whoever goes into it has room to write.
  host.addEventListener("focusin", () => host.classList.add("ask-own"));
  restore.addEventListener("click", () => {
    editor.setText(usual());
    later();
    onState(false);
    editor.focus();
  });
  share.addEventListener("click", async () => {
    await onState(false);
    let text = words.shareFailed;
    try {
      await navigator.clipboard.writeText(location.href);
      text = words.shared;
    } catch {
      // Not allowed here: the address is in the bar.
    }
    share.textContent = text;
    setTimeout(() => { share.textContent = words.share; }, 2500);
  });

  function changed(given, valid) {
    if (!valid) return;
    values = { ...values, ...given };
    const bound = rteBound(query, values, lang, editor.text());
    if (bound === null) return;
    editor.setText(bound);
    later();
    onState(false);
    clearTimeout(running);
    running = setTimeout(() => runner.run(), RTE_PAUSE);
  }

  /** Shows a saved query, or one's own text; runs it where `run` says so. */
  function open({ name, values: given = {}, text = null, run = true }) {
    clearTimeout(running);
    query = name ? rteSaved.query(name) : null;
    runner.clear();
    problem(null);
    note.textContent = "";
    title.textContent = query ? query.summary : words.blankTitle;
    const told = query ? query.description : words.blankText;
    const first = rteFirstSentence(told);
    const rest = told.slice(first.length).trim();
    lead.replaceChildren(make("p", { text: first }), ...(rest && query ? [make("details", {}, make("summary", { text: words.details }), make("p", { text: rest }))] : [make("p", { text: rest })]));
    values = {};
    for (const parameter of query ? query.params : []) values[parameter.name] = given[parameter.name] ?? rteUsual(query, parameter);
    form = null;
    formBox.replaceChildren();
    host.classList.toggle("ask-own", !query || text !== null);
    host.style.height = "";
    formBox.hidden = !query || !query.params.length;
    if (query && query.params.length) {
      form = rteForm(formBox, query, lang, changed);
      form.set(values);
    }
    editor.setText(text === null ? usual() ?? query.text : text);
    editor.show(text === null && query ? rteFormAt(editor.text()) : 0);
    later();
    if (run) runner.run();
  }

  return {
    open,
    title,
    note: (text) => { note.textContent = text; },
    state: () => ({ query, values, text: plain() ? null : editor.text() }),
  };
}
