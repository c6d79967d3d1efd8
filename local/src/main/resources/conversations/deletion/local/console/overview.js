// The first view: what is open, what waits, how far the jobs are, and what was done last.

import { byId, duration, facts, get, h, number, pill, plural, post, showList, showText, time } from "./dom.js";
import { refreshJobs } from "./jobs.js";

let recordsAtFirst = null;

const from = (iso, now) => duration(Date.parse(iso) - Date.parse(now));

const showWindow = ({ offPeak, now }) => {
  byId("window").replaceChildren(pill(offPeak.open ? "open" : "closed"));
  const change = offPeak.changesAt ? [`${offPeak.open ? "closes" : "opens"} in ${from(offPeak.changesAt, now)} (`, time(offPeak.changesAt), ")"] : ["at every hour"];
  const hours = offPeak.hours === "*" ? "" : `, hours ${offPeak.hours}`;
  const tick = !offPeak.ticking
    ? ["the schedule does not fire by itself here"]
    : offPeak.nextTick
      ? [`next tick in ${from(offPeak.nextTick, now)} (`, time(offPeak.nextTick), ")"]
      : ["no tick is due"];
  byId("window-note").replaceChildren(...change, `${hours}, ${offPeak.timezone}; `, ...tick);
};

const showCards = (state) => {
  const work = state.queues.find((queue) => queue.id === "DeletionQueue");
  const dead = state.queues.find((queue) => queue.id === "DeletionDeadLetterQueue");
  showText(byId("queue"), number(work.waiting));
  showText(byId("queue-note"), `${work.inFlight} in flight, ${dead.waiting + dead.inFlight} dead letters`);
  byId("queue-note").classList.toggle("alarm", dead.waiting > 0);

  showText(byId("open-jobs"), number(state.jobs.open));
  showText(byId("open-jobs-note"), `open; ${number(state.jobs.ended)} ended`);

  const { items } = state.tables.find((table) => table.id === "ConversationRecordsTable");
  recordsAtFirst ??= items;
  const change = items - recordsAtFirst;
  showText(byId("records"), number(items));
  showText(byId("records-note"), change === 0 ? "in the table" : `${change > 0 ? "+" : "−"}${number(Math.abs(change))} since this page was opened`);

  showText(byId("mail-count"), String(state.mails.length));
  byId("mail-note").replaceChildren(state.mails.length ? "last " : "to owners", state.mails.length ? time(state.mails[0].sentAt) : "");
};

export const changeLogEntries = (parent, entries) =>
  showList(parent, entries, ({ attributes: entry }) => `${entry.botId} ${entry.entryKey}`, ({ attributes: entry }) =>
    h(
      "li",
      {},
      h("span", { className: "when" }, time(entry.createdOn ?? entry.entryKey)),
      h("span", {}, (entry.message ?? "").replace(` ${entry.resourceId}`, "")),
      h("code", {}, entry.resourceId),
    ),
  );

export const showOverview = (state) => {
  showWindow(state);
  showCards(state);
};

export const refreshOverview = async (state) => {
  refreshJobs(state);
  changeLogEntries(byId("latest"), state.changeLog.slice(0, 6));
  const lines = await get("logs", { limit: 8 });
  byId("no-lines").hidden = lines.length > 0;
  showList(byId("lines"), lines, (line) => line.at + line.text, (line) =>
    h(
      "li",
      {},
      h("span", { className: "when" }, time(line.at)),
      h(
        "span",
        {},
        line.level ? pill(line.level) : null,
        ` ${line.title || line.details || line.text} `,
        h("span", { className: "note" }, [line.function, line.title && !line.level ? line.details : ""].filter(Boolean).join(": ")),
      ),
    ),
  );
};

const readable = (summary) =>
  Object.fromEntries(Object.entries(summary).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), typeof value === "object" ? JSON.stringify(value) : String(value)]));

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
