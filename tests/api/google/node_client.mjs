// Asks a register through @googleapis/factchecktools, unmodified, and prints what it was told, as one JSON object.
import { createRequire } from "node:module";

const [modules, rootUrl] = process.argv.slice(2);
const { factchecktools } = createRequire(`${modules}/`)("@googleapis/factchecktools");
const service = factchecktools({ version: "v1alpha1", rootUrl, auth: "AIzaSomeKey" });
const told = {};

const texts = [];
let pageToken;
do {
  const { data } = await service.claims.search({ query: "elbe", pageSize: 2, pageToken });
  texts.push(...data.claims.map((claim) => claim.text));
  pageToken = data.nextPageToken;
} while (pageToken);
told.walked = texts.sort();

const other = factchecktools({ version: "v1alpha1", auth: "AIzaSomeKey" });
const { data } = await other.claims.search({ query: "elbe", languageCode: "en-US" }, { rootUrl });
told.first = data.claims[0].claimReview[0];

const nothing = await service.claims.search({ query: "volcano" });
told.nothing = nothing.data;

const page = await service.pages.list({ organization: "127.0.0.1", pageSize: 1 });
told.page = (await service.pages.get({ name: page.data.claimReviewMarkupPages[0].name })).data.name;

const refusals = {
  search: () => service.claims.search({}),
  image: () => service.claims.imageSearch({ imageUri: "https://news.example/cat.png" }),
  missing: () => service.pages.get({ name: "pages/0000000000" }),
  write: () => service.pages.delete({ name: "pages/0000000000" }),
};
told.refused = {};
for (const [name, call] of Object.entries(refusals)) {
  told.refused[name] = await call().then(() => "granted", (error) => error.response.data.error.status);
}
console.log(JSON.stringify(told));
