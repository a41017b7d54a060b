// How far the fetching of an article or a source has come: asked for every second and a half, then the page opens anew.
// Without this script the page does the same by refreshing itself.

const steps = document.querySelector("[data-progress]");
const EVERY = 1_500;

function show({ state, slow, counted }) {
  const told = document.querySelector("[data-told]");
  for (const step of steps.children) {
    if (step.dataset.step !== state) {
      step.removeAttribute("aria-current");
    } else if (!step.hasAttribute("aria-current")) {
      step.setAttribute("aria-current", "step");
      told.textContent = step.textContent;
    }
  }
  document.querySelector("[data-slow]").hidden = !slow;
  if (counted) document.querySelector("[data-counted]").textContent = counted;
}

async function look() {
  try {
    const answer = await fetch(steps.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return location.reload();
    const found = await answer.json();
    if (!found.under_way) return location.reload();
    show(found);
  } catch {
    // Without a network, the next look may find more.
  }
  setTimeout(look, EVERY);
}

if (steps) setTimeout(look, EVERY);
