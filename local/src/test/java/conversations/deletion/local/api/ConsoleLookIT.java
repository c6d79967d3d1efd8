package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.local.DocsPage;
import conversations.deletion.local.browser.Browser;
import conversations.deletion.local.browser.Font;
import conversations.deletion.local.invoke.FunctionLogs.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * How the console looks when there is much to show. The test has a service of its own that has run
 * for long, with its own jobs, log lines and mails.
 */
class ConsoleLookIT {

  private static final int JOBS = 300;
  private static final int LINES = 5_000;
  private static final int MAILS = 60;

  /** The most elements that a page may have, even if there is much to show. */
  private static final long MOST_ELEMENTS = 1_200;

  private static final int PHONE = 375;
  private static final int LARGE_PHONE = 390;
  private static final int[] WIDTHS = {1280, LARGE_PHONE, PHONE, 320};

  /** Colours move nothing. So one width shows whether they can be read. */
  private static final int[] WIDTHS_IN_THE_DARK = {320};

  @AutoClose private static Browser browser;
  @AutoClose private static Service service;

  /** These texts lie outside the screen on purpose. */
  private static final List<String> FOR_SCREEN_READERS = List.of("Skip to the content", "Part");

  /** For each view, what is there once the view is filled. */
  private static Map<String, String> views;

