package conversations.deletion.local.template;

import static conversations.deletion.local.template.DeployerPolicy.filled;
import static conversations.deletion.local.template.DeployerPolicy.read;
import static conversations.deletion.local.template.TransformedTemplate.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What CloudFormation and SAM CLI call on behalf of whoever deploys a stack of that name. */
record DeployerNeeds(String stack) {

  /** SAM CLI's calls, among the types of resources. */
  static final String SAM = "sam deploy";

  private static final JsonNode TABLE =
      read(Path.of("src/test/resources/handler-permissions.json"));

  private static final Map<String, JsonNode> MAIN = resources("transformed.json");
  private static final Map<String, JsonNode> NESTED = resources("transformed-monitoring.json");
  private static final Pattern TYPE = Pattern.compile("\\{(AWS::\\w+::\\w+)}");

  /** What CloudFormation makes up. */
  private static final String RANDOM = "-a1B2c3D4e5F6";

  record Need(String arn, List<String> actions, Map<String, String> context) {}

  /** The types of all resources of both templates. */
  static Set<String> types() {
    Set<String> types = new TreeSet<>();
    MAIN.values().forEach(resource -> types.add(resource.path("Type").asText()));
    NESTED.values().forEach(resource -> types.add(resource.path("Type").asText()));
    return types;
  }

  /** Properties of resources of that type that call for more than the table has. */
  static List<String> without(String type) {
    return texts(TABLE.path("without").path(type));
  }

  /** Empty if the type is not in the table. */
  List<Need> of(String type) {
    List<Need> needs = new ArrayList<>();
    for (JsonNode need : TABLE.path("needs").path(type)) {
      Map<String, String> context = new LinkedHashMap<>();
      need.path("with")
          .properties()
          .forEach(one -> context.put(one.getKey(), filledIn(one.getValue().asText())));
      texts(need.path("on")).stream()
          .flatMap(this::arns)
          .forEach(arn -> needs.add(new Need(arn, texts(need.path("actions")), context)));
    }
    return needs;
  }

  private Stream<String> arns(String on) {
    String arn = filledIn(on);
    Matcher type = TYPE.matcher(arn);
    return type.find()
        ? names(type.group(1)).values().stream().map(name -> arn.replace(type.group(), name))
        : Stream.of(arn);
  }

  private String filledIn(String text) {
    return filled(text, stack, "eu-west-1");
  }

  /** By logical id, the names of all resources of that type. */
  Map<String, String> names(String type) {
    Map<String, String> names = new LinkedHashMap<>();
    ofType(MAIN, type).forEach((id, resource) -> names.put(id, name(stack, type, id, resource)));
    String nested = generated(stack, "Monitoring", 128);
    ofType(NESTED, type).forEach((id, resource) -> names.put(id, name(nested, type, id, resource)));
    return names;
  }

  private String name(String ofStack, String type, String id, JsonNode resource) {
    JsonNode rule = TABLE.path("names").path(type);
    if (rule.isMissingNode()) {
      throw new IllegalStateException("The table doesn't tell how %s are named".formatted(type));
    }
    JsonNode given = resource.path("Properties").path(rule.path("property").asText());
    if (given.isMissingNode()) {
      return rule.path("withoutStack").asBoolean()
          ? id + RANDOM
          : generated(ofStack, id, rule.path("limit").asInt());
    }
    String name =
        given
            .path("Fn::Sub")
            .asText(given.asText())
            .replaceAll("\\$\\{(AWS::StackName|ServiceStack)}", stack);
    if (name.isEmpty() || name.contains("${")) {
      throw new IllegalStateException("The name of %s is not understood: %s".formatted(id, given));
    }
    return name;
  }

  /**
   * Stack and resource share the room: where both have more than half of it, each is cut to half.
   *
   * @see <a
   *     href="https://github.com/aws-cloudformation/cloudformation-cli-java-plugin/blob/master/src/main/java/software/amazon/cloudformation/resource/IdentifierUtils.java">AWS's
   *     own</a>
   */
  private static String generated(String stack, String id, int limit) {
    int room = limit - RANDOM.length() - 1;
    int ofStack = Math.min(stack.length(), Math.max(room / 2, room - id.length()));
    int ofId = Math.min(id.length(), room - ofStack);
    return stack.substring(0, ofStack) + "-" + id.substring(0, ofId) + RANDOM;
  }

  /** By logical id, the resources of that type of both templates. */
  static Map<String, JsonNode> ofType(String type) {
    Map<String, JsonNode> found = ofType(MAIN, type);
    found.putAll(ofType(NESTED, type));
    return found;
  }

  private static Map<String, JsonNode> ofType(Map<String, JsonNode> resources, String type) {
    Map<String, JsonNode> found = new LinkedHashMap<>(resources);
    found.values().removeIf(resource -> !resource.path("Type").asText().equals(type));
    return found;
  }

  private static Map<String, JsonNode> resources(String file) {
    Map<String, JsonNode> resources = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> resource :
        read(Path.of("../checks", file)).path("Resources").properties()) {
      resources.put(resource.getKey(), resource.getValue());
    }
    return resources;
  }
}
