package conversations.deletion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.local.LocalAws;
import conversations.deletion.local.LocalOptions;
import conversations.deletion.local.demo.Cast.Fate;
import conversations.deletion.local.demo.Cast.Part;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.output.PrivateFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * {@code mvn -Pdemo}: submits deletion jobs over HTTP, lets the off-peak function run, and shows
 * what happens to the records and attachments, the jobs, the change log and the owner's e-mail. The
 * table is one that a platform brings along. Only what the platform does, the censuses, and the
 * schedule's tick bypass the API.
 */
public final class Demo {
  private static final String OWNER = "shop.owner@example.com";
  private static final Path LOG = Path.of("target", "demo.log");
  private static final Path VERDICT = Path.of("target", "demo-verdict.txt");

  private final Screen screen;
  private final LocalAws aws;
  private final Cast cast;
  private final Platform platform;
  private final ClientApp clientApp =
      ClientApp.withNewSecret("app-7f3c52e1-0c0f-5b6e-9a55-1d2f4a6b8c90");
  private final Checks checks = new Checks();

  private Demo(Screen screen, LocalAws aws, Cast cast) {
    this.screen = screen;
    this.aws = aws;
    this.cast = cast;
    this.platform = new Platform(aws, cast);
  }

  /**
   * Exits with 0 if all checks are right, and with 1 otherwise. Takes {@code -Dport}; by default
   * the API listens on a free port.
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Screen screen = Screen.standardOutput();
    boolean right = false;
    try {
      right = run(screen);
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      screen.verdict(
          false,
          "The demo stopped early: "
              + e
              + "\nMore is in local/%s and functions.log".formatted(LOG));
    }
    System.exit(right ? 0 : 1);
  }

  private static boolean run(Screen screen) throws Exception {
    Instant begin = Instant.now();
    keepLogsApart();
    screen.title("Deleting conversations: the whole main job on this machine");
    LocalOptions options =
        LocalOptions.defaults()
            .withParameters(PlatformRecords.PARAMETERS)
            .withParameter("IndexSettleSeconds", "1")
            .withParameter("RequestsPerMinute", Integer.toString(OffPeakRun.REQUESTS_PER_MINUTE))
            .listeningOn(Listening.HERE, Integer.getInteger("port", 0))
            .withFunctionsInOwnProcesses();
    try (LocalAws aws = LocalAws.start(options)) {
      Demo demo = new Demo(screen, aws, new Cast(LocalDate.now(ZoneOffset.UTC)));
      demo.perform();
      return demo.judge(begin);
    }
  }

  /** Writes the logs of services to a file, so that they do not mix with the demo's output. */
  private static void keepLogsApart() throws IOException {
    Files.createDirectories(LOG.getParent());
    PrintStream log = new PrintStream(PrivateFiles.open(LOG), true, StandardCharsets.UTF_8);
    System.setOut(log);
    System.setErr(log);
  }

