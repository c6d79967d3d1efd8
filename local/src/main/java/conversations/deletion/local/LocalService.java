package conversations.deletion.local;

import conversations.deletion.client.registration.Bot;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.client.sample.SampleIds;
import conversations.deletion.client.sample.SeedRequest;
import conversations.deletion.local.http.Listening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * {@code mvn -Plocal}: runs the service on this machine until Ctrl-C, with a bot, its owner, a
 * client app and sample conversations. It prints commands to paste into a shell.
 */
public final class LocalService {

  private static final Set<String> ALL_SCOPES =
      Set.of("Delete Conversations", "Hold Conversations", "Logs History");
  private static final String OWNER_EMAIL = "owner@bots.example";
  private static final Duration TOKEN_VALIDITY = Duration.ofHours(1);

  /** A recording, a transcript and its correction, and an image. */
  private static final int ATTACHMENTS_EACH = 4;

  /** Maven takes this exit status for an end that needs no trace of its own. */
  private static final int PORT_IS_USED = 3;

  private final LocalAws aws;
  private final Random random = new SecureRandom();
  private final String botId = SampleIds.botId(random);
  private final String neighbourId = SampleIds.botId(random);
  private final String cId = SampleIds.channelUserId(random);
  private final String otherUser = SampleIds.channelUserId(random);
  private final ClientApp app =
      ClientApp.withNewSecret("app-" + SampleIds.channelUserId(random).substring(2));

  private LocalService(LocalAws aws) {
    this.aws = aws;
  }

