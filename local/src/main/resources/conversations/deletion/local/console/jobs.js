// The jobs: which are listed, how far each is, and what can be done with it. An attribute of a job is a text, and may be
// missing or odd.

import { askApi } from "./api.js";
import { byId, deleted, disclosure, facts, h, json, number, pill, plural, portion, retained, showList, showText, texts, time } from "./dom.js";
import { pageOf } from "./preview.js";

const filter = byId("job-filter");

/** What the listed jobs are to have. */
export const jobFilter = () => new FormData(filter);

export const showStatuses = (statuses) => {
  if (filter.status.length === 3) {
    filter.status.append(...statuses.map((status) => h("option", { value: status }, status.replaceAll("_", " "))));
  }
};

const size = (text) => (/^\d{1,9}$/.test(text) ? Number(text) : NaN);

const bar = (job) => {
  const total = size(job.totalConversations);
  const [gone, skipped, failed] = [job.deletedConversations, job.skippedCount, job.failedCount].map(size);
  const processed = gone + skipped + failed;
  const held = size(job.heldCount ?? "0") + size(job.heldInConfidence ?? "0");
  if (Number.isNaN(total + processed + held)) {
    return null;
  }
  const element = h("div", {
    className: "bar",
    role: "progressbar",
    "aria-label": `Progress of ${job.jobId}`,
    "aria-valuemin": 0,
    "aria-valuemax": total,
    "aria-valuenow": processed,
    "aria-valuetext": `${processed} of ${total} conversations${held ? `, ${held} held` : ""}`,
  });
  const parts = { deleted: gone, skipped, failed, held, todo: total - processed - held };
  for (const [name, share] of Object.entries(parts)) {
    if (share > 0) {
      const part = h("span", { className: name });
      part.style.flexGrow = share;
      element.append(part);
    }
  }
  return element;
};

const progress = (job) => {
  if (job.totalConversations === "0") {
    return job.completedAt ? "no conversation found" : "the run looks for its conversations";
  }
  const parts = [
    `${number(job.deletedConversations)} of ${plural(job.totalConversations, "conversation")}`,
    deleted(job.deletedCount, job.deletedAttachments),
  ];
  if (job.failedCount !== "0") {
    parts.push(`${number(job.failedCount)} failed`);
  }
  if (job.skippedCount !== "0") {
    parts.push(`${number(job.skippedCount)} not there`);
  }
  const held = { held: job.heldCount, "held in confidence": job.heldInConfidence };
  parts.push(...Object.entries(held).filter(([, count = "0"]) => count !== "0").map(([name, count]) => `${number(count)} ${name}`));
  parts.push(...retained(job.retainedCount));
  return parts.join(", ");
};

/** A job whose status does not tell it waits for confidential holds alone. */
const isOnHold = (job) => job.openGroup === "on_hold";

const due = (job) => {
  if (job.leaseUntil) {
    return ["leased until ", time(job.leaseUntil)];
  }
  if (isOnHold(job)) {
    return ["on hold since ", time(job.onHoldSince)];
  }
  return job.completedAt ? ["ended ", time(job.completedAt)] : ["due ", time(job.scheduledAt)];
};

const target = (job) => {
  if (job.forgottenAt) {
    return ["what was asked for is forgotten since ", time(job.forgottenAt)];
  }
  if (job.previewId) {
    return ["conversations that the preview ", h("a", { href: pageOf(job.botId, job.previewId) }, job.previewId), " lists"];
  }
  return job.cId
    ? ["conversations of ", h("code", {}, job.cId), " that began from ", time(job.startedFrom), " to ", time(job.startedTo)]
    : ["conversations named in the request"];
};

const notification = (job) => `e-mail ${(job.notificationStatus ?? "unknown").replaceAll("_", " ")}`;

const linkToMail = (job, [mail]) =>
  mail ? h("a", { href: `#mails/${encodeURIComponent(mail.messageId)}` }, notification(job)) : h("span", {}, notification(job));

