// Who says something: the radio buttons and fields of parts/party.html as one field that looks names up. The form sends
// the same values as without this script: the key of somebody known, "new" with a name, or one of the other choices.

import { Combobox } from "./combobox.js";

const NEW = "new";

function upgrade(group) {
  const prefix = group.dataset.party;
  const form = group.closest("form");
  const radios = [...group.querySelectorAll(`input[type=radio][name="${prefix}"]`)];
  const somebody = radios.find((radio) => radio.value === NEW);
  const known = radios.filter((radio) => /^\d+$/.test(radio.value));
  const name = group.querySelector(`[name="${prefix}_name"]`);
  const chosen = known.find((radio) => radio.checked);
  const offered = known.map((radio) => ({ value: radio.value, label: radio.parentElement.textContent.trim() }));

  const set = (value) => {
    somebody.value = value;
    somebody.checked = true;
    somebody.dataset.touched = "";
    state();
  };
  const state = () => {
    group.toggleAttribute("data-somebody", somebody.checked);
    group.toggleAttribute("data-new", somebody.checked && somebody.value === NEW);
  };
  const option = (value, label) => {
    name.value = label;
    set(value);
  };
  const asNew = (typed) => [{ value: "", label: group.dataset.wordsNew.replace("NAME", typed), typed }];

  for (const radio of known) radio.closest("div").remove();
  somebody.parentElement.lastChild.textContent = ` ${group.dataset.wordsSomebody}`;
  const holder = name.closest(".field");
  holder.classList.add("named");
  group.querySelector("[data-party-new]").before(holder);
  group.dataset.upgraded = "";

  new Combobox(name, {
    label: group.dataset.wordsKnown,
    url: (typed) => {
      const on = form.elements.said_on?.value || "";
      return `${group.dataset.named}?${new URLSearchParams({ q: typed, on })}`;
    },
    first: () => offered,
    always: asNew,
    picked: (one) => option(one.value || NEW, one.typed ?? one.label),
  });
  name.addEventListener("input", () => set(NEW));
  group.addEventListener("change", state);
  if (chosen) option(chosen.value, offered.find((one) => one.value === chosen.value).label);
  state();
}

/** Upgrade every choice of a party within `root`. */
export function upgradeParties(root) {
  for (const group of root.querySelectorAll("[data-party]:not([data-upgraded])")) upgrade(group);
}
