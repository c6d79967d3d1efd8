// Requests to the service's own API, as the sample client app sends them.

import { answered } from "./dom.js";

/** The sample client app's token, and what it may be used for. */
export const sampleApp = async () => {
  const sample = await fetch("/_local/docs/sample.json");
  if (!sample.ok) {
    throw new Error("There is no sample client app here whose token could be sent.");
  }
  return sample.json();
};

/** Sends a request about a bot. A body makes it JSON, and a key lets it be sent again where the address does not. */
export const askApi = async (method, botId, path, body, key) => {
  const { auth } = await sampleApp();
  const headers = { auth, ...(body ? { "Content-Type": "application/json" } : {}), ...(key ? { "Idempotency-Key": key } : {}) };
  const url = `/api/public/bot/${encodeURIComponent(botId)}/conversations/${path}`;
  return answered(await fetch(url, { method, headers, body: body ? JSON.stringify(body) : undefined }));
};
