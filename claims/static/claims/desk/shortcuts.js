// Keys of a page, and the sheet that lists them. A key works where nothing is being typed; people who talk to their
// computer can switch keys without Ctrl or Alt off (WCAG 2.1.4), which is remembered on the device.
//
// Every page of the desk has the sheet; a page lists its keys in <template data-shortcuts="Title">.

const OFF = "factcheck.keys.off";
const sheet = document.getElementById("shortcuts");
const actions = new Map();

const storage = {
  get off() {
    try {
      return localStorage.getItem(OFF) === "yes";
    } catch {
      return false;
    }
  },
  set off(value) {
    try {
      localStorage.setItem(OFF, value ? "yes" : "no");
    } catch {
      // A browser that remembers nothing keeps the choice for this page.
    }
  },
};
let off = storage.off;

/** Whether keys pressed at `target` are somebody's typing. */
export function isTyping(target) {
  return Boolean(target.closest?.("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable], dialog"));
}

/** Have `action(event)` called when a key is pressed that is not being typed. */
export function onKey(key, action) {
  actions.set(key, action);
}

document.addEventListener("keydown", (event) => {
  const free = !(event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented);
  if (!free || off || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const action = actions.get(event.key);
  if (!action) return;
  event.preventDefault();
  action(event);
});

function open() {
  sheet.showModal();
}

function fill() {
  const list = sheet.querySelector("[data-shortcuts-list]");
  for (const template of document.querySelectorAll("template[data-shortcuts]")) {
    const title = Object.assign(document.createElement("h3"), { textContent: template.dataset.shortcuts });
    list.append(title, template.content.cloneNode(true));
  }
}

if (sheet) {
  fill();
  const choice = sheet.querySelector("[data-shortcuts-on]");
  choice.checked = !off;
  choice.addEventListener("change", () => {
    storage.off = off = !choice.checked;
  });
  for (const entry of document.querySelectorAll("[data-scripted]")) entry.hidden = false;
  for (const button of document.querySelectorAll("[data-shortcuts-open]")) button.addEventListener("click", open);
  onKey("?", open);
}
