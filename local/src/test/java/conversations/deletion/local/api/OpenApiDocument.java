package conversations.deletion.local.api;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of the API, {@code docs/openapi.yaml}, and what it says of a request. */
final class OpenApiDocument {

  private static final Path FILE = Path.of("../docs/openapi.yaml");
  private static final String BASE = "https://conversations.example/openapi";
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final OpenApiDocument INSTANCE = new OpenApiDocument();

  private final JsonNode root = YAMLMapper.builder().build().readTree(FILE.toFile());
  private final SchemaRegistry schemas =
      SchemaRegistry.withDialect(
          Dialects.getDraft202012(), builder -> builder.schemas(Map.of(BASE, root.toString())));
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();
  private final List<Operation> operations =
      root.path("paths").properties().stream()
          .flatMap(path -> operations(path.getKey(), path.getValue()))
          .toList();

  private OpenApiDocument() {}

  /** The document as it is in the repository. */
  static OpenApiDocument get() {
    return INSTANCE;
  }

  /** The whole document. */
  Place root() {
    return new Place("", root);
  }

  List<Operation> operations() {
    return operations;
  }

  Operation operation(String id) {
    return operations.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  /** The codes of faults. */
  Stream<String> faultCodes() {
    return faultCode().at("enum").items().map(Place::text);
  }

  /** The statuses that a code of a fault comes with, by its row in the table of the codes. */
  Set<Integer> statusesOf(String faultCode) {
    return Pattern.compile("\\| `%s` \\| ([0-9, ]+) \\|".formatted(Pattern.quote(faultCode)))
        .matcher(faultCode().at("description").text())
        .results()
        .flatMap(row -> Stream.of(row.group(1).split(", ")))
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  private Place faultCode() {
    return root().at("components").at("schemas").at("FaultCode");
  }

  /** The operation that a request is for, by its path as it was sent, without the query. */
  Optional<Operation> find(String method, String rawPath) {
    return operations.stream()
        .filter(operation -> operation.method().equals(method))
        .filter(operation -> operation.matches(rawPath))
        .findFirst();
  }

  private Stream<Operation> operations(String path, JsonNode item) {
    Place place = root().at("paths").at(path);
    return item.properties().stream()
        .map(Map.Entry::getKey)
        .filter(METHODS::contains)
        .map(method -> new Operation(method.toUpperCase(Locale.ROOT), path, place));
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  /** An operation of the API. */
  record Operation(String method, String path, Place item) {

    Place place() {
      return item.at(method.toLowerCase(Locale.ROOT));
    }

    String id() {
      return place().at("operationId").text();
    }

    boolean matches(String rawPath) {
      String parameters = path.replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q");
      return Pattern.matches("\\Q" + parameters + "\\E/?", rawPath);
    }

    /** The parameters of the path and of the operation. */
    List<Place> parameters() {
      return Stream.concat(item.at("parameters").items(), place().at("parameters").items())
          .toList();
    }

    List<Integer> statuses() {
      return place().at("responses").keys().map(Integer::valueOf).toList();
    }

    Place response(int status) {
      return place().at("responses").at(Integer.toString(status));
    }
  }

  /** A node of the document. If it is only a reference, this is the node that it refers to. */
  final class Place {

    private final String pointer;
    private final JsonNode node;

    private Place(String pointer, JsonNode node) {
      this.pointer = pointer;
      this.node = node;
    }

    Place at(String key) {
      Place child = new Place(pointer + "/" + escaped(key), node.path(key));
      return child.node.size() == 1 ? child.referred().orElse(child) : child;
    }

    /** The node that a {@code $ref} beside other members names. */
    Optional<Place> referred() {
      String reference = node.path("$ref").asString("");
      return reference.isEmpty()
          ? Optional.empty()
          : Optional.of(OpenApiDocument.this.root().walk(reference.substring(2)));
    }

    private Place walk(String path) {
      Place place = this;
      for (String key : path.split("/")) {
        place = place.at(key.replace("~1", "/").replace("~0", "~"));
      }
      return place;
    }

    boolean exists() {
      return !node.isMissingNode();
    }

    JsonNode node() {
      return node;
    }

    String text() {
      return node.asString();
    }

    String pointer() {
      return pointer;
    }

    Stream<String> keys() {
      return node.propertyNames().stream();
    }

    Stream<Place> items() {
      List<Place> items = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        Place item = new Place(pointer + "/" + i, node.path(i));
        items.add(item.referred().orElse(item));
      }
      return items.stream();
    }

    /** What is wrong with a JSON text, by the schema that this place is. */
    List<String> faultsOf(String json) {
      return schema().validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    /** What is wrong with a value, by the schema that this place is. */
    List<String> faultsOf(JsonNode value) {
      return schema().validate(value).stream().map(Object::toString).toList();
    }

    private Schema schema() {
      return compiled.computeIfAbsent(
          pointer, known -> schemas.getSchema(SchemaLocation.of(BASE + "#" + known)));
    }

    @Override
    public String toString() {
      return pointer;
    }
  }
}
