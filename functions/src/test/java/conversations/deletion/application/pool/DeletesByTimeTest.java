package conversations.deletion.application.pool;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationRecords.RecordId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A delete is tried again as long as there is time, at the pace that the table takes. */
@Timeout(30)
class DeletesByTimeTest {

  @Test
  void sinksToTwentyFiveUnitsASecondAndDeletesAll() {
    SimulatedDeletes table = new SimulatedDeletes(25, 100, 1);

    DeleteResult result = delete(table, SimulatedDeletes.records(100, 100), 0);

    assertThat(result.failure()).isEmpty();
    assertThat(table.unitsTaken()).isEqualTo(10_000);
    assertThat(table.lastTaken()).isBetween(390.0, 425.0);
    assertThat(table.unitsRefused()).isLessThan(500);
  }

  @Test
  void sendsRecordsOfFourHundredUnitsOneAtATime() {
    SimulatedDeletes table = new SimulatedDeletes(25, 800, 400);

    DeleteResult result = delete(table, SimulatedDeletes.records(5, 10), 0);

    assertThat(result.failure()).isEmpty();
    assertThat(table.unitsTaken()).isEqualTo(20_000);
    assertThat(table.requestSizes().subList(10, table.requestSizes().size())).containsOnly(1);
    assertThat(table.lastTaken()).isLessThan(1.35 * (20_000 - 800) / 25);
  }

  @Test
  void asksForFewLargeRecordsInVainThoughTheTableHadSavedSome() {
    SimulatedDeletes table = new SimulatedDeletes(25, 7_500, 400);

    delete(table, SimulatedDeletes.records(14, 5), 0);

    assertThat(table.unitsTaken()).isEqualTo(28_000);
    assertThat(table.lastTaken()).isLessThan(1.1 * (28_000 - 7_500) / 25);
    assertThat(table.unitsRefused()).isLessThan(0.2 * 28_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {25, 1_000})
  void anOutageOfFifteenSecondsIsWaitedOutWithFewRequests(int limit) {
    SimulatedDeletes table = new SimulatedDeletes(limit, limit, 1);
    RecordDeleter deleter = table.deleter(0);
    delete(table, deleter, SimulatedDeletes.records(10, 100));
    int before = table.requestSizes().size();
    double begins = table.seconds();
    table.takesNothingUntil(Duration.ofMillis((long) (begins * 1_000) + 15_000));
    List<RecordId> others = SimulatedDeletes.records(10, 10);

    DeleteResult result = delete(table, deleter, others);

    assertThat(result.failure()).isEmpty();
    assertThat(table.lastTaken() - begins).isBetween(15.0, 27.0);
    assertThat(table.requestSizes().size() - before).isLessThan(80);
  }

  @Test
  void takesNoMoreThanTheCapThoughTheTableTakesMore() {
    SimulatedDeletes table = new SimulatedDeletes(10_000, 10_000, 4);

    delete(table, SimulatedDeletes.records(10, 100), 50);

    assertThat(4_000 / table.lastTaken()).isBetween(45.0, 52.0);
    assertThat(table.unitsRefused()).isZero();
  }

  @Test
  void goesOnFasterOnceTheTableTakesMore() {
    SimulatedDeletes table = new SimulatedDeletes(100, 100, 1);
    RecordDeleter deleter = table.deleter(0);
    delete(table, deleter, SimulatedDeletes.records(20, 100));
    double begins = table.seconds();
    table.takesFromNowOn(200);

    delete(table, deleter, SimulatedDeletes.records(100, 100));

    assertThat(table.lastTaken() - begins).isLessThan(65);
  }

  @Test
  void aRecordIsExpectedToTakeAsLongAsRecordsDid() {
    SimulatedDeletes table = new SimulatedDeletes(200, 200, 4);
    RecordDeleter deleter = table.deleter(0);

    delete(table, deleter, SimulatedDeletes.records(20, 100));

    assertThat(deleter.recordsWithin(Duration.ofSeconds(100))).isBetween(4_500.0, 5_500.0);
  }

  private static DeleteResult delete(SimulatedDeletes table, List<RecordId> records, double cap) {
    return delete(table, table.deleter(cap), records);
  }

  private static DeleteResult delete(
      SimulatedDeletes table, RecordDeleter deleter, List<RecordId> records) {
    return deleter.delete(table.right(), records, List.of(), FirstDeletes.NONE);
  }
}
