// Says softly who else is at this claim, and tells the others that somebody is here.

const EVERY = 25_000;
const note = document.querySelector("[data-presence]");
const token = document.querySelector("[name=csrfmiddlewaretoken]");

async function tell() {
  if (document.hidden) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token.value);
  body.set("doing", note.dataset.doing);
  try {
    const answer = await fetch(note.dataset.presence, { method: "POST", body });
    if (!answer.ok || answer.redirected) return;
    const { others } = await answer.json();
    note.textContent = others.join(" · ");
    note.hidden = others.length === 0;
  } catch {
    // Without a network nobody is known to be here.
  }
}

if (note && token) {
  tell();
  setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
  addEventListener("pagehide", () => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token.value);
    navigator.sendBeacon(note.dataset.presenceEnd, body);
  });
}
