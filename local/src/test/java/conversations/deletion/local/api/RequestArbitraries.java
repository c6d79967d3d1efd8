package conversations.deletion.local.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import conversations.deletion.local.api.OpenApiDocument.Operation;
import conversations.deletion.local.api.OpenApiDocument.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Requests that follow the API's description, and requests at its edges. Declared parameters,
 * headers and fields have values that fit, nearly fit or don't fit. Some requests have undeclared
 * ones too.
 */
final class RequestArbitraries {

  /** A text that is part of many values, and of nothing that the API says by itself. */
  static final String MARK = "Zq7Kanari";

  private static final String OWN = "own";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> EDGES =
      List.of(
          "",
          " ",
          "\u0000",
          "\u0000" + MARK,
          MARK,
          MARK + "\r\nX-Injected: " + MARK,
          "<script>" + MARK + "</script>",
          "${jndi:ldap://" + MARK + "}",
          "' OR 1=1 --" + MARK,
          "../../" + MARK,
          "%00%0d%0a" + MARK,
          "#" + MARK + "#",
          "\uD83D\uDCA5" + MARK,
          "\uFEFF\u202E" + MARK,
          MARK + "x".repeat(3000),
          "null",
          "true",
          "-1",
          "0",
          "1e400",
          "99999999999999999999");

  private final OpenApiDocument document;
  private final List<String> bots;
  private final Map<String, String> jobs;
  private final Map<String, String> previews;
  private final Map<String, String> holds;

  /**
   * @param jobs a job of each bot for which the caller has all scopes
   * @param previews a preview of each
   * @param holds a hold of each
   */
  RequestArbitraries(
      OpenApiDocument document,
      Map<String, String> jobs,
      Map<String, String> previews,
      Map<String, String> holds) {
    this.document = document;
    this.bots = List.copyOf(jobs.keySet());
    this.jobs = jobs;
    this.previews = previews;
    this.holds = holds;
  }

  Arbitrary<GeneratedRequest> requests() {
    return Arbitraries.oneOf(
        document.operations().stream()
            .flatMap(
                operation ->
                    Collections.nCopies(hasBody(operation) ? 3 : 1, requests(operation)).stream())
            .toList());
  }