  @BeforeAll
  static void start() {
    browser = Browser.startOrSkip();
    service = Service.start();
    Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
    List<String> conversations = service.seed(service.bot, service.user, 1, yesterday);
    String job =
        service
            .submit("{\"conversationIds\":[\"%s\"]}".formatted(conversations.getFirst()))
            .body()
            .path("jobId")
            .asText();
    service.runOffPeak();
    service.seed(service.bot, service.user, 30, yesterday);
    String preview = service.completedPreview("{\"cId\":\"%s\"}".formatted(service.user));
    service
        .aws
        .docsPage()
        .fillWith(
            new DocsPage.Sample(
                service.app.token(Duration.ofMinutes(30)),
                service.bot,
                service.user,
                LocalDate.now(ZoneOffset.UTC),
                conversations,
                Optional.of(preview)));
    String ownersMail = service.aws.mails().getLast().messageId();
    repeat("DeletionJobsTable", "jobId", JOBS);
    repeat("ChangeLogTable", "entryKey", JOBS);
    repeat("DeletionPreviewsTable", "previewId", JOBS);
    service.put("HoldsTable", hold());
    repeat("HoldsTable", "itemKey", JOBS);
    repeatLogLines();
    for (int i = 0; i < MAILS; i++) {
      service.sendMail("Mail %d".formatted(i), "<p>Text</p>");
    }
    views =
        Map.of(
            "overview",
            ".job",
            "previews",
            "#previews .job",
            "holds",
            "#holds .job",
            "preview/%s/%s".formatted(service.bot, preview),
            "#preview-chart .canvas g rect",
            "job/%s/%s".formatted(service.bot, job),
            "#conversations .item",
            "tables/DeletionJobsTable",
            "#items .item",
            "queues",
            "#queues button",
            "mails/" + ownersMail,
            "#mail iframe",
            "logs",
            "#log .item",
            "changelog",
            "#changelog li");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void isAccessibleAndFitsAPhone(String scheme) throws IOException {
    browser.preferColours(scheme);
    browser.use(Font.WIDE);

    for (String view : views.keySet()) {
      open(view);
      for (int width : scheme.equals("dark") ? WIDTHS_IN_THE_DARK : WIDTHS) {
        browser.resize(width, 900);
        String what = "%s at %d pixels".formatted(view, width);
        assertThat(browser.overflow()).as(what).isZero();
        assertThat(browser.cutOff()).as(what).isSubsetOf(FOR_SCREEN_READERS);
        // All phones get the same layout, and checking the rules takes as long as everything else
        // here.
        if (width != PHONE && width != LARGE_PHONE) {
          assertThat(browser.accessibilityFaults()).as(what).isEmpty();
        }
        String name = "%s-%d-%s.png".formatted(view.split("/")[0], width, scheme);
        browser.screenshot(Path.of("target", "console", name));
      }
    }
    assertThat(browser.errors()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Font.class)
  void previewsAMailThatFitsItsFrame(Font font) {
    browser.use(font);
    open(views.keySet().stream().filter(view -> view.startsWith("mails/")).findAny().get());

    for (String part : List.of("desktop", "phone")) {
      browser.click("input[value=" + part + "]");
      for (int width : WIDTHS) {
        browser.resize(width, 900);
        String what = "%s at %d pixels, in %s".formatted(part, width, font);
        assertThat(browser.overflow()).as(what).isZero();
        assertThat(browser.inFrame("iframe", browser::fontsInUse)).as(what).contains("" + font);
        assertThat(browser.inFrame("iframe", browser::overflow)).as(what).isZero();
        assertThat(browser.inFrame("iframe", browser::cutOff)).as(what).isEmpty();
      }
    }
  }

  @Test
  void showsTheWholeTextOfAMailOnAPhone() {
    browser.use(Font.WIDE);
    open(views.keySet().stream().filter(view -> view.startsWith("mails/")).findAny().get());
    browser.click("input[value=text]");
    browser.find("#mail .plain");

    for (int width : WIDTHS) {
      browser.resize(width, 900);
      assertThat(browser.cutOff()).as("at %d pixels", width).isSubsetOf(FOR_SCREEN_READERS);
    }
  }

  @Test
  void staysSmallWithMuchToShow() {
    for (String view : views.keySet()) {
      open(view);
      assertThat(browser.count("*")).as(view).isLessThan(MOST_ELEMENTS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "overview, #jobs",
    "previews, #previews",
    "holds, #holds",
    "mails, #mails",
    "logs, #log",
    "changelog, #changelog"
  })
  void showsMoreWhereItIsAskedTo(String view, String list) {
    open(view);
    browser.find(list + " > *");
    assertThat(browser.count(list + " > *")).isEqualTo(25);

    browser.click(list + " + .paging button");

    browser.find(list + " > :nth-child(50)");
    assertThat(browser.count(list + " > *")).isEqualTo(50);
  }

  private static Map<String, AttributeValue> hold() {
    Map<String, AttributeValue> item = new HashMap<>();
    Map.of(
            "holdKey", service.bot,
            "itemKey", "hold#case-17",
            "reason", "A letter of the regulator asks for it. ".repeat(12),
            "placedAt", "2026-05-04T09:30:00.000Z",
            "heldFrom", "2026-05-04T09:30:30.000Z",
            "reviewAt", "2027-05-04T00:00:00.000Z",
            "appId", service.app.appId())
        .forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    item.put(
        "conversationIds",
        AttributeValue.fromL(
            IntStream.range(0, 12)
                .mapToObj(i -> AttributeValue.fromS("69eb0c87ec444445976a1b%02d".formatted(i)))
                .toList()));
    item.put("confidential", AttributeValue.fromBool(true));
    return item;
  }

  private void open(String view) {
    browser.open(service.aws.baseUrl() + "/_local/#" + view);
    browser.find("#connection.on");
    browser.find(views.getOrDefault(view, "main"));
  }

  /** Copies the only item of a table, each with another key. */
  private static void repeat(String table, String key, int copies) {
    DynamoDbClient dynamoDb = service.aws.clients().dynamoDb();
    String name = service.aws.tableName(table);
    Map<String, AttributeValue> item =
        dynamoDb.scan(scan -> scan.tableName(name)).items().getFirst();
    List<WriteRequest> writes = new ArrayList<>();
    for (int i = 0; i < copies; i++) {
      HashMap<String, AttributeValue> copy = new HashMap<>(item);
      copy.put(key, AttributeValue.fromS(item.get(key).s() + "-" + i));
      writes.add(WriteRequest.builder().putRequest(put -> put.item(copy)).build());
    }
    for (int from = 0; from < copies; from += 25) {
      List<WriteRequest> batch = writes.subList(from, from + 25);
      dynamoDb.batchWriteItem(write -> write.requestItems(Map.of(name, batch)));
    }
  }

  private static void repeatLogLines() {
    List<Line> lines = service.aws.logs().latest(LINES);
    for (int i = 0; i < LINES; i++) {
      Line line = lines.get(i % lines.size());
      service.aws.logs().add(new Line(Instant.now(), line.function(), line.text()));
    }
  }
}
