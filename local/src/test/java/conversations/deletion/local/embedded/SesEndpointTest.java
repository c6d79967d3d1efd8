package conversations.deletion.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.http.Listening;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.MessageRejectedException;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import software.amazon.awssdk.services.ses.model.SesException;

class SesEndpointTest {

  private static final String SENDER = "deletions@platform.example";

  @TempDir private Path folder;
  private SesEndpoint endpoint;
  private AwsClients clients;
  private SesClient ses;

  @BeforeEach
  void start() {
    endpoint = SesEndpoint.start(Listening.HERE, folder);
    clients = AwsClients.of(Endpoints.all(endpoint.endpoint()), "eu-central-1");
    ses = clients.ses();
  }

  @AfterEach
  void stop() {
    clients.close();
    endpoint.close();
  }

  @Test
  void acceptsAMailFromAVerifiedAddressAndKeepsIt() throws IOException {
    ses.verifyEmailIdentity(request -> request.emailAddress(SENDER));

    String messageId = ses.sendEmail(mail(SENDER)).messageId();

    assertThat(endpoint.mails())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.messageId()).isEqualTo(messageId);
              assertThat(mail.from()).isEqualTo(SENDER);
              assertThat(mail.to()).containsExactly("owner@bots.example", "second@bots.example");
              assertThat(mail.replyTo()).containsExactly("help@platform.example");
              assertThat(mail.subject()).isEqualTo("Gelöscht & gezählt: 3 < 4");
              assertThat(mail.text()).isEqualTo("Drei\nGespräche");
              assertThat(mail.html()).isEqualTo("<p>Drei Gespräche</p>");
            });
    File file = folder.resolve(messageId + ".json").toFile();
    assertThat(new ObjectMapper().readTree(file).path("text").asText())
        .isEqualTo("Drei\nGespräche");
  }

  @Test
  void acceptsASenderOfAVerifiedDomainWithADisplayName() {
    assertThat(ses.verifyDomainIdentity(request -> request.domain("platform.example")))
        .satisfies(answer -> assertThat(answer.verificationToken()).isNotEmpty());

    ses.sendEmail(mail("Deletions <Deletions@Platform.Example>"));

    assertThat(endpoint.mails()).hasSize(1);
  }

  @Test
  void rejectsAnUnverifiedSenderAsSesDoes() {
    assertThatThrownBy(() -> ses.sendEmail(mail(SENDER)))
        .isInstanceOfSatisfying(
            MessageRejectedException.class,
            rejected -> {
              assertThat(rejected.statusCode()).isEqualTo(400);
              assertThat(rejected.awsErrorDetails().errorMessage())
                  .startsWith("Email address is not verified.")
                  .endsWith(SENDER);
              assertThat(rejected.requestId()).isNotEmpty();
            });
    assertThat(endpoint.mails()).isEmpty();
  }

  @Test
  void refusesAnUnknownAction() {
    assertThatThrownBy(() -> ses.getSendQuota())
        .isInstanceOfSatisfying(
            SesException.class,
            refused ->
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidAction"));
  }

  @Test
  void refusesAMailWithoutRecipients() {
    ses.verifyEmailIdentity(request -> request.emailAddress(SENDER));

    assertThatThrownBy(
            () ->
                ses.sendEmail(mail(SENDER).toBuilder().destination(to -> to.toAddresses()).build()))
        .isInstanceOfSatisfying(
            SesException.class,
            refused ->
                assertThat(refused.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidParameterValue"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "owner",
        "owner@",
        "@bots.example",
        "owner bots.example",
        "ow ner@bots.example",
        "owner@bots example",
        "owner@bots..example",
        "owner@.bots.example",
        "owner@bots.example.",
        "owner@bots.example, second@bots.example",
        "b\u00fcro@bots.example",
        "owner@b\u00fcro.example"
      })
  void refusesARecipientThatCannotBeAnAddress(String recipient) {
    ses.verifyEmailIdentity(request -> request.emailAddress(SENDER));

    assertThatThrownBy(
            () ->
                ses.sendEmail(
                    mail(SENDER).toBuilder().destination(to -> to.toAddresses(recipient)).build()))
        .isInstanceOfSatisfying(
            SesException.class,
            refused ->
                assertThat(refused.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidParameterValue"));
    assertThat(endpoint.mails()).isEmpty();
  }

  @Test
  void acceptsARawMail() {
    ses.verifyEmailIdentity(request -> request.emailAddress(SENDER));
    String mime =
        """
        From: Deletions <%s>
        To: owner@bots.example
        Subject: =?UTF-8?Q?Gel=C3=B6scht?=
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary=b

        --b
        Content-Type: text/plain; charset=UTF-8

        three
        --b
        Content-Type: text/html; charset=UTF-8

        <p>three</p>
        --b--
        """
            .formatted(SENDER);

    ses.sendRawEmail(request -> request.rawMessage(raw -> raw.data(SdkBytes.fromUtf8String(mime))));

    assertThat(endpoint.mails())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.from()).isEqualTo(SENDER);
              assertThat(mail.to()).containsExactly("owner@bots.example");
              assertThat(mail.subject()).isEqualTo("Gelöscht");
              assertThat(mail.text()).isEqualTo("three");
              assertThat(mail.html()).isEqualTo("<p>three</p>");
            });
  }

  @Test
  void throttlesAsAskedAndTheSdkSendsAgain() {
    ses.verifyEmailIdentity(request -> request.emailAddress(SENDER));
    endpoint.failNext(SesFailure.THROTTLING, 1);

    ses.sendEmail(mail(SENDER));

    assertThat(endpoint.mails()).hasSize(1);
  }

  @Test
  void failsAsAskedUntilItRecovers() {
    ses.verifyEmailIdentity(request -> request.emailAddress(SENDER));

    endpoint.fail(SesFailure.INTERNAL_FAILURE);
    assertThatThrownBy(() -> ses.sendEmail(mail(SENDER)))
        .isInstanceOfSatisfying(
            SesException.class, failed -> assertThat(failed.statusCode()).isEqualTo(500));
    endpoint.fail(SesFailure.MESSAGE_REJECTED);
    assertThatThrownBy(() -> ses.sendEmail(mail(SENDER)))
        .isInstanceOf(MessageRejectedException.class);

    endpoint.recover();
    ses.sendEmail(mail(SENDER));
    assertThat(endpoint.mails()).hasSize(1);
  }

  private static SendEmailRequest mail(String sender) {
    return SendEmailRequest.builder()
        .source(sender)
        .destination(to -> to.toAddresses("owner@bots.example", "second@bots.example"))
        .replyToAddresses("help@platform.example")
        .message(
            message ->
                message
                    .subject(subject -> subject.charset("UTF-8").data("Gelöscht & gezählt: 3 < 4"))
                    .body(
                        body ->
                            body.text(text -> text.charset("UTF-8").data("Drei\nGespräche"))
                                .html(html -> html.charset("UTF-8").data("<p>Drei Gespräche</p>"))))
        .build();
  }
}
