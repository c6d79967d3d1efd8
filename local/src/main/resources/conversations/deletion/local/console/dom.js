// Elements, times and requests. Text from outside only ever becomes a text node or a property, never markup.

export const byId = (id) => document.getElementById(id);

/** Marks that nobody sees, or that turn the text around them. Joiners stay: scripts and emoji need them. */
const HIDDEN = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const visible = (text) => text.replace(HIDDEN, (mark) => `\\u{${mark.codePointAt(0).toString(16)}}`);

const shown = (child) => (child instanceof Node ? child : visible(String(child)));

export const h = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined).map(shown));
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

/** One odd entry is shown as it is, and hides no other. */
const built = (parent, entry, build) => {
  try {
    return build(entry);
  } catch (failure) {
    const tag = { OL: "li", SELECT: "option" }[parent.tagName] ?? "div";
    return h(tag, { className: "item alarm" }, `This can't be laid out (${failure.message}): ${JSON.stringify(entry)}`);
  }
};

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
    const fresh = built(parent, entry, build);
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
  const seen = visible(String(text));
  if (element.textContent !== seen) {
    element.textContent = seen;
  }
};

/** The JSON of an answer. An answer that is none of success is thrown, with what it says. */
export const answered = async (response) => {
  const answer = await response.json();
  if (!response.ok) {
    const errors = answer.errors?.map((error) => error.message ?? error);
    throw new Error([answer.detail, ...(errors ?? [])].filter(Boolean).join(" ") || `${response.status} ${answer.errorMessage ?? ""}`);
  }
  return answer;
};

export const get = async (path, parameters = {}) =>
  answered(await fetch(`/_local/console/${path}?${new URLSearchParams(parameters)}`));

export const post = async (path, body) =>
  answered(await fetch(`/_local/${path}`, { method: "POST", body: body ? JSON.stringify(body) : undefined }));

/** A number for reading, with all its digits. Numbers of items come as texts; what is none is shown as it is. */
export const number = (value) => (/^\d+$/.test(value) ? BigInt(value).toLocaleString("en") : String(value ?? "?"));

export const plural = (count, noun) => `${number(count)} ${noun}${String(count) === "1" ? "" : "s"}`;

/** What was deleted, in words; nothing of attachments where none was. Counts are texts, and may be missing. */
export const deleted = (records, attachments = "0") =>
  `${[plural(records, "record"), ...(attachments === "0" ? [] : [plural(attachments, "attachment")])].join(", ")} deleted`;

/** Records that were left because of their type, in a list of words; none where there is none. */
export const retained = (count = "0") => (count === "0" ? [] : [`${plural(count, "record")} retained`]);

const MOMENT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/;

/** A moment with its date and zone. A text that is no moment in UTC is shown as it is. */
export const time = (iso) => {
  const moment = MOMENT.exec(iso ?? "");
  return moment ? h("time", { dateTime: iso, title: iso }, `${moment[1]} ${moment[2]} UTC`) : (iso ?? "");
};

/** The texts of a list, which an attribute has as JSON; none where it is missing. */
export const texts = (list = "[]") => {
  try {
    return [JSON.parse(list)].flat().map(String);
  } catch {
    return [list];
  }
};

export const duration = (milliseconds) => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** A word in a colour of its own, if it is a word that has one. */
export const pill = (text = "none") =>
  h("span", { className: /^[a-z_]+$/i.test(text) ? `pill ${text.toLowerCase()}` : "pill" }, text.replaceAll("_", " "));

export const facts = (entries) =>
  h(
    "dl",
    {},
    Object.entries(entries)
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );

/** A text as it is, on as many lines as it needs. */
export const plain = (text) => h("pre", { className: "plain", tabIndex: 0 }, text);

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g;

/** Longer JSON stays uncoloured: no reader needs colour in that much text, and each colour is an element. */
const MOST_COLOURED = 20_000;

/** JSON for reading, as the server laid it out. Colours tell names, texts and other values apart. */
export const json = (text) => {
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

/** An item of a table: what its coded values mean, and all of it. */
export const item = ({ json: text, meanings }) => [...(Object.keys(meanings).length ? [facts(meanings)] : []), json(text)];
