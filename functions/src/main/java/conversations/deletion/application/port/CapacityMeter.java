package conversations.deletion.application.port;

/**
 * Is told what capacity the requests to the table of conversation records, and to its index, have
 * consumed. The table's own metrics count what the platform consumes too.
 *
 * <p>Safe for use by several threads.
 */
public interface CapacityMeter {

  /**
   * @param units read units, halves among them (DynamoDB API Reference, ConsumedCapacity)
   */
  void read(double units);

  /**
   * @param units write units
   */
  void write(double units);
}
