// Picks the excerpt out of the source's text beside the form: selected words, or a whole paragraph by keyboard. Says
// while somebody types whether the words stand in the text; what counts is what the server finds when the form is sent.

const source = document.querySelector("[data-excerpt]");
const LEFT_OUT = " […] ";
const FOLDS = [
  [/[‘’‚‛′´`ʼ＇‹›]/g, "'"],
  [/[“”„‟″«»＂]/g, '"'],
  [/[‐‑‒–—―−﹘－]/g, "-"],
  [/[\u00ad\u200b-\u200f\u2060\ufeff]/g, ""],
  [/…/g, "..."],
  [/\s+/g, " "],
];

const fold = (text) => FOLDS.reduce((folded, [from, to]) => folded.replace(from, to), text.normalize("NFC")).trim();

function standsIn(excerpt, whole) {
  const wanted = fold(excerpt);
  if (whole.includes(wanted)) return true;
  let at = 0;
  const pieces = wanted.split(/\s*[[(]?\s*\.\.\.\s*[\])]?\s*/).map((piece) => piece.replace(/^[ "']+|[ "']+$/g, ""));
  return pieces.filter(Boolean).every((piece) => {
    const found = whole.indexOf(piece, at);
    at = found + piece.length;
    return found >= 0;
  });
}

function enhance(text, field, check) {
  const picking = source.querySelector(".picking");
  const [instead, besides] = picking.querySelectorAll("[data-take]");
  const whole = fold([...text.querySelectorAll("p")].map((p) => p.textContent).join("\n\n"));

  const judge = () => {
    const words = field.value.trim();
    const stands = words && standsIn(words, whole);
    const silent = !words || (!stands && "goesOn" in source.dataset);
    check.textContent = silent ? "" : stands ? source.dataset.stands : source.dataset.standsNot;
    check.classList.toggle("wrong-words", !silent && !stands);
  };
  const selected = () => {
    const selection = getSelection();
    const within = selection.rangeCount && text.contains(selection.getRangeAt(0).commonAncestorContainer);
    return within ? selection.toString().trim() : "";
  };
  const take = (words, after) => {
    field.value = after && field.value.trim() ? field.value.trim() + LEFT_OUT + words : words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
  const offer = () => {
    const words = selected();
    instead.disabled = !words;
    besides.disabled = !words || !field.value.trim();
  };

  for (const paragraph of text.querySelectorAll("p")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "use-paragraph";
    button.textContent = source.dataset.useParagraph;
    button.setAttribute("aria-label", `${source.dataset.useParagraph}: ${paragraph.textContent.slice(0, 60)}`);
    button.addEventListener("click", () => take(paragraph.textContent.trim(), false));
    paragraph.after(button);
  }
  instead.addEventListener("click", () => take(selected(), false));
  besides.addEventListener("click", () => take(selected(), true));
  document.addEventListener("selectionchange", offer);
  field.addEventListener("input", judge);
  picking.hidden = false;
  judge();
}

if (source) {
  const field = document.getElementById(source.dataset.excerpt);
  enhance(source.querySelector("[data-text]"), field, document.querySelector("[data-excerpt-check]"));
}
