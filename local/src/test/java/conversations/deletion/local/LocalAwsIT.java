package conversations.deletion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.registration.Bot;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.local.http.RawRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.ses.model.MessageRejectedException;

class LocalAwsIT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ClientApp APP = ClientApp.withNewSecret("app-1");

  private static LocalAws aws;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(AwsPeer.options());
    aws.registrations()
        .register(new Bot("st-1", "Bot", "Owner", "owner@bots.example", Instant.now(), 365));
    aws.registrations().register(APP, "App", Map.of("st-1", Set.of("Logs History")));
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @Test
  void runsOnlyOnceInAJvm() {
    assertThatThrownBy(() -> LocalAws.start(LocalOptions.defaults()))
        .hasMessage("LocalAws already runs in this JVM");
  }

  @Test
  void letsARegisteredClientAppThroughItsTokenAndNobodyElse() throws Exception {
    String changeLog = "/api/public/bot/st-1/changelogs";
    String token = APP.token(Duration.ofMinutes(1));
    String forged = ClientApp.withNewSecret("app-1").token(Duration.ofMinutes(1));

    assertThat(send(request(changeLog).header("auth", token)).statusCode()).isEqualTo(200);
    assertThat(send(request(changeLog).header("auth", forged)).statusCode()).isEqualTo(401);
    assertThat(send(request(changeLog)).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_local/",
        "/_local/mails",
        "/_local/console/state",
        "/_local/docs/sample.json",
        "/_local/docs/page.js",
        "/%5flocal/mails"
      })
  void showsNothingToAPageWhoseNameWasMadeToLeadHere(String path) throws Exception {
    String request = "GET %s HTTP/1.1\r\nHost: evil.example:PORT\r\n".formatted(path);

    assertThat(RawRequest.status(aws.baseUrl(), request)).isEqualTo(403);
  }

  @Test
  void givesSuchAPageNoFormOfTheApi() throws Exception {
    String request = "GET / HTTP/1.1\r\nHost: evil.example:PORT\r\n";

    assertThat(RawRequest.status(aws.baseUrl(), request)).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/_local/", "/_local/mails", "/_local/docs/page.js"})
  void letsABrowserNeitherKeepNorGuessNorFrameWhatItShows(String path) throws Exception {
    HttpHeaders headers = send(request(path)).headers();

    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    assertThat(headers.firstValue("Content-Security-Policy").orElse("frame-ancestors 'none'"))
        .contains("frame-ancestors 'none'");
  }

  @Test
  void answersAnUnknownRouteAsNotFound() throws Exception {
    HttpResponse<String> response = send(request("/api/public/bot/st-1/unknown"));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void seedsTheFirstBotWhereNoneIsNamed() throws Exception {
    HttpResponse<String> response =
        seed(
            """
            {"cId":"u-1","conversations":2,"recordsEach":3,"startedAt":"2026-05-04T09:30:00Z"}
            """);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(response.body()).path("conversationIds")).hasSize(2);
  }

  @Test
  void seedsAttachmentsWhereTheyAreAskedFor() throws Exception {
    HttpResponse<String> response =
        seed(
            """
            {"cId":"u-1","conversations":1,"recordsEach":3,"attachmentsEach":4,\
            "startedAt":"2026-05-04T09:30:00Z"}
            """);

    String conversation =
        new ObjectMapper().readTree(response.body()).path("conversationIds").path(0).asText();
    ListObjectVersionsResponse versions =
        aws.clients()
            .s3()
            .listObjectVersions(
                request -> request.bucket(aws.template().attachmentsBucket().orElseThrow()));
    assertThat(versions.versions())
        .hasSize(4)
        .allMatch(version -> version.key().contains("/" + conversation + "/"));
    assertThat(versions.versions().stream().map(ObjectVersion::size))
        .containsExactlyInAnyOrder(1_500_000L, 4_096L, 4_096L, 200_000L);
    assertThat(versions.deleteMarkers()).hasSize(1);
  }

  @Test
  void namesEveryFaultOfASeedRequest() throws Exception {
    HttpResponse<String> response =
        seed("{\"conversation\":2,\"recordsEach\":0,\"startedAt\":\"yesterday\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains(
            "conversation: unknown", "cId: ", "conversations: ", "recordsEach: ", "startedAt: ");
  }

  @Test
  void refusesASeedRequestThatIsNoJson() throws Exception {
    assertThat(seed("{").statusCode()).isEqualTo(400);
    assertThat(seed("[]").statusCode()).isEqualTo(400);
  }

  @Test
  void tellsTheMailsThatWereSentFromTheVerifiedSender() throws Exception {
    String sender = aws.template().parameter("SenderAddress");
    aws.clients()
        .ses()
        .sendEmail(
            mail ->
                mail.source(sender)
                    .destination(to -> to.toAddresses("told@bots.example"))
                    .message(
                        message ->
                            message
                                .subject(subject -> subject.data("Subject"))
                                .body(body -> body.text(text -> text.data("Text")))));

    assertThat(send(request("/_local/mails")).body())
        .contains("told@bots.example", "Subject", "Text");
  }

  @Test
  void sendsNoMailFromAnUnverifiedSender() {
    assertThatThrownBy(
            () ->
                aws.clients()
                    .ses()
                    .sendEmail(
                        mail ->
                            mail.source("unknown@elsewhere.example")
                                .destination(to -> to.toAddresses("owner@bots.example"))
                                .message(
                                    message ->
                                        message
                                            .subject(subject -> subject.data("Subject"))
                                            .body(body -> body.text(text -> text.data("Text"))))))
        .isInstanceOf(MessageRejectedException.class);
  }

  private static HttpResponse<String> seed(String body) throws IOException, InterruptedException {
    return send(request("/_local/conversations").POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(aws.baseUrl() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
