// What is typed into a form of the desk is kept while it is typed, and is back when the form is opened again.
// A draft belongs to the person and to the address of the form; sending the form throws it away.

const PAUSE = 800;
const form = document.querySelector("form[data-draft]");
const page = location.pathname + location.search;

const kept = () =>
  [...form.elements].filter(
    (one) => one.name && !["hidden", "file", "password", "submit", "button"].includes(one.type),
  );
const keyOf = (one) => (["checkbox", "radio"].includes(one.type) ? `${one.name}=${one.value}` : one.name);
const valueOf = (one) => (["checkbox", "radio"].includes(one.type) ? (one.checked ? "on" : "") : one.value);
const typed = () => Object.fromEntries(kept().map((one) => [keyOf(one), valueOf(one)]));

const send = (url, values = {}) => {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("page-of-draft", page);
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  return fetch(url, { method: "POST", body, keepalive: true });
};

let blank = {};
let waiting = 0;
let sending = false;

async function keep() {
  waiting = 0;
  if (sending) return;
  const note = form.querySelector("[data-draft-note]");
  try {
    const answer = await send(form.dataset.draft, typed());
    if (note) note.textContent = answer.ok ? (await answer.json()).kept : form.dataset.draftFailed;
  } catch {
    if (note) note.textContent = form.dataset.draftFailed;
  }
}

function fill(fields) {
  for (const one of kept()) {
    const key = keyOf(one);
    if (!(key in fields)) continue;
    if (["checkbox", "radio"].includes(one.type)) one.checked = fields[key] === "on";
    else one.value = fields[key];
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offerToForget(said) {
  const bar = document.createElement("p");
  bar.className = "message draft";
  bar.setAttribute("role", "status");
  bar.append(`${said} `);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  button.textContent = form.dataset.draftForget;
  button.addEventListener("click", () => {
    send(form.dataset.draftDiscard);
    fill(blank);
    bar.remove();
  });
  bar.append(button);
  form.before(bar);
}

async function bringBack() {
  if (document.querySelector(".message.error")) return; // the server gave back what was sent
  const answer = await fetch(`${form.dataset.draft}?${new URLSearchParams({ "page-of-draft": page })}`);
  if (!answer.ok || answer.redirected) return;
  const { fields, said } = await answer.json();
  if (!said || Object.entries(typed()).every(([key, value]) => !(key in fields) || fields[key] === value)) return;
  fill(fields);
  offerToForget(said);
}

if (form) {
  blank = typed();
  bringBack().catch(() => {});
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(waiting);
  });
  addEventListener("pagehide", () => {
    if (waiting) keep();
  });
}
