// Asking the desk and sending it forms, without leaving the page. The server says what was done, or why not.

const ASKED = { "X-Requested-With": "fetch" };

/** The server refused, for reasons: `general` ones, and `fields` with theirs. */
export class Refused extends Error {
  constructor(reasons) {
    super("refused");
    this.reasons = reasons;
  }
}

/** Nobody is signed in any more. */
export class SignedOut extends Error {}

/** The person's role does not allow it. */
export class Forbidden extends Error {}

const isJson = (response) => (response.headers.get("Content-Type") || "").includes("json");
const turnedAway = (response) => response.redirected || (response.status === 403 && !isJson(response));

async function ask(url, options = {}) {
  return fetch(url, { credentials: "same-origin", headers: ASKED, ...options });
}

/** Return a part of a page as an element. */
export async function fragment(url, options) {
  const response = await ask(url, options);
  if (response.redirected) throw new SignedOut();
  if (response.status === 403) throw new Forbidden();
  if (!response.ok) throw new Error(`${response.status}`);
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  return template.content;
}

/** Take the token of a form that was just asked for; forms from before a new sign-in carry an old one. */
async function renewTokens(url) {
  const field = (await fragment(url)).querySelector("[name=csrfmiddlewaretoken]");
  if (!field) throw new SignedOut();
  for (const old of document.querySelectorAll("[name=csrfmiddlewaretoken]")) old.value = field.value;
  return field.value;
}

/** Send `data` and return the answer; a form that was only too old is sent again with a fresh token from `formUrl`. */
export async function send(url, data, formUrl) {
  let response = await ask(url, { method: "POST", body: data });
  if (turnedAway(response)) {
    data.set("csrfmiddlewaretoken", await renewTokens(formUrl));
    response = await ask(url, { method: "POST", body: data });
  }
  if (turnedAway(response)) throw new Forbidden();
  if (!isJson(response)) throw new Error(`${response.status}`);
  const answer = await response.json();
  if (answer.refused) throw new Refused(answer.refused);
  return answer;
}
