// The first view: what is open, what waits, how far the jobs are, and what was done last.

import { byId, disclosure, duration, facts, get, h, json, pill, plural, portion, post, showList, showText, time } from "./dom.js";

const CONVERSATIONS_OF_JOB = "#tables/DeletionJobConversationsTable/";

let recordsAtFirst = null;

const from = (iso, now) => duration(Date.parse(iso) - Date.parse(now));

const showWindow = ({ offPeak, now }) => {
  byId("window").replaceChildren(pill(offPeak.open ? "open" : "closed"));
  const change = offPeak.changesAt ? `${offPeak.open ? "closes" : "opens"} in ${from(offPeak.changesAt, now)}` : "at every hour";
  const hours = offPeak.hours === "*" ? "" : `, hours ${offPeak.hours}`;
  const tick = !offPeak.ticking
    ? "the schedule does not fire by itself here"
    : offPeak.nextTick
      ? `next tick in ${from(offPeak.nextTick, now)}`
      : "no tick is due";
  showText(byId("window-note"), `${change}${hours}, ${offPeak.timezone}; ${tick}`);
};

const showCards = (state) => {
  const work = state.queues.find((queue) => queue.id === "DeletionQueue");
  const dead = state.queues.find((queue) => queue.id === "DeletionDeadLetterQueue");
  showText(byId("queue"), work.waiting.toLocaleString("en"));
  showText(byId("queue-note"), `${work.inFlight} in flight, ${dead.waiting + dead.inFlight} dead letters`);
  byId("queue-note").classList.toggle("alarm", dead.waiting > 0);

  const open = state.jobs.filter((job) => ["queued", "in_progress"].includes(job.status));
  showText(byId("open-jobs"), String(open.length));
  showText(byId("open-jobs-note"), `open; ${state.jobs.length - open.length} ended`);

  const { items } = state.tables.find((table) => table.id === "ConversationRecordsTable");
  recordsAtFirst ??= items;
  const change = items - recordsAtFirst;
  showText(byId("records"), items.toLocaleString("en"));
  showText(byId("records-note"), change === 0 ? "in the table" : `${change > 0 ? "+" : "−"}${Math.abs(change).toLocaleString("en")} since this page was opened`);

  showText(byId("mail-count"), String(state.mails.length));
  byId("mail-note").replaceChildren(state.mails.length ? "last " : "to owners", state.mails.length ? time(state.mails[0].sentAt) : "");
};

const bar = (job) => {
  const { totalConversations: total, deletedConversations: deleted, skippedCount: skipped, failedCount: failed } = job;
  const processed = deleted + skipped + failed;
  const element = h("div", {
    className: "bar",
    role: "progressbar",
    "aria-label": `Progress of ${job.jobId}`,
    "aria-valuemin": 0,
    "aria-valuemax": total,
    "aria-valuenow": processed,
    "aria-valuetext": `${processed} of ${total} conversations`,
  });
  const parts = { deleted, skipped, failed, todo: total - processed };
  for (const [name, size] of Object.entries(parts)) {
    if (size > 0) {
      const part = h("span", { className: name });
      part.style.flexGrow = size;
      element.append(part);
    }
  }
  return element;
};

const progress = (job) => {
  if (job.totalConversations === 0) {
    return job.completedAt ? "no conversation found" : "the run looks for its conversations";
  }
  const parts = [
    `${job.deletedConversations} of ${plural(job.totalConversations, "conversation")}`,
    `${plural(job.deletedCount, "record")} deleted`,
  ];
  if (job.failedCount) {
    parts.push(`${job.failedCount} failed`);
  }
  if (job.skippedCount) {
    parts.push(`${job.skippedCount} not found`);
  }
  return parts.join(", ");
};

const due = (job) => {
  if (job.leaseUntil) {
    return h("span", {}, "leased until ", time(job.leaseUntil));
  }
  if (job.completedAt) {
    return h("span", {}, "ended ", time(job.completedAt));
  }
  return h("span", {}, "due ", time(job.scheduledAt));
};

const mailOf = (job, mails) => {
  const mail = mails.find((one) => one.subject.includes(job.jobId));
  const text = `e-mail ${job.notificationStatus.replaceAll("_", " ")}`;
  return mail
    ? h("a", { href: `#mails/${encodeURIComponent(mail.messageId)}` }, text)
    : h("span", {}, text);
};

const jobEntry = ({ job, mails }) =>
  h(
    "article",
    { className: "job" },
    h("p", { className: "line" }, pill(job.status), h("code", {}, job.jobId), h("span", { className: "when" }, due(job))),
    bar(job),
    h(
      "p",
      { className: "line note" },
      h("span", { className: "progress" }, progress(job)),
      h("a", { href: `${CONVERSATIONS_OF_JOB}${encodeURIComponent(job.jobId)}` }, "conversations"),
      h("a", { href: `#logs/${encodeURIComponent(job.jobId)}` }, "log lines"),
      mailOf(job, mails),
    ),
    disclosure({}, h("summary", {}, "Details"), () => [details(job)]),
  );

