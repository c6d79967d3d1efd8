package conversations.deletion.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The template as SAM expands it: what CloudFormation gets to see. Written by checks/transform. The
 * resources of a template that it nests are among its own, and refer to what they are given by it.
 */
final class TransformedTemplate {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("(?<=\"Ref\":\"|\\$\\{)\\w+");
  private static final Path FOLDER = Path.of("../checks");

  /** What SAM makes of each template, by the template's file. */
  private static final Map<String, String> FILES =
      Map.of("template.yaml", "transformed.json", "monitoring.yaml", "transformed-monitoring.json");

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

    /** The services of AWS that it is about. */
    List<String> services() {
      return texts(node.path("Principal").path("Service"));
    }

    boolean hasCondition() {
      return !node.path("Condition").isEmpty();
    }
  }

  private final JsonNode document = read("template.yaml");
  private final Map<String, JsonNode> resources = new LinkedHashMap<>();

  TransformedTemplate() {
    document
        .path("Resources")
        .properties()
        .forEach(resource -> resources.put(resource.getKey(), resource.getValue()));
    each("AWS::CloudFormation::Stack", "").values().forEach(this::addNested);
  }

  private void addNested(JsonNode stack) {
    JsonNode given = stack.path("Parameters");
    for (Map.Entry<String, JsonNode> resource :
        read(stack.path("TemplateURL").asText()).path("Resources").properties()) {
      if (resources.put(resource.getKey(), inlined(resource.getValue(), given)) != null) {
        throw new IllegalStateException("Two resources are called " + resource.getKey());
      }
    }
  }

  /** The digest of the template that a file was made of. */
  static String templateSha256(String template) {
    return read(template).path("Metadata").path("TemplateSha256").asText();
  }

  private static JsonNode read(String template) {
    Path file = FOLDER.resolve(FILES.get(template));
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read: run checks/transform", e);
    }
  }

  /** The node with what parameters stand for in place of references to them. */
  private static JsonNode inlined(JsonNode node, JsonNode given) {
    return switch (node) {
      case ObjectNode reference when given.has(reference.path("Ref").asText()) ->
          given.path(reference.path("Ref").asText());
      case ObjectNode object -> {
        ObjectNode inlined = JSON.createObjectNode();
        object
            .properties()
            .forEach(one -> inlined.set(one.getKey(), inlined(one.getValue(), given)));
        yield inlined;
      }
      case ArrayNode array -> {
        ArrayNode inlined = JSON.createArrayNode();
        array.forEach(item -> inlined.add(inlined(item, given)));
        yield inlined;
      }
      default -> node;
    };
  }

  /** What the template says of the parameter. */
  JsonNode parameter(String name) {
    return document.path("Parameters").path(name);
  }

  /** What the template asserts before it makes anything. */
  JsonNode rules() {
    return document.path("Rules");
  }

  /** The logical ids of all resources. */
  Set<String> all() {
    return resources.keySet();
  }

  JsonNode resource(String logicalId) {
    return resources.getOrDefault(logicalId, MissingNode.getInstance());
  }

  JsonNode properties(String logicalId) {
    return resource(logicalId).path("Properties");
  }

  /** The logical ids of all resources of that type. */
  List<String> all(String type) {
    return resources.entrySet().stream()
        .filter(resource -> resource.getValue().path("Type").asText().equals(type))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The statements of all policies in the template, whatever they are attached to. */
  List<Statement> statements() {
    ArrayList<Statement> statements = new ArrayList<Statement>();
    resources.forEach((logicalId, resource) -> collect(logicalId, resource, statements));
    return statements;
  }

  /** The values of a property, by the logical ids of all resources of that type. */
  Map<String, JsonNode> each(String type, String property) {
    LinkedHashMap<String, JsonNode> values = new LinkedHashMap<String, JsonNode>();
    all(type).forEach(id -> values.put(id, properties(id).at(property)));
    return values;
  }

  /** The template's parameters that a node depends on, by the conditions that it names too. */
  Set<String> parametersOf(JsonNode node) {
    TreeSet<String> parameters = new TreeSet<>();
    Matcher names = NAME.matcher(node.toString());
    while (names.find()) {
      if (document.path("Parameters").has(names.group())) {
        parameters.add(names.group());
      }
    }
    node.findValues("Fn::If")
        .forEach(
            choice ->
                parameters.addAll(
                    parametersOf(document.path("Conditions").path(choice.path(0).asText()))));
    return parameters;
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
