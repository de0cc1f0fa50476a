// The list of saved queries by topic, with search; on a phone it folds away.

/** The first sentence of a text. */
function rteFirstSentence(text) {
  const found = /^.*?[.?!](?=\s|$)/.exec(text);
  return found ? found[0] : text;
}

/** → {mark(name)}; `onPick(name)` is told the query chosen, "" for one's own. */
function rteList(element, { lang, data, onPick }) {
  const words = rteWords(lang);
  const { make } = rteKit;
  const search = make("input", { type: "search", placeholder: words.search, "aria-label": words.search, autocomplete: "off", spellcheck: "false" });
  const none = make("p", { class: "ask-none", "aria-live": "polite" });
  const own = item("", words.blank, words.blankNote);
  const groups = data.topics.map(({ name, title }) => {
    const queries = data.queries.filter((query) => query.topic === name);
    const items = queries.map((query) => ({ query, button: item(query.name, query.summary, rteFirstSentence(query.description)), folded: rteFold(`${query.summary} ${query.description} ${query.name} ${title}`) }));
    const box = make("details", {}, make("summary", {}, make("span", { text: title }), make("small", { text: String(queries.length) })), make("ul", {}, ...items.map(({ button }) => make("li", {}, button))));
    return { box, items };
  });
  const drawer = make("details", { class: "ask-drawer" }, make("summary", { text: words.choose }),
    make("div", { class: "ask-inner" }, own, search, none, ...groups.map(({ box }) => box)));
  element.replaceChildren(drawer);
  const wide = matchMedia("(min-width: 901px)");
  const fold = () => { drawer.open = wide.matches; };
  wide.addEventListener("change", fold);
  fold();

  function item(name, title, note) {
    const button = make("button", { type: "button", class: "ask-item" }, make("span", { text: title }), make("small", { text: note }));
    button.dataset.query = name;
    button.addEventListener("click", () => {
      onPick(name);
      if (!wide.matches) drawer.open = false;
    });
    return button;
  }

  search.addEventListener("input", () => {
    const wanted = rteFold(search.value).split(" ").filter(Boolean);
    let count = 0;
    for (const { box, items } of groups) {
      let found = 0;
      for (const { button, folded } of items) {
        const fits = wanted.every((word) => folded.includes(word));
        button.parentElement.hidden = !fits;
        found += fits ? 1 : 0;
      }
      box.hidden = !found;
      box.open = wanted.length ? found > 0 : Boolean(box.querySelector("[aria-current]"));
      count += found;
    }
    none.textContent = count ? "" : words.noneFound;
  });

  return {
    mark(name) {
      for (const button of drawer.querySelectorAll(".ask-item")) {
        const here = button.dataset.query === name;
        if (here) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
        if (here && button.closest("ul")) button.closest("details").open = true;
      }
    },
  };
}
