package conversations.deletion.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.bench.stub.Behaviour.WriteLimits;
import conversations.deletion.bench.stub.StubAws.StubAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProvisionedTableTest {

  private static final int UNITS = 10;

  private final SimulatedTime time = new SimulatedTime();
  private final StubAws aws = new StubAws(time);

  /** Asks for deletes of the first records of a conversation, in one batch. */
  private StubAnswer delete(int conversation, int records) {
    String requests =
        IntStream.range(0, records)
            .mapToObj(
                record ->
                    """
                    {"DeleteRequest":{"Key":{"conversationKey":{"S":"%s"},"recordKey":{"S":"%07d"}}}}"""
                        .formatted(SampleUser.conversationKey(conversation), record))
            .collect(Collectors.joining(","));
    String body = "{\"RequestItems\":{\"ConversationRecords\":[%s]}}".formatted(requests);
    try {
      return aws.answer("DynamoDB_20120810.BatchWriteItem", body.getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void limitTo(int units) {
    aws.behave(Behaviour.atOnce().withLimits(WriteLimits.provisioned(units)));
  }

  private void sleep(int seconds) {
    try {
      time.sleep(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void write(PlatformWriter writer, int seconds) {
    try {
      writer.write(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void exhaust() {
    limitTo(UNITS);
    aws.exhaust();
  }

  @Test
  void unitsTakenAndAskedForInVainAreMeteredBySecond() {
    time.run(
        () -> {
          aws.records().add(1, _ -> 2, _ -> 400 * 1024);
          aws.records().add(1, _ -> 30, _ -> 512);
          limitTo(UNITS);
          delete(0, 1);
          aws.exhaust();
          sleep(2);
          return delete(1, 25);
        });

    assertThat(aws.meter().unitsTaken()).containsExactly(400L, 0L, 2L * UNITS);
    assertThat(aws.meter().unitsRefused()).containsExactly(0L, 0L, 25L - 2 * UNITS);
  }

  @Test
  void whatABurstTookIsOnlyRefilledAtTheRate() {
    int status =
        time.run(
            () -> {
              aws.records().add(1, _ -> 2, _ -> 400 * 1024);
              exhaust();
              sleep(39);
              return delete(0, 1).status();
            });

    assertThat(status).isEqualTo(400);
    assertThat(aws.meter().unitsRefused().getLast()).isEqualTo(400);
  }

  @Test
  void aLimitThatIsGoneForAWhileGivesNothingForThatWhile() {
    time.run(
        () -> {
          exhaust();
          aws.records().add(1, _ -> 30, _ -> 512);
          limitTo(0);
          sleep(15);
          limitTo(UNITS);
          sleep(1);
          return delete(0, 25);
        });

    assertThat(aws.meter().unitsTaken().getLast()).isEqualTo(UNITS);
  }

  @Test
  void aPlatformsWriterGetsAllThatItAsksForWhileNobodyElseWrites() {
    PlatformWriter writer = new PlatformWriter(aws, 3);
    time.run(
        () -> {
          exhaust();
          sleep(1);
          write(writer, 20);
          return writer;
        });

    assertThat(writer.asked()).isEqualTo(60);
    assertThat(writer.taken()).isEqualTo(60);
  }

  @Test
  void aPlatformsWriterAndDeletesTakeFromOneTable() {
    PlatformWriter writer = new PlatformWriter(aws, UNITS);
    time.run(
        () -> {
          exhaust();
          sleep(2);
          aws.records().add(1, _ -> 30, _ -> 512);
          write(writer, 1);
          return delete(0, 25);
        });

    assertThat(writer.taken()).isEqualTo(UNITS);
    assertThat(aws.meter().unitsTaken().getLast()).isBetween(2L * UNITS - 2, 2L * UNITS - 1);
  }

  @Test
  void aPlatformsWriteThatIsRefusedIsNotTriedAgain() {
    PlatformWriter writer = new PlatformWriter(aws, 2 * UNITS);
    time.run(
        () -> {
          exhaust();
          write(writer, 10);
          return writer;
        });

    assertThat(writer.asked()).isEqualTo(20 * UNITS);
    assertThat(writer.taken()).isBetween(10L * UNITS - 1, 10L * UNITS);
  }
}
