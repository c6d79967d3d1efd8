package conversations.deletion.application.port;

/**
 * Counts what happens too often to be reported each time. The code that counts does not report: the
 * owner of the counter does, through {@link Metrics}.
 *
 * <p>Safe for use by several threads.
 */
@FunctionalInterface
public interface MetricCounter {

  /**
   * Adds to a counter.
   *
   * @param amount in the metric's unit; capacity units come in halves (DynamoDB API Reference,
   *     ConsumedCapacity)
   */
  void add(Metric metric, double amount);
}
