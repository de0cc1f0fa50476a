// « How this was made »: what a reader needs to judge, repeat and cite the picture.
function createMethod(model, tell) {
  const home = byId("method");
  return {
    update(state) {
      const text = (value) => value[state.lang], making = model.making;
      const block = (title, ...children) => make("section", {}, make("h2", { text: title }), ...children.filter(Boolean));
      const terms = (items) => make("dl", { class: "terms" }, ...items.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", { text: name }), make("dd", {}, value)]));
      const layout = { rings: "layoutRings", fans: "layoutFans", stress: "layoutStress", levels: "layoutLevels", large: "layoutLarge" }[model.layout.algorithm] || "layoutNone";
      const parameters = making.parameters.map(([name, value]) => `${name} = ${value}`).join(", ") || tell("noParameters");
      const counts = tell("counts", { nodes: model.nodes.length, edges: model.edges.length });
      home.replaceChildren(
        block(tell("scope"), make("p", { text: [text(model.description), text(making.scope)].filter(Boolean).join(" ") }), make("p", { text: `${counts}.` })),
        ...(making.boundary || []).map((card) => block(`${tell("boundary")} · ${text(card.title)}`, terms(card.rows.map(([name, value]) => [text(name), text(value)])))),
        block(tell("drawing"), make("p", { text: tell(layout, { seed: model.layout.seed }) }), make("p", { text: tell("layoutNote") }), model.versions.sigma ? make("p", { text: [tell("largeLinks"), tell("largeNames")].join(" ") }) : null),
        block(tell("data"), terms([[tell("version"), making.data_version], [tell("hash"), making.data_hash && make("code", { text: making.data_hash })], [tell("parameters"), parameters],
          [tell("licence"), making.licences.length ? make("span", {}, ...making.licences.flatMap(([name, address], i) => [i ? ", " : "", safeLink(address, name)])) : tell("noLicence")], [tell("cite"), text(making.cite)]])),
        block(tell("definitions"), terms([...model.measures, ...(model.partition ? [model.partition] : []), ...model.types, ...model.roles].map((item) => [text(item.label), text(item.definition)]))),
        block(tell("query"), make("pre", { tabindex: "0", "aria-label": tell("query") }, make("code", { text: making.query }))),
        block(tell("software"), make("p", { text: [making.software, tell(model.versions.sigma ? "drawnWithSigma" : "drawnWith", model.versions)].filter(Boolean).join(". ") })),
      );
    },
  };
}
