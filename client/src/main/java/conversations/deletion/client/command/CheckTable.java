package conversations.deletion.client.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.adapter.dynamodb.DynamoDbRecordsFitness;
import conversations.deletion.adapter.dynamodb.RecordsSample;
import conversations.deletion.adapter.dynamodb.RecordsShape;
import conversations.deletion.adapter.dynamodb.RecordsTableShape;
import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.service.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Command(
    name = "check-table",
    description = {
      "Looks at some keys of the records table, and says what the service reads of them.",
      "It reads keys alone, and changes nothing. What it prints names conversations."
    })
final class CheckTable implements Callable<Integer> {

  private final Deletions deletions;

  @Option(
      names = "--shape",
      paramLabel = "TEXT",
      description = "Try this shape, as RecordsShape says it, instead of the stack's own.")
  private String shape;

  CheckTable(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Integer call() {
    Target target = deletions.target();
    List<RecordsSample> samples = new ArrayList<>();
    List<String> faults;
    try (DynamoDbClient dynamoDb = target.aws().dynamoDb()) {
      faults =
          new DynamoDbRecordsFitness(dynamoDb, table(target), _ -> true, samples::add).faults();
    }
    Optional<RecordsSample> sample = samples.stream().findFirst();
    deletions.screen().show(document(sample, faults).toString(), () -> lines(sample, faults));
    return (faults.isEmpty() ? ExitStatus.OK : ExitStatus.REFUSED).code();
  }

  private RecordsTableShape table(Target target) {
    Map<String, String> named = target.parameters();
    String text = shape == null ? named.getOrDefault("RecordsShape", "") : shape;
    try {
      return new RecordsTableShape(
          target.output("ConversationRecordsTable"),
          named.getOrDefault("RecordsPartitionKey", RecordsTableShape.PARTITION_KEY),
          named.getOrDefault("RecordsSortKey", RecordsTableShape.SORT_KEY),
          named.getOrDefault("RecordsIndex", RecordsTableShape.INDEX),
          named.getOrDefault("RecordsIndexPartitionKey", RecordsTableShape.INDEX_PARTITION_KEY),
          named.getOrDefault("RecordsIndexSortKey", RecordsTableShape.INDEX_SORT_KEY),
          RecordsShape.parse(text));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitStatus.USAGE,
          "The shape is wrong: " + e.getMessage(),
          "docs/own-records.md explains how it is written.",
          e);
    }
  }

  private static ObjectNode document(Optional<RecordsSample> sample, List<String> faults) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    faults.forEach(document.putArray("faults")::add);
    sample.ifPresent(
        it -> {
          it.counts().forEach(document::put);
          put(document.putObject("table"), it.items());
          put(document.putObject("index"), it.entries());
        });
    return document;
  }

  private static void put(ObjectNode node, RecordsSample.Part part) {
    part.example()
        .ifPresent(
            example ->
                node.put("key", example.key())
                    .put("read", example.read())
                    .put("made", example.made()));
    part.misfit().ifPresent(misfit -> node.put("misfit", misfit));
  }

  private static List<String> lines(Optional<RecordsSample> sample, List<String> faults) {
    List<String> lines = new ArrayList<>();
    sample.ifPresent(
        it -> {
          lines.add(
              "Of %d items of the table, %d are records, of %d conversations."
                  .formatted(it.items().seen(), it.items().fitting(), it.items().ids()));
          addKeys(it.items(), lines);
          lines.add(
              "Of %d entries of the index, %d lead to conversations, of %d channel users."
                  .formatted(it.entries().seen(), it.entries().fitting(), it.entries().ids()));
          addKeys(it.entries(), lines);
        });
    lines.addAll(faults);
    return lines;
  }

  private static void addKeys(RecordsSample.Part part, List<String> lines) {
    part.example()
        .ifPresent(
            example -> {
              lines.add("  for example     %s".formatted(example.key()));
              lines.add("  which reads     %s".formatted(example.read()));
              lines.add("  which makes     %s".formatted(example.made()));
            });
    part.misfit().ifPresent(misfit -> lines.add("  does not fit    %s".formatted(misfit)));
  }
}
