// A slider over the versions that the page lists. Without it the date forms do the same.
"use strict";

for (const place of document.querySelectorAll(".slide")) {
  const versions = [...place.querySelectorAll("option")];
  const make = (tag, fields) => Object.assign(document.createElement(tag), fields);
  const slider = make("input", { type: "range", id: "slide", min: 0, max: versions.length - 1, step: 1 });
  const said = make("output", { htmlFor: "slide" });
  const show = make("button", { type: "button", textContent: place.dataset.show });

  // The slider says its value by itself; the output would say it again.
  said.setAttribute("aria-live", "off");
  slider.setAttribute("list", "versions");
  slider.value = versions.length - 1;

  const tell = () => {
    const { label } = versions[slider.value];
    said.textContent = label;
    slider.setAttribute("aria-valuetext", label);
  };

  slider.addEventListener("input", tell);
  slider.addEventListener("keydown", (event) => event.key === "Enter" && show.click());
  show.addEventListener("click", () => location.assign(versions[slider.value].dataset.href));
  place.append(make("label", { htmlFor: "slide", textContent: place.dataset.label }), slider, said, show);
  tell();
  place.hidden = false;
}
