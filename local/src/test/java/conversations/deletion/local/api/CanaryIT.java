package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.local.api.Service.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What a caller writes into any field stays out of logs, metrics, queue messages, answers' headers
 * and error bodies. Each field has a canary of its own, which shows through which field it got out.
 */
class CanaryIT {

  private static final String CANARY = "canary";

  private static final List<Reply> REPLIES = new ArrayList<>();

  private static Console console;
  private static Service service;
  private static String token;
  private static int canaries;

  @BeforeAll
  static void start() {
    console = new Console(false);
    service = Service.start();
    token = service.app.token(Duration.ofMinutes(20));
  }

  @AfterAll
  static void stop() {
    service.close();
    console.close();
  }

  @Test
  void noCanaryGetsOut() {
    sendInBodies();
    sendInHeaders();
    sendInPathsAndQueries();
    List<Message> messages = messages();
    service.runOffPeak();

    assertThat(REPLIES).extracting(Reply::status).contains(202, 400, 401, 403, 404, 415);
    assertThat(REPLIES)
        .allSatisfy(
            reply -> {
              assertThat(reply.headers().toString()).doesNotContain(CANARY);
              assertThat(reply.text()).doesNotContain(CANARY);
            });
    assertThat(messages).isNotEmpty();
    assertThat(messages).allSatisfy(one -> assertThat(one.toString()).doesNotContain(CANARY));
    assertThat(console.text())
        .contains("job_accepted", "token_refused", "run_ended")
        .contains("\"JobsSubmitted\":1", "\"TokensRefused\":1", "\"OpenJobs\":")
        .doesNotContain(CANARY);
    assertThat(service.aws.mails())
        .isNotEmpty()
        .allSatisfy(mail -> assertThat(mail.text() + mail.html()).doesNotContain("canary-0-c-id"));
    assertThat(service.get(service.changeLogPath()).text()).doesNotContain(CANARY);
    System.out.println("Fields with a canary in them: " + canaries);
  }

  private static void sendInBodies() {
    // Accepted.
    post("{\"cId\":\"" + canary("c-id") + "\"}");
    post("{\"conversationIds\":[\"" + canary("conversation-id") + "\"]}");
    post(
        "{\"conversationIds\":[\"c-1\"],\"startDate\":\"%s\",\"endDate\":{\"%s\":\"%s\"}}"
            .formatted(canary("ignored-start"), canary("ignored-name"), canary("ignored-end")));
    post("{\"cId\":\"u-1\",\"reference\":\"" + canary("reference") + "\"}");
    // Refused. Only a name of plain characters is repeated, on purpose; see Faults.
    post("{\"cId\":\"" + canary("bad c-id") + "\"}");
    post("{\"cId\":[\"" + canary("c-id-in-array") + "\"]}");
    post("{\"conversationIds\":[\"" + canary("bad conversation-id") + "\"]}");
    post("{\"conversationIds\":\"" + canary("no-array") + "\"}");
    post("{\"cId\":\"u-1\",\"reference\":\"" + canary("bad reference") + " \"}");
    post("{\"cId\":\"u-1\",\"startDate\":\"" + canary("start") + "\"}");
    post("{\"cId\":\"u-1\",\"endDate\":\"" + canary("end") + "\"}");
    post("{\"cId\":\"u-1\",\"%s\":\"%s\"}".formatted(canary("name of field"), canary("unknown")));
    post("{\"%1$s\":1,\"%1$s\":2,\"cId\":\"u-1\"}".formatted(canary("repeated name")));
    post("{\"cId\":\"u-1\",\"colour\":{\"a\":[\"" + canary("nested") + "\"]}}");
    post("\"" + canary("text") + "\"");
    post(canary("no-json"));
    post("{\"cId\":" + canary("broken-json"));
  }

  private static void sendInHeaders() {
    for (String name :
        List.of(
            "Accept",
            "User-Agent",
            "Origin",
            "Referer",
            "Cookie",
            "X-Forwarded-For",
            "X-Amzn-Trace-Id",
            "X-Request-Id",
            "Authorization",
            "Idempotency-Key")) {
      send(submission().header(name, canary("header-" + name)));
    }
    send(submission().header("X-" + canary("header-name"), "x"));
    send(submission().header("Idempotency-Key", canary("long-key") + "k".repeat(255)));
    send(
        to(service.jobsPath())
            .header("auth", token)
            .header("Content-Type", "text/plain; charset=" + canary("content-type"))
            .POST(BodyPublishers.ofString("{}")));
    String strangers =
        new ClientApp(canary("app-id"), service.app.secret()).token(Duration.ofHours(1));
    String forged =
        new ClientApp(service.app.appId(), ClientApp.withNewSecret("x").secret())
            .token(Duration.ofHours(1));
    for (String bad :
        List.of(
            canary("token"),
            token + canary("after-token"),
            "Bearer " + canary("bearer"),
            strangers,
            forged)) {
      send(to(service.changeLogPath()).header("auth", bad).GET());
      assertThat(console.text()).doesNotContain(bad);
    }
    assertThat(console.text()).doesNotContain(token);
  }

  private static void sendInPathsAndQueries() {
    get("/api/public/bot/" + canary("bot") + "/changelogs");
    get("/api/public/bot/" + canary("bot%20x") + "/conversations/delete");
    get(service.jobsPath() + "/" + canary("job"));
    get(service.jobsPath() + "/" + canary("job") + "/conversations");
    get("/api/public/" + canary("route"));
    for (String path : List.of(service.jobsPath(), service.changeLogPath())) {
      for (String name :
          List.of("status", "from", "to", "limit", "nextToken", "offset", "startDate", "endDate")) {
        get(path + "?" + name + "=" + canary("query-" + name));
      }
      get(path + "?" + canary("name%20of%20parameter") + "=" + canary("value"));
    }
    String job = service.submit("{\"conversationIds\":[\"c-1\"]}").body().path("jobId").asText();
    get(service.jobsPath() + "/" + job + "?x=" + canary("ignored-query"));
    get(service.jobsPath() + "/" + job + "/conversations?nextToken=" + canary("token"));
  }

  private static String canary(String field) {
    return CANARY + "-" + canaries++ + "-" + field;
  }

  private static void post(String body) {
    send(submission(body));
  }

  private static void get(String path) {
    send(to(path).header("auth", token).GET());
  }

  private static HttpRequest.Builder submission() {
    return submission("{\"conversationIds\":[\"c-1\"]}");
  }

  private static HttpRequest.Builder submission(String body) {
    return to(service.jobsPath())
        .header("auth", token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(service.aws.baseUrl() + path));
  }

  private static void send(HttpRequest.Builder request) {
    REPLIES.add(service.send(request));
  }

  /** All messages in the queues; they stay there. */
  private static List<Message> messages() {
    return Stream.of("DeletionQueue", "DeletionDeadLetterQueue")
        .map(service.aws::queueUrl)
        .flatMap(queue -> messages(queue).stream())
        .toList();
  }

  private static List<Message> messages(String queue) {
    SqsClient sqs = service.aws.clients().sqs();
    List<Message> received = new ArrayList<>();
    List<Message> more;
    do {
      more =
          sqs.receiveMessage(
                  request ->
                      request
                          .queueUrl(queue)
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(60)
                          .messageAttributeNames("All"))
              .messages();
      received.addAll(more);
    } while (!more.isEmpty());
    for (Message message : received) {
      sqs.changeMessageVisibility(
          request ->
              request.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
    }
    return received;
  }
}
