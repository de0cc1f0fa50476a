/* Search over labels and former names, and facets on the lists. Without this script the lists are plain lists. */
(() => {
  "use strict";
  const root = document.documentElement.dataset.root || "";
  const folded = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  // The index is a script and not JSON to fetch: from a disk, browsers let pages load the one but not the other.
  let asked = null;
  const index = (address) =>
    (asked ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = root + address;
      script.onload = () => {
        const { kinds, entries } = window.rteSearch;
        resolve(entries.map(([label, path, kind, ...others]) => ({
          label, path, kind: kinds[kind], others, keys: [label, ...others].map(folded),
        })));
      };
      script.onerror = reject;
      document.head.append(script);
    }));

  const rank = (entry, words, typed) => {
    let best = 9;
    entry.keys.forEach((key, i) => {
      if (!words.every((word) => ` ${key}`.includes(` ${word}`))) {
        if (words.every((word) => key.includes(word))) best = Math.min(best, 6 + (i > 0));
        return;
      }
      best = Math.min(best, (key === typed ? 0 : key.startsWith(typed) ? 2 : 4) + (i > 0));
    });
    return best;
  };
  const matches = (entries, text) => {
    const typed = folded(text), words = typed.split(" ").filter(Boolean);
    if (!words.length) return [];
    return entries
      .map((entry) => [rank(entry, words, typed), entry])
      .filter(([place]) => place < 9)
      .sort((a, b) => a[0] - b[0] || a[1].label.length - b[1].label.length)
      .map(([, entry]) => entry);
  };
  const described = (entry, text) => {
    const words = folded(text).split(" ").filter(Boolean);
    const key = folded(entry.label);
    const other = words.every((w) => key.includes(w)) ? "" : entry.others.find((name) => words.every((w) => folded(name).includes(w)));
    return other ? `${entry.kind} · ${other}` : entry.kind;
  };
  const item = (entry, text) => {
    const link = document.createElement("a"), small = document.createElement("small");
    link.href = root + entry.path;
    link.textContent = entry.label;
    small.textContent = described(entry, text);
    link.append(small);
    return link;
  };

  // The same place, and the same filters, in the other language.
  for (const link of document.querySelectorAll(".langs a")) {
    link.addEventListener("click", () => { if (location.hash) link.hash = location.hash; });
  }

  const form = document.querySelector(".find");
  if (form) {
    const input = form.querySelector("input"), list = form.querySelector("ul"), live = form.querySelector("[aria-live]");
    form.hidden = false;
    let chosen = -1;
    const close = () => { list.hidden = true; chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const choose = (to) => {
      const options = [...list.querySelectorAll("[role=option]")];
      if (!options.length) return;
      chosen = (to + options.length) % options.length;
      options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
      input.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    };
    const show = async () => {
      const text = input.value;
      if (!text.trim()) return close();
      const found = matches(await index(form.dataset.index), text);
      if (text !== input.value) return;
      list.replaceChildren();
      found.slice(0, 12).forEach((entry, i) => {
        const li = document.createElement("li");
        li.id = `found-${i}`;
        li.setAttribute("role", "option");
        li.setAttribute("aria-selected", "false");
        const link = item(entry, text);
        link.tabIndex = -1;
        li.append(link);
        list.append(li);
      });
      live.textContent = found.length ? `${found.length}` : form.dataset.none;
      if (!found.length) {
        const li = document.createElement("li"), p = document.createElement("p");
        li.setAttribute("role", "option");
        li.setAttribute("aria-disabled", "true");
        p.textContent = form.dataset.none;
        li.append(p);
        list.append(li);
      }
      list.hidden = false;
      chosen = -1;
      input.setAttribute("aria-expanded", "true");
    };
    input.addEventListener("focus", () => index(form.dataset.index).catch(() => { form.hidden = true; }));
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen - 1);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (list.hidden) await show();
      const link = list.querySelectorAll("a")[Math.max(chosen, 0)];
      if (link) link.click();
    });
    document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
  }

  const browse = document.querySelector("[data-facets]");
  if (browse) {
    const facets = browse.querySelector(".facets"), items = [...browse.querySelectorAll(".list > li")];
    const count = browse.querySelector(".count"), letters = [...browse.querySelectorAll(".letter")];
    const text = facets.querySelector("input[type=search]"), boxes = [...facets.querySelectorAll("input[type=checkbox]")];
    const reset = facets.querySelector("button"), fold = facets.querySelector(".fold");
    // On a phone the list comes first: the facets wait folded.
    if (fold && matchMedia("(max-width: 940px)").matches) fold.open = false;
    facets.hidden = false;
    items.forEach((li) => { li.dataset.key = folded(li.dataset.names || li.textContent); });
    const has = (li, name, value) => ` ${li.getAttribute(`data-${name}`) || ""} `.includes(` ${value} `);
    const passes = (li, chosen, words, without) =>
      words.every((word) => li.dataset.key.includes(word)) &&
      Object.entries(chosen).every(([name, values]) => name === without || values.some((value) => has(li, name, value)));
    const apply = () => {
      const chosen = {};
      for (const box of boxes) if (box.checked) (chosen[box.name] ||= []).push(box.value);
      const words = text ? folded(text.value).split(" ").filter(Boolean) : [];
      let shown = 0;
      for (const li of items) { li.hidden = !passes(li, chosen, words); shown += !li.hidden; }
      for (const box of boxes) {
        // How many would be left with this box: the other facets as they are, this one open.
        const number = items.filter((li) => has(li, box.name, box.value) && passes(li, chosen, words, box.name)).length;
        box.parentElement.querySelector("small").textContent = number;
        box.parentElement.classList.toggle("off", !number);
      }
      for (const letter of letters) letter.hidden = ![...letter.nextElementSibling.children].some((li) => !li.hidden);
      count.textContent = (shown === 1 ? count.dataset.one : count.dataset.many).replace("{count}", shown.toLocaleString(document.documentElement.lang));
      reset.hidden = !words.length && !Object.keys(chosen).length;
      remember(chosen, text ? text.value.trim() : "");
    };
    const remember = (chosen, typed) => {
      const state = new URLSearchParams();
      for (const [name, values] of Object.entries(chosen)) values.forEach((value) => state.append(name, value));
      if (typed) state.set("q", typed);
      const tail = state.toString();
      history.replaceState(null, "", tail ? `#${tail}` : location.pathname + location.search);
    };
    const recall = () => {
      const state = new URLSearchParams(location.hash.slice(1));
      for (const box of boxes) box.checked = state.getAll(box.name).includes(box.value);
      if (text) text.value = state.get("q") || "";
    };
    facets.addEventListener("input", apply);
    facets.addEventListener("submit", (event) => event.preventDefault());
    reset.addEventListener("click", () => { boxes.forEach((box) => { box.checked = false; }); if (text) text.value = ""; apply(); });
    recall();
    apply();
  }
})();
