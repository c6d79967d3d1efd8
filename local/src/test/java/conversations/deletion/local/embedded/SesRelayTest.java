package conversations.deletion.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.http.Listening;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ses.model.MessageRejectedException;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import software.amazon.awssdk.services.ses.model.SendEmailResponse;

class SesRelayTest {

  private static final String SENDER = "deletions@platform.example";

  @TempDir private Path folder;
  @AutoClose private SesEndpoint service;
  @AutoClose private SesRelay relay;
  @AutoClose private AwsClients clients;

  @BeforeEach
  void start() {
    service = SesEndpoint.start(Listening.HERE, folder);
    relay = SesRelay.to(service.endpoint());
    clients = AwsClients.of(Endpoints.all(relay.endpoint()), "eu-central-1");
    clients.ses().verifyEmailIdentity(request -> request.emailAddress(SENDER));
  }

  @Test
  void tellsTheMailsThatTheServiceBehindItAcceptedAsItDoes() {
    String first = send(SENDER, "Größe & Preis: 5 €").messageId();
    String second = send(SENDER, "Second").messageId();

    assertThat(relay.mails())
        .extracting(Mail::messageId, Mail::subject, Mail::text, Mail::html)
        .containsExactly(
            tuple(first, "Größe & Preis: 5 €", "Text", "<b>HTML</b>"),
            tuple(second, "Second", "Text", "<b>HTML</b>"));
    assertThat(relay.mails())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sentAt")
        .isEqualTo(service.mails());
  }

  @Test
  void passesRefusalsOnAndTellsNoMailThatWasRefused() {
    service.failNext(SesFailure.THROTTLING, 1);
    send(SENDER, "Sent again by the SDK");

    assertThatThrownBy(() -> send("unknown@elsewhere.example", "Refused"))
        .isInstanceOf(MessageRejectedException.class)
        .hasMessageContaining("not verified");
    assertThat(relay.mails()).extracting(Mail::subject).containsExactly("Sent again by the SDK");
  }

  private SendEmailResponse send(String from, String subject) {
    return clients
        .ses()
        .sendEmail(
            SendEmailRequest.builder()
                .source(from)
                .destination(to -> to.toAddresses("owner@bots.example"))
                .message(
                    message ->
                        message
                            .subject(text -> text.data(subject))
                            .body(
                                body ->
                                    body.text(text -> text.data("Text"))
                                        .html(text -> text.data("<b>HTML</b>"))))
                .build());
  }
}