  /**
   * Takes {@code -Dport}, {@code -Dwindow} and {@code -Dhost}. With {@code -Dinprocess=false}
   * functions run in processes of their own. Otherwise they run in this one, where a debugger can
   * stop in them.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    // Numbers in URLs and names look the same whatever language this machine speaks.
    Locale.setDefault(Locale.ROOT);
    endAfterAFailure();
    LocalOptions options = options(System.getProperties()).withTerminal(System.out);
    if (!options.ownProcesses()) {
      System.out.println(
          "The functions run in the service's process. On Lambda each has its own, under AWS's"
              + " runtime client. This was asked for, or this machine does not run Linux.");
    }
    LocalAws aws = start(options);
    LocalJson localJson = LocalJson.in(options.folder());
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      localJson.delete();
                      aws.close();
                      ended.countDown();
                    }));
    endWithMaven();
    LocalService service = new LocalService(aws);
    service.register();
    List<String> conversations = service.seed();
    DocsPage.Sample sample = service.sample(conversations);
    aws.docsPage().fillWith(sample);
    localJson.write(service.description());
    if (options.listening().isEverywhere()) {
      new SamEnvironment(aws).write(options.folder().resolve("sam-env.json"));
    }
    service.explain(conversations, localJson);
    warning(options.listening()).ifPresent(System.out::println);
    new SamplePreview(aws).addTo(sample);
    ended.await();
  }

  /** A port that is used is told in a line; everything else is a fault, with its trace. */
  private static LocalAws start(LocalOptions options) {
    try {
      return LocalAws.start(options);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof BindException) {
        System.err.println(e.getMessage() + ": something listens there. Take another with -Dport=");
        System.exit(PORT_IS_USED);
      }
      throw e;
    }
  }

  /** What other machines may do by the interface that was chosen; empty if that is nothing. */
  static Optional<String> warning(Listening listening) {
    if (listening.isForThisMachineOnly()) {
      return Optional.empty();
    }
    return Optional.of(
        "WARNING: other machines reach the API, over HTTP without TLS."
            + (listening.isEverywhere()
                ? " They also reach tables, queues, secrets and mails, and need no key for these:"
                    + " use -Dhost=%s only in a network that you trust.".formatted(listening.host())
                : ""));
  }

  /** A failed start ends the process, which other threads would keep alive. */
  private static void endAfterAFailure() {
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (_, failure) -> {
              failure.printStackTrace();
              System.exit(1);
            });
  }

  /** If Maven is killed, it can't end this process. */
  private static void endWithMaven() {
    ProcessHandle.current().parent().ifPresent(it -> it.onExit().thenRun(() -> System.exit(0)));
  }

  static LocalOptions options(Properties asked) {
    LocalOptions options =
        Window.parse(asked.getProperty("window", "open"))
            .apply(LocalOptions.defaults(), Instant.now())
            // The index of DynamoDB Local is never behind.
            .withParameter("IndexSettleSeconds", "1")
            .listeningOn(
                Listening.on(asked.getProperty("host", "127.0.0.1")),
                Integer.parseInt(asked.getProperty("port", "3000")))
            .thatTicks();
    return asked.getProperty("inprocess", "true").equals("true")
        ? options
        : options.withFunctionsInOwnProcesses();
  }

  private void register() {
    Instant created = Instant.now().minus(Duration.ofDays(90));
    for (String id : List.of(botId, neighbourId)) {
      aws.registrations()
          .register(
              new Bot(
                  id,
                  id.equals(botId) ? "Sample bot" : "Neighbouring bot",
                  "Sam Owner",
                  OWNER_EMAIL,
                  created,
                  2556));
      aws.registrations().registerChannelUser(id, cId, created);
    }
    aws.registrations().registerChannelUser(botId, otherUser, created);
    aws.registrations().register(app, "Sample client app", Map.of(botId, ALL_SCOPES));
  }

  /** Returns conversations of another channel user, so that the printed requests don't overlap. */
  private List<String> seed() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    aws.seeder().seed(new SeedRequest(neighbourId, cId, 3, 12, yesterday));
    attach(aws.seeder().seed(new SeedRequest(botId, cId, 5, 20, yesterday)));
    return attach(aws.seeder().seed(new SeedRequest(botId, otherUser, 2, 20, yesterday)));
  }

  private List<String> attach(List<String> conversations) {
    aws.attachments().ifPresent(all -> all.seed(botId, conversations, ATTACHMENTS_EACH));
    return conversations;
  }

  private DocsPage.Sample sample(List<String> conversationIds) {
    LocalDate yesterday = Instant.now().atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1);
    return new DocsPage.Sample(
        app.token(TOKEN_VALIDITY), botId, cId, yesterday, conversationIds, Optional.empty());
  }

  private LocalDescription description() {
    return new LocalDescription(aws, botId, OWNER_EMAIL, app);
  }

  private void explain(List<String> conversationIds, LocalJson localJson) {
    LocalDate today = Instant.now().atOffset(ZoneOffset.UTC).toLocalDate();
    LocalDate yesterday = today.minusDays(1);
    System.out.printf(
        """

        The service runs on %1$s until Ctrl-C. Open it in a browser for the API's documentation, and %1$s/_local/ to see what happens inside. Off-peak hours: %2$s (%3$s); it is %4$tR UTC.
        Bot %5$s, channel user %6$s with 5 conversations; another one with 2.

        AUTH=%7$s
        BOT=%1$s/api/public/bot/%5$s

        # See before what a job would delete. This changes nothing:
        curl -si "$BOT/conversations/deletion-previews" -H "auth: $AUTH" -H 'Content-Type: application/json' -d '{"cId":"%6$s","startDate":"%9$s","endDate":"%10$s"}'
        curl -s "$BOT/conversations/deletion-previews/<previewId>" -H "auth: $AUTH"
        curl -s "$BOT/conversations/deletion-previews/<previewId>/conversations" -H "auth: $AUTH"

        # Submit a deletion job, by conversation (the other channel user's) or by channel user:
        curl -si "$BOT/conversations/delete" -H "auth: $AUTH" -H 'Content-Type: application/json' -d '{"conversationIds":["%8$s"]}'
        curl -si "$BOT/conversations/delete" -H "auth: $AUTH" -H 'Content-Type: application/json' -d '{"cId":"%6$s","startDate":"%9$s","endDate":"%10$s"}'

        # Or delete exactly what a preview showed:
        curl -si "$BOT/conversations/delete" -H "auth: $AUTH" -H 'Content-Type: application/json' -d '{"previewId":"<previewId>"}'

        # Keep a conversation from every job, and release it; a job that waits for it goes on in the next window:
        curl -si -X PUT "$BOT/conversations/holds/case-17" -H "auth: $AUTH" -H 'Content-Type: application/json' -d '{"conversationIds":["%8$s"],"reason":"An inquiry"}'
        curl -s "$BOT/conversations/holds/case-17" -H "auth: $AUTH"
        curl -si -X DELETE "$BOT/conversations/holds/case-17" -H "auth: $AUTH"

        # Its state, and the bot's change log:
        curl -s "$BOT/conversations/delete/<jobId>" -H "auth: $AUTH"
        curl -s "$BOT/changelogs?limit=10" -H "auth: $AUTH"

        # Run the off-peak function now; read the owner's mails; seed more conversations:
        curl -s -X POST %1$s/_local/off-peak
        curl -s %1$s/_local/mails
        curl -s %1$s/_local/conversations -d '{"cId":"%6$s","conversations":10,"recordsEach":30,"attachmentsEach":4,"startedAt":"%9$sT09:00:00Z"}'

        All data is in memory, and gone when the service ends. What functions write: local/target/functions.log
        %11$s
        """,
        aws.baseUrl(),
        aws.template().parameter("OffPeakHours"),
        aws.template().parameter("OffPeakTimezone"),
        LocalTime.now(ZoneOffset.UTC),
        botId,
        cId,
        app.token(TOKEN_VALIDITY),
        conversationIds.getFirst(),
        yesterday,
        today,
        localJson.howToUse());
  }
}
