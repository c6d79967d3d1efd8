// Asks once a second what is new, and shows the view that the address names, such as #tables/BotsTable.

import { byId, get, portion, showText } from "./dom.js";
import { changeLogEntries, refreshOverview, showOverview } from "./overview.js";
import { openTables, refreshTables, showTableNames } from "./tables.js";
import { refreshQueues } from "./queues.js";
import { openMails, refreshMails } from "./mails.js";
import { openLogs, refreshLogs, showFunctionNames } from "./logs.js";

const PAUSE = 1000;

const VIEWS = {
  overview: { refresh: refreshOverview },
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

const connected = (yes) => {
  const sign = byId("connection");
  sign.className = yes ? "on" : "off";
  showText(sign, yes ? "live" : "no answer");
};

const refresh = async () => {
  try {
    state = await get("state");
    showText(byId("stack"), state.stack);
    showTableNames(state.tables);
    showFunctionNames(state.functions);
    showOverview(state);
    await view.refresh(state);
    connected(true);
  } catch (failure) {
    connected(false);
    byId("connection").title = failure.message;
  }
};

const poll = async () => {
  if (!document.hidden) {
    await refresh();
  }
  setTimeout(poll, PAUSE);
};

const show = () => {
  const [name, ...rest] = location.hash.slice(1).split("/").map(decodeURIComponent);
  const shown = name in VIEWS ? name : "overview";
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

addEventListener("hashchange", show);
show();
poll();
