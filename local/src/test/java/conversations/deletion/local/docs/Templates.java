package conversations.deletion.local.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The names in the template, in those that it nests, and in what SAM makes of them. */
final class Templates {

  private final JsonNode main = read("template.yaml");
  private final Set<String> resources = new TreeSet<>();

  Templates() throws IOException {
    resources.addAll(main.path("Resources").propertyNames());
    for (String property : Set.of("TemplateURL", "Location")) {
      for (JsonNode nested : main.findValues(property)) {
        if (nested.isString() && nested.asString().endsWith(".yaml")) {
          resources.addAll(read(nested.asString()).path("Resources").propertyNames());
        }
      }
    }
    JsonMapper.shared()
        .readTree(Files.readString(MarkdownPage.ROOT.resolve("checks/transformed.json")))
        .findValues("Resources")
        .forEach(expanded -> resources.addAll(expanded.propertyNames()));
  }

  boolean hasOutput(String name) {
    return main.path("Outputs").has(name);
  }

  boolean hasParameter(String name) {
    return main.path("Parameters").has(name);
  }

  boolean hasResource(String name) {
    return resources.contains(name);
  }

  /** The parameters with their defaults, as a page tells them. */
  Map<String, String> parameters() {
    Map<String, String> defaults = new LinkedHashMap<>();
    main.path("Parameters")
        .properties()
        .forEach(
            parameter -> {
              JsonNode value = parameter.getValue().path("Default");
              defaults.put(
                  parameter.getKey(),
                  value.isMissingNode()
                      ? "required"
                      : value.asString().isEmpty() ? "empty" : value.asString());
            });
    return defaults;
  }

  private static JsonNode read(String name) {
    Path file = MarkdownPage.ROOT.resolve(name);
    return YAMLMapper.builder().build().readTree(file.toFile());
  }
}
