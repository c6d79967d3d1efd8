// Elements, times and requests. Text from outside only ever becomes a text node or a property, never markup.

export const byId = (id) => document.getElementById(id);

export const h = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null));
  return element;
};

/** A summary that opens. Its content is made once it is opened, so that a long list stays small. */
export const disclosure = (properties, summary, content) => {
  const element = h("details", properties, summary);
  element.fill = () => {
    if (element.open && element.childElementCount === 1) {
      element.append(...content());
    }
  };
  element.addEventListener("toggle", element.fill);
  return element;
};

const disclosures = (element) => [element, ...element.querySelectorAll("details")].filter((one) => one.matches("details"));

/** Shows a list. An element whose entry has not changed stays as it is, with the focus. Opened parts stay open. */
export const showList = (parent, entries, keyOf, build) => {
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const used = new Set();
  const after = entries.map((entry) => {
    let key = keyOf(entry);
    while (used.has(key)) {
      key += "'";
    }
    used.add(key);
    const content = JSON.stringify(entry);
    const old = before.get(key);
    if (old?.content === content) {
      return old;
    }
    const fresh = build(entry);
    fresh.dataset.key = key;
    fresh.content = content;
    if (old) {
      const opened = disclosures(old);
      disclosures(fresh).forEach((details, i) => {
        details.open = opened[i]?.open ?? false;
        details.fill?.();
      });
    }
    return fresh;
  });
  const kept = new Set(after);
  [...parent.children].filter((child) => !kept.has(child)).forEach((child) => child.remove());
  after.forEach((child, i) => {
    if (parent.children[i] !== child) {
      parent.insertBefore(child, parent.children[i] ?? null);
    }
  });
};

const STEP = 25;

/** Limits how many entries of a list are shown. The button below the list shows more. */
export const portion = (list, refresh) => {
  let most = STEP;
  const button = h("button", { type: "button" }, "Show more");
  const below = h("p", { className: "paging", hidden: true }, button);
  button.addEventListener("click", () => {
    most += STEP;
    refresh();
  });
  list.after(below);
  return {
    /** One more than is shown, to know whether there are more. */
    needed: () => most + 1,
    of: (entries) => {
      below.hidden = entries.length <= most;
      return entries.slice(0, most);
    },
    reset: () => {
      most = STEP;
    },
  };
};

export const showText = (element, text) => {
  if (element.textContent !== text) {
    element.textContent = text;
  }
};

const answered = async (response) => {
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.errors?.join("; ") ?? `${response.status} ${answer.errorMessage ?? ""}`);
  }
  return answer;
};

export const get = async (path, parameters = {}) =>
  answered(await fetch(`/_local/console/${path}?${new URLSearchParams(parameters)}`));

export const post = async (path, body) =>
  answered(await fetch(`/_local/${path}`, { method: "POST", body: body ? JSON.stringify(body) : undefined }));

export const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** The time of day in UTC, with the day unless it is today. */
export const time = (iso) => {
  if (!iso) {
    return "";
  }
  const today = new Date().toISOString().slice(0, 10);
  const [day, clock] = [iso.slice(0, 10), iso.slice(11, 19)];
  return h("time", { dateTime: iso, title: iso }, day === today ? clock : `${day} ${clock}`);
};

export const duration = (milliseconds) => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

export const pill = (text) => h("span", { className: `pill ${text.toLowerCase()}` }, text.replaceAll("_", " "));

export const facts = (entries) =>
  h(
    "dl",
    {},
    Object.entries(entries)
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g;

/** Longer JSON stays uncoloured: no reader needs colour in that much text, and each colour is an element. */
const MOST_COLOURED = 20_000;

/** A value as JSON for reading. Colours tell names, texts and other values apart. */
export const json = (value) => {
  const text = JSON.stringify(value, null, 2);
  if (text.length > MOST_COLOURED) {
    return h("pre", { className: "json", tabIndex: 0 }, text);
  }
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const kind = match[2] ? "name" : match[1] ? "text" : "value";
    parts.push(text.slice(end, match.index), h("span", { className: kind }, match[0]));
    end = match.index + match[0].length;
  }
  return h("pre", { className: "json", tabIndex: 0 }, parts, text.slice(end));
};
