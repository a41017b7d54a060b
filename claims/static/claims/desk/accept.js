// The pages that record a quote, opened by themselves: names are looked up, and claims that say the same.

import { watchWording } from "./claimed.js";
import { upgradeParties } from "./party.js";

for (const form of document.querySelectorAll("form.act")) {
  upgradeParties(form);
  watchWording(form);
}
