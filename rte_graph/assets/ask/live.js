// The live form on a saved query's page: its scripts were loaded because somebody opened it (assets/ask/try.js).

async function rteLive(element) {
  const lang = document.documentElement.lang === "en" ? "en" : "fr";
  const words = rteWords(lang);
  const { make } = rteKit;
  const room = element.querySelector(".ask-room");
  await rteLoad("queries");
  rteReadQueries();
  const query = rteSaved.query(element.dataset.query);
  if (!query) return;
  const formBox = make("div", { class: "ask-form" });
  const wrong = make("p", { class: "ask-wrong", role: "alert" });
  const bar = make("div", { class: "ask-bar" });
  const out = make("div", { class: "ask-out" });
  const change = element.querySelector("a.ask-change");
  const target = change.getAttribute("href").split("#")[0];
  let values = {};
  for (const parameter of query.params) values[parameter.name] = rteUsual(query, parameter);
  let form = null;
  let running = 0;
  const runner = rteRunner(bar, out, {
    lang,
    job: () => {
      const text = form && !form.valid() ? null : rteBound(query, values, lang);
      wrong.textContent = text === null ? words.invalid : "";
      return text === null ? null : { text, query, plain: true, name: query.name };
    },
    onProblem: (problem) => { wrong.textContent = problem ? [problem.message, problem.words].filter(Boolean).join(" ") : ""; },
  });
  const follow = async () => { change.href = target + (await rteAddress.write({ query, values, text: null })); };
  room.replaceChildren(formBox, wrong, bar, out);
  if (query.params.length) {
    form = rteForm(formBox, query, lang, (given, valid) => {
      if (!valid) return;
      values = { ...values, ...given };
      follow();
      clearTimeout(running);
      running = setTimeout(() => runner.run(), RTE_PAUSE);
    });
    form.set(values);
  }
  await follow();
  await runner.run();
  room.dataset.ready = "true";
}
