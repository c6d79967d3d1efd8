package conversations.deletion.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.client.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Tables that list all of something list all of it, and nothing else. */
class TablesTest {

  private static final JsonNode API =
      YAMLMapper.builder()
          .build()
          .readTree(MarkdownPage.ROOT.resolve("docs/openapi.yaml").toFile());

  @Test
  void deployingTellsEachParameterWithItsDefault() throws IOException {
    Map<String, String> told = new LinkedHashMap<>();
    MarkdownPage.of("docs/deploying.md")
        .tableBelow("Parameters")
        .forEach(row -> assertThat(told.put(row.get(0), row.get(2))).as(row.get(0)).isNull());

    assertThat(told).isNotEmpty().containsExactlyInAnyOrderEntriesOf(new Templates().parameters());
  }

  /** Logs, traces, decrypting and network interfaces are Lambda's and the services' own calls. */
  @Test
  void deployingTellsEachEndpointThatFunctionsInAVpcNeed() throws IOException {
    Set<String> services = new TreeSet<>();
    JsonMapper.shared()
        .readTree(Files.readString(MarkdownPage.ROOT.resolve("checks/transformed.json")))
        .path("Resources")
        .properties()
        .stream()
        .filter(resource -> resource.getKey().matches("\\w+FunctionRole|EndpointPolicy"))
        .flatMap(resource -> resource.getValue().findValues("Action").stream())
        .flatMap(actions -> actions.isArray() ? actions.valueStream() : Stream.of(actions))
        .forEach(action -> services.add(action.asString().replaceFirst(":.*", "")));
    services.removeAll(Set.of("logs", "kms", "sts"));

    assertThat(
            MarkdownPage.of("docs/deploying.md").tableBelow("What a platform prescribes").stream()
                .map(List::getFirst))
        .containsExactlyInAnyOrderElementsOf(services);
  }

  @Test
  void theClientsPageTellsEachCommand() {
    assertThat(
            MarkdownPage.of("client/README.md").tableBelow("Commands").stream().map(List::getFirst))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(ClientHelp.commands());
  }

  @Test
  void theClientsPageTellsEachExitStatus() {
    assertThat(
            MarkdownPage.of("client/README.md").tableBelow("What it prints").stream()
                .map(row -> Integer.valueOf(row.getFirst())))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ExitStatus.values()).map(ExitStatus::code).distinct().toList());
  }

  @Test
  void thePageOfTheApiTellsEachCodeOfAnError() {
    Set<String> codes = new TreeSet<>();
    Stream.concat(
            API.findValues("code").stream(), Stream.of(API.at("/components/schemas/FaultCode")))
        .flatMap(schema -> schema.path("enum").valueStream())
        .forEach(code -> codes.add(code.asString()));

    assertThat(words("Codes", "[a-z_]+")).isNotEmpty().isEqualTo(codes);
  }

  @Test
  void thePageOfTheApiTellsEachStatusOfAnError() {
    Set<String> statuses = new TreeSet<>();
    API.findValues("responses").forEach(responses -> statuses.addAll(responses.propertyNames()));
    statuses.removeIf(status -> !status.matches("[45]\\d\\d"));

    assertThat(words("Errors", "\\d{3}")).isNotEmpty().isEqualTo(statuses);
  }

  /** Each status links to the type of its problem. */
  @Test
  void thePageOfTheApiLinksToEachTypeOfAProblem() {
    Set<String> types = new TreeSet<>();
    API.findParents("errors").stream()
        .filter(one -> one.path("type").isString())
        .forEach(problem -> types.add(problem.path("type").asString()));

    assertThat(types).hasSizeGreaterThan(10).allMatch(type -> type.startsWith("https://"));
    assertThat(MarkdownPage.of("docs/api.md").links()).containsAll(types);
  }

  @Test
  void thePageOfTheApiTellsEachCountOfAJob() {
    assertThat(words("Counts", "\\w+"))
        .isEqualTo(
            new TreeSet<>(
                API.at("/components/schemas/JobResult/properties").propertyNames().stream()
                    .toList()));
  }

  @Test
  void theReadmeIsShortEnoughToBeReadToItsEnd() throws IOException {
    assertThat(Files.readAllLines(MarkdownPage.ROOT.resolve("README.md")))
        .hasSizeLessThanOrEqualTo(150);
  }

  private static Set<String> words(String heading, String form) {
    Set<String> words = new TreeSet<>();
    MarkdownPage.of("docs/api.md")
        .tableBelow(heading)
        .forEach(
            row ->
                Pattern.compile(form)
                    .matcher(row.getFirst())
                    .results()
                    .forEach(word -> words.add(word.group())));
    return words;
  }
}
