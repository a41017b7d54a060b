// The workbench: an article's text on the left, the register on the right. Suggestions and selected words open a form;
// everything is sent in the background, and only what changed is drawn anew.

import { send } from "./sending.js";
import { Caret, placeOf, selectedIn } from "./selecting.js";
import { isTyping, onKey } from "./shortcuts.js";
import { Takes } from "./takes.js";
import { dismiss, toast, undoLast } from "./toasts.js";

const bench = document.querySelector("[data-bench]");
const text = bench.querySelector("[data-text]");
const scroll = bench.querySelector("[data-scroll]");
const list = bench.querySelector("[data-list]");
const selectButton = bench.querySelector("[data-select]");
const mayTake = Boolean(bench.dataset.accept);

const itemAt = (place) => list.querySelector(`[data-place="${place}"]`);
const itemsLeft = () => [...list.querySelectorAll("[data-state=left]")];
const marksOf = (item) => text.querySelectorAll(`[data-in~="${item.id}"]`);
const token = () => bench.querySelector("[name=csrfmiddlewaretoken]").value;

const takes = new Takes(bench, bench.querySelector("[data-take]"), {
  done: (place, answer) => recorded(place, answer),
  aside: (place) => setAside(place),
  leave: () => backToList(),
});

// --- What is on view -------------------------------------------------------------------------------------------

let current = null; // the place whose form is open, or that was left last

function point(place) {
  for (const old of text.querySelectorAll(".is-current")) old.classList.remove("is-current");
  for (const old of list.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
  current = place;
  const item = place && itemAt(place);
  if (!item) return;
  item.setAttribute("aria-current", "true");
  const marks = marksOf(item);
  for (const mark of marks) mark.classList.add("is-current");
  marks[0]?.scrollIntoView({ block: "center" });
}

async function choose(place, { focus = true } = {}) {
  if (!mayTake) return;
  caret.leave();
  point(place);
  list.hidden = true;
  const shown = await takes.open(place);
  if (shown && focus) takes.form.querySelector("h3").focus();
}

function backToList() {
  const item = current && itemAt(current);
  takes.close();
  showBegun();
  list.hidden = false;
  (item ?? list).focus();
  item?.scrollIntoView({ block: "center" });
}

function showBegun() {
  for (const old of list.querySelectorAll(".begun")) old.remove();
  for (const place of takes.unsent()) {
    const tags = itemAt(place)?.querySelector(".tags");
    tags?.append(Object.assign(document.createElement("span"), { className: "tag begun", textContent: bench.dataset.wordsBegun }));
  }
}

/** Open the next suggestion that is left, or the one before; after the last comes the first. */
function step(by) {
  const left = itemsLeft();
  if (!left.length) return nothingLeft();
  const items = [...list.querySelectorAll("[data-place]")];
  const at = items.findIndex((item) => item.dataset.place === current);
  const ahead = by > 0 ? left.find((item) => items.indexOf(item) > at) : left.findLast((item) => at >= 0 && items.indexOf(item) < at);
  return choose((ahead ?? (by > 0 ? left[0] : left.at(-1))).dataset.place);
}

function nothingLeft() {
  backToList();
  document.getElementById("bench-counter").scrollIntoView({ block: "nearest" });
  toast(bench.dataset.wordsNoneLeft);
}

// --- What was done ---------------------------------------------------------------------------------------------

function draw(parts) {
  const template = document.createElement("template");
  for (const [id, html] of Object.entries(parts)) {
    template.innerHTML = html.trim();
    document.getElementById(id)?.replaceWith(template.content.firstElementChild);
  }
  showBegun();
}

function recorded(place, answer) {
  draw(answer.parts);
  const form = takes.forms.get(place);
  takes.forms.delete(place);
  const undo = () => act(answer.undo, (undone) => {
    draw(undone.parts);
    toast(undone.said);
    takes.forms.set(place, form);
    choose(place);
  });
  tell(answer, undo);
  goOn(place);
}

function tell(answer, run) {
  toast(answer.said, { claim: answer.claim, undo: { label: answer.undo.label, run } });
}

/** After an act, go on with the next suggestion, unless the person has opened something else meanwhile. */
function goOn(place) {
  if (takes.place !== place) return;
  takes.close();
  if (itemsLeft().length) step(1);
  else nothingLeftButSay();
}

function nothingLeftButSay() {
  list.hidden = false;
  list.focus();
}

async function act({ url, fields }, then) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token());
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  try {
    then(await send(url, data, bench.dataset.setAside));
  } catch (error) {
    const reasons = error.reasons ?? {};
    const told = [...(reasons.general ?? []), ...Object.values(reasons.fields ?? {}).flat()];
    toast(told.join(" ") || bench.dataset.wordsUnreachable);
  }
}

