/** The result as a network: shapes by type, lines by role, a panel that reads a node's links. */
const rteNetwork = (() => {
  const { make, svg, say, linked } = rteKit;
  const TEXT = 12;

  function mount(element, context) {
    const { result, lang } = context;
    const columns = rteNetworkModel.columnsOf(result);
    let { from, to } = columns;
    let drawing = null;
    const bar = make("div", { class: "rte-bar" }), room = make("div", { class: "rte-net-room" });
    // A saved network says itself what its ends are; else the reader chooses.
    if (columns.iris.length > 2 && from !== "source") {
      const pick = (key, value, change) => {
        const input = make("select", { on: { change: () => { change(input.value); draw(); } } }, ...columns.iris.map((name) => make("option", { value: name, text: rteTable.title(name, result.columns, context.headings || {}, lang).replace(/ \(IRI\)$/, "") })));
        input.value = value;
        return make("label", { class: "rte-pick" }, say(key, lang), " ", input);
      };
      bar.append(pick("from", from, (name) => { from = name; }), pick("to", to, (name) => { to = name; }));
    }
    element.append(bar, room);

    function draw() {
      if (drawing) drawing.destroy();
      drawing = null;
      const network = rteNetworkModel.build(context, from, to);
      const n = network.nodes.length;
      if (!n) room.replaceChildren(make("p", { class: "rte-note", text: say("noLinks", lang) }));
      else if (n > rteNetworkModel.MAX) room.replaceChildren(make("p", { class: "rte-note rte-too-many", text: say("tooMany", lang, { n, max: rteNetworkModel.MAX }) }));
      else drawing = picture(room, network, context);
    }
    draw();
    return { destroy: () => { if (drawing) drawing.destroy(); element.replaceChildren(); }, state: () => drawing && drawing.state() };
  }

  let canvas = null;
  function textWidth(text) {
    canvas = canvas || document.createElement("canvas").getContext("2d");
    canvas.font = `${TEXT}px "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", Arial, sans-serif`;
    return canvas.measureText(text).width + 3;
  }

  function picture(room, network, context) {
    const { lang, announce = () => {} } = context;
    const figure = make("div", { class: "rte-net-figure" }), panel = make("div", { class: "rte-net-panel", hidden: true });
    const note = make("p", { class: "rte-note", role: "status" });
    const root = svg("svg", { class: "rte-net", role: "group", "aria-label": say("networkLabel", lang) });
    const moved = svg("g");
    root.append(moved);
    const tools = make("div", { class: "rte-net-tools" },
      tool("zoomIn", "+", () => zoom(1.5)), tool("zoomOut", "−", () => zoom(1 / 1.5)), tool("zoomAll", "⤢", fit));
    figure.append(root, tools);
    room.replaceChildren(legend(network, lang), make("div", { class: "rte-net-body" }, figure, panel), note);
    let width = figure.clientWidth || 900, height = Math.round(Math.max(380, Math.min(680, width * 0.62)));
    let view = { k: 1, x: 0, y: 0 }, chosen = null, focused = network.nodes.reduce((a, b) => (b.degree > a.degree ? b : a)), points = [];
    rteNetworkModel.place(network, Math.max(0.7, Math.min(2.2, width / height)));
    fit();

    function tool(key, text, act) {
      return make("button", { type: "button", title: say(key, lang), "aria-label": say(key, lang), text, on: { click: act } });
    }

    /** Show everything, with room for the names at the sides. */
    function fit() {
      width = figure.clientWidth || width;
      height = Math.round(Math.max(380, Math.min(680, width * 0.62)));
      root.setAttribute("viewBox", `0 0 ${width} ${height}`);
      root.setAttribute("height", height);
      panel.style.setProperty("--tall", `${height}px`);
      const xs = network.nodes.map((node) => node.x), ys = network.nodes.map((node) => node.y);
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const side = width < 560 ? 50 : 120;
      const k = Math.min((width - 2 * side) / Math.max(right - left, 1), (height - 70) / Math.max(bottom - top, 1), 2.2);
      view = { k, x: width / 2 - (k * (left + right)) / 2, y: height / 2 - (k * (top + bottom)) / 2 };
      render();
    }

    function zoom(by, at = [width / 2, height / 2]) {
      const k = Math.max(0.1, Math.min(12, view.k * by)), ratio = k / view.k;
      view = { k, x: at[0] - (at[0] - view.x) * ratio, y: at[1] - (at[1] - view.y) * ratio };
      render();
    }

    function render() {
      const active = root.contains(document.activeElement);
      const near = chosen && new Set([chosen, ...chosen.links.map((each) => each.other)]);
      const grow = Math.max(0.62, Math.min(1.5, Math.sqrt(view.k)));
      points = network.nodes.map((node) => ({ node, x: view.x + node.x * view.k, y: view.y + node.y * view.k, r: node.r * grow, chosen: Boolean(near && near.has(node)) }));
      const of = new Map(points.map((point) => [point.node, point]));
      const inside = points.filter((point) => point.x > -60 && point.x < width + 60 && point.y > -40 && point.y < height + 40);
      const hidden = rteNetworkModel.nameNodes(inside, TEXT, textWidth, { width, height, letters: width > 800 && points.length < 80 ? 52 : 34, taken: [[width - 50, 0, width, 126]] });
      const lines = network.links.map((link) => line(of.get(link.source), of.get(link.target), link, near && link.source !== chosen && link.target !== chosen));
      moved.removeAttribute("transform");
      moved.replaceChildren(svg("g", { class: "rte-links" }, ...lines), svg("g", {}, ...points.map((point) => mark(point, near))), svg("g", { class: "rte-names", "aria-hidden": "true" }, ...inside.filter((point) => point.name).map((point) => name(point, near))));
      const all = say("networkOf", lang, { n: network.nodes.length, m: network.links.length });
      note.textContent = [`${all}.`, hidden.length ? say("hiddenNames", lang, { n: hidden.length }) : "", say("networkHint", lang)].filter(Boolean).join(" ");
      if (active) focus(focused);
    }

    function line(a, b, link, dim) {
      const [colour, dash, thick] = link.role.look;
      return coloured(svg("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, "stroke-width": thick * Math.min(2.2, 1 + Math.log2(link.times) * 0.35), "stroke-dasharray": dash.join(" ") || null, class: dim ? "rte-dim" : null }), colour);
    }

    function mark({ node, x, y, r }, near) {
      const [shape, colour] = node.type.look;
      const group = svg("g", { transform: `translate(${x} ${y})`, class: `rte-node${near && !near.has(node) ? " rte-dim" : ""}${node === chosen ? " rte-chosen" : ""}`, role: "button", tabindex: node === focused ? "0" : "-1", "aria-pressed": String(node === chosen), "aria-label": `${node.label}, ${node.type.label}, ${say("links", lang, { n: node.degree })}`, "data-iri": node.iri },
        svg("title", { text: `${node.label} (${node.type.label})` }), svg("circle", { r: Math.max(12, r + 3), class: "rte-ring" }),
        coloured(svg("path", { d: rteLooks.shapes[shape][0], transform: `scale(${r})`, "fill-rule": "evenodd", "vector-effect": "non-scaling-stroke" }), colour));
      return group;
    }

    function name(point, near) {
      return svg("text", { x: point.x + point.name.dx, y: point.y + point.name.dy + TEXT * 0.36, "text-anchor": point.name.anchor, "font-size": TEXT, class: near && !near.has(point.node) ? "rte-dim" : point.node === chosen ? "rte-chosen" : null, text: point.name.text });
    }

    const nodeAt = (target) => { const found = target.closest && target.closest(".rte-node"); return found && network.nodes.find((node) => node.iri === found.dataset.iri); };

    function focus(node) {
      focused = node;
      for (const each of root.querySelectorAll(".rte-node")) {
        each.setAttribute("tabindex", each.dataset.iri === node.iri ? "0" : "-1");
        if (each.dataset.iri === node.iri) each.focus({ preventScroll: true });
      }
    }

    function choose(node) {
      const next = node === chosen ? null : node;
      chosen = next;
      if (next) focused = next;
      render();
      showPanel();
      announce(next ? `${next.label}${say("colon", lang)}${say("links", lang, { n: next.degree })}` : "");
    }

    function showPanel() {
      panel.hidden = !chosen;
      if (!chosen) return panel.replaceChildren();
      const href = context.link(chosen.iri);
      const rows = [...chosen.links].sort((a, b) => rteCompareLabels(a.role.label, b.role.label) || rteCompareLabels(a.other.label, b.other.label));
      const several = network.roles.length > 1;
      return panel.replaceChildren(
        make("button", { type: "button", class: "rte-close", "aria-label": say("close", lang), text: "×", on: { click: () => choose(null) } }),
        make("p", { class: "rte-kind" }, icon(chosen.type.look), chosen.type.label), make("h3", {}, linked(chosen.label, href)),
        make("p", { class: "rte-note", text: say("links", lang, { n: rows.length }) }),
        make("ul", {}, ...rows.map((each) => make("li", {},
          make("button", { type: "button", on: { click: () => choose(each.other) } }, icon(each.other.type.look), make("bdi", { text: each.other.label })),
          several || each.times > 1 ? make("small", { text: [several ? each.role.label : "", each.times > 1 ? say("times", lang, { n: each.times }) : ""].filter(Boolean).join(", ") }) : null))));
    }

    const keys = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    root.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") choose(nodeAt(event.target) || focused);
      else if (event.key === "Escape" && chosen) choose(null);
      else if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.5 : 1 / 1.5);
      else if (keys[event.key]) focus(nearest(points, points.find((point) => point.node === focused), keys[event.key]));
      else return;
      event.preventDefault();
    });
    // A turning wheel scrolls the page; with Ctrl (or a pinch) it enlarges the picture.
    root.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = root.getBoundingClientRect();
      zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 160), [event.clientX - box.left, event.clientY - box.top]);
    }, { passive: false });
    let grip = null;
    root.addEventListener("pointerdown", (event) => { if (event.button === 0) grip = { x: event.clientX, y: event.clientY, far: false, node: nodeAt(event.target) }; });
    root.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const [dx, dy] = [event.clientX - grip.x, event.clientY - grip.y];
      if (!grip.far && Math.hypot(dx, dy) < 5) return;
      if (!grip.far) { grip.far = true; root.setPointerCapture(event.pointerId); }
      moved.setAttribute("transform", `translate(${dx} ${dy})`);
    });
    root.addEventListener("pointerup", (event) => {
      const held = grip;
      grip = null;
      if (!held) return;
      if (!held.far) { if (held.node) choose(held.node); else if (chosen) choose(null); return; }
      view = { ...view, x: view.x + event.clientX - held.x, y: view.y + event.clientY - held.y };
      render();
    });
    root.addEventListener("pointercancel", () => { grip = null; moved.removeAttribute("transform"); });
    root.addEventListener("focusin", (event) => { const node = nodeAt(event.target); if (node) focused = node; });
    const observer = new ResizeObserver(() => { if (figure.clientWidth && Math.abs(figure.clientWidth - width) > 2) fit(); });
    observer.observe(figure);
    return { destroy: () => { observer.disconnect(); room.replaceChildren(); }, state: () => ({ nodes: network.nodes.map(({ iri, label, x, y }) => ({ iri, label, x, y })), links: network.links.length }) };
  }

  function nearest(points, here, [dx, dy]) {
    let best = here, least = Infinity;
    for (const point of points) {
      const x = point.x - here.x, y = point.y - here.y;
      const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (point === here || along <= 0) continue;
      if (along + 2 * aside < least) { least = along + 2 * aside; best = point; }
    }
    return best.node;
  }

  /** The colour as a property, so that the sheet lightens it in the dark. */
  function coloured(shape, colour) {
    shape.classList.add("rte-coloured");
    shape.style.setProperty("--c", colour);
    return shape;
  }

  function icon([shape, colour]) {
    const [path, reach] = rteLooks.shapes[shape];
    return svg("svg", { viewBox: "-9 -9 18 18", width: 16, height: 16, "aria-hidden": "true", class: "rte-net rte-icon" }, coloured(svg("path", { d: path, transform: `scale(${reach > 1.3 ? 7.9 / reach : 6.1})`, "fill-rule": "evenodd" }), colour));
  }

  function legend(network, lang) {
    const item = (mark, each) => make("li", {}, mark, `${each.label} `, make("small", { text: rteKit.count(each.n, lang) }));
    const lines = network.roles.length > 1 || network.roles[0].key ? network.roles.slice(0, 8).map((each) => item(stroke(each.look), each)) : [];
    return make("ul", { class: "rte-legend", "aria-label": say("legend", lang) }, ...network.types.slice(0, 14).map((each) => item(icon(each.look), each)), ...lines);
  }

  function stroke([colour, dash, thick]) {
    return svg("svg", { viewBox: "0 0 34 10", width: 30, height: 9, "aria-hidden": "true", class: "rte-net rte-icon rte-links" }, coloured(svg("line", { x1: 0, y1: 5, x2: 34, y2: 5, "stroke-width": thick + 0.8, "stroke-dasharray": dash.join(" ") || null }), colour));
  }

  return { mount };
})();
