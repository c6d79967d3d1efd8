// One preview: what a job would delete, when it began, and each conversation.

import { byId, disclosure, facts, get, h, item, number, pill, plural, retained, showList, showText, time } from "./dom.js";
import { chartIn } from "./chart.js";

const UNITS = ["bytes", "KB", "MB", "GB", "TB"];

const size = (bytes) => {
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit ? value.toFixed(1) : value} ${UNITS[unit]}`;
};

const range = ({ least, most }) => (least === most ? number(least) : `${number(least)} to ${number(most)}`);

const dollars = ({ least, most }) => `USD ${least === most ? least : `${least} to ${most}`}`;

/** What there is to delete, in a sentence. */
export const contents = (result) => {
  const parts = [plural(result.conversations, "conversation"), plural(result.records, "record")];
  if (result.attachments) {
    parts.push(plural(result.attachments, "attachment"));
  }
  return `${parts.join(", ")}, about ${size(result.bytes)}`;
};

/** What stands against deleting it all, or is not part of it. */
const remarks = (result) => [
  ...(result.open ? [`${number(result.open)} open: a job waits until nobody uses them any more`] : []),
  ...(result.held ? [`${number(result.held)} held: a job waits until a window after their release`] : []),
  ...(result.heldInConfidence ? [`${number(result.heldInConfidence)} held in confidence: the same, but only those who may see holds are told`] : []),
  ...(result.failing ? [`${number(result.failing)} failing: no job can delete them as they are`] : []),
  ...retained(result.retained || undefined),
  ...(result.notFound ? [`${number(result.notFound)} asked for and not there`] : []),
  ...(result.beforeStart ? [`${number(result.beforeStart)} began before the range`] : []),
];

const target = (preview) =>
  preview.cId
    ? ["conversations of ", h("code", {}, preview.cId), " that began from ", time(preview.startedFrom), " to ", time(preview.startedTo)]
    : ["conversations named in the request"];

export const pageOf = (botId, previewId) => `#preview/${encodeURIComponent(botId)}/${encodeURIComponent(previewId)}`;

const expiry = (preview, expired) => (preview.goodUntil ? [expired ? "expired " : "expires ", time(preview.goodUntil)] : ["submitted ", time(preview.submittedAt)]);

const totals = ({ result, estimate }) =>
  facts({
    ...(result.firstStartedAt ? { "the first began": time(result.firstStartedAt), "the last began": time(result.lastStartedAt) } : {}),
    ...(estimate
      ? {
          "write units, estimated": range(estimate.writeUnits),
          "lists of attachments, estimated": range(estimate.listings),
          "AWS charges, estimated": dollars(estimate.costUsd),
          "time, estimated": `${plural(estimate.seconds, "second")} in ${plural(estimate.windows, "window")}`,
        }
      : {}),
  });

const head = ({ view: { attributes: preview }, result, reason, expired }) => [
  h("p", { className: "line" }, pill(preview.status), h("code", {}, preview.previewId), h("span", { className: "when" }, expiry(preview, expired))),
  h("p", { className: "note" }, "bot ", h("code", {}, preview.botId), ": ", target(preview)),
  reason ? h("p", { className: "alarm" }, `It failed: ${reason.replaceAll("_", " ")}.`) : null,
  result ? h("p", { className: "total" }, contents(result), preview.completedAt ? "" : " so far") : h("p", { className: "alarm" }, "Its counts can't be read."),
];

const links = ({ botId, previewId }) =>
  h("p", { className: "line note" }, h("a", { href: pageOf(botId, previewId) }, "chart and conversations"), h("a", { href: `#logs/${encodeURIComponent(previewId)}` }, "log lines"));

/** A preview in a list. */
export const previewInShort = (entry) => h("article", { className: "job" }, head(entry), entry.result ? h("p", { className: "note" }, remarks(entry.result).join("; ")) : null, links(entry.view.attributes));

/** A preview with all that it counted. */
export const previewEntry = (entry) =>
  h(
    "article",
    { className: "job" },
    head(entry),
    entry.result ? [...remarks(entry.result).map((remark) => h("p", { className: "note" }, remark)), totals(entry)] : null,
    links(entry.view.attributes),
    disclosure({}, h("summary", {}, "Details"), () => item(entry.view)),
  );

export const keyOfPreview = ({ view }) => `${view.attributes.botId} ${view.attributes.previewId}`;

/** What a chart depends on. */
export const versionOf = ({ view, result }) => [view.attributes.status, result?.conversations, result?.open, result?.held, result?.heldInConfidence, result?.failing];

const chart = chartIn(byId("preview-chart"));
let asked = null;
let next = null;
let latest = null;

const conversation = (botId) => (view) => {
  const { id, startedAt, records, attachments = "0", held, open, reason } = view.attributes;
  return disclosure(
    { className: "item" },
    h(
      "summary",
      {},
      h("code", {}, id ?? "This entry is no conversation"),
      reason ? pill("failing") : held ? pill("held") : open === "true" ? pill("still_open") : null,
      h("span", { className: "when" }, time(startedAt)),
      h("span", { className: "note" }, [plural(records ?? "0", "record"), attachments === "0" ? "" : plural(attachments, "attachment"), (reason ?? held)?.replaceAll("_", " ")].filter(Boolean).join(", ")),
    ),
    () => [...(id ? [h("p", {}, h("a", { href: `#tables/ConversationRecordsTable/${encodeURIComponent(`${botId}#${id}`)}` }, "its records"))] : []), ...item(view)],
  );
};

const keyOf = ({ attributes }) => attributes.id ?? "";

export const refreshPreview = async (state) => {
  latest = state;
  const about = asked;
  const answer = await get("preview", about);
  if (about !== asked) {
    return;
  }
  showList(byId("preview"), answer.preview ? [answer.preview] : [], keyOfPreview, previewEntry);
  if (!answer.preview) {
    byId("preview").replaceChildren(h("p", { className: "empty" }, "There is no such preview, or it has been forgotten."));
    chart.clear();
  }
  next = answer.next;
  byId("next-previewed").disabled = next === null;
  byId("first-previewed").disabled = about.next === "";
  const more = next === null ? "no more after these" : "more in the next part";
  showText(byId("previewed-found"), answer.conversations.length ? `${plural(answer.conversations.length, "conversation")}, ${more}` : "None is known: none was found yet, or the list has expired.");
  showList(byId("previewed"), answer.conversations, keyOf, conversation(about.botId));
  if (answer.preview) {
    await chart.of(about.botId, about.previewId, versionOf(answer.preview));
  }
};

/** Opens this preview, at its first conversations. */
export const openPreview = (botId = "", previewId = "") => {
  asked = { botId, previewId, next: "" };
};

const turnTo = (place) => {
  asked = { ...asked, next: place };
  return refreshPreview(latest);
};

byId("first-previewed").addEventListener("click", () => turnTo(""));
byId("next-previewed").addEventListener("click", () => turnTo(next ?? ""));
