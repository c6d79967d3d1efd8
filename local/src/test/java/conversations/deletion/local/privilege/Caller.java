package conversations.deletion.local.privilege;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.registration.ClientApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** A client app that sends requests about one bot, with a new token each. */
record Caller(URI baseUrl, String bot, ClientApp app) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Submits a job and returns its id. */
  String submit(String body) {
    return submit(body, UUID.randomUUID().toString(), 202).path("jobId").asText();
  }

  /** Submits a job under an idempotency key. */
  JsonNode submit(String body, String key, int status) {
    return post("conversations/delete", body, key, status);
  }

  /** Asks for a preview under an idempotency key. */
  JsonNode preview(String body, String key, int status) {
    return post("conversations/deletion-previews", body, key, status);
  }

  private JsonNode post(String path, String body, String key, int status) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder().header("Idempotency-Key", key).POST(BodyPublishers.ofString(body));
    return send(request, path, status);
  }

  JsonNode get(String path) {
    return send(HttpRequest.newBuilder().GET(), path, 200);
  }

  /** Places a hold. */
  JsonNode hold(String id, String body, int status) {
    HttpRequest.Builder request = HttpRequest.newBuilder().PUT(BodyPublishers.ofString(body));
    return send(request, "conversations/holds/" + id, status);
  }

  void release(String holdId) {
    send(HttpRequest.newBuilder().DELETE(), "conversations/holds/" + holdId, 200);
  }

  JsonNode job(String jobId) {
    return get("conversations/delete/" + jobId);
  }

  void cancel(String jobId, int status) {
    send(HttpRequest.newBuilder().DELETE(), "conversations/delete/" + jobId, status);
  }

  /** Sends it until a function answers: one that starts cold may take too long for the gateway. */
  private JsonNode send(HttpRequest.Builder request, String path, int status) {
    request.uri(URI.create("%s/api/public/bot/%s/%s".formatted(baseUrl, bot, path)));
    HttpResponse<String> answer =
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> sendOnce(request), reply -> reply.statusCode() != 503);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private HttpResponse<String> sendOnce(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          request
              .setHeader("auth", app.token(Duration.ofMinutes(5)))
              .setHeader("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(90))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
