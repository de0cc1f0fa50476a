// The editor of SPARQL text: colours, completion, marks of errors. CodeMirror stands in a shadow root, whose
// sheets need no leave from the page's policy; its colours are the page's variables, light and dark.
const RTE_LOOK = {
  "&": { backgroundColor: "var(--paper)", color: "var(--ink)", fontSize: "13.5px", maxHeight: "inherit", height: "100%" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-gutters": { backgroundColor: "var(--soft)", color: "var(--muted)", border: "0", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "var(--ask-line)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--ask-line)", color: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--ask-selection) !important" },
  ".cm-selectionMatch": { backgroundColor: "var(--ask-match)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--ask-match)", outline: "1px solid var(--muted)" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--muted)", borderRadius: "3px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", fontSize: "13.5px", maxHeight: "15em", maxWidth: "min(600px, 84vw)" },
  ".cm-completionLabel": { overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", display: "flex", gap: "10px", alignItems: "baseline" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--muted)", marginLeft: "auto", fontSize: "12px" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionInfo": { font: "13.5px/1.45 var(--sans)", padding: "6px 10px", maxWidth: "340px" },
  ".cm-diagnostic": { font: "13.5px/1.45 var(--sans)", padding: "5px 10px", borderLeft: "4px solid var(--bad)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad) 1.5px", textUnderlineOffset: "3px" },
  ".cm-panels": { backgroundColor: "var(--soft)", color: "var(--ink)" },
  ".cm-panels input, .cm-panels button": { font: "13px var(--sans)", color: "inherit", background: "var(--paper)", border: "1px solid var(--muted)" },
};
const RTE_MOST_OPTIONS = 60;

