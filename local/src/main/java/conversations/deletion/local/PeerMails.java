package conversations.deletion.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.embedded.Mail;
import conversations.deletion.local.embedded.Mails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The mails that an emulator accepted, as far as it tells them: LocalStack does under {@code
 * /_aws/ses}, moto under {@code /moto-api/data.json}. Moto keeps the HTML of a mail alone, which is
 * told as its text too.
 */
final class PeerMails implements Mails {

  private final ObjectMapper json = new ObjectMapper();
  private final URI endpoint;

  PeerMails(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public List<Mail> mails() {
    return told().orElse(List.of());
  }

  /** The mails, or nothing where the emulator does not tell them. */
  Optional<List<Mail>> told() {
    return read("/_aws/ses")
        .map(answer -> all(answer.path("messages"), PeerMails::ofLocalStack))
        .or(
            () ->
                read("/moto-api/data.json")
                    .map(answer -> all(answer.at("/ses/Message"), PeerMails::ofMoto)));
  }

  private Optional<JsonNode> read(String path) {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(endpoint.resolve(path)).build();
      var answer = http.send(request, BodyHandlers.ofByteArray());
      return answer.statusCode() == 200
          ? Optional.of(json.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static List<Mail> all(JsonNode messages, Function<JsonNode, Mail> mail) {
    var mails = new ArrayList<Mail>();
    messages.forEach(message -> mails.add(mail.apply(message)));
    return mails;
  }

  private static Mail ofLocalStack(JsonNode message) {
    var destination = message.path("Destination");
    var body = message.path("Body");
    return new Mail(
        message.path("Id").asText(),
        message.path("Timestamp").asText(),
        message.path("Source").asText(),
        texts(destination.path("ToAddresses")),
        texts(destination.path("CcAddresses")),
        texts(destination.path("BccAddresses")),
        List.of(),
        message.path("Subject").asText(),
        body.path("text_part").asText(null),
        body.path("html_part").asText(null));
  }

  private static Mail ofMoto(JsonNode message) {
    var destinations = message.path("destinations");
    return new Mail(
        message.path("id").asText(),
        null,
        message.path("source").asText(),
        texts(destinations.path("ToAddresses")),
        texts(destinations.path("CcAddresses")),
        texts(destinations.path("BccAddresses")),
        List.of(),
        message.path("subject").asText(),
        message.path("body").asText(),
        message.path("body").asText());
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