const details = (job) =>
  h(
    "div",
    {},
    facts({
      bot: job.botId,
      "client app": job.appId,
      "asked for": job.cId ? `conversations of ${job.cId} from ${job.startedFrom} to ${job.startedTo}` : "listed conversations",
      submitted: time(job.submittedAt),
      started: time(job.startedAt),
      ended: time(job.completedAt),
      "due, or picked up": time(job.scheduledAt),
      "leased until": time(job.leaseUntil),
      fence: job.fence,
      "attempts without progress": job.attempts,
      "retries left": job.retriesRemaining,
      "tried again at": time(job.retryAt),
      "waits until": time(job.waitUntil),
      "swept at": time(job.sweepAt),
      "cancel requested": time(job.cancelRequestedAt),
      "e-mail": `${job.notificationStatus.replaceAll("_", " ")}, ${plural(job.notificationAttempts, "attempt")}${job.notificationReason ? `, ${job.notificationReason}` : ""}`,
    }),
    json(job),
  );

export const changeLogEntries = (parent, entries) =>
  showList(parent, entries, (entry) => entry.entryKey, (entry) =>
    h(
      "li",
      {},
      h("span", { className: "when" }, time(entry.createdOn)),
      h("span", {}, entry.message.replace(` ${entry.resourceId}`, "")),
      h("code", { title: entry.resourceId }, entry.resourceId),
    ),
  );

export const showOverview = (state) => {
  showWindow(state);
  showCards(state);
};

let latest = { jobs: [], mails: [] };

const showJobs = () => {
  const entries = listed.of(latest.jobs).map((job) => ({ job, mails: latest.mails.filter((mail) => mail.subject.includes(job.jobId)) }));
  showList(byId("jobs"), entries, ({ job }) => job.jobId, jobEntry);
};

const listed = portion(byId("jobs"), showJobs);

export const refreshOverview = async (state) => {
  latest = state;
  showJobs();
  byId("no-jobs").hidden = state.jobs.length > 0;
  changeLogEntries(byId("latest"), state.changeLog.slice(0, 6));
  const lines = await get("logs", { limit: 8 });
  byId("no-lines").hidden = lines.length > 0;
  showList(byId("lines"), lines, (line) => line.at + line.text, (line) =>
    h(
      "li",
      {},
      h("span", { className: "when" }, time(line.at)),
      h("span", {}, line.level ? pill(line.level) : null, ` ${line.message || line.text} `, h("span", { className: "note" }, line.function)),
    ),
  );
};

const readable = (summary) =>
  Object.fromEntries(Object.entries(summary).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), String(value)]));

const answer = (title, content) => {
  byId("answer").hidden = false;
  byId("answer").replaceChildren(h("h2", {}, title), content);
};

byId("run").addEventListener("click", async ({ target }) => {
  target.disabled = true;
  answer("The off-peak function runs", h("p", { className: "note" }, "This is one run, as the schedule would start it. Its answer comes at its end."));
  const began = Date.now();
  try {
    const summary = await post("off-peak");
    answer(`The off-peak function answered after ${((Date.now() - began) / 1000).toFixed(1)} s`, facts(readable(summary)));
  } catch (failure) {
    answer("The off-peak function failed", h("p", { className: "alarm" }, failure.message));
  } finally {
    target.disabled = false;
  }
});

const seed = byId("seed");

const fillSeedForm = async () => {
  const bots = await get("bots");
  seed.botId.replaceChildren(...bots.map((bot) => h("option", { value: bot.botId }, bot.name || bot.botId)));
  const users = () => bots.find((bot) => bot.botId === seed.botId.value)?.channelUsers ?? [];
  const suggest = () => {
    byId("users").replaceChildren(...users().map((user) => h("option", { value: user })));
    seed.cId.value = users()[0] ?? `u-${crypto.randomUUID()}`;
  };
  seed.botId.onchange = suggest;
  suggest();
  seed.startedAt.value = new Date(Date.now() - 24 * 3600 * 1000).toISOString().slice(0, 16);
};

seed.addEventListener("submit", async (event) => {
  event.preventDefault();
  const request = {
    botId: seed.botId.value,
    cId: seed.cId.value,
    conversations: seed.conversations.valueAsNumber,
    recordsEach: seed.recordsEach.valueAsNumber,
    startedAt: `${seed.startedAt.value}:00Z`,
  };
  showText(byId("seeded"), "Writing");
  try {
    const { conversationIds } = await post("conversations", request);
    byId("seeded").replaceChildren(
      `${plural(conversationIds.length, "conversation")} written: `,
      h("a", { href: `#tables/ConversationRecordsTable/${encodeURIComponent(`${request.botId}#${conversationIds[0]}`)}` }, "the first one's records"),
    );
  } catch (failure) {
    showText(byId("seeded"), failure.message);
  }
});

fillSeedForm();