const cancel = async (job, button, outcome) => {
  if (!confirm(`Cancel the job ${job.jobId}? What it has begun is finished, and what it has deleted stays deleted.`)) {
    return;
  }
  button.disabled = true;
  try {
    const { message } = await askApi("DELETE", job.botId, `delete/${encodeURIComponent(job.jobId)}`);
    showText(outcome, message);
  } catch (failure) {
    showText(outcome, `Not cancelled: ${failure.message}`);
    button.disabled = false;
  }
};

/** Cancels the job by the API, with the token of the sample client app; null once there is nothing to cancel. */
const cancelling = (job) => {
  if (job.completedAt) {
    return null;
  }
  if (job.cancelRequestedAt) {
    return h("p", { className: "note" }, "cancel requested ", time(job.cancelRequestedAt));
  }
  const outcome = h("span", { className: "note", role: "status" });
  const button = h("button", { type: "button", className: "cancel" }, "Cancel");
  button.addEventListener("click", () => cancel(job, button, outcome));
  return h("p", { className: "line" }, button, outcome);
};

const details = ({ attributes: job, json: whole, meanings }) => [
  facts({
    bot: job.botId,
    "client app": job.appId,
    "asked for": h("span", {}, target(job)),
    submitted: time(job.submittedAt),
    "nothing is deleted before": time(job.notBefore),
    started: time(job.startedAt),
    ended: time(job.completedAt),
    "due, or picked up": time(job.scheduledAt),
    "leased until": time(job.leaseUntil),
    fence: job.fence,
    "retries left": job.retriesRemaining,
    "tried again at": time(job.retryAt),
    "waits until": time(job.waitUntil),
    "swept at": time(job.sweepAt),
    "cancel requested": time(job.cancelRequestedAt),
    "e-mail": `${notification(job)}, ${plural(job.notificationAttempts, "attempt")}${job.notificationReason ? `, ${job.notificationReason}` : ""}`,
    ...meanings,
  }),
  json(whole),
];

const holds = (job) => h("p", { className: "note" }, "waits for the release of ", texts(job.waitsForHolds).flatMap((hold) => [h("a", { href: "#holds" }, hold), " "]));

export const pageOfJob = (botId, jobId) => `#job/${encodeURIComponent(botId)}/${encodeURIComponent(jobId)}`;

/** A job with everything that can be done with it. */
export const jobEntry = ({ view, mails }) => {
  const job = view.attributes;
  return h(
    "article",
    { className: "job" },
    h("p", { className: "line" }, pill(job.status), h("code", {}, job.jobId), h("span", { className: "when" }, due(job))),
    bar(job),
    h("p", { className: "note" }, "bot ", h("code", {}, job.botId), ": ", target(job)),
    job.notBefore && !job.startedAt && !job.completedAt ? h("p", { className: "note" }, "nothing is deleted before ", time(job.notBefore), "; until then it can be cancelled whole") : null,
    isOnHold(job) ? holds(job) : null,
    h(
      "p",
      { className: "line note" },
      h("span", { className: "progress" }, progress(job)),
      h("a", { href: pageOfJob(job.botId, job.jobId) }, "conversations"),
      h("a", { href: `#logs/${encodeURIComponent(job.jobId)}` }, "log lines"),
      linkToMail(job, mails),
    ),
    cancelling(job),
    disclosure({}, h("summary", {}, "Details"), () => details(view)),
  );
};

/** A job's entry needs the mails about it. */
export const withMails = (view, mails) => ({ view, mails: mails.filter((mail) => mail.subject.includes(view.attributes.jobId)) });

export const keyOfJob = ({ view }) => `${view.attributes.botId} ${view.attributes.jobId}`;

let latest = null;

const showJobs = () => {
  const { newest, found, open, ended } = latest.jobs;
  const entries = listed.of(newest).map((view) => withMails(view, latest.mails));
  showList(byId("jobs"), entries, keyOfJob, jobEntry);
  byId("no-jobs").hidden = open + ended > 0;
  const rest = found > newest.length ? `; the newest ${newest.length} are listed` : "";
  showText(byId("jobs-found"), open + ended > 0 ? `${plural(found, "job")}${rest}` : "");
};

const listed = portion(byId("jobs"), showJobs);

export const refreshJobs = (state) => {
  latest = state;
  showJobs();
};
