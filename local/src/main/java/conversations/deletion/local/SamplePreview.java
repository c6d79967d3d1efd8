package conversations.deletion.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Asks the API for a preview of the sample data, as the sample client app would. */
final class SamplePreview {

  /** The functions start with this request, which takes a while on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalAws aws;
  private final ObjectMapper json = new ObjectMapper();

  SamplePreview(LocalAws aws) {
    this.aws = aws;
  }

  /**
   * Adds a preview of the sample's channel user to what fills the page of the API. The page does
   * without one if the request fails, and this says why.
   */
  void addTo(DocsPage.Sample sample) throws InterruptedException {
    try {
      aws.docsPage().fillWith(sample.with(ask(sample)));
    } catch (IOException e) {
      System.err.println("The page of the API has no preview to show: " + e.getMessage());
    }
  }

  private String ask(DocsPage.Sample sample) throws IOException, InterruptedException {
    URI url =
        URI.create(
            "%s/api/public/bot/%s/conversations/deletion-previews"
                .formatted(aws.baseUrl(), sample.botId()));
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("auth", sample.auth())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(Map.of("cId", sample.cId()))))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      JsonNode previewId = json.readTree(answer.body()).path("previewId");
      if (!previewId.isTextual()) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
      return previewId.asText();
    }
  }
}