  private Arbitrary<GeneratedRequest> requests(Operation operation) {
    boolean onAPreview = operation.path().contains("{previewId}");
    boolean onAHold = operation.path().contains("{holdId}");
    Map<String, String> ids = onAHold ? holds : onAPreview ? previews : jobs;
    String form = onAHold ? "case-" : onAPreview ? "cdp-" : "cdj-";
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.of(bots)), Tuple.of(1, nonEmptyTexts())),
            Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(OWN)),
                Tuple.of(1, Arbitraries.of(ids.values())),
                Tuple.of(1, Arbitraries.create(() -> form + UUID.randomUUID())),
                Tuple.of(1, nonEmptyTexts())),
            query(operation),
            headers(operation),
            body(operation))
        .as(
            (bot, id, query, headers, body) ->
                new GeneratedRequest(
                    operation,
                    bot,
                    id.equals(OWN) ? ids.getOrDefault(bot, MARK) : id,
                    query,
                    headers,
                    body));
  }

  private static Arbitrary<String> nonEmptyTexts() {
    return texts().filter(text -> !text.isEmpty());
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.of(EDGES)),
        Tuple.of(2, Arbitraries.strings().ascii().ofMaxLength(140)),
        Tuple.of(
            1, Arbitraries.strings().all().ofMaxLength(20).filter(RequestArbitraries::isText)));
  }

  /** Tells whether a text can be sent: half of a character cannot. */
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private Arbitrary<List<Map.Entry<String, String>>> query(Operation operation) {
    List<Arbitrary<Map.Entry<String, String>>> parameters = new ArrayList<>();
    parameters.add(Combinators.combine(names(), texts()).as(Map::entry));
    for (Place parameter : operation.parameters()) {
      if (parameter.at("in").text().equals("query")) {
        String name = parameter.at("name").text();
        Arbitrary<String> values =
            Arbitraries.frequencyOf(
                Tuple.of(4, values(parameter.at("schema")).map(RequestArbitraries::plain)),
                Tuple.of(1, texts()));
        for (int weight = 0; weight < 8; weight++) {
          parameters.add(values.map(value -> Map.entry(name, value)));
        }
      }
    }
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(List.of())),
        Tuple.of(3, Arbitraries.oneOf(parameters).list().ofMaxSize(4)));
  }

  private static String plain(Object value) {
    return String.valueOf(value);
  }

  private Arbitrary<Map<String, String>> headers(Operation operation) {
    boolean hasKey =
        operation.parameters().stream().anyMatch(one -> one.at("in").text().equals("header"));
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(12, "application/json"),
                Tuple.of(2, "application/json; charset=UTF-8"),
                Tuple.of(1, "text/plain; x=" + MARK),
                Tuple.of(1, "")),
            texts().map(RequestArbitraries::headerValue).injectNull(hasKey ? 0.7 : 1.0),
            texts().map(RequestArbitraries::headerValue).injectNull(0.5))
        .as(
            (type, key, other) -> {
              Map<String, String> headers = new LinkedHashMap<>();
              headers.put("Content-Type", type);
              if (key != null) {
                headers.put("Idempotency-Key", key);
              }
              if (other != null) {
                headers.put("X-Amzn-Trace-Id", other);
              }
              return headers;
            });
  }

  private static String headerValue(String text) {
    return text.codePoints()
        .filter(point -> point >= 0x20 && point < 0x7f)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  private static boolean hasBody(Operation operation) {
    return operation.place().at("requestBody").exists();
  }

  private Arbitrary<String> body(Operation operation) {
    if (!hasBody(operation)) {
      return Arbitraries.of("", "{}", MARK).injectNull(0.8);
    }
    Place schema =
        operation.place().at("requestBody").at("content").at("application/json").at("schema");
    Arbitrary<Object> fitting = values(schema);
    return Arbitraries.frequencyOf(
        Tuple.of(6, fitting.map(RequestArbitraries::json)),
        Tuple.of(8, objectsWithDeclaredNames(schema).map(RequestArbitraries::json)),
        Tuple.of(1, anything(2).map(RequestArbitraries::json)),
        Tuple.of(1, texts()),
        Tuple.of(1, Arbitraries.of(brokenBodies())),
        Tuple.of(1, fitting.map(value -> " \n" + json(value) + "\t")));
  }

  private static List<String> brokenBodies() {
    return List.of(
        "{",
        "{\"cId\":\"" + MARK + "\"",
        "{\"cId\":\"" + MARK + "\",\"cId\":\"" + MARK + "\"}",
        "{\"cId\":\"" + MARK + "\"} {}",
        "{'cId':'" + MARK + "'}",
        "[".repeat(5000),
        "{\"a\":".repeat(2000),
        "{\"cId\":\"\\uD800" + MARK + "\"}",
        "{\"cId\":NaN}",
        "{\"conversationIds\":[" + "\"" + MARK + "\",".repeat(300) + "\"c\"]}",
        "\"" + MARK + "\"",
        " ".repeat(256 * 1024 + 1));
  }

  /** Objects with some of the names that the alternatives of a schema declare, and others. */
  private Arbitrary<Object> objectsWithDeclaredNames(Place schema) {
    List<Arbitrary<Map.Entry<String, Object>>> fields = new ArrayList<>();
    fields.add(Combinators.combine(names(), anything(1)).as(Map::entry));
    schema
        .at("oneOf")
        .items()
        .forEach(
            alternative -> {
              Place properties = alternative.at("properties");
              properties
                  .keys()
                  .forEach(
                      name ->
                          fields.add(
                              Arbitraries.frequencyOf(
                                      Tuple.of(3, values(properties.at(name))),
                                      Tuple.of(1, anything(1)))
                                  .map(value -> Map.entry(name, value))));
            });
    return Arbitraries.oneOf(fields)
        .list()
        .ofMaxSize(4)
        .map(
            entries -> {
              Map<String, Object> object = new LinkedHashMap<>();
              entries.forEach(entry -> object.put(entry.getKey(), entry.getValue()));
              return object;
            });
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of(
        "startDat",
        "cid",
        "CID",
        "__proto__",
        "<" + MARK + ">",
        "a b" + MARK,
        "",
        "\u0000",
        "limit ");
  }

  /** Values that fit a schema, near its bounds, and now and then just beyond. */
  private Arbitrary<Object> values(Place schema) {
    if (schema.at("oneOf").exists()) {
      return Arbitraries.oneOf(schema.at("oneOf").items().map(this::values).toList());
    }
    if (schema.referred().isPresent()) {
      return values(schema.referred().orElseThrow());
    }
    if (schema.at("enum").exists()) {
      return Arbitraries.of(schema.at("enum").items().<Object>map(Place::text).toList());
    }
    return switch (schema.at("type").node().asString("any")) {
      case "object" -> objects(schema);
      case "array" -> values(schema.at("items")).list().ofMaxSize(110).map(list -> list);
      case "integer" -> integers(schema);
      case "boolean" -> Arbitraries.of(true, false);
      case "string" -> strings(schema.at("pattern").node().asString(""));
      default -> anything(1);
    };
  }

  private Arbitrary<Object> objects(Place schema) {
    Place properties = schema.at("properties");
    List<String> required = schema.at("required").items().map(Place::text).toList();
    Arbitrary<Map<String, Object>> objects = Arbitraries.just(Map.of());
    for (String name : properties.keys().toList()) {
      Arbitrary<Object> values =
          values(properties.at(name)).injectNull(required.contains(name) ? 0 : 0.5);
      objects =
          Combinators.combine(objects, values)
              .as(
                  (object, value) -> {
                    if (value == null) {
                      return object;
                    }
                    Map<String, Object> more = new LinkedHashMap<>(object);
                    more.put(name, value);
                    return more;
                  });
    }
    return objects.map(object -> object);
  }

  private static Arbitrary<Object> integers(Place schema) {
    long min = schema.at("minimum").node().asLong(0);
    long max = schema.at("maximum").node().asLong(Integer.MAX_VALUE);
    return Arbitraries.oneOf(
        Arbitraries.of(min - 1, min, max, max + 1), Arbitraries.longs().between(min, max));
  }

  /**
   * Generates by what the pattern stands for, because generating from the pattern itself finds no
   * valid days.
   */
  private Arbitrary<Object> strings(String pattern) {
    if (pattern.contains("T[0-9]{2}")) {
      return dates();
    }
    if (pattern.startsWith("^cdp-")) {
      return Arbitraries.frequencyOf(
          Tuple.of(4, Arbitraries.of(previews.values())),
          Tuple.of(2, Arbitraries.create(() -> "cdp-" + UUID.randomUUID())),
          Tuple.of(1, Arbitraries.create(() -> "CDP-" + UUID.randomUUID())),
          Tuple.of(1, texts()));
    }
    if (pattern.startsWith("^[\\x21")) {
      return Arbitraries.frequencyOf(
          Tuple.of(
              8,
              Arbitraries.strings()
                  .withCharRange('0', '~')
                  .withCharRange('$', '.')
                  .withChars("!\"")
                  .ofMinLength(1)
                  .ofMaxLength(128)),
          Tuple.of(2, Arbitraries.of(MARK, MARK + "-" + "x".repeat(110))),
          Tuple.of(1, Arbitraries.of("", "x".repeat(129), "u 1", "u/1", "u#1", "ü")));
    }
    return texts().map(text -> text);
  }

  private static Arbitrary<Object> dates() {
    Arbitrary<String> days =
        Arbitraries.longs()
            .between(LocalDate.of(1999, 1, 1).toEpochDay(), LocalDate.of(2031, 1, 1).toEpochDay())
            .map(day -> LocalDate.ofEpochDay(day).toString());
    Arbitrary<String> times =
        Arbitraries.of(
            "",
            "T00:00Z",
            "T23:59:59.999999999Z",
            "T12:00:00+18:00",
            "T24:00:00Z",
            "T12:00:00-19:00");
    return Arbitraries.frequencyOf(
        Tuple.of(8, Combinators.combine(days, times).as((day, time) -> day + time)),
        Tuple.of(
            2,
            Arbitraries.of(
                "0000-01-01",
                "9999-12-31",
                "9999-12-31T23:59:59-18:00",
                "2026-02-30",
                "2026-13-01",
                "2026-05-04T12:00:00",
                "2016-12-31T23:59:60Z")));
  }

  private static Arbitrary<Object> anything(int depth) {
    Arbitrary<Object> plain =
        Arbitraries.oneOf(
            texts().map(text -> text),
            Arbitraries.of(true, false),
            Arbitraries.integers().map(number -> number),
            Arbitraries.doubles().map(number -> number));
    if (depth == 0) {
      return plain;
    }
    return Arbitraries.oneOf(
        plain,
        anything(depth - 1).list().ofMaxSize(3).map(list -> list),
        Arbitraries.maps(names(), anything(depth - 1)).ofMaxSize(3).map(map -> map));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
