package conversations.deletion.local.template;

import static conversations.deletion.local.template.TransformedTemplate.refersTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What alarms look at, for how long, and whom they tell. */
class AlarmRulesTest {

  private static final String ALARM = "AWS::CloudWatch::Alarm";

  private final TransformedTemplate template = new TransformedTemplate();

  @Test
  void sendsEveryAlarmToTheTopicThatThereIs() {
    assertThat(
            Stream.of("/AlarmActions", "/OKActions")
                .flatMap(actions -> template.each(ALARM, actions).values().stream()))
        .isNotEmpty()
        .allMatch(topic -> refersTo(topic, "AlarmTopic") && refersTo(topic, "ExistingAlarmTopic"));
  }

  /** A metric that comes late is filled with 0, and would never be looked at again. */
  @Test
  void looksAtSeveralPeriodsWhereItFills() {
    assertThat(template.all(ALARM))
        .filteredOn(
            alarm -> template.properties(alarm).path("Metrics").toString().contains("FILL("))
        .hasSizeGreaterThan(4)
        .allSatisfy(
            alarm ->
                assertThat(template.properties(alarm).path("EvaluationPeriods").asInt())
                    .as(alarm)
                    .isGreaterThanOrEqualTo(3));
  }

  /**
   * CloudWatch refuses more, and only while the stack is deployed.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create-alarm-on-metric-math-expression.html">Alarms
   *     on metric math</a>
   */
  @Test
  void sumsNoMoreThanTenMetrics() {
    assertThat(template.each(ALARM, "/Metrics"))
        .allSatisfy(
            (alarm, metrics) ->
                assertThat(stream(metrics).filter(metric -> metric.has("MetricStat")))
                    .as(alarm)
                    .hasSizeLessThanOrEqualTo(10));
  }

  /** The schedules' functions may be throttled: the cap does that, and the next tick comes. */
  @Test
  void watchesEachFunctionThatCallersOrAQueueWaitForForThrottling() {
    Set<String> watched =
        template.all(ALARM).stream()
            .flatMap(alarm -> stream(template.properties(alarm).path("Metrics")))
            .map(metric -> metric.at("/MetricStat/Metric"))
            .filter(metric -> metric.path("MetricName").asText().equals("Throttles"))
            .map(metric -> metric.at("/Dimensions/0/Value/Ref").asText())
            .collect(Collectors.toSet());
    Set<String> waitedFor =
        Stream.of("AWS::Lambda::Alias", "AWS::Lambda::EventSourceMapping")
            .flatMap(type -> template.each(type, "/FunctionName/Ref").values().stream())
            .map(JsonNode::asText)
            .collect(Collectors.toSet());

    assertThat(watched).isNotEmpty().isEqualTo(waitedFor);
  }

  @Test
  void watchesEachIndexOfItsTablesForThrottling() {
    Set<List<String>> watched =
        template.all(ALARM).stream()
            .flatMap(alarm -> stream(template.properties(alarm).path("Metrics")))
            .map(metric -> metric.at("/MetricStat/Metric"))
            .filter(metric -> metric.path("MetricName").asText().endsWith("ThrottleEvents"))
            .filter(metric -> metric.path("Dimensions").size() == 2)
            .map(
                metric ->
                    List.of(
                        metric.at("/Dimensions/0/Value/Ref").asText(),
                        metric.at("/Dimensions/1/Value").asText(),
                        metric.path("MetricName").asText()))
            .collect(Collectors.toSet());
    Set<List<String>> indexes =
        template.each("AWS::DynamoDB::Table", "/GlobalSecondaryIndexes").entrySet().stream()
            .filter(table -> !table.getKey().equals("ConversationRecordsTable"))
            .flatMap(
                table ->
                    stream(table.getValue())
                        .map(index -> index.path("IndexName").asText())
                        .flatMap(
                            index ->
                                Stream.of("ReadThrottleEvents", "WriteThrottleEvents")
                                    .map(metric -> List.of(table.getKey(), index, metric))))
            .collect(Collectors.toSet());

    assertThat(watched).isNotEmpty().isEqualTo(indexes);
  }

  /** A window of the hour that spring leaves out has none on that day. */
  @Test
  void waitsForARunLongerThanAnyDayWithoutAWindow() {
    JsonNode alarm = template.properties("OffPeakSilentAlarm");
    int period = alarm.at("/Metrics/1/MetricStat/Period").asInt();

    assertThat(Duration.ofSeconds((long) period * alarm.path("DatapointsToAlarm").asInt()))
        .isGreaterThanOrEqualTo(Duration.ofHours(47))
        .isLessThanOrEqualTo(Duration.ofDays(7));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
