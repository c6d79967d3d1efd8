package conversations.deletion.adapter.ses;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.application.port.OwnerMail.MailFailedException;
import conversations.deletion.application.port.OwnerMail.NoAnswerException;
import conversations.deletion.application.port.OwnerMail.SenderRefusedException;
import conversations.deletion.application.port.OwnerMail.UndeliverableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import software.amazon.awssdk.services.ses.model.SendEmailResponse;
import software.amazon.awssdk.services.ses.model.SesException;

class SesOwnerMailTest {

  private String sender = "deletions@platform.example";

  private static final Email EMAIL =
      new Email("owner@bots.example", "Deleted", "All of it.", "<p>All of it.</p>");
  private static final String NOT_VERIFIED =
      "MessageRejected | Email address is not verified. The following identities failed the check"
          + " in region EU-CENTRAL-1: ";
  private static final Duration CONNECTION_TIMEOUT = Duration.ofMillis(100);
  private static final Duration SOCKET_TIMEOUT = Duration.ofMillis(200);

  @ParameterizedTest
  @CsvSource({"400, Throttling", "403, AccessDenied", "500, InternalFailure", "503, "})
  void anAnswerThatIsNoYesMeansNotTaken(int status, String code) {
    assertThatThrownBy(() -> sendTo(answering(status, code)))
        .isInstanceOf(MailFailedException.class)
        .hasMessage(code == null ? "Status" + status : code);
  }

  @ParameterizedTest
  @CsvSource({"MessageRejected", "InvalidParameterValue", "ValidationError"})
  void aRefusalOfTheEmailItselfIsFinal(String code) {
    assertThatThrownBy(() -> sendTo(answering(400, code)))
        .isInstanceOf(UndeliverableException.class)
        .hasMessage(code);
  }

  /** SES does not say whose address it means. */
  @ParameterizedTest
  @ValueSource(strings = {"deletions@", "deletions@localhost", "a b@c.example", "a@b@c.example"})
  void noRecipientIsBlamedForASenderThatCanBeNone(String malformed) {
    sender = malformed;

    assertThatThrownBy(() -> sendTo(answering(400, "InvalidParameterValue")))
        .isInstanceOf(SenderRefusedException.class)
        .hasMessage("InvalidSender");
  }

  /** The same recipient could be written to once it is mended. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AccountSendingPausedException | | AccountSendingPausedException",
        "ConfigurationSetDoesNotExist | | ConfigurationSetDoesNotExist",
        "ConfigurationSetSendingPausedException | | ConfigurationSetSendingPausedException",
        "MailFromDomainNotVerifiedException | | MailFromDomainNotVerifiedException",
        "AccessDenied | | AccessDenied",
        "MessageRejected | Sending suspended for this account. | SendingPaused",
        NOT_VERIFIED + "deletions@platform.example | SenderNotVerified",
        NOT_VERIFIED + "arn:aws:ses:eu-central-1:1:identity/platform.example | SenderNotVerified",
        NOT_VERIFIED + "owner@bots.example, deletions@platform.example | SenderNotVerified",
        NOT_VERIFIED + "Owner@Bots.example | InSandbox"
      })
  void whatTheOperatorsHaveToMendIsNotFinal(String code, String message, String reason) {
    assertThatThrownBy(() -> sendTo(answering(400, code, message)))
        .isInstanceOf(SenderRefusedException.class)
        .hasMessage(reason);
  }

  @Test
  void anAddressOnTheSuppressionListIsTheRecipientsTrouble() {
    String message = "Address owner@bots.example is on the suppression list.";

    assertThatThrownBy(() -> sendTo(answering(400, "MessageRejected", message)))
        .isInstanceOf(UndeliverableException.class)
        .hasMessage("MessageRejected");
  }

  @Test
  void anAnswerForSesThatItDidNotAnswerLeavesItOpen() {
    assertThatThrownBy(() -> sendTo(answering(504, null))).isInstanceOf(NoAnswerException.class);
  }

  @Test
  void withoutAConnectionNothingWasTaken() {
    for (IOException failure :
        List.of(
            new UnknownHostException("email.eu-central-1.amazonaws.com"),
            new SSLHandshakeException("Remote host terminated the handshake"))) {
      assertThatThrownBy(() -> sendTo(failing(SdkClientException.create("sent nothing", failure))))
          .isInstanceOf(MailFailedException.class)
          .hasMessage("NoConnection");
    }
  }

  @Test
  void aConnectionThatBrokeOffLeavesItOpen() {
    for (SdkClientException failure :
        List.of(
            SdkClientException.create("sent", new SocketException("Connection reset")),
            SdkClientException.create("sent", new SocketTimeoutException("Read timed out")),
            SdkClientException.create("the answer can't be read"),
            ApiCallTimeoutException.create(20_000))) {
      assertThatThrownBy(() -> sendTo(failing(failure))).isInstanceOf(NoAnswerException.class);
    }
  }

  @Test
  void aConnectionThatIsRefusedTookNothing() throws IOException {
    ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    closed.close();

    try (SesClient ses = realClient(closed)) {
      assertThatThrownBy(() -> sendTo(ses)).isInstanceOf(MailFailedException.class);
    }
  }

  /** A server that accepts no connection has its queue filled. Linux then ignores further ones. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aConnectionThatIsNotOpenedInTimeTookNothing() throws IOException {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SesClient ses = realClient(full)) {
      for (int i = 0; i < 3; i++) {
        Socket socket = new Socket();
        waiting.add(socket);
        connect(socket, full);
      }

      assertThatThrownBy(() -> sendTo(ses)).isInstanceOf(MailFailedException.class);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  private static void connect(Socket socket, ServerSocket server) throws IOException {
    try {
      socket.connect(server.getLocalSocketAddress(), (int) CONNECTION_TIMEOUT.toMillis());
    } catch (SocketTimeoutException _) {
      // The queue is full.
    }
  }

  @Test
  void anAnswerThatDoesNotComeInTimeLeavesItOpen() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SesClient ses = realClient(silent)) {
      assertThatThrownBy(() -> sendTo(ses)).isInstanceOf(NoAnswerException.class);
    }
  }

  private void sendTo(SesClient ses) {
    new SesOwnerMail(ses, sender).send(EMAIL);
  }

  private static SesClient answering(int status, String code) {
    return answering(status, code, null);
  }

  private static SesClient answering(int status, String code, String message) {
    return failing(
        SesException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build());
  }

  private static SesClient failing(RuntimeException failure) {
    return new SesClient() {
      @Override
      public SendEmailResponse sendEmail(SendEmailRequest request) {
        throw failure;
      }

      @Override
      public String serviceName() {
        return SERVICE_NAME;
      }

      @Override
      public void close() {}
    };
  }

  private static SesClient realClient(ServerSocket server) {
    return SesClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getLocalPort()))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .overrideConfiguration(calls -> calls.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .httpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECTION_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT)
                .build())
        .build();
  }
}
