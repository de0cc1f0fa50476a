/**
 * The result as a table: headings that sort, rows in pages, names as links, a line to filter by.
 * What a person does not read (the IRI of a name, days that only sort) is kept for « all columns ».
 */
const rteTable = (() => {
  const { make, say, fold, isIri, isNumber, isIriList, iriColumnOf, readable, linked, safe } = rteKit;
  const PAGE = 100;
  const FOR_SORTING = new Set(["earliest", "latest"]);
  const isLines = (name) => /^lines[A-Z]?$/.test(name);
  const isDocument = (name) => /^document[A-Z]?$/.test(name);

  /** Which columns people see, each with how its cells are made. */
  function describe(context, every) {
    const { result, headings = {}, lang } = context;
    const { columns, rows } = result;
    const single = onlyDocument(result), asked = !result.headings && Object.keys(headings).length > 0;
    const shown = Object.assign([], { empty: [] });
    columns.forEach((name, at) => {
      const paired = columns.includes(`${name}Label`) || (name.endsWith("Iri") && columns.includes(name.slice(0, -3)));
      if (!every && (paired || FOR_SORTING.has(name) || (isDocument(name) && single))) return;
      const values = rows.map((row) => row[at]).filter(Boolean);
      // What a saved query was asked about stands in its form, not in each row.
      if (!every && asked && values.length === rows.length && rows.length > 1 && values.every((term) => isIri(term) && term.v === values[0].v) && !name.endsWith("Iri")) return;
      // A column without any value is named below the table, not drawn.
      if (!every && !values.length && rows.length && (asked || isDocument(name))) {
        if (!isDocument(name)) shown.empty.push(title(name, columns, headings, lang));
        return;
      }
      const beside = iriColumnOf(columns, name);
      shown.push({
        name, at,
        iri: beside ? columns.indexOf(beside) : -1,
        title: title(name, columns, headings, lang),
        numeric: values.length > 0 && values.every(isNumber),
        sources: values.length > 0 && values.every(isIriList),
        document: isDocument(name),
        wide: !values.every(isIriList) && values.some((term) => term.t === "l" && term.v.length > 60),
      });
    });
    return shown;
  }

  function title(name, columns, headings, lang) {
    const stem = name.endsWith("Iri") ? name.slice(0, -3) : "";
    const plain = (each) => (Object.hasOwn(headings, each) && headings[each]) || spelt(each);
    if (stem && columns.includes(stem)) return say("iri", lang, { name: plain(stem) });
    if (columns.includes(`${name}Label`)) return say("iri", lang, { name: plain(`${name}Label`) });
    return plain(name);
  }

  /** A column's name as words, where nothing says how it is called. */
  function spelt(name) {
    const words = (name.replace(/Label$/, "") || name).replace(/_/g, " ").replace(/(?<=[a-z0-9])[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
    return words.charAt(0).toUpperCase() + words.slice(1);
  }

  /** The one document that all rows rest on, or an empty text. */
  function onlyDocument({ columns, rows }) {
    const found = new Set();
    columns.forEach((name, at) => { if (isDocument(name)) for (const row of rows) if (row[at] && row[at].v) found.add(row[at].v); });
    return found.size === 1 ? [...found][0] : "";
  }

  /** What a cell says: the text that is shown, sorted and searched. */
  function cellText(column, row, context) {
    const term = row[column.at];
    if (!term) return "";
    if (isIri(term) && context.labels && context.labels[term.v]) return context.labels[term.v];
    const text = readable(term, context.lang);
    // A passage of one line is one number, others go from one line to another.
    return isLines(column.name) ? text.replace(/\b(\d+)-\1\b/g, "$1").replace(/(\d)-(?=\d)/g, "$1–") : text;
  }

  /** Passages after one another: a line may break between two, never inside one. */
  function passages(text) {
    return text.split(", ").flatMap((each, i, all) => [make("span", { class: "rte-span", text: i + 1 < all.length ? `${each},` : each }), i + 1 < all.length ? " " : null]);
  }

  function cell(column, row, context) {
    const term = row[column.at];
    if (column.sources) return sourceCell(term, context);
    if (isLines(column.name)) return make("td", {}, ...passages(cellText(column, row, context)));
    const iri = column.iri >= 0 ? row[column.iri] : term;
    const text = cellText(column, row, context);
    const href = isIri(iri) ? context.link(iri.v) : "";
    const known = isIri(term) && context.labels && context.labels[term.v];
    const inside = linked(text, href, term && term.g && term.g !== context.lang ? term.g : null);
    if (isIri(iri)) inside.title = iri.v;
    // An IRI shows the end of its address, in the type of code; a name beside it is what people read.
    const bare = isIri(term) && !known ? make("code", {}, inside) : inside;
    return make(column.first ? "th" : "td", { scope: column.first ? "row" : null, class: column.numeric ? "number" : null }, text ? bare : null);
  }

  function sourceCell(term, context) {
    const iris = term && term.v ? term.v.split(" ") : [];
    const links = iris.slice(0, 12).map((iri, i) => {
      const href = context.link(iri);
      return href && safe(href) ? make("a", { href, title: rteKit.tail(iri), "aria-label": say("source", context.lang, { n: i + 1 }), text: String(i + 1) }) : make("span", { title: iri, text: String(i + 1) });
    });
    const spaced = links.flatMap((link, i) => (i ? [" ", link] : [link]));
    return make("td", { class: "rte-sources" }, ...spaced, iris.length > 12 ? ` +${iris.length - 12}` : null);
  }

  function compare(column, lang) {
    const collator = new Intl.Collator(lang === "fr" ? "fr" : "en-GB", { numeric: true });
    const key = (term) => (isNumber(term) ? Number(term.v) : null);
    return (a, b) => {
      if (column.numeric) return key(a.term) - key(b.term);
      return collator.compare(a.text, b.text);
    };
  }

  /** Rows in the order that the reader asked for; those without a value stay last. */
  function sorted(rows, column, direction, context) {
    if (!column) return rows;
    const keyed = rows.map((row, i) => ({ row, i, term: row[column.at], text: cellText(column, row, context) }));
    const by = compare(column, context.lang);
    keyed.sort((a, b) => Number(!a.text) - Number(!b.text) || (a.text ? direction * by(a, b) : 0) || a.i - b.i);
    return keyed.map((each) => each.row);
  }

  function mount(element, context) {
    const { result, lang, announce = () => {} } = context;
    let every = false, columns = describe(context, every), by = null, direction = 1, first = 0, sought = "", rows = result.rows;
    if (!columns.length) columns = describe(context, (every = true));
    const body = make("div", { class: "rte-scroll", tabindex: "0", role: "region", "aria-label": say("table", lang) });
    const bar = make("div", { class: "rte-bar" });
    const pager = make("nav", { class: "rte-pager", "aria-label": say("pages", lang) });
    const single = onlyDocument(result);
    element.append(bar, body, pager, single ? make("p", { class: "rte-note", text: say("linesOf", lang, { document: single }) }) : "");

    const filter = make("input", { type: "search", class: "rte-filter", placeholder: say("filter", lang), "aria-label": say("filter", lang), on: { input: () => { sought = filter.value; arrange(); } } });
    const box = make("input", { type: "checkbox", on: { change: () => { every = box.checked; if (empty) empty.hidden = every; columns = describe(context, every); if (by && !columns.some((each) => each.name === by.name)) by = null; arrange(); } } });
    const hidden = describe(context, true).length > columns.length;
    const empty = columns.empty.length ? make("span", { class: "rte-note", text: say("emptyColumns", lang, { n: columns.empty.length, names: columns.empty.join(", ") }) }) : null;
    const counted = make("span", { class: "rte-note", role: "status" });
    bar.append(...(result.rows.length > 8 ? [filter, counted] : []), ...(hidden ? [make("span", { class: "rte-which" }, empty, make("label", { class: "rte-check" }, box, say("allColumns", lang)))] : []));
    if (!bar.children.length) bar.remove();

    function arrange() {
      const words = fold(sought).split(" ").filter(Boolean);
      const found = words.length ? result.rows.filter((row) => { const text = fold(columns.map((column) => cellText(column, row, context)).join(" ")); return words.every((word) => text.includes(word)); }) : result.rows;
      rows = sorted(found, by, direction, context);
      counted.textContent = words.length ? say("filtered", lang, { n: rows.length, total: result.rows.length }) : "";
      first = 0;
      draw();
    }

    function sortBy(column) {
      if (by && by.name === column.name && direction < 0) by = null;
      else if (by && by.name === column.name) direction = -1;
      else { by = column; direction = 1; }
      arrange();
      announce(by ? say(direction > 0 ? "sortedUp" : "sortedDown", lang, { name: by.title }) : say("unsorted", lang));
      const again = [...body.querySelectorAll("thead button")][columns.findIndex((each) => each.name === column.name)];
      if (again) again.focus();
    }

    function heading(column) {
      const mine = by && by.name === column.name;
      return make("th", { scope: "col", class: column.numeric ? "number" : column.wide ? "wide" : column.document ? "document" : null, "aria-sort": mine ? (direction > 0 ? "ascending" : "descending") : null },
        make("button", { type: "button", title: say("sortBy", lang, { name: column.title }), on: { click: () => sortBy(column) } }, column.title, make("span", { class: "rte-arrow", "aria-hidden": "true", text: mine ? (direction > 0 ? "▲" : "▼") : "↕" })));
    }

    function draw() {
      columns.forEach((column, i) => { column.first = i === 0 && !column.numeric && !column.sources; });
      const lines = rows.slice(first, first + PAGE).map((row) => make("tr", {}, ...columns.map((column) => cell(column, row, context))));
      const table = make("table", { class: "rte-table" }, make("thead", {}, make("tr", {}, ...columns.map(heading))), make("tbody", {}, ...lines));
      body.replaceChildren(table, ...(rows.length || !sought ? [] : [make("p", { class: "rte-note", text: say("noneFiltered", lang, { text: sought.slice(0, 60) }) })]));
      pager.hidden = rows.length <= PAGE;
      pager.replaceChildren(
        step("previous", -PAGE, first > 0),
        make("span", { role: "status", text: say("span", lang, { a: first + 1, b: Math.min(first + PAGE, rows.length), total: rows.length }) }),
        step("next", PAGE, first + PAGE < rows.length));
    }

    function step(key, by, possible) {
      return make("button", { type: "button", "data-step": key, "aria-disabled": possible ? null : "true", text: say(key, lang), on: { click: () => {
        if (!possible) return;
        first += by;
        draw();
        body.scrollTop = 0;
        pager.querySelector(`[data-step=${key}]`).focus({ preventScroll: true });
        element.scrollIntoView({ block: "nearest" });
      } } });
    }

    draw();
    return { destroy: () => element.replaceChildren(), rows: () => rows };
  }

  /** A graph as a table of three columns. */
  function fromGraph({ triples }, lang) {
    return { kind: "table", columns: ["subject", "predicate", "object"], rows: triples, headings: { subject: say("subject", lang), predicate: say("predicate", lang), object: say("object", lang) } };
  }

  return { mount, fromGraph, title, onlyDocument };
})();
