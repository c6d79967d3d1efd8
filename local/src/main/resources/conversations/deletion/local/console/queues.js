// Depths of the queues, and the messages of those where looking is free.

import { byId, facts, h, json, plain, post, showList } from "./dom.js";

const seen = (message) =>
  h("div", { className: "message" }, message.json ? json(message.json) : plain(message.body), facts(message.attributes), facts(message.fromSender));

const look = async (queue, target) => {
  try {
    const messages = await post(`console/queues/${queue.id}/look`);
    target.replaceChildren(
      ...messages.map(seen),
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
