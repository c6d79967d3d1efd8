// What forms have in common that ask which conversations are meant.

import { get, h } from "./dom.js";
import { sampleApp } from "./api.js";

/** Shows the part of a form that belongs to what is chosen, and no other. */
export const choose = (form) => {
  for (const part of form.querySelectorAll("[data-by]")) {
    part.hidden = part.dataset.by !== form.by.value;
    part.disabled = part.hidden;
  }
};

/** The channel user or the conversations that a form names, as a request has them. */
export const named = (form) => (form.by.value === "conversationIds" ? { conversationIds: form.conversationIds.value.split(/\s+/).filter(Boolean) } : { cId: form.cId.value });

/** A moment that a form may name, as a request has it. */
export const moment = ({ name, value }) => (value ? { [name]: `${value}:00Z` } : {});

/** Fills a form with what the sample client app may ask for. */
export const fillWithSample = async (form) => {
  const sample = await sampleApp();
  const bots = await get("bots");
  const users = bots.find((bot) => bot.botId === sample.botId)?.channelUsers ?? [];
  form.cId.list.replaceChildren(...users.map((user) => h("option", { value: user })));
  form.cId.value ||= sample.cId;
};
