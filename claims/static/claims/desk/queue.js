// Ticking reviews in a queue: all of a page at once, a stretch with Shift, and how many are ticked.

const form = document.getElementById("bulk");

if (form) {
  const boxes = [...document.querySelectorAll('input[name="review"][form="bulk"]')];
  const all = form.querySelector("[data-tick]");
  const count = form.querySelector("[data-count]");
  let last = null;

  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    count.textContent = ticked ? String(ticked) : "";
    all.setAttribute("aria-pressed", String(ticked === boxes.length));
  };

  all.hidden = false;
  all.addEventListener("click", () => {
    const tick = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = tick; });
    show();
  });

  boxes.forEach((box, place) => {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last !== null) {
        const [from, to] = [Math.min(last, place), Math.max(last, place)];
        boxes.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
      }
      last = place;
      show();
    });
  });

  window.addEventListener("pageshow", show);
}
