// What was just done, and ten seconds to undo it. The server keeps the time; this only shows it.

const SECONDS = 10;
const place = document.querySelector("[data-toasts]");
let current = null;

function button(label, action) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
  made.addEventListener("click", action);
  return made;
}

export function dismiss() {
  clearTimeout(current?.timer);
  current?.box.remove();
  current = null;
}

/** Say `said`, with a link to `claim` and, if given, the way to undo it: {label, run}. */
export function toast(said, { claim, undo } = {}) {
  dismiss();
  const box = document.createElement("div");
  box.className = "toast";
  const line = document.createElement("p");
  line.append(said);
  if (claim) line.append(" ", Object.assign(document.createElement("a"), { href: claim.url, textContent: claim.wording }));
  box.append(line);
  if (undo) {
    const back = button(undo.label, () => undoLast());
    back.setAttribute("aria-keyshortcuts", "u");
    box.append(back);
    box.classList.add("timed");
  }
  place.append(box);
  current = { box, undo, timer: setTimeout(dismiss, SECONDS * 1000) };
}

/** Undo what the toast on view says, if it can be undone. */
export function undoLast() {
  const undo = current?.undo;
  if (!undo) return;
  dismiss();
  undo.run();
}
