// The jobs: which are listed, how far each is, and what can be done with it. An attribute of a job is a text, and may be
// missing or odd.

import { askApi } from "./api.js";
import { byId, deleted, disclosure, facts, h, json, number, pill, plural, portion, retained, showList, showText, time } from "./dom.js";
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
  if (Number.isNaN(total + processed)) {
    return null;
  }
  const element = h("div", {
    className: "bar",
    role: "progressbar",
    "aria-label": `Progress of ${job.jobId}`,
    "aria-valuemin": 0,
    "aria-valuemax": total,
    "aria-valuenow": processed,
    "aria-valuetext": `${processed} of ${total} conversations`,
  });
  const parts = { deleted: gone, skipped, failed, todo: total - processed };
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
  parts.push(...retained(job.retainedCount));
  return parts.join(", ");
};

const due = (job) => {
  if (job.leaseUntil) {
    return ["leased until ", time(job.leaseUntil)];
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

/** A job with everything that can be done with it. */
export const jobEntry = ({ view, mails }) => {
  const job = view.attributes;
  const page = `#job/${encodeURIComponent(job.botId)}/${encodeURIComponent(job.jobId)}`;
  return h(
    "article",
    { className: "job" },
    h("p", { className: "line" }, pill(job.status), h("code", {}, job.jobId), h("span", { className: "when" }, due(job))),
    bar(job),
    h("p", { className: "note" }, "bot ", h("code", {}, job.botId), ": ", target(job)),
    job.notBefore && !job.startedAt && !job.completedAt ? h("p", { className: "note" }, "nothing is deleted before ", time(job.notBefore), "; until then it can be cancelled whole") : null,
    h(
      "p",
      { className: "line note" },
      h("span", { className: "progress" }, progress(job)),
      h("a", { href: page }, "conversations"),
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
