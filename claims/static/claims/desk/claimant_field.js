// A text field in which a claimant is named: names are offered while one types, and whoever is picked goes along by key.

import { Combobox } from "./combobox.js";

for (const group of document.querySelectorAll("[data-claimant-field]")) {
  const input = group.querySelector("input[type=text]");
  const key = group.querySelector("input[type=hidden]");
  const combobox = new Combobox(input, {
    label: group.dataset.wordsKnown,
    url: (typed) => `${group.dataset.named}?${new URLSearchParams({ q: typed })}`,
    picked: (one) => {
      input.value = one.label;
      key.value = one.value;
    },
  });
  combobox.input.addEventListener("input", () => {
    key.value = "";
  });
}
