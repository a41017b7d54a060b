// Answers to the checklist are saved where they are given. Without it, the page is loaded anew after each.

function send(form, button) {
  const body = new FormData(form, button);
  body.append("fragment", "1");
  return fetch(form.action, { method: "POST", body, redirect: "error" }).catch(() => null);
}

// The page of the form itself says what is wrong, and keeps what was typed.
function sendTheOldWay(form, button) {
  const answer = document.createElement("input");
  Object.assign(answer, { type: "hidden", name: button.name, value: button.value });
  if (button.name) form.append(answer);
  form.submit();
}

document.addEventListener("submit", async (event) => {
  const list = event.target.closest("[data-checklist]");
  if (!list) return;
  event.preventDefault();
  const answer = await send(event.target, event.submitter);
  if (answer?.headers.get("X-Fragment") !== "checklist") {
    sendTheOldWay(event.target, event.submitter);
    return;
  }
  const item = event.submitter.closest("li").querySelector("[id^=item-]").id;
  list.innerHTML = await answer.text();
  document.getElementById(item)?.focus();
});
