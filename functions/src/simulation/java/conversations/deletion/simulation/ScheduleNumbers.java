package conversations.deletion.simulation;

import java.time.Duration;
import java.util.List;

/**
 * How large and how bad things are in schedules. Each schedule draws its own from these.
 *
 * @param tableUnits the write units a second that the table of records may take; 0: as many as come
 * @param burst how much unused time a table makes up for
 * @param sizes how large records are
 * @param outages how long services are out of reach, and calls are denied
 * @param slowestCall the longest way of a call, or of its answer
 * @param mostJobs the most jobs about the same conversations
 * @param freshness how old what was read of a conversation may be when its first delete is sent
 */
public record ScheduleNumbers(
    List<Integer> tableUnits,
    Duration burst,
    Sizes sizes,
    OutageSpans outages,
    Duration slowestCall,
    int mostJobs,
    Duration freshness) {

  /** The numbers that the tests use. */
  public static final ScheduleNumbers USUAL =
      new ScheduleNumbers(
          List.of(0, 25, 200, 4_000),
          Duration.ofSeconds(300),
          new Sizes(100, List.of(1_000, 20_000, 400 * 1024), 4_000),
          new OutageSpans(3, Duration.ofSeconds(15), Duration.ofHours(6)),
          Duration.ofSeconds(4),
          3,
          Duration.ofSeconds(10));

  /**
   * How large records are.
   *
   * @param leastBytes the smallest record
   * @param mostBytes the largest record; each schedule has one of these
   * @param unitsOfConversation a conversation begins with no more records than this many write
   *     units delete, so that a slow table does not make a schedule long
   */
  public record Sizes(int leastBytes, List<Integer> mostBytes, int unitsOfConversation) {}

  /**
   * How long services are out of reach, and calls are denied.
   *
   * @param most the most outages of a schedule
   */
  public record OutageSpans(int most, Duration shortest, Duration longest) {}
}
