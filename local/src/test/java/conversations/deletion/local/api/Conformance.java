package conversations.deletion.local.api;

import conversations.deletion.local.api.OpenApiDocument.Operation;
import conversations.deletion.local.api.OpenApiDocument.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Checks the API's answers against its description. */
final class Conformance {

  private static final JsonMapper JSON = new JsonMapper();

  private final OpenApiDocument document = OpenApiDocument.get();
  private final Coverage coverage = new Coverage();

  /** The parts of the document that the answers so far have shown. */
  Coverage coverage() {
    return coverage;
  }

  /**
   * What is wrong with an answer by the document. It may have a status that is not declared,
   * another content type, a body that the schema does not allow, a code of a fault that does not
   * come with its status, or a header that is missing or malformed. For a request that is no
   * operation, the answer must be one that the gateway has for any request.
   */
  List<String> faults(
      String method, String rawPath, int status, Map<String, List<String>> headers, String body) {
    Optional<Operation> operation = document.find(method, rawPath);
    String what = operation.map(Operation::id).orElse("no operation") + " " + status;
    Place response = operation.map(one -> one.response(status)).orElseGet(() -> unknown(status));
    if (!response.exists()) {
      return List.of(what + " is not declared");
    }
    Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> sent.put(name, values.getLast()));
    List<String> faults = new ArrayList<>();
    if (operation.isPresent()) {
      headerFaults(response, sent, faults);
    }
    String type = response.at("content").keys().findFirst().orElseThrow();
    if (!sent.getOrDefault("Content-Type", "").split(";")[0].trim().equals(type)) {
      faults.add("Content-Type is " + sent.get("Content-Type") + ", not " + type);
    }
    try {
      JsonNode json = JSON.readTree(body);
      faults.addAll(response.at("content").at(type).at("schema").faultsOf(json));
      if (json.path("status").isNumber() && json.path("status").asInt() != status) {
        faults.add("the problem document says " + json.path("status"));
      }
      for (JsonNode fault : json.path("errors")) {
        String code = fault.path("code").asString("");
        if (!document.statusesOf(code).contains(status)) {
          faults.add("it is no status of " + code);
        }
      }
      operation.ifPresent(one -> coverage.add(one, status, sent.keySet(), json));
    } catch (JacksonException e) {
      faults.add("the body is not JSON: " + e.getOriginalMessage());
    }
    return faults.stream().map(fault -> what + ": " + fault).toList();
  }

  private Place unknown(int status) {
    Place responses = document.root().at("components").at("responses");
    return switch (status) {
      case 400 -> responses.at("UnreadableRequest");
      case 404 -> responses.at("NotFound");
      case 431 -> responses.at("HeadersTooLarge");
      default -> responses.at("none of " + status);
    };
  }

  private static void headerFaults(Place response, Map<String, String> sent, List<String> faults) {
    Place declared = response.at("headers");
    declared
        .keys()
        .forEach(
            name -> {
              Place header = declared.at(name);
              if (!sent.containsKey(name)) {
                if (header.at("required").node().asBoolean(false)) {
                  faults.add("the header " + name + " is missing");
                }
                return;
              }
              for (String fault : header.at("schema").faultsOf(value(header, sent.get(name)))) {
                faults.add("the header " + name + " is " + sent.get(name) + fault);
              }
            });
  }

  private static JsonNode value(Place header, String text) {
    boolean isNumber = header.at("schema").at("type").node().asString("").equals("integer");
    return isNumber && text.matches("-?\\d{1,18}")
        ? JSON.getNodeFactory().numberNode(Long.parseLong(text))
        : StringNode.valueOf(text);
  }
}
