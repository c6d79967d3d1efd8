// The previews, and a form that asks for a deletion. The form shows a preview before its job can be submitted, and the job
// is bound to that preview.

import { byId, get, h, plural, portion, showList, showText } from "./dom.js";
import { askApi, sampleApp } from "./api.js";
import { chartIn } from "./chart.js";
import { pageOfJob } from "./jobs.js";
import { choose, fillWithSample, moment, named } from "./forms.js";
import { contents, keyOfPreview, previewEntry, previewInShort, versionOf } from "./preview.js";

const ask = byId("ask");
const submission = byId("submission");
const button = byId("delete-shown");
const chart = chartIn(byId("asked-chart"));

/** The preview that the form asked for; null if there is none, or the form says something else since. */
let shown = null;

const request = () => {
  const { startDate, endDate } = ask;
  const dates = ask.by.value === "cId" ? [startDate, endDate].filter(({ value }) => value) : [];
  return { ...named(ask), ...Object.fromEntries(dates.map(({ name, value }) => [name, value])) };
};

/** What was shown is no longer what would be asked for. */
const withdraw = () => {
  shown = null;
  button.disabled = true;
  byId("shown").hidden = true;
  byId("asked-preview").replaceChildren();
  chart.clear();
};

ask.addEventListener("input", () => {
  choose(ask);
  if (shown) {
    withdraw();
    showText(byId("asked"), "The request has changed: let it be shown again.");
  }
});

ask.addEventListener("submit", async (event) => {
  event.preventDefault();
  withdraw();
  showText(byId("submitted"), "");
  showText(byId("asked"), "Asking for a preview");
  const waiting = { key: crypto.randomUUID() };
  shown = waiting;
  try {
    const { botId } = await sampleApp();
    const { previewId } = await askApi("POST", botId, "deletion-previews", request(), crypto.randomUUID());
    if (shown === waiting) {
      Object.assign(waiting, { botId, previewId });
      byId("shown").hidden = false;
      await refreshAsked();
    }
  } catch (failure) {
    if (shown === waiting) {
      withdraw();
      showText(byId("asked"), `Not shown: ${failure.message}`);
    }
  }
});

/** Why no job can be made of a preview; empty if one can. */
const hindrance = ({ view, result, expired, reason }) => {
  if (reason) {
    return "The preview failed, so there is nothing to submit.";
  }
  if (expired) {
    return "The preview has expired: let it be shown again.";
  }
  if (view.attributes.status !== "completed") {
    return "The conversations are being read";
  }
  return result?.conversations ? "" : "There is nothing to delete.";
};

const refreshAsked = async () => {
  const about = shown;
  if (!about?.previewId) {
    return;
  }
  const { preview } = await get("preview", { botId: about.botId, previewId: about.previewId });
  if (about !== shown) {
    return;
  }
  showList(byId("asked-preview"), preview ? [preview] : [], keyOfPreview, previewEntry);
  const why = preview ? hindrance(preview) : "The preview is being made";
  showText(byId("asked"), why || `Shown: ${contents(preview.result)}.${about.spent ? "" : " The button at the end submits the job."}`);
  button.disabled = why !== "" || about.spent === true;
  showText(button, why ? "Delete what is shown" : `Delete ${plural(preview.result.conversations, "conversation")}`);
  if (preview) {
    await chart.of(about.botId, about.previewId, versionOf(preview));
  }
};

submission.addEventListener("submit", async (event) => {
  event.preventDefault();
  const about = shown;
  if (!about?.previewId || button.disabled) {
    return;
  }
  about.spent = true;
  button.disabled = true;
  showText(byId("submitted"), "Submitting the job");
  const { reference, notBefore } = submission;
  const body = {
    previewId: about.previewId,
    ...(reference.value ? { reference: reference.value } : {}),
    ...moment(notBefore),
  };
  try {
    const { jobId } = await askApi("POST", about.botId, "delete", body, about.key);
    byId("submitted").replaceChildren("The job is queued: ", h("a", { href: pageOfJob(about.botId, jobId) }, jobId));
  } catch (failure) {
    about.spent = false;
    button.disabled = about !== shown;
    showText(byId("submitted"), `Not submitted: ${failure.message}`);
  }
});

let latest = { found: 0, newest: [] };

const showPreviews = () => {
  const { found, newest } = latest;
  showList(byId("previews"), listed.of(newest), keyOfPreview, previewInShort);
  byId("no-previews").hidden = found > 0;
  const rest = found > newest.length ? `; the newest ${newest.length} are listed` : "";
  showText(byId("previews-found"), found > 0 ? `${plural(found, "preview")}${rest}` : "");
};

const listed = portion(byId("previews"), showPreviews);

export const refreshPreviews = async () => {
  latest = await get("previews");
  showPreviews();
  await refreshAsked();
};

let filled = false;

/** Fills the form with what the sample client app may ask for, the first time. */
export const openPreviews = () => {
  choose(ask);
  if (!filled) {
    filled = true;
    fillWithSample(ask).catch((failure) => showText(byId("asked"), failure.message));
  }
};
