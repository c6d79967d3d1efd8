package conversations.deletion.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import conversations.deletion.adapter.log.EmfMetrics;
import conversations.deletion.adapter.log.JsonLines;
import conversations.deletion.adapter.log.JsonOperatorLog;
import conversations.deletion.application.port.Metric;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Metric lines have the form that CloudWatch prescribes; it silently drops others. */
class MetricLinesTest {

  /**
   * Follows the specification of the embedded metric format in the CloudWatch User Guide, with only
   * the units that are used here.
   */
  private static final String SCHEMA =
      """
      {
        "type": "object",
        "required": ["_aws"],
        "properties": {
          "_aws": {
            "type": "object",
            "required": ["Timestamp", "CloudWatchMetrics"],
            "additionalProperties": false,
            "properties": {
              "Timestamp": { "type": "integer", "minimum": 1000000000000 },
              "CloudWatchMetrics": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": ["Namespace", "Dimensions", "Metrics"],
                  "additionalProperties": false,
                  "properties": {
                    "Namespace": { "type": "string", "minLength": 1, "maxLength": 1024 },
                    "Dimensions": {
                      "type": "array",
                      "minItems": 1,
                      "items": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 30,
                        "items": { "type": "string", "minLength": 1, "maxLength": 250 }
                      }
                    },
                    "Metrics": {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 100,
                      "items": {
                        "type": "object",
                        "required": ["Name"],
                        "additionalProperties": false,
                        "properties": {
                          "Name": { "type": "string", "minLength": 1, "maxLength": 1024 },
                          "Unit": { "enum": ["Seconds", "Count"] },
                          "StorageResolution": { "enum": [1, 60] }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
      """;

  private final Schema schema =
      SchemaRegistry.withDefaultDialectId(Dialects.getDraft202012().getId())
          .getSchema(SCHEMA, InputFormat.JSON);

  @Test
  void haveTheFormThatCloudWatchPrescribes() {
    Map<Metric, Long> all =
        Arrays.stream(Metric.values()).collect(Collectors.toMap(Function.identity(), _ -> 7L));

    String line = lineOf(all);

    assertThat(faults(line)).isEmpty();
    assertThat(all.keySet())
        .allSatisfy(metric -> assertThat(line).contains("\"" + metric.text() + "\":7"));
  }

  @Test
  void areHeldToThatForm() {
    String line = lineOf(Map.of(Metric.JOBS_SUBMITTED, 1L));

    assertThat(faults(line.replace("\"Count\"", "\"Jobs\""))).isNotEmpty();
    assertThat(faults(line.replace("\"Dimensions\"", "\"Dimension\""))).isNotEmpty();
  }

  private static String lineOf(Map<Metric, Long> figures) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    InstantSource clock = InstantSource.system();
    JsonLines lines = new JsonLines(new PrintStream(written, true, StandardCharsets.UTF_8), clock);
    new EmfMetrics(lines, clock, "deletion-dev", new JsonOperatorLog(lines)).report(figures);
    return written.toString(StandardCharsets.UTF_8);
  }

  private List<String> faults(String line) {
    return schema.validate(line, InputFormat.JSON).stream().map(Error::getMessage).toList();
  }
}
