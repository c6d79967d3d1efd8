package conversations.deletion.local.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.sun.net.httpserver.HttpExchange;
import conversations.deletion.client.registration.EmailAddress;
import conversations.deletion.local.embedded.HttpEndpoint.EndpointAnswer;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.output.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The part of SES, version 1 of its API, that sends mails and verifies senders. It accepts a mail
 * only from a verified identity, an address or its domain, and only to what can be an address. It
 * keeps each accepted mail in memory and as a JSON file that only the owner of its folder can read.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/APIReference/Welcome.html">Amazon SES API
 *     reference</a>
 */
public final class SesEndpoint implements Mails, AutoCloseable {

  private static final String NAMESPACE = "http://ses.amazonaws.com/doc/2010-12-01/";
  private static final int MOST_RECIPIENTS = 50;

  private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final Set<String> identities = ConcurrentHashMap.newKeySet();
  private final Queue<SesFailure> failures = new ConcurrentLinkedQueue<>();
  private final Path folder;
  private final HttpEndpoint http;
  private volatile SesFailure outage;
  private volatile CountDownLatch held = new CountDownLatch(0);

  private SesEndpoint(Listening listening, Path folder) {
    this.folder = folder;
    this.http = HttpEndpoint.start(listening, this::answer);
  }

  /**
   * Starts it on a free port there; mails go into the folder, which is created if it is missing.
   */
  public static SesEndpoint start(Listening listening, Path folder) {
    try {
      PrivateFiles.createFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SesEndpoint(listening, folder);
  }

  public URI endpoint() {
    return http.uri();
  }

  @Override
  public List<Mail> mails() {
    return List.copyOf(mails);
  }

  /** Makes this many of the next sends fail; the SDK's own retries are sends too. */
  public void failNext(SesFailure failure, int sends) {
    for (int i = 0; i < sends; i++) {
      failures.add(failure);
    }
  }

  /** Makes every send fail until {@link #recover()}. */
  public void fail(SesFailure failure) {
    outage = failure;
  }

  /** Takes every mail, and holds the answer back until {@link #recover()}. */
  public void holdAnswers() {
    held = new CountDownLatch(1);
  }

  /** Ends every failure that was asked for. */
  public void recover() {
    failures.clear();
    outage = null;
    held.countDown();
  }

  @Override
  public void close() {
    http.close();
  }

  private EndpointAnswer answer(HttpExchange request, String body) {
    QueryForm form = QueryForm.parse(body);
    try {
      String action = form.value("Action").orElse("");
      return xml(200, action, "<%1$sResult>%2$s</%1$sResult>".formatted(action, act(action, form)));
    } catch (SesException e) {
      return error(e);
    }
  }

  private String act(String action, QueryForm form) {
    return switch (action) {
      case "SendEmail" -> {
        failIfAsked();
        yield accept(mail(form, messageId()), List.of());
      }
      case "SendRawEmail" -> {
        failIfAsked();
        byte[] raw = Base64.getDecoder().decode(form.required("RawMessage.Data"));
        yield accept(Mail.ofMime(raw, messageId(), now()), form.list("Destinations"));
      }
      case "VerifyEmailIdentity" -> {
        requireAddress(form.required("EmailAddress"));
        identities.add(normalised(form.required("EmailAddress")));
        yield "";
      }
      case "VerifyDomainIdentity" -> {
        identities.add(normalised(form.required("Domain")));
        yield element("VerificationToken", UUID.randomUUID().toString());
      }
      default ->
          throw new SesException(
              "InvalidAction",
              "Could not find operation %s for version 2010-12-01".formatted(action));
    };
  }

  /** The mail that a request sends. */
  static Mail mail(QueryForm form, String messageId) {
    return new Mail(
        messageId,
        now(),
        form.required("Source"),
        form.list("Destination.ToAddresses"),
        form.list("Destination.CcAddresses"),
        form.list("Destination.BccAddresses"),
        form.list("ReplyToAddresses"),
        form.required("Message.Subject.Data"),
        form.value("Message.Body.Text.Data").orElse(null),
        form.value("Message.Body.Html.Data").orElse(null));
  }

  private String accept(Mail mail, List<String> envelope) {
    requireAddresses(mail, envelope);
    int recipients = mail.to().size() + mail.cc().size() + mail.bcc().size() + envelope.size();
    if (recipients == 0) {
      throw new SesException("InvalidParameterValue", "No recipients: a destination is required.");
    }
    if (recipients > MOST_RECIPIENTS) {
      throw new SesException(
          "InvalidParameterValue", "Recipient count exceeds %d.".formatted(MOST_RECIPIENTS));
    }
    if (!isVerified(mail.from())) {
      throw new SesException(
          "MessageRejected",
          "Email address is not verified. The following identities failed the check in region LOCAL: "
              + mail.from());
    }
    try {
      PrivateFiles.write(folder.resolve(mail.messageId() + ".json"), json.writeValueAsBytes(mail));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    mails.add(mail);
    awaitAnswer();
    return element("MessageId", mail.messageId());
  }

  /** SES looks at what the addresses are like before it looks at who they belong to. */
  private static void requireAddresses(Mail mail, List<String> envelope) {
    Stream.of(List.of(mail.from()), mail.to(), mail.cc(), mail.bcc(), mail.replyTo(), envelope)
        .flatMap(List::stream)
        .forEach(SesEndpoint::requireAddress);
  }

  private static void requireAddress(String address) {
    EmailAddress.fault(address)
        .ifPresent(
            fault -> {
              throw new SesException("InvalidParameterValue", fault);
            });
  }

  private void failIfAsked() {
    SesFailure failure = outage != null ? outage : failures.poll();
    if (failure != null) {
      throw new SesException(failure.status, failure.code, failure.message);
    }
  }

  private void awaitAnswer() {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An address may come with a display name: {@code Name <address>}. */
  private boolean isVerified(String sender) {
    String address = normalised(sender.replaceFirst("^.*<([^<>]+)>\\s*$", "$1"));
    return identities.contains(address)
        || identities.contains(address.substring(address.indexOf('@') + 1));
  }

  private static String normalised(String identity) {
    return identity.strip().toLowerCase(Locale.ROOT);
  }

  private static String messageId() {
    return UUID.randomUUID() + "-000000";
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static EndpointAnswer error(SesException e) {
    String content =
        "<Error>%s%s%s</Error>"
            .formatted(
                element("Type", e.status() < 500 ? "Sender" : "Receiver"),
                element("Code", e.code()),
                element("Message", e.getMessage()));
    return new EndpointAnswer(
        e.status(),
        "text/xml",
        "<ErrorResponse xmlns=\"%s\">%s%s</ErrorResponse>"
            .formatted(NAMESPACE, content, element("RequestId", UUID.randomUUID().toString())));
  }

  private static EndpointAnswer xml(int status, String action, String content) {
    String metadata =
        "<ResponseMetadata>%s</ResponseMetadata>"
            .formatted(element("RequestId", UUID.randomUUID().toString()));
    return new EndpointAnswer(
        status,
        "text/xml",
        "<%1$sResponse xmlns=\"%2$s\">%3$s%4$s</%1$sResponse>"
            .formatted(action, NAMESPACE, content, metadata));
  }

  private static String element(String name, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<%1$s>%2$s</%1$s>".formatted(name, escaped);
  }
}
