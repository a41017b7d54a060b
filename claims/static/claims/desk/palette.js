// The palette: Ctrl+K (⌘K on a Mac) opens a field that leads anywhere on the desk. It shows what the server found for
// the words typed last, and never opens anything found for other words: Enter before the answer opens the search page,
// which does the same without a script.

import "./shortcuts.js";

const PAUSE = 120;
const dialog = document.getElementById("palette");
const field = dialog?.querySelector("[role=combobox]");
const list = dialog?.querySelector("[role=listbox]");
const said = dialog?.querySelector("[role=status]");
const isMac = /mac|iphone|ipad/i.test(navigator.platform);
let options = [];
let active = -1;
let shownFor = null;
let waiting;
let request;

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function activate(at) {
  options[active]?.setAttribute("aria-selected", "false");
  active = at;
  const item = options[at];
  item?.setAttribute("aria-selected", "true");
  item?.scrollIntoView({ block: "nearest" });
  if (item) field.setAttribute("aria-activedescendant", item.id);
  else field.removeAttribute("aria-activedescendant");
}

/** Return one option as a link that can also be clicked, with any button. */
function optionOf({ label, detail, url }) {
  const name = make("span", { className: "name", textContent: label, dir: "auto" });
  const item = make("a", { href: url, tabIndex: -1, id: `palette-${options.length}` }, name);
  if (detail) item.append(" ", make("span", { className: "detail", textContent: detail, dir: "auto" }));
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  options.push(item);
  return item;
}

function groupOf({ title, options: found }, at) {
  const heading = make("p", { className: "title", id: `palette-group-${at}`, textContent: title });
  heading.setAttribute("role", "presentation");
  const group = make("div", {}, heading, ...found.map(optionOf));
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", heading.id);
  return group;
}

function show(groups, typed) {
  activate(-1);
  options = [];
  list.replaceChildren(...groups.map(groupOf));
  list.hidden = options.length === 0;
  list.scrollTop = 0;
  field.setAttribute("aria-expanded", String(options.length > 0));
  shownFor = typed;
  activate(typed && options.length ? 0 : -1);
  const { none, some } = dialog.dataset;
  said.textContent = options.length ? some.replace("{number}", options.length) : none;
}

function fail() {
  show([], null);
  said.textContent = dialog.dataset.failed;
}

async function look() {
  const typed = field.value.trim();
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  said.textContent = dialog.dataset.wait;
  try {
    const url = `${dialog.dataset.url}?${new URLSearchParams({ q: typed })}`;
    const answer = await fetch(url, { signal, credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    const { groups } = await answer.json();
    if (!signal.aborted) show(groups, typed);
  } catch {
    if (!signal.aborted) fail();
  }
}

function open() {
  dialog.showModal();
  field.select();
  look();
}

function close() {
  dialog.close();
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.isComposing || !options.length) return;
  event.preventDefault();
  const from = active < 0 && step < 0 ? 0 : active;
  activate((from + step + options.length) % options.length);
}

/** Open what is chosen, if it was found for the words that now stand in the field. */
function go(event) {
  if (active < 0 || shownFor !== field.value.trim()) return;
  event.preventDefault();
  options[active].click();
}

function onShortcut(event) {
  const held = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!held || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  if (dialog.open) close();
  else open();
}

function prepare() {
  const link = document.querySelector("[data-palette]");
  if (isMac) for (const hint of document.querySelectorAll("[data-palette] kbd")) hint.textContent = "⌘ K";
  link?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", onShortcut);
  field.addEventListener("keydown", move);
  field.form.addEventListener("submit", go);
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    request?.abort();
    waiting = setTimeout(look, PAUSE);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
    else if (event.target.closest("[role=option]")) setTimeout(close);
  });
  dialog.addEventListener("close", () => {
    clearTimeout(waiting);
    request?.abort();
  });
  dialog.dataset.ready = "";
}

if (dialog) prepare();
