// Filters the index of terms; without this script the index is a plain list and the box is not shown.
"use strict";
(() => {
  const box = document.querySelector(".seek");
  const index = box && box.closest("nav");
  if (!index) return;
  const input = box.querySelector("input");
  const note = box.querySelector("[data-nothing]");
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, "'").toLowerCase();
  const items = [...index.querySelectorAll("li")].map((item) => ({
    item,
    text: plain(`${item.textContent} ${item.dataset.find || ""}`),
  }));
  const headings = [...index.querySelectorAll("h2, h3")].map((heading) => {
    const lists = [];
    for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
      if (heading.tagName === "H3" && next.tagName === "H3") break;
      if (next.tagName === "UL") lists.push(next);
    }
    return { heading, lists };
  });
  const filter = () => {
    const wanted = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { item, text } of items) {
      item.hidden = !wanted.every((word) => text.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    for (const { heading, lists } of headings) {
      heading.hidden = wanted.length > 0 && !lists.some((list) => list.querySelector("li:not([hidden])"));
    }
    note.textContent = wanted.length === 0 ? "" : shown === 0 ? note.dataset.nothing : String(shown);
  };
  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      const first = index.querySelector("li:not([hidden]) a");
      if (first && input.value.trim()) first.click();
    } else if (event.key === "Escape") {
      input.value = "";
      filter();
    }
  });
  box.hidden = false;
})();
