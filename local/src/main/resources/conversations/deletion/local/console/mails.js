// The mails that were sent, as their receiver sees them.

import { byId, facts, get, h, plain, portion, showList, time } from "./dom.js";

let shown = null;

const htmlOf = (mail) => `/_local/console/mails/${encodeURIComponent(mail.messageId)}/html`;

const rendered = (mail, width) => {
  // Sandboxed in an origin of its own: no scripts, no forms, no way out of the frame.
  const frame = h("iframe", { src: htmlOf(mail), title: "The mail's HTML part", sandbox: "" });
  frame.classList.toggle("phone", width === "phone");
  return frame;
};

const PARTS = {
  desktop: (mail) => rendered(mail, "desktop"),
  phone: (mail) => rendered(mail, "phone"),
  text: (mail) => plain(mail.text ?? "It has no text part."),
};

const choice = (name, part, mail) => {
  const input = h("input", { type: "radio", name: "part", value: name, checked: name === "desktop" });
  input.addEventListener("change", () => part.replaceChildren(PARTS[name](mail)));
  return h("label", {}, input, ` ${name === "text" ? "text" : `HTML, ${name}`}`);
};

const showMail = async (messageId) => {
  shown = messageId;
  const mail = await get(`mails/${encodeURIComponent(messageId)}`);
  if (shown !== messageId) {
    return;
  }
  const part = h("div", { className: "part" }, PARTS[mail.html ? "desktop" : "text"](mail));
  byId("mail").replaceChildren(
    h("h2", {}, mail.subject || "(no subject)"),
    facts({ from: mail.from, to: mail.to.join(", "), cc: mail.cc.join(", "), "reply to": mail.replyTo.join(", "), sent: time(mail.sentAt), id: mail.messageId }),
    mail.html ? h("fieldset", { className: "choice" }, h("legend", {}, "Part"), Object.keys(PARTS).map((name) => choice(name, part, mail))) : "",
    part,
    mail.html ? h("p", { className: "note" }, h("a", { href: htmlOf(mail), target: "_blank", rel: "noopener" }, "The HTML part alone")) : "",
  );
};

let mails = [];

export const refreshMails = (state) => {
  mails = state.mails;
  byId("no-mails").hidden = state.mails.length > 0;
  if (shown === null && state.mails.length) {
    showMail(state.mails[0].messageId);
  }
  showMails();
};

const showMails = () => {
  const entries = listed.of(mails).map((mail) => ({ ...mail, current: mail.messageId === shown }));
  showList(byId("mails"), entries, (mail) => mail.messageId, (mail) => {
    const link = h("a", { href: `#mails/${encodeURIComponent(mail.messageId)}`, className: "mail" }, h("span", {}, mail.subject), h("span", { className: "note" }, mail.to.join(", "), ", ", time(mail.sentAt)));
    if (mail.current) {
      link.setAttribute("aria-current", "true");
    }
    return link;
  });
};

const listed = portion(byId("mails"), showMails);

/** Opens the named mail, if one is named. */
export const openMails = (messageId) => {
  if (messageId) {
    showMail(messageId);
  }
};
