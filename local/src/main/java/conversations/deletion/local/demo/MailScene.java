package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** Shows the e-mails that were sent. */
final class MailScene {
  private final Api local;
  private final Screen screen;

  MailScene(Api local, Screen screen) {
    this.local = local;
    this.screen = screen;
  }

  /** Plays it, and returns the e-mails. */
  JsonNode play() {
    JsonNode mails = local.poll("/_local/mails").body();
    for (JsonNode mail : mails) {
      screen.line("From:    " + mail.path("from").asText());
      screen.line("To:      " + mail.path("to").path(0).asText());
      screen.line("Subject: " + mail.path("subject").asText());
      screen.line("");
      screen.block(mail.path("text").asText());
      screen.line("");
    }
    return mails;
  }
}
