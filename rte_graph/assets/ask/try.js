// On a saved query's page: loads the query page's scripts when « try it here » is opened, and not before.
(() => {
  "use strict";
  const box = document.querySelector("details.ask-live");
  if (!box) return;
  const base = new URL(".", document.currentScript.src).href;
  box.hidden = false;
  box.querySelector(".ask-change").hash = `q=${box.dataset.query}`;
  box.addEventListener("toggle", () => {
    if (!box.open || box.dataset.asked) return;
    box.dataset.asked = "true";
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = `${base}page.css`;
    const script = document.createElement("script");
    script.src = `${base}page.js`;
    script.onerror = () => {
      delete box.dataset.asked;
      script.remove();
      box.querySelector(".ask-room").textContent = box.dataset.failed;
    };
    document.head.append(sheet, script);
  });
})();
