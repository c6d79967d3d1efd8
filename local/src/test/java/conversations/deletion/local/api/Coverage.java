package conversations.deletion.local.api;

import conversations.deletion.local.api.OpenApiDocument.Operation;
import conversations.deletion.local.api.OpenApiDocument.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import tools.jackson.databind.JsonNode;

/**
 * The parts of the API's description that answers have shown, and those that there are to show. Of
 * problem documents, which all have one schema, these are the error codes.
 */
final class Coverage {

  static final String PROBLEM = "application/problem+json";

  private static final String CODE = "error code ";

  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final Set<String> problems = new ConcurrentSkipListSet<>();

  /** Every operation, status, header, field of a body and error code that a document declares. */
  static Set<String> declaredBy(OpenApiDocument document) {
    Set<String> declared = new TreeSet<>();
    for (Operation operation : document.operations()) {
      declared.add(operation.id());
      for (int status : operation.statuses()) {
        String name = operation.id() + " " + status;
        declared.add(name);
        Place response = operation.response(status);
        response.at("headers").keys().forEach(header -> declared.add(name + " " + header + ":"));
        Place content = response.at("content");
        content
            .keys()
            .filter(type -> !type.equals(PROBLEM))
            .forEach(type -> addFields(content.at(type).at("schema"), name, "", declared));
      }
    }
    document
        .faultCodes()
        .forEach(
            code ->
                document.statusesOf(code).forEach(status -> declared.add(codeName(status, code))));
    return declared;
  }

  /** How much a document has to show, in words. */
  static String summaryOf(OpenApiDocument document) {
    Set<String> declared = declaredBy(document);
    long codes = declared.stream().filter(one -> one.startsWith(CODE)).count();
    long operations = document.operations().size();
    long statuses = document.operations().stream().mapToInt(one -> one.statuses().size()).sum();
    long headers = declared.stream().filter(one -> one.endsWith(":")).count();
    return "%d operations, %d statuses, %d headers, %d fields, %d error codes"
        .formatted(
            operations,
            statuses,
            headers,
            declared.size() - codes - operations - statuses - headers,
            codes);
  }

  private static void addFields(Place schema, String name, String path, Set<String> fields) {
    schema.referred().ifPresent(base -> addFields(base, name, path, fields));
    Place properties = schema.at("properties");
    properties
        .keys()
        .forEach(
            key -> {
              String field = path.isEmpty() ? key : path + "." + key;
              fields.add(name + " " + field);
              addFields(properties.at(key), name, field, fields);
            });
    if (schema.at("items").exists()) {
      addFields(schema.at("items"), name, path + "[]", fields);
    }
  }

  void add(Operation operation, int status, Set<String> headers, JsonNode body) {
    seen.add(operation.id());
    String name = operation.id() + " " + status;
    seen.add(name);
    Place declared = operation.response(status).at("headers");
    declared
        .keys()
        .filter(headers::contains)
        .forEach(header -> seen.add(name + " " + header + ":"));
    addValues(body, name, "");
    body.path("errors").forEach(fault -> seen.add(codeName(status, fault.path("code").asString())));
    if (status >= 400) {
      problems.add(comparable(status, body));
    }
  }

  void add(Coverage other) {
    seen.addAll(other.seen);
    problems.addAll(other.problems);
  }

  /** The problem documents of the description that no answer was equal to, but for its id. */
  List<String> examplesNotAnswered(OpenApiDocument document) {
    Set<String> examples = new TreeSet<>();
    for (Operation operation : document.operations()) {
      for (int status : operation.statuses()) {
        Place shown = operation.response(status).at("content").at(PROBLEM).at("examples");
        shown
            .keys()
            .forEach(name -> examples.add(comparable(status, shown.at(name).at("value").node())));
      }
    }
    examples.removeAll(problems);
    return List.copyOf(examples);
  }

  private static String comparable(int status, JsonNode problem) {
    return status + " " + problem.toString().replace(problem.path("instance").asString(""), "");
  }

  /** The parts of the document that no answer has shown. */
  List<String> missing(OpenApiDocument document) {
    List<String> missing = new ArrayList<>(declaredBy(document));
    missing.removeAll(seen);
    return missing;
  }

  private void addValues(JsonNode value, String name, String path) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> property : value.properties()) {
        String field = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
        seen.add(name + " " + field);
        addValues(property.getValue(), name, field);
      }
    } else if (value.isArray()) {
      value.forEach(item -> addValues(item, name, path + "[]"));
    }
  }

  private static String codeName(int status, String code) {
    return CODE + code + " " + status;
  }
}
