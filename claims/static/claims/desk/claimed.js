// “Claimed before?”: while a wording is typed, the nearest claims of the register are looked up. The latest answer
// wins; nothing is linked by itself.

const PAUSE = 250;

/** Keep the list of `form` in step with its wording. */
export function watchWording(form) {
  const box = form.querySelector("[data-known]");
  const wording = form.elements.wording;
  if (!box || !wording) return;
  let waiting;
  let request;

  async function look() {
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("wording", wording.value);
    try {
      const response = await fetch(box.dataset.url, { method: "POST", body: data, signal, credentials: "same-origin" });
      if (!response.ok || response.redirected) return;
      const found = await response.text();
      if (!signal.aborted) box.innerHTML = found;
    } catch (error) {
      if (error.name !== "AbortError") box.removeAttribute("aria-busy");
    }
    if (!signal.aborted) box.removeAttribute("aria-busy");
  }

  wording.addEventListener("input", () => {
    clearTimeout(waiting);
    box.setAttribute("aria-busy", "true");
    waiting = setTimeout(look, PAUSE);
  });
}
