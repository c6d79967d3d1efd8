package conversations.deletion.client.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.client.api.ApiAnswer;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;

/**
 * What the service on this machine offers beside the API.
 *
 * <p>Every method throws a {@link Failure} if the service refuses or does not answer.
 */
public record LocalControls(URI baseUrl, String whenUnreachable) {

  /** Writes sample conversations. */
  public ApiAnswer seed(String request) {
    return send(request("conversations").POST(BodyPublishers.ofString(request)));
  }

  /** Runs the off-peak function once, and waits for its end. */
  public ApiAnswer runOffPeak() {
    return send(request("off-peak").POST(BodyPublishers.noBody()));
  }

  /** The mails that were sent. */
  public ApiAnswer mails() {
    return send(request("mails").GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(baseUrl + "/_local/" + path));
  }

  private ApiAnswer send(HttpRequest.Builder request) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return read(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new Failure(ExitStatus.UNREACHABLE, baseUrl + " does not answer", whenUnreachable, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an answer", e);
    }
  }

  private ApiAnswer read(HttpResponse<String> response) throws JsonProcessingException {
    JsonNode body = new ObjectMapper().readTree(response.body());
    if (response.statusCode() != 200) {
      throw Failure.refused(
          ExitStatus.REFUSED,
          "The service on this machine refused (%d)".formatted(response.statusCode()),
          faults(body),
          "Correct the command, or see what mvn -Plocal printed.",
          response.body(),
          Optional.empty());
    }
    return new ApiAnswer(response.body(), body, Optional.empty());
  }

  private static List<String> faults(JsonNode body) {
    List<String> errors = body.path("errors").valueStream().map(JsonNode::asText).toList();
    return errors.isEmpty() ? List.of(body.toString()) : errors;
  }
}