function rteColours({ HighlightStyle, tags }) {
  return HighlightStyle.define([
    { tag: tags.keyword, color: "var(--ask-keyword)", fontWeight: "600" },
    { tag: [tags.atom, tags.number, tags.bool], color: "var(--ask-name)" },
    { tag: tags.string, color: "var(--ask-string)" },
    { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
    { tag: [tags.variableName, tags.standard(tags.variableName), tags.special(tags.variableName)], color: "var(--ask-variable)" },
    { tag: [tags.operator, tags.bracket, tags.punctuation], color: "var(--ink)" },
    { tag: [tags.meta, tags.propertyName, tags.typeName, tags.tagName], color: "var(--ask-name)" },
  ]);
}

/** Completion of a text at a place: variables after « ? », names after « prefix: », words, labels. */
function rteOptions(text, at, asked, data, words) {
  const before = text.slice(Math.max(0, at - 200), at);
  const variable = /[?$][\p{L}\p{N}_]*$/u.exec(before);
  const tokens = rteTokens(text);
  if (variable) return { from: at - variable[0].length, options: rteVariables(tokens, variable[0], at, words) };
  const within = tokens.find((token) => token.start < at && token.end >= at);
  if (within && (within.kind === "string" || within.kind === "iri")) return null;
  const name = /([A-Za-z][\w.-]*)?:[\w-]*$/.exec(before);
  const wanted = rteWanted(tokens, within && within.end >= at ? within.start : at);
  if (name) return { from: at - name[0].length, options: rteNamed(name[0], data, words, wanted) };
  const word = /[\p{L}][\p{L}\p{N}_'’-]*$/u.exec(before);
  if (!word && !asked) return null;
  const typed = word ? word[0] : "";
  if (typed.length < 2 && !asked) return null;
  return { from: at - typed.length, options: rteWorded(typed, data, words, wanted) };
}

/** Which kinds of terms fit where a triple stands: a class after « a », a property after a subject, else a thing. */
function rteWanted(tokens, at) {
  const before = tokens.filter((token) => token.end <= at && token.start < at);
  const last = before[before.length - 1];
  const other = before[before.length - 2];
  if (!last) return [];
  if (last.kind === "word" && last.text === "a") return ["class"];
  if (rteSign(last, ";")) return ["property"];
  const starts = !other || (other.kind === "sign" && ["{", ".", "}"].includes(other.text));
  if (["variable", "name", "iri", "blank"].includes(last.kind)) return starts ? ["property"] : ["entity", "concept", "class"];
  return [];
}

function rteVariables(tokens, typed, at, words) {
  const held = tokens.filter((token) => token.kind === "variable" && token.end !== at).map((token) => `?${token.text.slice(1)}`);
  const wanted = `?${typed.slice(1).toLowerCase()}`;
  return [...new Set(held)].sort().filter((each) => each.toLowerCase().startsWith(wanted)).map((label) => ({ label, detail: words.variable, type: "variable" }));
}

function rteNamed(typed, data, words, kinds) {
  const [prefix, local] = [typed.slice(0, typed.indexOf(":")), typed.slice(typed.indexOf(":") + 1)];
  const wanted = rteFold(local);
  const ranked = [];
  for (const term of rteTerms(data)) {
    if (!term.name.startsWith(`${prefix}:`)) continue;
    const rank = term.local.startsWith(wanted) ? 0 : term.folded.includes(wanted) ? 1 : term.local.includes(wanted) ? 2 : -1;
    if (rank >= 0) ranked.push([rank + (kinds.includes(term.kind) ? 0 : 10), term]);
  }
  return ranked.sort((a, b) => a[0] - b[0]).slice(0, RTE_MOST_OPTIONS).map(([, term]) => rteOption(term, words));
}

function rteWorded(typed, data, words, kinds) {
  const folded = rteFold(typed);
  const upper = typed.toUpperCase();
  const keywords = RTE_KEYWORDS.filter((each) => each.toUpperCase().startsWith(upper)).map((label) => ({ label, detail: words.keyword, type: "keyword" }));
  const prefixes = Object.entries(data.prefixes).filter(([name]) => name.startsWith(typed.toLowerCase())).map(([name, iri]) => ({ label: `${name}:`, detail: words.prefix, info: iri, again: true, type: "namespace" }));
  const ranked = [];
  if (folded) {
    for (const term of rteTerms(data)) {
      const at = ` ${term.folded}`.indexOf(` ${folded}`);
      const rank = at === 0 ? 0 : at > 0 ? 1 : term.local.startsWith(folded) ? 2 : -1;
      if (rank >= 0) ranked.push([rank + (kinds.includes(term.kind) ? 0 : 10), term]);
    }
  }
  ranked.sort((a, b) => a[0] - b[0]);
  // Where only a class, or only a property, can stand, those come before words and prefixes.
  const fitting = kinds.length === 1 ? ranked.filter(([rank]) => rank < 2) : [];
  const options = (some) => some.map(([, term]) => rteOption(term, words));
  return [...options(fitting), ...keywords, ...prefixes.slice(0, 8), ...options(ranked.slice(fitting.length, RTE_MOST_OPTIONS))].slice(0, RTE_MOST_OPTIONS);
}

/** The terms of the payload, folded once. */
function rteTerms(data) {
  if (!data.foldedTerms) {
    data.foldedTerms = data.terms.map(([name, kind, label, note]) => ({ name, kind, label, note, local: rteFold(rteLastSegment(name).split(":").pop()), folded: rteFold(label) }));
  }
  return data.foldedTerms;
}

function rteOption(term, words) {
  const kinds = { class: words.classes, property: words.property, concept: words.concept, entity: words.entity };
  const inserted = /^[a-z][\w.-]*:[A-Za-z_]/.test(term.name) && !term.name.includes("/") ? term.name : `<${term.name}>`;
  const shown = term.label && term.label !== term.name ? `${rteOneLine(term.label)} — ${rteLastSegment(term.name)}` : term.name;
  return { label: inserted, displayLabel: shown, detail: kinds[term.kind], info: term.note || undefined, type: term.kind };
}

/** Puts a completion in, with the PREFIX line that it needs. */
function rteApply(view, option, from, to, data) {
  const text = view.state.doc.toString();
  const changes = [{ from, to, insert: option.label }];
  const prefix = /^([A-Za-z][\w.-]*):/.exec(option.label);
  const whole = text.slice(0, from) + option.label + text.slice(to);
  let shift = 0;
  if (prefix && rteMissingPrefixes(rteTokens(whole), data.prefixes).includes(prefix[1])) {
    const last = rteTokens(text).filter((token, at, all) => token.kind === "iri" && rteWord(all[at - 2], "PREFIX")).pop();
    const line = `PREFIX ${prefix[1]}: <${data.prefixes[prefix[1]]}>\n`;
    const at = last ? text.indexOf("\n", last.end) + 1 || text.length : 0;
    if (at <= from) {
      changes.unshift({ from: at, insert: line });
      shift = line.length;
    }
  }
  view.dispatch({ changes, selection: { anchor: from + shift + option.label.length }, scrollIntoView: true, userEvent: "input.complete" });
}

/** Makes the editor; → {text, setText, mark, focus, complete, view}. */
function rteEditor(host, { lang, data, onChange, onRun }) {
  const CM = window.RTE_EDITOR;
  const words = rteWords(lang);
  const root = host.attachShadow({ mode: "open" });
  let leaving = false;
  let quiet = false;
  const source = (context) => {
    const found = rteOptions(context.state.doc.toString(), context.pos, context.explicit, data, words);
    if (!found || !found.options.length) return null;
    const options = found.options.map((option) => ({
      ...option,
      info: option.info ? () => Object.assign(document.createElement("div"), { textContent: option.info }) : undefined,
      apply: (view, _, from, to) => {
        rteApply(view, option, from, to, data);
        if (option.again) CM.startCompletion(view);
      },
    }));
    return { from: found.from, options, filter: false };
  };
  const unlessLeaving = (run) => (view) => (leaving ? false : run(view));
  const keys = [
    { key: "Mod-Enter", run: () => { onRun(); return true; } },
    { key: "Tab", run: unlessLeaving((view) => CM.acceptCompletion(view) || CM.indentMore(view)), shift: unlessLeaving(CM.indentLess) },
    ...CM.completionKeymap, ...CM.closeBracketsKeymap, ...CM.searchKeymap, ...CM.historyKeymap, ...CM.lintKeymap, ...CM.defaultKeymap,
  ];
  const watch = CM.EditorView.domEventHandlers({
    keydown: (event, view) => {
      if (event.key === "Escape") leaving = CM.completionStatus(view.state) === null;
      else if (event.key !== "Tab" && event.key !== "Shift") leaving = false;
      return false;
    },
    focus: () => { leaving = false; return false; },
  });
  const view = new CM.EditorView({
    root,
    parent: root,
    extensions: [
      CM.lineNumbers(), CM.lintGutter(), CM.highlightSpecialChars(), CM.history(), CM.drawSelection(), CM.indentOnInput(), CM.bracketMatching(), CM.closeBrackets(),
      CM.highlightActiveLine(), CM.highlightActiveLineGutter(), CM.highlightSelectionMatches(), CM.search({ top: true }),
      CM.StreamLanguage.define(CM.sparql), CM.syntaxHighlighting(rteColours(CM)), CM.EditorView.theme(RTE_LOOK),
      CM.autocompletion({ override: [source], icons: false, maxRenderedOptions: RTE_MOST_OPTIONS, activateOnTypingDelay: 60 }),
      CM.EditorState.phrases.of(lang === "fr" ? RTE_EDITOR_PHRASES : {}),
      CM.EditorView.contentAttributes.of({ "aria-label": `${words.editor}. ${words.editorHint}`, "aria-multiline": "true", tabindex: "0" }),
      CM.EditorView.lineWrapping, watch, CM.keymap.of(keys),
      CM.EditorView.updateListener.of((update) => { if (update.docChanged && !quiet) onChange(update.state.doc.toString()); }),
    ],
  });
  return {
    view,
    text: () => view.state.doc.toString(),
    setText(text) {
      const held = view.state.doc.toString();
      if (held === text) return;
      let start = 0;
      while (start < Math.min(held.length, text.length) && held[start] === text[start]) start += 1;
      let end = 0;
      while (end < Math.min(held.length, text.length) - start && held[held.length - 1 - end] === text[text.length - 1 - end]) end += 1;
      quiet = true;
      view.dispatch({ changes: { from: start, to: held.length - end, insert: text.slice(start, text.length - end) } });
      quiet = false;
    },
    mark(problem) {
      const size = view.state.doc.length;
      const found = problem ? [{ from: Math.min(problem.from, size), to: Math.min(Math.max(problem.to, problem.from), size), severity: "error", message: [problem.message, problem.words].filter(Boolean).join(" ") }] : [];
      view.dispatch(CM.setDiagnostics(view.state, found));
    },
    /** Scrolls, in the editor alone, so that a place of the text is on its first line. */
    show: (at) => view.dispatch({ selection: { anchor: at }, effects: CM.EditorView.scrollIntoView(at, { y: "start", yMargin: 4 }) }),
    focus: () => view.focus(),
    complete: () => CM.startCompletion(view),
  };
}

const RTE_EDITOR_PHRASES = {
  Find: "Chercher", Replace: "Remplacer", next: "suivant", previous: "précédent", all: "tout", "match case": "casse", "by word": "mot entier", regexp: "expression", replace: "remplacer", "replace all": "tout remplacer", close: "fermer", "current match": "trouvé", "on line": "à la ligne", "Go to line": "Aller à la ligne", go: "aller", Completions: "Propositions", "Control character": "Caractère de contrôle", "Folded lines": "Lignes pliées", "Diagnostics": "Erreurs", "No diagnostics": "Aucune erreur",
};
