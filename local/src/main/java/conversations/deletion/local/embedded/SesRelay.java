package conversations.deletion.local.embedded;

import com.sun.net.httpserver.HttpExchange;
import conversations.deletion.local.embedded.HttpEndpoint.EndpointAnswer;
import conversations.deletion.local.http.Listening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Forwards requests to another SES, and keeps the mails that it accepted. Emulators have no common
 * way to list mails. Most list none. Moto lists them only among all objects that it ever made,
 * which after a while takes minutes.
 */
public final class SesRelay implements Mails, AutoCloseable {

  /** Headers of one connection: each hop has its own. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "host", "transfer-encoding", "expect", "upgrade");

  private static final Pattern MESSAGE_ID = Pattern.compile("<MessageId>([^<]+)</MessageId>");

  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI service;
  private final HttpEndpoint http;

  private SesRelay(URI service) {
    this.service = service;
    this.http = HttpEndpoint.start(Listening.HERE, this::answer);
  }

  /** Starts it on a free port of this machine. */
  public static SesRelay to(URI service) {
    return new SesRelay(service);
  }

  public URI endpoint() {
    return http.uri();
  }

  @Override
  public List<Mail> mails() {
    return List.copyOf(mails);
  }

  @Override
  public void close() {
    http.close();
    client.close();
  }

  private EndpointAnswer answer(HttpExchange exchange, String body) {
    try {
      HttpResponse<String> answer = client.send(request(exchange, body), BodyHandlers.ofString());
      QueryForm form = QueryForm.parse(body);
      if (answer.statusCode() == 200 && form.value("Action").orElse("").equals("SendEmail")) {
        mails.add(SesEndpoint.mail(form, messageId(answer)));
      }
      return new EndpointAnswer(
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse("text/xml"),
          answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The relay is being closed", e);
    }
  }

  private HttpRequest request(HttpExchange exchange, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofString(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private static String messageId(HttpResponse<String> answer) {
    Matcher id = MESSAGE_ID.matcher(answer.body());
    return id.find() ? id.group(1) : "";
  }
}
