package conversations.deletion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.domain.JobStatus;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promises of the off-peak engine hold, for any events in any order. */
final class SchedulesTest {

  private static final int SAMPLE = 1_000;
  private static final int ALL = 10_000;

  @Test
  void theEngineKeepsItsPromisesInEverySchedule() {
    Optional<Long> single = Optional.ofNullable(Long.getLong("schedules.seed"));
    Schedules schedules = new Schedules();
    if (single.isPresent()) {
      schedules.run(single.get());
      System.out.println(schedules);
      return;
    }
    long base = System.nanoTime();
    System.out.println("Schedules from the base seed " + base);
    SplittableRandom seeds = new SplittableRandom(base);
    seeds.longs(sample()).forEach(schedules::run);
    // Some kinds are rare. So chance alone could leave one out of a sample.
    seeds.longs(ALL).takeWhile(_ -> !metEverything(schedules)).forEach(schedules::run);
    System.out.println(schedules);
    assertThat(schedules.faults()).containsOnlyKeys(Fault.values());
    assertThat(schedules.outages()).containsOnlyKeys(whatMayBeOut());
    assertThat(schedules.takeovers()).isPositive();
    assertThat(schedules.cancels()).isPositive();
    assertThat(schedules.attachments()).isPositive();
    assertThat(schedules.waits()).isPositive();
    assertThat(schedules.withHeldDeletes()).isPositive();
    assertThat(schedules.ends()).containsKeys(JobStatus.COMPLETED, JobStatus.CANCELLED);
  }

  private static boolean metEverything(Schedules schedules) {
    return schedules.faults().size() == Fault.values().length
        && schedules.outages().size() == whatMayBeOut().size();
  }

  private static List<String> whatMayBeOut() {
    return Stream.of(Service.values(), Permission.values())
        .flatMap(Stream::of)
        .map(Enum::name)
        .toList();
  }

  private static int sample() {
    return Integer.getInteger("schedules", Boolean.getBoolean("thorough") ? ALL : SAMPLE);
  }
}
