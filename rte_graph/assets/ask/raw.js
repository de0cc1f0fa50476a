/** The result as text: SPARQL results in JSON, a graph in Turtle. */
const rteRaw = (() => {
  const { make, say } = rteKit;
  const LIMIT = 200000;

  function mount(element, { result, lang, prefixes, announce = () => {} }) {
    const text = result.kind === "graph" ? rteDownload.turtle(result, prefixes) : rteDownload.json(result);
    const copy = navigator.clipboard && window.isSecureContext
      ? make("button", { type: "button", text: say("copy", lang), on: { click: () => navigator.clipboard.writeText(text).then(() => announce(say("copied", lang)), () => {}) } }) : null;
    const bar = make("div", { class: "rte-bar" }, text.length > LIMIT ? make("p", { class: "rte-note", text: say("cut", lang) }) : null, copy);
    element.append(bar, make("pre", { class: "rte-raw", tabindex: "0", role: "region", "aria-label": say("rawLabel", lang) }, make("code", { text: text.slice(0, LIMIT) })));
    return { destroy: () => element.replaceChildren() };
  }

  return { mount };
})();
