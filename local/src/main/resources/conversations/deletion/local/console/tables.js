// Tables and their items, a page at a time.

import { byId, disclosure, get, h, item, number, plural, showList, showText } from "./dom.js";

const search = byId("search");
let keys = {};
let from = "";
let next = null;

const rest = (attributes, names) =>
  Object.entries(attributes)
    .filter(([name]) => !names.includes(name))
    .map(([name, value]) => `${name}: ${value}`)
    .join("  ")
    .slice(0, 240);

/** All of an item. A large one is asked for once it is opened, not with every page. */
const whole = (view, table) => {
  if (view.json !== null) {
    return item(view);
  }
  const waiting = h("p", { className: "note" }, "Asking for the whole item");
  get(`tables/${table}/item`, { place: view.place }).then(
    (all) => waiting.replaceWith(...item(all)),
    (failure) => showText(waiting, failure.message),
  );
  return [waiting];
};

const entry = (view) => {
  const { attributes } = view;
  const table = search.table.value;
  const names = keys[table] ?? [];
  return disclosure(
    { className: "item" },
    h("summary", {}, names.map((name) => h("code", { title: name }, attributes[name])), h("span", { className: "note rest" }, rest(attributes, names))),
    () => whole(view, table),
  );
};

const keyOf = ({ attributes }) => (keys[search.table.value] ?? []).map((name) => attributes[name]).join(" ");

export const showTableNames = (tables) => {
  keys = Object.fromEntries(tables.map((table) => [table.id, table.keys]));
  const chosen = search.table.value || search.table.dataset.wanted;
  const texts = tables.map(({ id, items }) => ({ id, text: `${id} (${number(items)})` }));
  showList(search.table, texts, ({ id }) => id, ({ id, text }) => h("option", { value: id }, text));
  if (chosen && search.table.value !== chosen) {
    search.table.value = chosen;
  }
};

export const refreshTables = async () => {
  const asked = { partition: search.partition.value, text: search.text.value, next: from };
  const table = search.table.value;
  let page;
  try {
    page = await get(`tables/${table}`, asked);
  } catch (failure) {
    showText(byId("found"), failure.message);
    showList(byId("items"), [], keyOf, entry);
    return;
  }
  if (table !== search.table.value || asked.next !== from) {
    return;
  }
  next = page.next;
  byId("next").disabled = next === null;
  byId("first").disabled = from === "";
  const more = next === null ? "no more after these" : "more on the next page";
  showText(byId("found"), `${plural(page.items.length, "item")}, ${number(page.examined)} looked at, ${more}`);
  showList(byId("items"), page.items, keyOf, entry);
};

const start = () => {
  from = "";
  return refreshTables();
};

/** Opens the named table, if any, at the named partition, if any. */
export const openTables = (table, partition = "") => {
  if (table) {
    search.table.dataset.wanted = table;
    search.table.value = table;
    search.partition.value = partition;
    search.text.value = "";
    from = "";
  }
};

search.table.addEventListener("change", () => {
  search.partition.value = "";
  start();
});
search.addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
byId("first").addEventListener("click", start);
byId("next").addEventListener("click", () => {
  from = next ?? "";
  refreshTables();
});
