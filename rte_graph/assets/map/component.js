/**
 * The map as a component: `mountMap(element, payload, callbacks)` draws it into an element and returns a handle.
 * It needs dom.js and words.js, and nothing of the page around it.
 *
 * callbacks: onSelect(selection | null), announce(text), beside (an element for the list beside the map).
 * handle: update({lang, level, visible, at, marked}), pick(key), counts(), beside(), picture(options), destroy().
 * A selection is {key, name, code, entries: [positions]}; `visible` tells which entries count, by position;
 * `marked` are positions of entries whose places are to be ringed (a selection made elsewhere).
 */
const mountMap = (() => {
  const INK = "#1d2733", MUTED = "#5b6675", FOCUS = "#0067a3";
  const GROUPS = ["wider", "several", "national", "elsewhere", "nowhere"];

  function mountMap(element, payload, callbacks = {}) {
    const base = payload.base;
    const announceText = callbacks.announce || (() => {});
    const figure = make("div", { class: "rte-map-figure" });
    const list = make("div", { class: "rte-map-beside" });
    element.classList.add("rte-map");
    element.append(figure);
    (callbacks.beside || element).append(list);
    let state = { lang: payload.lang, level: payload.levels[0], visible: () => true, at: null, marked: [] };
    let focused = null;
    let drawn = null;
    const tell = (key, values = {}) => fillText(MAP_WORDS[state.lang][key], values, state.lang);

    function update(change) {
      state = { ...state, ...change };
      if (!payload.levels.includes(state.level)) state.level = payload.levels[0];
      render();
    }

    function render() {
      const active = figure.contains(document.activeElement);
      drawn = tally(payload, state);
      const width = figure.clientWidth || 950;
      const narrow = width < 520;
      const layout = base.layouts[narrow ? "narrow" : "wide"];
      // Room decides the scale; text and circles keep their size on the screen within bounds.
      const room = Math.min(width / layout.width, narrow ? 9 : (figure.clientHeight || 9e9) / layout.height);
      const unit = Math.max(0.85, Math.min(1.35, 1 / (room || 1)));
      const svg = drawMap({ payload, state, drawn, layout, unit, tell, focused });
      svg.setAttribute("role", "group");
      svg.setAttribute("aria-label", tell("mapLabel"));
      figure.replaceChildren(svg);
      if (active && focused) focusOn(focused);
      drawList();
    }

    // On the figure, not on the SVG: browsers make an SVG that listens for focus a stop of the Tab key.
    function listen() {
      figure.addEventListener("click", (event) => {
        const area = event.target.closest("[data-key]");
        if (area) pick(area.dataset.key);
        else if (state.at) pick(null);
      });
      figure.addEventListener("focusin", (event) => { if (event.target.dataset.key) focused = event.target.dataset.key; });
      figure.addEventListener("keydown", (event) => {
        const circles = [...figure.querySelectorAll(".circle")];
        const here = circles.find((circle) => circle.dataset.key === focused);
        const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
        if (event.key === "Enter" || event.key === " ") pick(focused);
        else if (event.key === "Escape") pick(null);
        else if (event.key === "Home") focusOn(circles[0].dataset.key);
        else if (event.key === "End") focusOn(circles[circles.length - 1].dataset.key);
        else if (steps[event.key] && here) focusOn(nearest(circles, here, steps[event.key]));
        else return;
        event.preventDefault();
      });
    }

    function focusOn(key) {
      focused = key;
      for (const circle of figure.querySelectorAll(".circle")) {
        circle.setAttribute("tabindex", circle.dataset.key === key ? "0" : "-1");
        if (circle.dataset.key === key) circle.focus();
      }
    }

    function pick(key) {
      if (!key || key === state.at) {
        if (!state.at) return;
        update({ at: null });
        announceText(tell("closed"));
        if (callbacks.onSelect) callbacks.onSelect(null);
        return;
      }
      update({ at: key });
      const found = selection(key);
      announceText(found.entries.length ? `${found.name}${tell("colon")}${amountText(payload, drawn.at(key), state.lang)}` : tell("noneHere", { name: found.name }));
      if (callbacks.onSelect) callbacks.onSelect(found);
    }

    function selection(key) {
      const at = drawn.at(key);
      return { key, name: nameOf(payload, key, state.lang), code: codeOf(key), kind: kindOf(payload, key, state.lang), entries: at ? [...at.entries] : [] };
    }

    function drawList() {
      const groups = GROUPS.map((group) => [group, drawn.beside.filter((each) => each.group === group)]).filter(([, rows]) => rows.length);
      list.replaceChildren(make("h3", { text: tell("beside") }), ...(groups.length ? [] : [make("p", { class: "hint", text: tell("besideNone") })]));
      for (const [group, rows] of groups) {
        list.append(make("h4", { text: tell(group) }), make("ul", {}, ...rows.map((row) => make("li", {}, besideButton(row)))));
      }
    }

    function besideButton(row) {
      const place = payload.places[row.place];
      return make("button", { type: "button", "data-key": place.key, "aria-pressed": String(state.at === place.key), on: { click: () => pickBeside(place.key) } },
        make("span", { class: "name" }, nameText(place, state.lang), place.kind[state.lang] && row.group !== "national" ? make("small", { text: ` ${place.kind[state.lang]}` }) : null),
        make("span", { class: "count", text: numberText(row.n, state.lang) }));
    }

    function pickBeside(key) {
      pick(key);
      const button = [...list.querySelectorAll("button")].find((each) => each.dataset.key === key);
      if (button) button.focus();
    }

    const observer = new ResizeObserver(() => { if (figure.clientWidth && figure.dataset.width !== String(figure.clientWidth) + figure.clientHeight) { figure.dataset.width = String(figure.clientWidth) + figure.clientHeight; render(); } });
    observer.observe(figure);
    listen();
    render();
    return {
      update, pick, selection, state: () => ({ ...state }), counts: () => drawn.areas, beside: () => drawn.beside,
      picture: (extra = {}) => drawMap({ payload, state, drawn, layout: base.layouts.wide, unit: 1, tell, focused: null, still: true, ...extra }),
      destroy: () => { observer.disconnect(); figure.remove(); list.remove(); },
    };
  }

  /** Count what is visible: by area at the level, and by place beside the map. */
  function tally(payload, state) {
    const areas = new Map(), places = new Map();
    payload.entries.forEach((entry, index) => {
      if (!state.visible(index)) return;
      for (const [number] of entry.places) {
        const place = payload.places[number];
        const code = state.level === "region" ? place.region : place.departement;
        const into = code ? areas : places;
        const key = code || number;
        if (!into.has(key)) into.set(key, { entries: new Set() });
        into.get(key).entries.add(index);
      }
    });
    for (const at of [...areas.values(), ...places.values()]) {
      at.n = payload.value ? [...at.entries].reduce((sum, i) => sum + payload.entries[i].value, 0) : at.entries.size;
    }
    const beside = [...places].map(([place, at]) => ({ place, ...at, group: state.level === "departement" && payload.places[place].region ? "wider" : payload.places[place].group }));
    beside.sort((a, b) => b.n - a.n || a.place - b.place);
    const largest = Math.max(0, ...[...areas.values()].map((at) => at.n));
    const numberOf = new Map(payload.places.map((place, number) => [place.key, number]));
    const at = (key) => (/^(departement|region)-/.test(key) && areas.has(codeOf(key)) && key.startsWith(state.level) ? areas.get(codeOf(key)) : places.get(numberOf.get(key)));
    return { areas, beside, largest, at };
  }

  const codeOf = (key) => (/^(departement|region)-(.+)$/.exec(key) || [])[2] || "";

  function nameOf(payload, key, lang) {
    const [, level, code] = /^(departement|region)-(.+)$/.exec(key) || [];
    const named = level === "departement" ? payload.base.departements[code] : level ? payload.base.regions[code] : null;
    if (named) return named;
    const place = payload.places.find((each) => each.key === key);
    return place ? place.label[lang] : key;
  }

  function kindOf(payload, key, lang) {
    const place = payload.places.find((each) => each.key === key);
    return place ? place.kind[lang] : "";
  }

  function numberText(n, lang, digits = 3) {
    return n.toLocaleString(lang === "fr" ? "fr-FR" : "en-GB", { maximumFractionDigits: digits }).replace(/\u00a0/g, "\u202f");
  }

  function amountText(payload, at, lang) {
    const n = at ? at.n : 0;
    if (payload.value) return `${payload.value.label[lang]} ${numberText(n, lang)}`;
    return `${numberText(n, lang)} ${nounFor(payload, n, lang)}`;
  }

  const nounFor = (payload, n, lang) => payload.noun[(lang === "fr" ? n < 2 : n === 1) ? 0 : 1][lang];

  function nearest(circles, here, [dx, dy]) {
    const from = [Number(here.dataset.x), Number(here.dataset.y)];
    let best = here, least = Infinity;
    for (const circle of circles) {
      const x = Number(circle.dataset.x) - from[0], y = Number(circle.dataset.y) - from[1];
      const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (circle === here || along <= 0) continue;
      if (along + 2 * aside < least) { least = along + 2 * aside; best = circle; }
    }
    return best.dataset.key;
  }

  /** Draw the map as an SVG of its own; `still` leaves out what only a screen needs. */
  function drawMap(context) {
    const { payload, layout } = context;
    const svg = makeSvg("svg", { xmlns: SVG_NS, viewBox: `0 0 ${layout.width} ${layout.height}`, "font-family": payload.base.font, class: `rte-map-svg ${layout.name}` });
    const land = makeSvg("g", { class: "land" }), circles = makeSvg("g", { class: "circles" });
    const points = [];
    for (const box of layout.boxes) {
      const frame = payload.base.frames[box.frame];
      if (box.frame === "paris" && context.state.level === "region") continue;
      const inside = innerBox(box, frame, context.unit);
      if (box.inset) land.append(...insetFrame(box, payload, context));
      land.append(drawLand(frame, inside, box, context));
      points.push(...circlesOf(frame, inside, box, context));
    }
    points.sort((a, b) => b.r - a.r || (a.code < b.code ? -1 : 1));
    const last = points.some((point) => point.key === context.focused) ? context.focused : points.length ? points[0].key : null;
    // Rates have no circles, but the keyboard goes from area to area by the same points.
    const rate = Boolean(payload.value && payload.value.rate);
    if (!rate || !context.still) circles.append(...points.map((point) => drawCircle(point, point.key === last, context, rate)));
    svg.append(land, circles, drawLegend(context));
    return svg;
  }

  function innerBox(box, frame, unit) {
    const head = box.inset ? 20 * unit : 0, edge = box.inset ? 8 : 0;
    const scale = Math.min((box.width - 2 * edge) / frame.width, (box.height - head - edge) / frame.height);
    return { scale, x: box.x + (box.width - frame.width * scale) / 2, y: box.y + head + (box.height - head - edge - frame.height * scale) / 2 };
  }

  function insetFrame(box, payload, { state, unit }) {
    const label = payload.base.labels[box.frame][state.lang];
    return [
      makeSvg("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: 5, fill: "#fafbfc", stroke: payload.base.colours.box }),
      makeSvg("text", { x: box.x + 7, y: box.y + 14.5 * unit, "font-size": round(Math.max(9, Math.min(11.5 * unit, (box.width - 14) / (0.54 * label.length)))), fill: MUTED, text: label }),
    ];
  }

  function drawLand(frame, inside, box, { payload, state, drawn, unit, still, tell }) {
    const { colours } = payload.base;
    const group = makeSvg("g", { transform: `translate(${inside.x} ${inside.y}) scale(${inside.scale / 10})` });
    const thin = (width) => ({ "stroke-width": (width * unit * 10) / inside.scale, "stroke-linejoin": "round" });
    for (const [code, [path]] of Object.entries(frame.departements)) {
      const key = keyOf(payload, state, code);
      const at = drawn.areas.get(codeOf(key));
      const shape = makeSvg("path", { d: path, fill: fillOf(payload, at, colours), stroke: colours.coast, ...thin(0.8), "data-key": still ? null : key });
      if (!still) shape.append(makeSvg("title", { text: tell("area", { name: nameOf(payload, key, state.lang), code: codeOf(key), n: amountText(payload, at, state.lang) }) }));
      group.append(shape);
    }
    if (frame.borders) group.append(makeSvg("path", { d: frame.borders, fill: "none", stroke: state.level === "region" ? "#8c99a7" : colours.region, ...thin(state.level === "region" ? 1.2 : 0.9), "pointer-events": "none" }));
    if (frame.paris && state.level === "departement") {
      const [x, y, width, height] = frame.paris;
      group.append(makeSvg("rect", { x, y, width, height, fill: "none", stroke: MUTED, ...thin(0.8), "pointer-events": "none" }));
    }
    for (const path of markedPaths(frame, payload, state)) group.append(makeSvg("path", { d: path, fill: "none", stroke: INK, ...thin(1.8), "pointer-events": "none" }));
    return group;
  }

  const keyOf = (payload, state, code) => (state.level === "region" ? `region-${payload.base.regionOf[code]}` : `departement-${code}`);

  function fillOf(payload, at, colours) {
    if (!payload.value || !payload.value.rate) return colours.land;
    if (!at) return colours.noData;
    return colours.classes[classOf(payload, at.n)];
  }

  function classOf(payload, n) {
    let found = 0;
    payload.breaks.forEach((bound, i) => { if (n >= bound) found = i; });
    return payload.breaks.length > 1 ? Math.round((found * (payload.base.colours.classes.length - 1)) / (payload.breaks.length - 1)) : 2;
  }

  /** Outlines of what is chosen: the area, or the parts of a wider territory; also of entries marked elsewhere. */
  function markedPaths(frame, payload, state) {
    const wanted = new Set(), regions = new Set();
    const add = (place) => {
      if (!place) return;
      const code = state.level === "region" ? place.region : place.departement;
      if (code) (state.level === "region" ? regions : wanted).add(code);
      else for (const each of place.covers) wanted.add(each);
    };
    if (state.at) {
      const [, level, code] = /^(departement|region)-(.+)$/.exec(state.at) || [];
      if (level === state.level) (level === "region" ? regions : wanted).add(code);
      else add(payload.places.find((place) => place.key === state.at));
    }
    for (const index of state.marked) for (const [number] of payload.entries[index].places) add(payload.places[number]);
    return [
      ...[...wanted].filter((code) => frame.departements[code]).map((code) => frame.departements[code][0]),
      ...[...regions].filter((code) => frame.regions[code]).map((code) => frame.regions[code][0]),
    ];
  }

  function circlesOf(frame, inside, box, { payload, state, drawn, layout, unit, tell }) {
    const shapes = state.level === "region" ? frame.regions : frame.departements;
    const found = [];
    for (const [code, [, x, y]] of Object.entries(shapes)) {
      const at = drawn.areas.get(code);
      const twice = box.frame === "main" && state.level === "departement" && payload.base.frames.paris.departements[code];
      const rate = Boolean(payload.value && payload.value.rate);
      if (!at || (at.n <= 0 && !rate) || twice) continue;
      const key = `${state.level}-${code}`;
      const r = rate ? 9 * unit : radius(at.n, drawn.largest, layout, unit);
      const label = tell("area", { name: nameOf(payload, key, state.lang), code, n: amountText(payload, at, state.lang) });
      found.push({ code, key, n: at.n, r, label, x: inside.x + x * inside.scale, y: inside.y + y * inside.scale });
    }
    return found;
  }

  function radius(n, largest, layout, unit) {
    const one = Math.min(10 * layout.shrink, layout.largest / Math.sqrt(Math.max(largest, 1)));
    // On a small picture circles shrink with the land, but less: they must stay readable.
    return one * Math.sqrt(n) * Math.sqrt(unit);
  }

  function drawCircle(point, first, { payload, state, layout, unit, still }, rate) {
    const chosen = point.key === state.at;
    const group = makeSvg("g", still ? {} : { class: "circle", "data-key": point.key, "data-x": point.x, "data-y": point.y, role: "button", tabindex: first ? "0" : "-1", "aria-label": point.label, "aria-pressed": String(chosen) });
    const place = { cx: round(point.x), cy: round(point.y) };
    if (!still) group.append(makeSvg("title", { text: point.label }), makeSvg("circle", { ...place, r: Math.max(point.r, 12 * unit * layout.shrink), fill: "transparent" }), makeSvg("circle", { ...place, r: round(point.r + 3.5 * unit), class: "ring", fill: "none" }));
    if (rate) return group;
    group.append(makeSvg("circle", { ...place, r: round(point.r), fill: payload.colour, stroke: chosen ? INK : "#fff", "stroke-width": (chosen ? 2.4 : 1.2) * unit }));
    const text = numberText(point.n, state.lang, 1);
    // A number is written where it fits into its circle; the others are in the tooltip and in the list.
    const full = unit * (layout.shrink < 1 ? 0.86 : 1);
    const size = Math.min(12.5 * full, (point.r * 2.6) / Math.max(1.9, text.length));
    if (size >= 7.8 * full) group.append(makeSvg("text", { x: round(point.x), y: round(point.y + size * 0.35), "text-anchor": "middle", "font-size": round(size), "font-weight": 700, fill: "#fff", "pointer-events": "none", text }));
    return group;
  }

  const round = (number) => Math.round(number * 10) / 10;

  function drawLegend(context) {
    const { payload, layout } = context;
    // On a narrow picture of régions the legend takes the place of the inset that they do not need.
    const free = layout.shrink < 1 && context.state.level === "region" ? layout.boxes.find((box) => box.frame === "paris") : null;
    const [x, y] = free ? [free.x + 8, free.y + free.height - 6] : layout.legend;
    const group = makeSvg("g", { class: "legend", transform: `translate(${x} ${y})`, "pointer-events": "none" });
    group.append(...(payload.value && payload.value.rate ? rateLegend(context) : sizeLegend(context)));
    return group;
  }

  /** Nested circles with whole numbers that the map really reaches. */
  function sizeLegend({ payload, state, drawn, layout, unit, tell }) {
    const sizes = legendSizes(drawn.largest);
    if (!sizes.length) return [];
    const small = layout.shrink < 1 ? 10 : 11.5 * unit;
    const widest = radius(sizes[0], drawn.largest, layout, unit);
    const parts = [];
    let before = Infinity;
    for (const n of sizes) {
      const r = radius(n, drawn.largest, layout, unit);
      // Labels keep a line's distance.
      const y = Math.min(-2 * r, 0);
      const label = before === Infinity ? y : Math.max(y, before + small * 1.3);
      before = label;
      parts.push(
        makeSvg("circle", { cx: round(widest), cy: round(-r), r: round(r), fill: "none", stroke: payload.colour, "stroke-width": 1.2 * unit }),
        makeSvg("path", { d: `M${round(widest)} ${round(y)}L${round(2 * widest + 4)} ${round(label)}H${round(2 * widest + 8)}`, fill: "none", stroke: MUTED, "stroke-width": 0.7 * unit }),
        makeSvg("text", { x: round(2 * widest + 11), y: round(label + small * 0.35), "font-size": round(small), fill: INK, text: n === sizes[0] && layout.shrink === 1 ? `${numberText(n, state.lang)} ${payload.value ? "" : nounFor(payload, n, state.lang)}`.trim() : numberText(n, state.lang) }));
    }
    const title = payload.value ? payload.value.label[state.lang] : tell("legendSize");
    return [makeSvg("text", { x: 0, y: round(-2 * widest - small * 1.1), "font-size": round(small), "font-weight": 600, fill: MUTED, text: title }), ...parts];
  }

  function legendSizes(largest) {
    const top = Math.floor(largest);
    if (top <= 3) return Array.from({ length: Math.max(0, top) }, (_, i) => top - i);
    if (top <= 40) return [top, Math.ceil(top / 3), 1];
    const below = (n) => { const power = 10 ** (String(n).length - 1); return [5, 2, 1].find((step) => step * power <= n) * power; };
    const first = below(top);
    return [first, below(Math.floor(first / 4)), first > 50 ? below(Math.floor(first / 40)) : 1];
  }

  function rateLegend({ payload, state, drawn, unit, tell }) {
    const { colours } = payload.base;
    const values = [...drawn.areas.values()].map((at) => at.n).sort((a, b) => a - b);
    const line = 18 * unit, small = 11.5 * unit;
    const rows = payload.breaks.map((low, i) => {
      const inside = values.filter((n) => n >= low && (i + 1 === payload.breaks.length || n < payload.breaks[i + 1]));
      const high = inside.length ? inside[inside.length - 1] : low;
      const say = (n) => numberText(n, state.lang);
      return [colours.classes[classOf(payload, low)], say(low) === say(high) ? tell("classOnly", { a: say(low) }) : tell("classSpan", { a: say(low), b: say(high) })];
    });
    rows.push([colours.noData, tell("noData")]);
    const top = -rows.length * line;
    return [
      makeSvg("text", { x: 0, y: round(top - 4), "font-size": round(small), "font-weight": 600, fill: MUTED, text: payload.value.label[state.lang] }),
      ...rows.flatMap(([colour, text], i) => [
        makeSvg("rect", { x: 0, y: round(top + i * line + 2), width: 20 * unit, height: line - 5, fill: colour, stroke: colours.box }),
        makeSvg("text", { x: 27 * unit, y: round(top + i * line + line * 0.62), "font-size": round(small), fill: INK, text }),
      ]),
    ];
  }

  return Object.assign(mountMap, { numberText, nounFor, nameOf, codeOf });
})();
