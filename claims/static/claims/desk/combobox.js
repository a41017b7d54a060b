// A text field that offers names while one types: an ARIA combobox with a list, fed by an address that answers
// {"options": [{"value", "label", "detail", "kind"}]}. It picks nothing by itself.

const PAUSE = 150;
let made = 0;

export class Combobox {
  /**
   * `input` gets the list behind it. `url(typed)` is where to ask; `always(typed)` gives further options for what was
   * typed, `first()` those for an empty field; `picked(option)` is told what was chosen.
   */
  constructor(input, { url, label, picked, always = () => [], first = () => [] }) {
    Object.assign(this, { input, url, picked, always, first, options: [], active: -1 });
    this.list = document.createElement("ul");
    this.list.className = "options";
    this.list.id = `options-${++made}`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", label);
    const frame = document.createElement("div");
    frame.className = "combobox";
    input.replaceWith(frame);
    frame.append(input, this.list);
    this.describe();
    this.listen();
  }

  describe() {
    const said = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(said)) this.input.setAttribute(name, value);
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
  }

  listen() {
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.leave());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.pick(Number(item.dataset.at));
    });
  }

  ask() {
    clearTimeout(this.waiting);
    this.request?.abort();
    const typed = this.input.value.trim();
    if (!typed) return this.show(this.first());
    this.waiting = setTimeout(() => this.fetch(typed), PAUSE);
  }

  async fetch(typed) {
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const response = await fetch(this.url(typed), { signal, credentials: "same-origin" });
      const found = response.ok && !response.redirected ? (await response.json()).options : [];
      if (!signal.aborted) this.show([...found, ...this.always(typed)]);
    } catch (error) {
      if (!signal.aborted) this.show(this.always(typed));
    }
  }

  show(options) {
    if (document.activeElement !== this.input) return;
    this.options = options;
    this.list.replaceChildren(...options.map((option, at) => this.item(option, at)));
    this.list.hidden = options.length === 0;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.activate(-1);
  }

  item(option, at) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${at}`;
    item.dataset.at = at;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const label = Object.assign(document.createElement("span"), { className: "name", textContent: option.label });
    const detail = [option.detail, option.kind].filter(Boolean).join(" · ");
    item.append(label);
    if (detail) item.append(" ", Object.assign(document.createElement("span"), { className: "detail", textContent: detail }));
    return item;
  }

  activate(at) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = at;
    const item = this.list.children[at];
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return this.ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const count = this.options.length;
      this.activate(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count);
    } else if (event.key === "Enter" && open && this.active >= 0 && !event.ctrlKey) {
      event.preventDefault();
      this.pick(this.active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  /** Take a name that was typed in full for the one it names. */
  leave() {
    const typed = this.input.value.trim().toLocaleLowerCase();
    const same = this.options.filter((option) => option.value && option.label.toLocaleLowerCase() === typed);
    if (!this.list.hidden && same.length === 1) this.pick(this.options.indexOf(same[0]));
    this.close();
  }

  pick(at) {
    const option = this.options[at];
    this.close();
    this.picked(option);
  }

  close() {
    clearTimeout(this.waiting);
    this.request?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }
}
