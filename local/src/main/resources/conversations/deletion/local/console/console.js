// Asks once a second what is new, and shows the view that the address names, such as #tables/BotsTable.

import { byId, get, portion, showText } from "./dom.js";
import { changeLogEntries, refreshOverview, showOverview } from "./overview.js";
import { jobFilter, showStatuses } from "./jobs.js";
import { openJob, refreshJob } from "./job.js";
import { openPreview, refreshPreview } from "./preview.js";
import { openPreviews, refreshPreviews } from "./previews.js";
import { openHolds, refreshHolds } from "./holds.js";
import { openTables, refreshTables, showTableNames } from "./tables.js";
import { refreshQueues } from "./queues.js";
import { openMails, refreshMails } from "./mails.js";
import { openLogs, refreshLogs, showFunctionNames } from "./logs.js";

const PAUSE = 1000;

const VIEWS = {
  overview: { refresh: refreshOverview },
  job: { open: openJob, refresh: refreshJob },
  previews: { open: openPreviews, refresh: refreshPreviews },
  preview: { open: openPreview, refresh: refreshPreview },
  holds: { open: openHolds, refresh: refreshHolds },
  tables: { open: openTables, refresh: refreshTables },
  queues: { refresh: refreshQueues },
  mails: { open: openMails, refresh: refreshMails },
  logs: { open: openLogs, refresh: refreshLogs },
  changelog: {
    refresh: (state) => {
      changeLogEntries(byId("changelog"), listed.of(state.changeLog));
      byId("no-changes").hidden = state.changeLog.length > 0;
    },
  },
};

const listed = portion(byId("changelog"), () => view.refresh(state));
let state = null;
let view = VIEWS.overview;

const signal = (kind, text, title = "") => {
  const sign = byId("connection");
  sign.className = kind;
  sign.title = title;
  showText(sign, text);
};

const refresh = async () => {
  try {
    state = await get("state", jobFilter());
  } catch (failure) {
    signal("off", "no answer", failure.message);
    return;
  }
  try {
    showText(byId("stack"), state.stack);
    showTableNames(state.tables);
    showFunctionNames(state.functions);
    showStatuses(state.statuses);
    showOverview(state);
    await view.refresh(state);
    signal("on", "live");
  } catch (failure) {
    signal("off", `not shown: ${failure.message}`);
  }
};

const poll = async () => {
  if (!document.hidden) {
    await refresh();
  }
  setTimeout(poll, PAUSE);
};

const decoded = (part) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const show = () => {
  const [name, ...rest] = location.hash.slice(1).split("/").map(decoded);
  const shown = Object.hasOwn(VIEWS, name) ? name : "overview";
  view = VIEWS[shown];
  for (const section of document.querySelectorAll("[data-view]")) {
    section.hidden = section.dataset.view !== shown;
  }
  for (const link of document.querySelectorAll("header nav a")) {
    if (link.hash === `#${shown}`) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  view.open?.(...rest);
  if (state) {
    view.refresh(state);
  }
};

byId("job-filter").addEventListener("input", refresh);
byId("job-filter").addEventListener("submit", (event) => event.preventDefault());

addEventListener("hashchange", show);
show();
poll();
