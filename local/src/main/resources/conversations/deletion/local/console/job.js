// One job, and what became of each of its conversations.

import { byId, deleted, disclosure, get, h, item, pill, plural, retained, showList, showText } from "./dom.js";
import { jobEntry, keyOfJob, withMails } from "./jobs.js";

let asked = null;
let next = null;
let latest = null;

const conversation = (botId) => (view) => {
  const { id, outcome, reason, records, attachments, retained: left } = view.attributes;
  const content = () => [
    ...(id ? [h("p", {}, h("a", { href: `#tables/ConversationRecordsTable/${encodeURIComponent(`${botId}#${id}`)}` }, "records that are still there"))] : []),
    ...item(view),
  ];
  return disclosure(
    { className: "item" },
    h(
      "summary",
      {},
      h("code", {}, id ?? "This entry is no conversation"),
      pill(outcome),
      h("span", { className: "note" }, [deleted(records, attachments), ...retained(left), reason?.replaceAll("_", " ")].filter(Boolean).join(", ")),
    ),
    content,
  );
};

const keyOf = ({ attributes }) => attributes.id ?? "";

export const refreshJob = async (state) => {
  latest = state;
  const about = asked;
  const answer = await get("job", about);
  if (about !== asked) {
    return;
  }
  const jobs = answer.job ? [withMails(answer.job, state.mails)] : [];
  showList(byId("job"), jobs, keyOfJob, jobEntry);
  if (!answer.job) {
    byId("job").replaceChildren(h("p", { className: "empty" }, "There is no such job, or it has expired."));
  }
  next = answer.next;
  byId("next-conversations").disabled = next === null;
  byId("first-conversations").disabled = about.next === "";
  const more = next === null ? "no more after these" : "more in the next part";
  showText(byId("conversations-found"), answer.conversations.length ? `${plural(answer.conversations.length, "conversation")}, ${more}` : "None is known: no run has looked for them yet, or they are forgotten.");
  showList(byId("conversations"), answer.conversations, keyOf, conversation(about.botId));
};

/** Opens this job, at its first conversations. */
export const openJob = (botId = "", jobId = "") => {
  asked = { botId, jobId, next: "" };
};

const turnTo = (place) => {
  asked = { ...asked, next: place };
  return refreshJob(latest);
};

byId("first-conversations").addEventListener("click", () => turnTo(""));
byId("next-conversations").addEventListener("click", () => turnTo(next ?? ""));
