// Which words of the article are selected, by mouse or keyboard, counted in code points as the register counts them.
// JavaScript counts UTF-16 units; each paragraph says in data-start how many code points stand before it.

const count = (text) => [...text].length;

function within(paragraph, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  range.setEnd(node, offset);
  return count(range.toString());
}

/** Return {start, end} of the words a range selects, without white space around them, or null for none. */
export function placeOf(range, text) {
  const touched = [...text.querySelectorAll("[data-start]")].filter((one) => range.intersectsNode(one));
  if (!touched.length || range.collapsed) return null;
  const [first, last] = [touched[0], touched.at(-1)];
  const from = first.contains(range.startContainer) ? within(first, range.startContainer, range.startOffset) : 0;
  const to = last.contains(range.endContainer)
    ? within(last, range.endContainer, range.endOffset)
    : count(last.textContent);
  const start = Number(first.dataset.start) + from;
  const end = Number(last.dataset.start) + to;
  const words = [...touched.map((one) => one.textContent).join("\n\n")].slice(from, from + end - start).join("");
  const before = words.length - words.trimStart().length;
  const behind = words.length - words.trimEnd().length;
  return words.trim() ? { start: start + before, end: end - behind } : null;
}

/** Return the range selected within `text`, or null. */
export function selectedIn(text) {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(text) ? range : null;
}

const STEPS = {
  ArrowLeft: ["backward", "character"],
  ArrowRight: ["forward", "character"],
  ArrowUp: ["backward", "line"],
  ArrowDown: ["forward", "line"],
  Home: ["backward", "lineboundary"],
  End: ["forward", "lineboundary"],
};

/** A caret in a text that cannot be edited: arrows move it, Shift with arrows selects, Enter takes, Escape leaves. */
export class Caret {
  constructor(text, scroll, { take, changed }) {
    Object.assign(this, { text, scroll, take, changed, on: false });
    this.mark = document.createElement("span");
    this.mark.className = "caret";
    this.mark.setAttribute("aria-hidden", "true");
    scroll.addEventListener("keydown", (event) => this.key(event));
    scroll.addEventListener("pointerdown", () => this.leave());
    document.addEventListener("selectionchange", () => this.draw());
  }

  /** Put the caret before the words of `from`, and let keys move it. */
  enter(from) {
    const selection = document.getSelection();
    const inside = selection.rangeCount && this.text.contains(selection.focusNode);
    if (!inside || selection.isCollapsed) {
      const range = document.createRange();
      range.selectNodeContents(from);
      range.collapse(true);
      const [node] = [document.createTreeWalker(from, NodeFilter.SHOW_TEXT).nextNode()];
      if (node) range.setStart(node, 0), range.collapse(true);
      selection.removeAllRanges();
      selection.addRange(range);
    }
    this.on = true;
    this.scroll.focus({ preventScroll: true });
    this.scroll.append(this.mark);
    this.changed(true);
    this.draw();
    this.follow();
  }

  leave() {
    if (!this.on) return;
    this.on = false;
    this.mark.remove();
    this.changed(false);
  }

  key(event) {
    if (event.target !== this.scroll || event.altKey || event.metaKey || event.isComposing) return;
    if (!this.on) return;
    if (STEPS[event.key]) {
      event.preventDefault();
      this.move(event);
    } else if (event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      event.stopPropagation();
      this.take();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      document.getSelection().collapseToEnd();
      this.leave();
    }
  }

  move(event) {
    const selection = document.getSelection();
    const before = [selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset];
    const [direction, unit] = STEPS[event.key];
    const by = event.ctrlKey && unit === "character" ? "word" : unit;
    selection.modify(event.shiftKey ? "extend" : "move", direction, by);
    if (!this.text.contains(selection.focusNode)) selection.setBaseAndExtent(...before);
    this.draw();
    this.follow();
  }

  spot() {
    const selection = document.getSelection();
    if (!selection.rangeCount || !this.text.contains(selection.focusNode)) return null;
    const range = document.createRange();
    range.setStart(selection.focusNode, selection.focusOffset);
    const [here] = range.getClientRects();
    if (here) return here;
    const node = selection.focusNode;
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element.getBoundingClientRect();
  }

  draw() {
    if (!this.on) return;
    const spot = this.spot();
    if (!spot) return;
    const frame = this.scroll.getBoundingClientRect();
    this.mark.style.setProperty("left", `${spot.left - frame.left + this.scroll.scrollLeft}px`);
    this.mark.style.setProperty("top", `${spot.top - frame.top + this.scroll.scrollTop}px`);
    this.mark.style.setProperty("height", `${Math.min(spot.height, 40)}px`);
  }

  follow() {
    const spot = this.spot();
    const frame = this.scroll.getBoundingClientRect();
    if (!spot) return;
    if (spot.bottom > frame.bottom - 40) this.scroll.scrollTop += spot.bottom - frame.bottom + 40;
    if (spot.top < frame.top + 40) this.scroll.scrollTop -= frame.top + 40 - spot.top;
  }
}
