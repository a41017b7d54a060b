// Offers colleagues by name behind an “@” in a note. Without it, a name is typed as it is.

const DELAY = 120;
const BEHIND = /(?:^|[^\w@.+/-])@([\w@.+-]*)$/;

class Mentions {
  constructor(area, index) {
    this.area = area;
    this.list = document.createElement("ul");
    this.list.className = "mentions";
    this.list.id = `mentions-${index}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", area.dataset.mentionsLabel);
    this.list.hidden = true;
    area.after(this.list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.id);
    area.addEventListener("input", () => this.wait());
    area.addEventListener("keydown", (event) => this.press(event));
    area.addEventListener("blur", () => this.close());
    // Before the text area loses the focus to the list.
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("li");
      if (option) this.take(option);
    });
  }

  typed() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    return before.match(BEHIND)?.[1];
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), DELAY);
  }

  async ask() {
    const typed = this.typed();
    if (typed === undefined) return this.close();
    const address = `${this.area.dataset.mentions}?q=${encodeURIComponent(typed)}`;
    const answer = await fetch(address, { redirect: "error" }).catch(() => null);
    if (!answer?.ok || typed !== this.typed()) return this.close();
    this.show((await answer.json()).people);
  }

  show(people) {
    this.list.replaceChildren(
      ...people.map((person, index) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${index}`;
        option.setAttribute("role", "option");
        option.dataset.name = person.name;
        option.textContent = `@${person.name} (${person.called})`;
        return option;
      }),
    );
    this.list.hidden = people.length === 0;
    this.choose(this.list.firstElementChild);
  }

  choose(option) {
    for (const one of this.list.children) one.setAttribute("aria-selected", String(one === option));
    if (option) this.area.setAttribute("aria-activedescendant", option.id);
    else this.area.removeAttribute("aria-activedescendant");
    this.chosen = option;
  }

  press(event) {
    if (this.list.hidden || event.isComposing) return;
    const last = this.list.lastElementChild;
    const first = this.list.firstElementChild;
    const acts = {
      ArrowDown: () => this.choose(this.chosen.nextElementSibling ?? first),
      ArrowUp: () => this.choose(this.chosen.previousElementSibling ?? last),
      Enter: () => this.take(this.chosen),
      Tab: () => this.take(this.chosen),
      Escape: () => this.close(),
    };
    if (!(event.key in acts)) return;
    event.preventDefault();
    acts[event.key]();
  }

  take(option) {
    const end = this.area.selectionStart;
    const start = end - this.typed().length;
    this.area.setRangeText(`${option.dataset.name} `, start, end, "end");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.choose(null);
  }
}

document.querySelectorAll("textarea[data-mentions]").forEach((area, index) => new Mentions(area, index));
