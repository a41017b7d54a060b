// Putting what the server refused at the fields it names. Nothing that was typed is touched.

function controlOf(form, name) {
  const found = form.elements[name];
  const control = found instanceof RadioNodeList ? found[0] : found;
  return control && control.type !== "hidden" ? control : null;
}

function listOf(reasons) {
  const list = document.createElement("ul");
  list.className = "errorlist";
  for (const reason of reasons) list.append(Object.assign(document.createElement("li"), { textContent: reason }));
  return list;
}

function mark(form, name, reasons) {
  const control = controlOf(form, name);
  const field = control.closest(".field, .party-group");
  const list = listOf(reasons);
  list.id = `${control.id}_error`;
  field.classList.add("wrong");
  field.querySelector("label, legend").after(list);
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), list.id].filter(Boolean).join(" "));
  return { control, label: field.querySelector("label, legend").firstChild.textContent.trim() };
}

export function clear(form) {
  for (const list of form.querySelectorAll(".errorlist")) {
    for (const control of form.querySelectorAll(`[aria-describedby~="${list.id}"]`)) {
      const others = control.getAttribute("aria-describedby").split(" ").filter((id) => id !== list.id);
      control.setAttribute("aria-describedby", others.join(" "));
      control.removeAttribute("aria-invalid");
    }
    list.remove();
  }
  for (const field of form.querySelectorAll(".wrong")) field.classList.remove("wrong");
  form.querySelector("[data-refusals]").replaceChildren();
}

function told(lines) {
  const box = document.createElement("div");
  box.className = "message error";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  for (const line of lines) {
    const paragraph = document.createElement("p");
    paragraph.append(...line);
    box.append(paragraph);
  }
  return box;
}

function lead(control, label) {
  const link = document.createElement("a");
  link.href = `#${control.id}`;
  link.textContent = label;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    control.focus();
  });
  return link;
}

/** Say above the form why it was refused, each reason leading to its field. */
export function show(form, { general = [], fields = {} }) {
  clear(form);
  const lines = general.map((reason) => [reason]);
  for (const [name, reasons] of Object.entries(fields)) {
    if (controlOf(form, name)) {
      const { control, label } = mark(form, name, reasons);
      lines.push([lead(control, label), `: ${reasons.join(" ")}`]);
    } else {
      lines.push([reasons.join(" ")]);
    }
  }
  tell(form, lines);
}

/** Say something above the form: a list of lines, each a list of texts and elements. */
export function tell(form, lines) {
  const box = told(lines);
  form.querySelector("[data-refusals]").replaceChildren(box);
  box.focus();
}
