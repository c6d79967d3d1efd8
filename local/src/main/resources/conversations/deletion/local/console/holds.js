// The holds: what they keep, since when, and which jobs wait for them. And a form that places one.

import { byId, disclosure, get, h, item, number, pill, plural, portion, showList, showText, texts, time } from "./dom.js";
import { askApi, sampleApp } from "./api.js";
import { choose, fillWithSample, moment, named } from "./forms.js";
import { pageOfJob } from "./jobs.js";

const form = byId("hold");

const path = (holdId) => `holds/${encodeURIComponent(holdId)}`;

const standing = (hold) => {
  if (hold.releasedAt) {
    return ["released", ["released ", time(hold.releasedAt)]];
  }
  return hold.heldFrom ? ["held", ["since ", time(hold.heldFrom)]] : ["being_placed", ["asked for ", time(hold.placedAt)]];
};

const target = (hold) =>
  hold.cId ? ["all conversations of ", h("code", {}, hold.cId), ", those to come too"] : ["the conversations ", ...texts(hold.conversationIds).flatMap((id) => [h("code", {}, id), " "])];

const release = async (entry, button, outcome) => {
  if (!confirm(`Release the hold ${entry.holdId}? What it keeps can be deleted from the next window on, and its id can't be used again.`)) {
    return;
  }
  button.disabled = true;
  try {
    const { holdsUntil } = await askApi("DELETE", entry.botId, path(entry.holdId));
    outcome.replaceChildren("It is released, and holds until ", time(holdsUntil));
  } catch (failure) {
    showText(outcome, `Not released: ${failure.message}`);
    button.disabled = false;
  }
};

/** Releases the hold by the API, with the token of the sample client app; once released it says until when it holds. */
const releasing = (entry) => {
  const hold = entry.view.attributes;
  if (hold.releasedAt) {
    return h("p", { className: "note" }, "it holds until ", time(hold.holdsUntil), ", when the next window opens");
  }
  const outcome = h("span", { className: "note", role: "status" });
  const button = h("button", { type: "button", className: "cancel" }, "Release");
  button.addEventListener("click", () => release(entry, button, outcome));
  return h("p", { className: "line" }, button, outcome);
};

const waiting = (jobs) =>
  jobs.length
    ? [
        h("p", { className: "note" }, jobs.length === 1 ? "1 job waits for it:" : `${plural(jobs.length, "job")} wait for it:`),
        h("ul", { className: "entries" }, jobs.map((job) => h("li", {}, h("span", { className: "when" }, "since ", time(job.since)), h("a", { href: pageOfJob(job.botId, job.jobId) }, job.jobId)))),
      ]
    : h("p", { className: "note" }, "no job waits for it");

const holdEntry = (entry) => {
  const hold = entry.view.attributes;
  const [name, when] = standing(hold);
  return h(
    "article",
    { className: "job" },
    h("p", { className: "line" }, pill(name), hold.confidential === "true" ? pill("confidential") : null, h("code", {}, entry.holdId), h("span", { className: "when" }, when)),
    h("p", { className: "note" }, "bot ", h("code", {}, entry.botId), ": ", target(hold)),
    h("p", {}, hold.reason ?? ""),
    hold.reviewAt ? h("p", { className: "note" }, "to be reviewed at ", time(hold.reviewAt)) : null,
    waiting(entry.waiting),
    releasing(entry),
    disclosure({}, h("summary", {}, "Details"), () => item(entry.view)),
  );
};

const keyOf = ({ botId, holdId }) => `${botId} ${holdId}`;

let latest = { standing: 0, released: 0, newest: [] };

const showHolds = () => {
  const { standing: stand, released, newest } = latest;
  showList(byId("holds"), listed.of(newest), keyOf, holdEntry);
  byId("no-holds").hidden = stand + released > 0;
  const rest = stand + released > newest.length ? `; the newest ${newest.length} are listed` : "";
  showText(byId("holds-found"), stand + released > 0 ? `${number(stand)} standing, ${number(released)} released${rest}` : "");
};

const listed = portion(byId("holds"), showHolds);

export const refreshHolds = async () => {
  latest = await get("holds");
  showHolds();
};

form.addEventListener("input", () => choose(form));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = {
    ...named(form),
    reason: form.reason.value,
    ...moment(form.reviewAt),
    ...(form.confidential.checked ? { confidential: true } : {}),
  };
  const outcome = byId("placed");
  showText(outcome, "Placing the hold");
  try {
    const { botId } = await sampleApp();
    const hold = await askApi("PUT", botId, path(form.holdId.value), body);
    outcome.replaceChildren("It holds from ", time(hold.heldFrom), " on.", ...(hold.earliestExpiresAt ? [" The first of what it keeps expires at ", time(hold.earliestExpiresAt), ": a hold does not stop that."] : []));
    await refreshHolds();
  } catch (failure) {
    showText(outcome, `Not placed: ${failure.message}`);
  }
});

let filled = false;

/** Fills the form with what the sample client app may ask for, the first time. */
export const openHolds = () => {
  choose(form);
  if (!filled) {
    filled = true;
    fillWithSample(form).catch((failure) => showText(byId("placed"), failure.message));
  }
};
