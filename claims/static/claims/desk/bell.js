// The number beside the bell: asked for when a page opens and once a minute while it is looked at.

const bell = document.querySelector("[data-bell]");
const MINUTE = 60_000;

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(bell.dataset.bell, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const { unread } = await answer.json();
    const badge = bell.querySelector(".badge");
    badge.textContent = unread || "";
    badge.hidden = !unread;
    bell.setAttribute("aria-label", unread ? `${bell.dataset.label} (${unread})` : bell.dataset.label);
  } catch {
    // Without a network the number stays as it was.
  }
}

if (bell) {
  refresh();
  setInterval(refresh, MINUTE);
  document.addEventListener("visibilitychange", refresh);
}
