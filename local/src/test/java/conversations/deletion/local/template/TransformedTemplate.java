package conversations.deletion.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The template as SAM expands it: what CloudFormation gets to see. Written by checks/transform. */
final class TransformedTemplate {

  private static final Path FILE = Path.of("../checks/transformed.json");

  /**
   * A statement of a policy.
   *
   * @param resource the logical id of what the policy is part of
   */
  record Statement(String resource, JsonNode node) {

    boolean allows() {
      return node.path("Effect").asText().equals("Allow");
    }

    List<String> actions() {
      return texts(node.path("Action"));
    }

    /** The resources it is about, those that an intrinsic function names as its JSON. */
    List<String> resources() {
      return texts(node.path("Resource"));
    }

    /** Who it is about; empty where the policy is of a role. */
    List<String> principals() {
      JsonNode principal = node.path("Principal");
      return principal.isObject()
          ? principal.properties().stream().flatMap(one -> texts(one.getValue()).stream()).toList()
          : texts(principal);
    }

    boolean hasCondition() {
      return !node.path("Condition").isEmpty();
    }
  }

  private final JsonNode document;

  TransformedTemplate() {
    try {
      document = new ObjectMapper().readTree(Files.readString(FILE));
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " cannot be read: run checks/transform", e);
    }
  }

  /** The digest of the template that it was made of. */
  String templateSha256() {
    return document.path("Metadata").path("TemplateSha256").asText();
  }

  JsonNode resource(String logicalId) {
    return document.path("Resources").path(logicalId);
  }

  JsonNode properties(String logicalId) {
    return resource(logicalId).path("Properties");
  }

  /** The logical ids of all resources of that type. */
  List<String> all(String type) {
    return document.path("Resources").properties().stream()
        .filter(resource -> resource.getValue().path("Type").asText().equals(type))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The statements of all policies in the template, whatever they are attached to. */
  List<Statement> statements() {
    ArrayList<Statement> statements = new ArrayList<Statement>();
    for (Map.Entry<String, JsonNode> resource : document.path("Resources").properties()) {
      collect(resource.getKey(), resource.getValue(), statements);
    }
    return statements;
  }

  /** The values of a property, by the logical ids of all resources of that type. */
  Map<String, JsonNode> each(String type, String property) {
    LinkedHashMap<String, JsonNode> values = new LinkedHashMap<String, JsonNode>();
    all(type).forEach(id -> values.put(id, properties(id).at(property)));
    return values;
  }

  /** The template's parameters that a node refers to by Ref. */
  List<String> parametersIn(JsonNode node) {
    return node.findValuesAsText("Ref").stream()
        .filter(document.path("Parameters")::has)
        .distinct()
        .toList();
  }

  /** Whether the node refers to that resource, by Ref, Fn::GetAtt or Fn::Sub. */
  static boolean refersTo(JsonNode node, String logicalId) {
    return node.toString().matches("(?s).*[\"{]" + logicalId + "[\".}].*");
  }

  static List<String> texts(JsonNode node) {
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .flatMap(one -> texts(one).stream())
          .toList();
    }
    if (node.isMissingNode()) {
      return List.of();
    }
    return List.of(node.isTextual() ? node.asText() : node.toString());
  }

  /** A condition on a statement, {@code Fn::If}, is looked through. */
  private static void collect(String resource, JsonNode node, List<Statement> statements) {
    if (node.has("Effect") && node.has("Action")) {
      statements.add(new Statement(resource, node));
    }
    node.forEach(child -> collect(resource, child, statements));
  }
}
