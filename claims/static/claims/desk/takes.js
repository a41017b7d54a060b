// The forms of the workbench: one per place that was opened, kept with all that was typed until it is sent.

import { watchWording } from "./claimed.js";
import { upgradeParties } from "./party.js";
import { clear, show, tell } from "./refusals.js";
import { Forbidden, Refused, SignedOut, fragment, send } from "./sending.js";

export class Takes {
  /** `bench` holds addresses and words, `box` shows the form; `done(place, answer)` is told what was recorded. */
  constructor(bench, box, { done, aside, leave }) {
    Object.assign(this, { bench, box, done, aside, leave, forms: new Map(), place: null });
    window.addEventListener("beforeunload", (event) => {
      if (this.unsent().length) event.preventDefault();
    });
  }

  get form() {
    return this.forms.get(this.place) ?? null;
  }

  /** Return the places whose forms hold something typed. */
  unsent() {
    return [...this.forms].filter(([, form]) => "typed" in form.dataset).map(([place]) => place);
  }

  urlOf(place) {
    const query = { place, ...(this.bench.dataset.report && { report: this.bench.dataset.report }) };
    return `${this.bench.dataset.accept}?${new URLSearchParams(query)}`;
  }

  /** Show the form for `place`; returns whether it is on view. */
  async open(place) {
    this.place = place;
    this.box.hidden = false;
    if (!this.forms.has(place)) {
      this.box.replaceChildren(Object.assign(document.createElement("p"), { className: "quiet", textContent: this.bench.dataset.wordsLoading }));
      const form = await this.read(place);
      if (form) this.forms.set(place, form);
      if (this.place !== place || !form) return false;
    }
    this.box.replaceChildren(this.form);
    return true;
  }

  async read(place) {
    try {
      const form = (await fragment(this.urlOf(place))).querySelector("form");
      return this.prepare(document.adoptNode(form), place);
    } catch (error) {
      if (this.place === place) this.box.replaceChildren(this.refusalBox(error));
      return null;
    }
  }

  refusalBox(error) {
    const box = document.createElement("form");
    box.append(Object.assign(document.createElement("div"), { className: "holder" }));
    box.firstChild.dataset.refusals = "";
    queueMicrotask(() => this.explain(box, error));
    return box;
  }

  prepare(form, place) {
    upgradeParties(form);
    watchWording(form);
    form.addEventListener("input", () => (form.dataset.typed = ""));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(place, form, event.submitter);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey) {
        event.preventDefault();
        this.submit(place, form, null);
      }
    });
    form.querySelector("[data-aside]")?.addEventListener("click", () => this.aside(place));
    form.querySelector("[data-leave]").addEventListener("click", () => this.leave());
    return form;
  }

  /** Send a form once, by the button that was pressed or as a new claim. */
  async submit(place, form, button) {
    if (form.hasAttribute("aria-busy")) return;
    const url = button?.getAttribute("formaction") || form.getAttribute("action");
    const data = new FormData(form);
    if (button?.name) data.set(button.name, button.value);
    form.setAttribute("aria-busy", "true");
    clear(form);
    try {
      const answer = await send(url, data, this.urlOf(place));
      delete form.dataset.typed;
      this.done(place, answer);
    } catch (error) {
      this.explain(form, error);
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  explain(form, error) {
    const words = this.bench.dataset;
    if (error instanceof Refused) return show(form, error.reasons);
    if (error instanceof SignedOut) return tell(form, [[words.wordsSignedOut], [this.signIn()]]);
    tell(form, [[error instanceof Forbidden ? words.wordsForbidden : words.wordsUnreachable]]);
  }

  signIn() {
    const link = document.createElement("a");
    link.href = `${this.bench.dataset.login}?${new URLSearchParams({ next: location.pathname })}`;
    link.target = "_blank";
    link.textContent = this.bench.dataset.wordsSignIn;
    return link;
  }

  close() {
    this.place = null;
    this.box.hidden = true;
    this.box.replaceChildren();
  }
}