function setAside(place) {
  act({ url: bench.dataset.setAside, fields: { place } }, (answer) => {
    draw(answer.parts);
    tell(answer, () => takeUp(answer.undo, place));
    if (takes.place) goOn(place);
    else (itemAt(place) ?? list).focus();
  });
}

function takeUp(how, place) {
  act(how, (answer) => {
    draw(answer.parts);
    toast(answer.said);
    if (takes.place) choose(place);
    else itemAt(place)?.focus();
  });
}

// --- Clicks ----------------------------------------------------------------------------------------------------

list.addEventListener("click", (event) => {
  const link = event.target.closest("[data-choose=accept]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(link.closest("[data-place]").dataset.place);
});

list.querySelector("[data-aside-form]").addEventListener("submit", (event) => {
  const button = event.submitter;
  event.preventDefault();
  const place = button.value;
  if (button.hasAttribute("formaction")) takeUp({ url: button.getAttribute("formaction"), fields: { place } }, place);
  else setAside(place);
});

text.addEventListener("click", (event) => {
  const mark = event.target.closest("mark, .ref");
  if (!mark || selectedIn(text)) return;
  const id = mark.matches(".ref") ? mark.hash.slice(1) : mark.dataset.in.trim().split(" ").at(-1);
  const item = document.getElementById(id);
  if (!item?.dataset.place) return;
  event.preventDefault();
  choose(item.dataset.place);
});

for (const button of bench.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}

// --- Selecting words -------------------------------------------------------------------------------------------

function takeSelection({ focus }) {
  const range = selectedIn(text);
  const place = range && placeOf(range, text);
  if (place) choose(`${place.start}-${place.end}`, { focus });
}

const caret = new Caret(text, scroll, {
  take: () => takeSelection({ focus: true }),
  changed: (on) => {
    selectButton.setAttribute("aria-pressed", String(on));
    bench.querySelector("[data-select-help]").hidden = !on;
    bench.toggleAttribute("data-selecting", on);
  },
});

function startOfView() {
  const marks = text.querySelector(".is-current");
  const top = scroll.getBoundingClientRect().top;
  const visible = [...text.querySelectorAll("[data-start]")].find((one) => one.getBoundingClientRect().bottom > top + 8);
  return marks ?? visible ?? text;
}

text.addEventListener("pointerup", () => setTimeout(() => takeSelection({ focus: false })));
selectButton.addEventListener("click", () => (caret.on ? caret.leave() : caret.enter(startOfView())));
scroll.addEventListener("keydown", (event) => {
  if (event.shiftKey && event.key.startsWith("Arrow") && !caret.on) {
    event.preventDefault();
    caret.enter(startOfView());
  }
}, true);

// --- Keys ------------------------------------------------------------------------------------------------------

function onView() {
  return takes.place ?? document.activeElement?.closest("[data-place]")?.dataset.place ?? current;
}

onKey("n", () => step(1));
onKey("p", () => step(-1));
onKey("u", undoLast);
onKey("s", () => caret.enter(startOfView()));
onKey("x", () => {
  const place = onView();
  const item = place && itemAt(place);
  if (item?.dataset.state === "left") setAside(place);
  else item?.querySelector("button[formaction]")?.click();
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && takes.place) {
    event.preventDefault();
    backToList();
  } else if (event.key === "Enter" && !isTyping(event.target) && event.target.matches?.(".take h3, [data-place]")) {
    event.preventDefault();
    if (event.target.matches("[data-place]")) choose(event.target.dataset.place);
    else if (event.ctrlKey) takes.submit(takes.place, takes.form, null);
    else takes.form.elements.wording.focus();
  }
});

// --- Ready -----------------------------------------------------------------------------------------------------

for (const hidden of bench.querySelectorAll("[data-scripted]")) hidden.hidden = false;
bench.dataset.ready = "";
window.addEventListener("pagehide", dismiss);
