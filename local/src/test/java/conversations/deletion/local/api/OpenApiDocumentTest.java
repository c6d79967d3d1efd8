package conversations.deletion.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import conversations.deletion.local.api.OpenApiDocument.Operation;
import conversations.deletion.local.api.OpenApiDocument.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The document is consistent in itself. The integration tests check that it is true. */
class OpenApiDocumentTest {

  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([^}]+)}");

  private final OpenApiDocument document = OpenApiDocument.get();

  /** It names no other dialect, so its schemas are of JSON Schema 2020-12. */
  @Test
  void isOfOpenApi31() {
    assertThat(document.root().at("openapi").text()).startsWith("3.1.");
    assertThat(document.root().at("jsonSchemaDialect").exists()).isFalse();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references =
        document.root().node().findValues("$ref").stream().map(JsonNode::asString).toList();

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(document.root().node().at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void everyComponentIsReferredTo() {
    List<String> references =
        document.root().node().findValues("$ref").stream().map(JsonNode::asString).toList();
    Place components = document.root().at("components");

    for (String kind : List.of("parameters", "headers", "responses", "schemas")) {
      assertThat(components.at(kind).keys().map(name -> "#/components/" + kind + "/" + name))
          .allSatisfy(name -> assertThat(references).contains(name));
    }
  }

  @Test
  void everySchemaIsOne() {
    Schema metaSchema =
        SchemaRegistry.withDialect(Dialects.getDraft202012())
            .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));
    List<JsonNode> schemas = new ArrayList<>(document.root().node().findValues("schema"));
    document.root().at("components").at("schemas").node().forEach(schemas::add);

    assertThat(schemas)
        .allSatisfy(schema -> assertThat(metaSchema.validate(schema)).as("%s", schema).isEmpty());
  }

  /** Code generators take such a schema for the one that it refers to, or for an empty one. */
  @Test
  void noSchemaAddsPropertiesBesideAReference() {
    assertThat(document.root().node().findParents("$ref"))
        .allSatisfy(
            one -> assertThat(one.propertyNames()).isSubsetOf(List.of("$ref", "description")));
  }

  /** Generated clients make a moment of it, not a text. */
  @Test
  void everyMomentSaysThatItIsOne() {
    List<String> texts =
        document.root().node().findParents("pattern").stream()
            .filter(one -> one.path("pattern").asString().endsWith("Z$"))
            .filter(one -> !one.path("format").asString("").equals("date-time"))
            .map(JsonNode::toString)
            .toList();

    assertThat(texts).isEmpty();
  }

  @Test
  void everyObjectInASchemaIsClosed() {
    Place schemas = document.root().at("components").at("schemas");
    List<String> open =
        schemas
            .keys()
            .filter(name -> schemas.at(name).at("properties").exists())
            .filter(
                name ->
                    Stream.of("additionalProperties", "unevaluatedProperties")
                        .noneMatch(
                            keyword ->
                                schemas.at(name).at(keyword).exists()
                                    && !schemas.at(name).at(keyword).node().asBoolean(true)))
            .toList();

    assertThat(open).isEmpty();
  }

  @Test
  void everyOperationHasItsOwnNameAndDeclaresTheParametersOfItsPath() {
    assertThat(document.operations()).extracting(Operation::id).doesNotHaveDuplicates();
    assertThat(document.operations())
        .allSatisfy(
            operation ->
                assertThat(
                        operation.parameters().stream()
                            .filter(parameter -> parameter.at("in").text().equals("path"))
                            .map(parameter -> parameter.at("name").text()))
                    .containsExactlyElementsOf(
                        PATH_PARAMETER
                            .matcher(operation.path())
                            .results()
                            .map(match -> match.group(1))
                            .toList()));
  }

  @Test
  void everyRequestBodyAndAnswerHasExamplesThatFitTheirSchema() {
    List<Place> contents = new ArrayList<>();
    for (Operation operation : document.operations()) {
      addContents(operation.place().at("requestBody"), contents);
      operation.statuses().forEach(status -> addContents(operation.response(status), contents));
    }

    assertThat(contents)
        .allSatisfy(
            content -> {
              Place examples = content.at("examples");
              assertThat(examples.keys()).as(content.pointer()).isNotEmpty();
              examples
                  .keys()
                  .forEach(
                      name ->
                          assertThat(
                                  content
                                      .at("schema")
                                      .faultsOf(examples.at(name).at("value").node()))
                              .as(examples.at(name).pointer())
                              .isEmpty());
            });
  }

  @Test
  void everyExampleOfAParameterOrHeaderFitsItsSchema() {
    List<Place> described = new ArrayList<>();
    for (Operation operation : document.operations()) {
      described.addAll(operation.parameters());
      for (int status : operation.statuses()) {
        Place headers = operation.response(status).at("headers");
        headers.keys().forEach(name -> described.add(headers.at(name)));
      }
    }

    assertThat(described)
        .filteredOn(one -> one.at("example").exists())
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(one.at("schema").faultsOf(one.at("example").node()))
                    .as(one.pointer())
                    .isEmpty());
  }

  @Test
  void everyValueThatIsATermIsExplained() {
    Place schemas = document.root().at("components").at("schemas");
    Map<String, List<Place>> terms =
        Map.of(
            "statuses", List.of(schemas.at("JobStatus"), schemas.at("PreviewStatus")),
            "codes", List.of(schemas.at("FaultCode")),
            "outcomes",
                Stream.of("outcome", "reason")
                    .map(name -> schemas.at("ConversationOutcome").at("properties").at(name))
                    .toList(),
            "reasons",
                Stream.of("Preview", "PreviewedConversation")
                    .map(name -> schemas.at(name).at("properties").at("reason"))
                    .toList());

    terms.values().stream()
        .flatMap(List::stream)
        .forEach(
            term ->
                assertThat(term.at("enum").items().map(Place::text))
                    .as(term.pointer())
                    .isNotEmpty()
                    .allSatisfy(
                        value ->
                            assertThat(term.at("description").text())
                                .contains("| `" + value + "` |")));
  }

  @Test
  void everyCodeOfAFaultSaysWithWhichStatusItComes() {
    List<Integer> declared =
        document.operations().stream().flatMap(one -> one.statuses().stream()).toList();

    assertThat(document.faultCodes())
        .allSatisfy(
            code ->
                assertThat(document.statusesOf(code)).as(code).isNotEmpty().isSubsetOf(declared));
  }

  private static void addContents(Place described, List<Place> contents) {
    Place content = described.at("content");
    content.keys().forEach(type -> contents.add(content.at(type)));
  }
}
