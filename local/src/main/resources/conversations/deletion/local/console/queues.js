// Depths of the queues, and the messages of those where looking is free.

import { byId, facts, h, json, post, showList } from "./dom.js";

const readable = (body) => {
  try {
    return json(JSON.parse(body));
  } catch {
    return h("pre", { className: "json", tabIndex: 0 }, body);
  }
};

const look = async (queue, target) => {
  try {
    const messages = await post(`console/queues/${queue.id}/look`);
    target.replaceChildren(
      ...messages.map((message) => h("div", { className: "message" }, readable(message.body), facts(message.attributes))),
      messages.length ? "" : h("p", { className: "empty" }, "No message."),
    );
  } catch (failure) {
    target.replaceChildren(h("p", { className: "alarm" }, failure.message));
  }
};

const panel = (queue) => {
  const messages = h("div", { className: "messages", role: "status" });
  const button = h("button", { type: "button" }, "Look at up to ten messages");
  button.addEventListener("click", () => look(queue, messages));
  return h(
    "section",
    { className: "panel" },
    h("h2", {}, queue.id),
    facts({ waiting: String(queue.waiting), "in flight": String(queue.inFlight), delayed: String(queue.delayed), name: queue.name }),
    queue.movesAfter === null
      ? h("div", {}, h("p", {}, button, h("span", { className: "note" }, " They stay in the queue, but count as received once more.")), messages)
      : h("p", { className: "note" }, `A message goes to the dead-letter queue after ${queue.movesAfter} receives.`),
  );
};

export const refreshQueues = (state) => showList(byId("queues"), state.queues, (queue) => queue.id, panel);
