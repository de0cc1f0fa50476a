/**
 * Forms of saved queries: `rteForm(element, query, lang, onChange)` makes one control a parameter.
 *
 * handle: values() → {name: text} (an IRI for what a list names, « * » for « all », a canonical number or date),
 * set(values), valid() → whether all can be used; each wrong one says in one sentence what to write.
 * onChange(values, valid) is called after each change.
 */
const rteForm = (() => {
  const { make, say, fold, id } = rteKit;
  const ANY = "*";
  const SHORT = 40;
  const SHOWN = 60;
  const SPACES = /[ \u00a0\u202f]/g;

  function rteForm(element, query, lang, onChange = () => {}) {
    const controls = new Map();
    const changed = () => onChange(values(), [...controls.values()].every((control) => !control.problem()));
    const form = make("div", { class: "rte-form" });
    for (const parameter of query.params) {
      const control = makeControl(parameter, lang, changed);
      controls.set(parameter.name, control);
      form.append(field(parameter, control, lang));
    }
    element.replaceChildren(form);

    function values() {
      return Object.fromEntries([...controls].map(([name, control]) => [name, control.value()]));
    }
    return {
      values,
      set(given) {
        for (const [name, control] of controls) {
          if (Object.hasOwn(given, name)) control.set(String(given[name]));
          control.check();
        }
      },
      valid: () => [...controls.values()].map((control) => control.check()).every(Boolean),
      destroy: () => form.remove(),
    };
  }

  /** Label, control, what it means, and room for what is wrong with it. */
  function field(parameter, control, lang) {
    const hint = id("hint"), wrong = id("wrong");
    const error = make("p", { class: "rte-wrong", id: wrong, "aria-live": "polite" });
    const box = make("div", { class: "rte-field" },
      make("label", { for: control.input.id, text: parameter.label }, parameter.optional ? make("small", { text: ` ${say("optional", lang)}` }) : null),
      control.element, make("p", { class: "rte-hint", id: hint, text: parameter.description }), error);
    control.input.setAttribute("aria-describedby", `${wrong} ${hint}`);
    control.check = () => {
      const problem = control.problem();
      error.textContent = problem;
      box.classList.toggle("rte-bad", Boolean(problem));
      if (problem) control.input.setAttribute("aria-invalid", "true");
      else control.input.removeAttribute("aria-invalid");
      return !problem;
    };
    control.set(initial(parameter));
    return box;
  }

  /** What a parameter starts with: its default, « all », or its example. */
  function initial(parameter) {
    const given = parameter.default ?? (parameter.optional ? ANY : parameter.exampleIri ?? parameter.example);
    if (!parameter.choices || given === ANY) return given;
    const found = chosen(parameter.choices, given) || chosen(parameter.choices, parameter.exampleIri || "");
    return found ? found.iri : given;
  }

  // A whole address may be given for what the list does not hold.
  const isAddress = (text) => /^https?:\/\/[^\s<>"{}|^`\\]+$/i.test(text);

  const chosen = (choices, text) => choices.find((each) => each.iri === text) || choices.find((each) => [each.label, each.notation || ""].some((name) => name && fold(name) === fold(text)));

  function makeControl(parameter, lang, changed) {
    if (parameter.choices) return parameter.choices.length > SHORT ? searchable(parameter, lang, changed) : select(parameter, lang, changed, options(parameter.choices));
    if (parameter.words && parameter.words.length) return select(parameter, lang, changed, parameter.words.map((word) => [word, word]));
    if (parameter.type === "boolean") return select(parameter, lang, changed, [["true", say("yes", lang)], ["false", say("no", lang)]]);
    return typed(parameter, lang, changed);
  }

  /** Values and texts of a list; the notation tells apart what has one label. */
  function options(choices) {
    const counted = new Map();
    for (const each of choices) counted.set(each.label, (counted.get(each.label) || 0) + 1);
    return choices.map((each) => [each.iri, counted.get(each.label) > 1 ? `${each.label} (${each.notation || rteKit.tail(each.iri)})` : each.label]);
  }

  function select(parameter, lang, changed, listed) {
    const lines = [...(parameter.optional ? [[ANY, say("all", lang)]] : []), ...listed];
    const input = make("select", { id: id("parameter"), name: parameter.name }, ...lines.map(([value, text]) => make("option", { value, text })));
    const control = {
      element: input, input,
      value: () => input.value,
      set(value) {
        const word = lines.find(([each]) => each === value) || lines.find(([each, text]) => fold(text) === fold(value) || each.toLowerCase() === value.toLowerCase());
        input.value = word ? word[0] : "";
        if (!word) input.selectedIndex = -1;
      },
      problem: () => (input.value ? "" : say("wrongMissing", lang, { example: parameter.example })),
    };
    input.addEventListener("change", () => { control.check(); changed(); });
    return control;
  }

  const READ = {
    integer: (text) => { const digits = text.replace(SPACES, ""); return /^[+-]?[0-9]{1,18}$/.test(digits) ? String(BigInt(digits)) : null; },
    decimal: (text) => {
      const plain = text.replace(SPACES, "").replace(",", ".");
      if (!/^[+-]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})$/.test(plain)) return null;
      const [, sign, whole, rest] = /^([+-]?)([0-9]*)\.?([0-9]*)$/.exec(plain);
      const digits = rest.replace(/0+$/, "");
      return `${sign === "-" ? "-" : ""}${whole.replace(/^0+(?=\d)/, "") || "0"}${digits ? `.${digits}` : ""}`;
    },
    date: (text) => { const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null; return at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) && text >= "0001" ? text : null; },
    string: (text) => (/\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text) ? null : text),
  };
  const WRONG = { integer: "wrongInteger", decimal: "wrongDecimal", date: "wrongDate", string: "wrongText" };

  /** A line to type into; empty means « all » where the parameter is optional. */
  function typed(parameter, lang, changed) {
    const kind = READ[parameter.type] ? parameter.type : "string";
    const mode = { integer: "numeric", decimal: "decimal" }[kind];
    const input = make("input", { id: id("parameter"), name: parameter.name, type: kind === "date" ? "date" : "text", inputmode: mode, autocomplete: "off", spellcheck: "false", placeholder: parameter.optional ? say("all", lang) : parameter.example });
    const text = () => (kind === "string" ? input.value : input.value.trim());
    const control = {
      element: input, input,
      value: () => (text() === "" ? (parameter.optional ? ANY : "") : READ[kind](text()) ?? text()),
      set(value) { input.value = value === ANY ? "" : value; },
      problem() {
        if (input.validity.badInput) return say("wrongDate", lang, { text: "…" });
        if (text() === "") return parameter.optional ? "" : say("wrongMissing", lang, { example: parameter.example });
        return READ[kind](text()) === null ? say(WRONG[kind], lang, { text: text().slice(0, 80), example: parameter.example }) : "";
      },
    };
    input.addEventListener("input", () => { if (!control.problem()) control.check(); changed(); });
    input.addEventListener("change", () => control.check());
    return control;
  }

  /** A long list: a line to type into with the lines that match below it (the ARIA combobox pattern). */
  function searchable(parameter, lang, changed) {
    const listId = id("list");
    const lines = [...(parameter.optional ? [{ value: ANY, text: say("all", lang), keys: fold(say("all", lang)) }] : []),
      ...options(parameter.choices).map(([value, text], i) => ({ value, text, keys: fold(`${text} ${parameter.choices[i].notation || ""}`) }))];
    const input = make("input", { id: id("parameter"), name: parameter.name, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list", placeholder: parameter.optional ? say("all", lang) : say("typeToFind", lang) });
    const list = make("ul", { id: listId, role: "listbox", "aria-label": parameter.label, hidden: true });
    const note = make("p", { class: "rte-list-note", role: "status", hidden: true });
    let value = "", active = -1, shown = [];
    const line = () => lines.find((each) => each.value === value);

    function open(text) {
      const words = fold(text).split(" ").filter(Boolean);
      const found = lines.filter((each) => words.every((word) => each.keys.includes(word)));
      const first = words.join(" ");
      // What begins with the letters typed comes first; the order of the list does the rest.
      found.sort((a, b) => Number(b.keys.startsWith(first)) - Number(a.keys.startsWith(first)));
      shown = found.slice(0, SHOWN);
      list.replaceChildren(...shown.map((each, i) => make("li", { role: "option", id: `${listId}-${i}`, "aria-selected": String(each.value === value), text: each.text })));
      note.textContent = found.length ? (found.length > SHOWN ? say("moreChoices", lang, { n: found.length - SHOWN }) : "") : say("noChoice", lang, { text: text.slice(0, 60) });
      note.hidden = !note.textContent;
      list.hidden = !shown.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      move(words.length && shown.length ? 0 : shown.findIndex((each) => each.value === value));
    }

    function move(to) {
      active = to;
      [...list.children].forEach((item, i) => item.classList.toggle("rte-active", i === active));
      if (active < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", `${listId}-${active}`);
      return list.children[active].scrollIntoView({ block: "nearest" });
    }

    function close() {
      list.hidden = note.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function take(each) {
      value = each.value;
      input.value = each.value === ANY ? "" : each.text;
      close();
      control.check();
      changed();
    }

    /** What was typed counts when it is a line of the list, whatever its accents and case. */
    function settle() {
      close();
      const text = input.value.trim();
      const found = text === "" && parameter.optional ? lines[0] : lines.find((each) => each.text === text) || lines.find((each) => fold(each.text) === fold(text));
      const before = value;
      value = found ? found.value : text;
      if (found) input.value = found.value === ANY ? "" : found.text;
      control.check();
      if (before !== value) changed();
    }

    const control = {
      element: make("div", { class: "rte-combobox" }, input, list, note), input,
      value: () => value || (parameter.optional ? ANY : ""),
      set(given) {
        const found = lines.find((each) => each.value === given) || chosen(parameter.choices, given);
        value = found ? found.value ?? found.iri : given;
        const at = line();
        input.value = at ? (at.value === ANY ? "" : at.text) : given;
      },
      problem() {
        if (line() || isAddress(value) || (value === "" && parameter.optional)) return "";
        return value === "" ? say("wrongMissing", lang, { example: parameter.example }) : say("wrongChoice", lang, { text: value.slice(0, 80) });
      },
    };
    const keys = {
      ArrowDown: () => (list.hidden ? open(line() ? "" : input.value) : move(Math.min(active + 1, shown.length - 1))),
      ArrowUp: () => (list.hidden ? open(line() ? "" : input.value) : move(Math.max(active - 1, 0))),
      Enter: () => (!list.hidden && active >= 0 ? take(shown[active]) : settle()),
      Escape: () => { if (list.hidden) return; const at = line(); input.value = at && at.value !== ANY ? at.text : ""; close(); },
    };
    input.addEventListener("keydown", (event) => {
      if (!keys[event.key] || event.isComposing || event.ctrlKey || event.metaKey || event.altKey && event.key === "Enter") return;
      keys[event.key]();
      event.preventDefault();
      if (event.key === "Escape") event.stopPropagation();
    });
    input.addEventListener("input", () => open(input.value));
    input.addEventListener("click", () => { if (list.hidden) { input.select(); open(""); } });
    input.addEventListener("blur", settle);
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => { const at = [...list.children].indexOf(event.target.closest("li")); if (at >= 0) take(shown[at]); });
    return control;
  }

  return rteForm;
})();
