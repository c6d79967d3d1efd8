package conversations.deletion.local.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.embedded.Mail;
import conversations.deletion.local.embedded.Mails;
import conversations.deletion.local.http.LocalRequestsOnly;
import conversations.deletion.local.invoke.FunctionLogs;
import conversations.deletion.local.template.TableDefinition;
import conversations.deletion.local.template.Template;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The console: a page that shows what runs here, and the JSON that the page asks for every second.
 * It reads through AWS's own interfaces and changes nothing. For runs and seeds the page uses the
 * paths beside this one.
 *
 * <p>Serve it behind {@link LocalRequestsOnly}, because it needs no token and hides nothing.
 */
public final class ConsolePage implements HttpHandler {

  /** The path of everything except the page itself. */
  public static final String FOLDER = "/_local/console/";

  private static final String PAGE = "/_local/";

  /** How many log lines are returned if the request names no number. */
  private static final int MOST_LINES = 200;

  private static final Set<String> FILES =
      Set.of(
          "console.css",
          "console.js",
          "dom.js",
          "api.js",
          "forms.js",
          "chart.js",
          "preview.js",
          "previews.js",
          "overview.js",
          "jobs.js",
          "job.js",
          "holds.js",
          "tables.js",
          "queues.js",
          "mails.js",
          "logs.js");

  private final AwsClients clients;
  private final Mails mails;
  private final FunctionLogs logs;
  private final Queues queues;
  private final Bots bots;
  private final Jobs jobs;
  private final Previews previews;
  private final Holds holds;
  private final State state;
  private final Map<String, TableDefinition> tables;

  /**
   * The console of a stack whose tables and queues exist.
   *
   * @param ticking whether the stack's schedule fires by itself
   */
  public ConsolePage(
      AwsClients clients, Template template, Mails mails, FunctionLogs logs, boolean ticking) {
    this.clients = clients;
    this.mails = mails;
    this.logs = logs;
    this.queues = new Queues(clients, template.queues());
    this.bots = new Bots(clients.dynamoDb(), template);
    this.jobs = new Jobs(clients.dynamoDb(), template);
    this.previews = new Previews(clients.dynamoDb(), template);
    this.holds = new Holds(clients.dynamoDb(), template);
    this.state =
        new State(clients.dynamoDb(), template, new OffPeakTimes(template, ticking), queues, mails);
    this.tables =
        template.tables().stream()
            .collect(
                Collectors.toMap(
                    TableDefinition::logicalId,
                    Function.identity(),
                    (one, _) -> one,
                    LinkedHashMap::new));
  }

  /** Tells whether a request is for the page itself. */
  public static boolean isPage(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET")
        && exchange.getRequestURI().getPath().equals(PAGE);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ConsoleAnswer answer = answer(exchange);
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", answer.contentType() + "; charset=UTF-8");
      headers.set("Content-Security-Policy", answer.policy());
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private ConsoleAnswer answer(HttpExchange exchange) throws IOException {
    if (isPage(exchange)) {
      return ConsoleAnswer.file("index.html");
    }
    String method = exchange.getRequestMethod();
    String[] path = exchange.getRequestURI().getPath().substring(FOLDER.length()).split("/", -1);
    try {
      Optional<ConsoleAnswer> found =
          switch (method) {
            case "GET" -> shown(path, Query.of(exchange.getRequestURI()));
            case "POST" -> looked(path);
            default -> Optional.<ConsoleAnswer>empty();
          };
      return found.orElseGet(
          () -> ConsoleAnswer.error(404, "There is no " + method + " " + String.join("/", path)));
    } catch (IllegalArgumentException e) {
      return ConsoleAnswer.error(400, String.valueOf(e.getMessage()));
    } catch (SdkException e) {
      return ConsoleAnswer.error(502, String.valueOf(e.getMessage()));
    }
  }

  private Optional<ConsoleAnswer> shown(String[] path, Query query) throws IOException {
    return switch (path.length) {
      case 1 ->
          switch (path[0]) {
            case "state" ->
                Optional.of(
                    ConsoleAnswer.json(
                        200,
                        state.at(
                            Instant.now(),
                            jobs.find(new Jobs.Filter(query.find("status"), query.find("text"))),
                            bots.changeLog())));
            case "job" ->
                Optional.of(
                    ConsoleAnswer.json(
                        200,
                        jobs.withConversations(
                            query.require("botId"), query.require("jobId"), query.find("next"))));
            case "previews" -> Optional.of(ConsoleAnswer.json(200, previews.newest(Instant.now())));
            case "preview" ->
                Optional.of(
                    ConsoleAnswer.json(
                        200,
                        previews.withConversations(
                            query.require("botId"),
                            query.require("previewId"),
                            query.find("next"),
                            Instant.now())));
            case "preview-chart" ->
                Optional.of(
                    ConsoleAnswer.json(
                        200,
                        previews.overTime(query.require("botId"), query.require("previewId"))));
            case "holds" -> Optional.of(ConsoleAnswer.json(200, holds.newest()));
            case "bots" -> Optional.of(ConsoleAnswer.json(200, bots.all()));
            case "logs" ->
                Optional.of(
                    ConsoleAnswer.json(
                        200,
                        new LogSearch(
                                query.find("function"), query.find("level"), query.find("text"))
                            .in(
                                logs,
                                query.find("limit").map(Integer::parseInt).orElse(MOST_LINES))));
            default ->
                FILES.contains(path[0])
                    ? Optional.of(ConsoleAnswer.file(path[0]))
                    : Optional.empty();
          };
      case 2 ->
          switch (path[0]) {
            case "tables" -> Optional.ofNullable(tables.get(path[1])).map(one -> page(one, query));
            case "mails" -> mail(path[1]).map(mail -> ConsoleAnswer.json(200, mail));
            default -> Optional.empty();
          };
      case 3 ->
          switch (path[0] + "/" + path[2]) {
            case "mails/html" -> mail(path[1]).map(Mail::html).map(ConsoleAnswer::mail);
            case "tables/item" ->
                Optional.ofNullable(tables.get(path[1]))
                    .map(table -> new TableBrowser(clients.dynamoDb(), table))
                    .flatMap(table -> table.item(query.require("place")))
                    .map(item -> ConsoleAnswer.json(200, item));
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  /** Looking receives messages, and receiving counts, so the page asks for it by POST. */
  private Optional<ConsoleAnswer> looked(String[] path) {
    return path.length == 3 && path[0].equals("queues") && path[2].equals("look")
        ? queues.look(path[1]).map(messages -> ConsoleAnswer.json(200, messages))
        : Optional.empty();
  }

  private ConsoleAnswer page(TableDefinition table, Query query) {
    TableBrowser.Search search =
        new TableBrowser.Search(query.find("partition"), query.find("text"), query.find("next"));
    return ConsoleAnswer.json(200, new TableBrowser(clients.dynamoDb(), table).page(search));
  }

  private Optional<Mail> mail(String messageId) {
    return mails.mails().stream().filter(mail -> mail.messageId().equals(messageId)).findFirst();
  }
}