  private void perform() throws InterruptedException, ExecutionException {
    try (Api stranger = new Api(aws.baseUrl(), Optional.empty(), screen);
        Api api =
            new Api(aws.baseUrl(), Optional.of(clientApp.token(Duration.ofMinutes(15))), screen)) {
      Stock start = seed();
      Requests requests = new Requests(cast);

      screen.heading("A conversation is held");
      HoldScene hold =
          new HoldScene(
              api,
              screen,
              checks,
              conversations("holds"),
              cast.withFate(Fate.DELETED_BY_ID).getFirst());
      hold.place();

      screen.heading("A preview shows what a job would delete, and changes nothing");
      PreviewScene preview =
          new PreviewScene(api, screen, checks, conversations("deletion-previews"));
      String previewId = preview.play(requests.toShow(), cast.withFate(Fate.SHOWN), start);
      Part begun = cast.begin(Instant.now());
      platform.begin(begun);
      screen.line("Now another conversation of the channel user begins: " + begun.conversationId());
      Stock before = platform.stock();
      JobChecks jobChecks = new JobChecks(checks, cast, before);
      List<ExpectedJob> jobs = requests.jobs(previewId);

      screen.heading("Requests that are refused");
      screen.line("Without a token:");
      jobChecks.withoutToken(stranger.post(deletions(), jobs.getFirst().request()));
      screen.line("With faults; the answer lists all of them at once (one field is misspelt):");
      jobChecks.withFaults(
          api.post(deletions(), Requests.faulty()), "cId", "starDate", "startDate", "endDate");

      screen.heading("Deletion jobs are submitted");
      List<String> jobIds = new ArrayList<>();
      for (ExpectedJob job : jobs) {
        screen.line("%s, %s:".formatted(job.name(), job.description()));
        Reply reply = api.post(deletions(), job.request());
        jobChecks.accepted(job, reply);
        jobIds.add(reply.text("jobId"));
      }

      screen.heading("A job that has to wait is cancelled whole");
      String cancelled = new CancelledJobScene(api, screen, checks, deletions()).play(previewId);

      screen.heading("The off-peak function runs, as its schedule would start it");
      Map<String, String> paths = new LinkedHashMap<>();
      for (int i = 0; i < jobs.size(); i++) {
        paths.put(jobs.get(i).name(), deletions() + "/" + jobIds.get(i));
      }
      new OffPeakRun(aws, api, screen, checks, paths).untilTheJobsEnd();

      screen.heading("Job 1 waits for the hold, and goes on once that is released");
      String waiting = paths.get("Job 1");
      hold.showWaiting(jobs.getFirst(), waiting, before, platform.stock());
      hold.release(aws, jobIds.getFirst());
      new OffPeakRun(aws, api, screen, checks, Map.of("Job 1", waiting)).untilTheJobsEnd();

      screen.heading("The state of the jobs");
      for (ExpectedJob job : jobs) {
        jobChecks.ended(job, api.get(paths.get(job.name())));
      }

      screen.heading("The bot's change log");
      JsonNode changeLog = api.get("/api/public/bot/" + cast.shop + "/changelogs?limit=20").body();
      screen.table(List.of("createdOn", "message"), rows(changeLog, "createdOn", "message"));
      jobChecks.changeLog(jobs, jobIds, changeLog);
      jobChecks.cancelled(cancelled, changeLog);

      screen.heading("The e-mail to the bot's owner");
      jobChecks.mails(jobs, jobIds, OWNER, new MailScene(stranger, screen).play());

      screen.heading("Records and attachments afterwards");
      Stock after = platform.stock();
      new Inventory(cast, screen).show(before, after);
      jobChecks.left(after);
    }
  }

  private Stock seed() {
    platform.register(clientApp, OWNER);
    platform.fill();

    screen.heading("What is there at the start");
    screen.table(
        List.of("", ""),
        List.of(
            List.of("API", aws.baseUrl().toString()),
            List.of("DynamoDB", aws.endpoints().dynamoDb() + "  (DynamoDB Local)"),
            List.of("SQS", aws.endpoints().sqs() + "  (ElasticMQ)"),
            List.of("SES", aws.endpoints().ses() + "  (mails in local/target/mails)"),
            List.of("S3", aws.endpoints().s3() + "  (LocalS3)"),
            List.of("Table", PlatformRecords.TABLE + ", which the platform has made"),
            List.of("Its shape", PlatformRecords.PARAMETERS.get("RecordsShape")),
            List.of("Retained", PlatformRecords.PARAMETERS.get("RetainedRecordTypes")),
            List.of("Bucket", aws.template().parameter("AttachmentsBucket")),
            List.of("Shop bot", cast.shop),
            List.of("Bank bot", cast.bank),
            List.of("Log", "local/" + LOG)));
    screen.line("");
    Stock before = platform.stock();
    new Inventory(cast, screen).show(before);
    return before;
  }

  private String deletions() {
    return conversations("delete");
  }

  private String conversations(String below) {
    return "/api/public/bot/" + cast.shop + "/conversations/" + below;
  }

  private static List<List<String>> rows(JsonNode list, String... fields) {
    List<List<String>> rows = new ArrayList<>();
    list.forEach(
        element ->
            rows.add(Arrays.stream(fields).map(field -> element.path(field).asText()).toList()));
    return rows;
  }

  private boolean judge(Instant begin) {
    screen.heading("Checks");
    checks.show(screen);
    boolean right = checks.wrong() == 0;
    double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
    String verdict =
        right
            ? "All %d checks are right, after %.1f s.".formatted(checks.size(), seconds)
            : "%d of %d checks are wrong. More is in local/%s and functions.log"
                .formatted(checks.wrong(), checks.size(), LOG);
    screen.verdict(right, verdict);
    keep(verdict);
    return right;
  }

  /** Maven builds more after this module, and shows the verdict again at its end. */
  private static void keep(String verdict) {
    try {
      Files.writeString(VERDICT, verdict);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
