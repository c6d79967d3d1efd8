// Lines of the functions' logs, newest first.

import { byId, disclosure, get, h, json, pill, plain, plural, portion, showList, showText, time } from "./dom.js";

const search = byId("log-search");

const entry = (line) =>
  disclosure(
    { className: "item" },
    h(
      "summary",
      {},
      h("span", { className: "when" }, time(line.at)),
      line.level ? pill(line.level) : null,
      h("strong", {}, line.title || line.details || line.text),
      h("span", { className: "note" }, line.function),
      h("span", { className: "note rest" }, line.title ? line.details : ""),
    ),
    () => [line.json ? json(line.json) : plain(line.text)],
  );

export const showFunctionNames = (functions) => {
  if (search.function.length === 1) {
    search.function.append(...functions.map((name) => h("option", {}, name)));
  }
};

export const refreshLogs = async () => {
  const asked = new FormData(search);
  asked.set("limit", shown.needed());
  const lines = await get("logs", asked);
  const latest = shown.of(lines);
  const more = lines.length > latest.length ? "; there are more" : "";
  showText(byId("log-count"), lines.length ? `${plural(latest.length, "line")}, the newest first${more}` : "No line matches.");
  showList(byId("log"), latest, (line) => `${line.at} ${line.function} ${line.text}`, entry);
};

/** Opens the lines that contain this text, if one is given. */
export const openLogs = (text) => {
  if (text) {
    search.reset();
    search.text.value = text;
    shown.reset();
  }
};

const shown = portion(byId("log"), refreshLogs);

search.addEventListener("input", () => {
  shown.reset();
  refreshLogs();
});
search.addEventListener("submit", (event) => event.preventDefault());
