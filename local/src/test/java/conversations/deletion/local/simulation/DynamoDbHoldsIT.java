package conversations.deletion.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.adapter.dynamodb.DynamoDbChangeLog;
import conversations.deletion.adapter.dynamodb.DynamoDbHoldLooks;
import conversations.deletion.adapter.dynamodb.DynamoDbHoldSweeps;
import conversations.deletion.adapter.dynamodb.DynamoDbHolds;
import conversations.deletion.application.port.HoldLooks;
import conversations.deletion.application.port.HoldSweeps;
import conversations.deletion.application.port.Holds;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.Hold;
import conversations.deletion.domain.HoldId;
import conversations.deletion.domain.HoldKey;
import conversations.deletion.domain.HoldsOfBot.Standing;
import conversations.deletion.domain.StandingHold;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import conversations.deletion.local.Stack;
import conversations.deletion.simulation.HoldsContract;
import conversations.deletion.simulation.Silence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The contract on DynamoDB, and what happens to requests at the same moment. */
final class DynamoDbHoldsIT extends HoldsContract {

  private static final Duration RETENTION = Duration.ofDays(400);
  private static final int AT_ONCE = 8;

  @AutoClose private static final Stack stack = new Stack();

  private static String table() {
    return stack.table("HoldsTable");
  }

  private static Holds holds(DynamoDbClient dynamoDb) {
    return new DynamoDbHolds(
        dynamoDb, table(), stack.table("ChangeLogTable"), RETENTION, new Silence());
  }

  @Override
  protected Holds holds() {
    return holds(stack.dynamoDb());
  }

  @Override
  protected HoldLooks looks() {
    return new DynamoDbHoldLooks(stack.dynamoDb(), table(), new Silence());
  }

  @Override
  protected HoldSweeps sweeps() {
    return new DynamoDbHoldSweeps(stack.dynamoDb(), table(), RETENTION, new Silence());
  }

  @Override
  protected List<ChangeLogEntry> changeLog() {
    return new DynamoDbChangeLog(stack.dynamoDb(), stack.table("ChangeLogTable"))
        .list(bot, Instant.EPOCH, NOW.plus(Duration.ofDays(999)), 0, 50)
        .reversed();
  }

  @Override
  protected void releaseInPart(Hold released, Optional<ChangeLogEntry> entry) {
    assertThatThrownBy(() -> holds(dyingAfterATransaction()).release(released, entry))
        .isInstanceOf(SdkClientException.class);
  }

  /** A caller whose first transaction takes effect, and who dies before the second. */
  private static DynamoDbClient dyingAfterATransaction() {
    AtomicInteger transactions = new AtomicInteger();
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> {
              if (method.getName().equals("transactWriteItems")
                  && transactions.incrementAndGet() > 1) {
                throw SdkClientException.create("dead");
              }
              try {
                return method.invoke(stack.dynamoDb(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    AwsPeer.require(Capability.ATOMIC_WRITES);
    CyclicBarrier together = new CyclicBarrier(calls.size());
    List<T> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
      List<Callable<T>> waiting =
          calls.stream()
              .<Callable<T>>map(
                  call ->
                      () -> {
                        together.await();
                        return call.call();
                      })
              .toList();
      for (Future<T> answer : threads.invokeAll(waiting)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  private static <T> List<Callable<T>> times(Callable<T> call) {
    return Stream.generate(() -> call).limit(AT_ONCE).toList();
  }

  /** Tells whether this call, of several with the same hold, promised it. */
  private boolean isPlaced(Hold hold) {
    holds().add(hold);
    return holds().promise(hold, HELD_FROM, Optional.of(ChangeLogEntry.placed(hold)));
  }

  @RepeatedTest(3)
  void theSameHoldPlacedByManyAtOnceIsOne() throws Exception {
    Hold hold = unplaced("h-1");

    assertThat(atOnce(times(() -> isPlaced(hold)))).containsOnlyOnce(true);
    assertThat(standing().all()).isEqualTo(new Standing(1, Instant.EPOCH));
    assertThat(holds().find(bot, hold.id())).contains(hold.heldFrom(HELD_FROM));
  }

  @RepeatedTest(3)
  void ofTwoRequestsWithOneIdAtOnceOneIsStoredAsAWhole() throws Exception {
    Hold one = unplaced("h-1");
    Hold other = onAnotherConversation("h-1");

    List<Optional<Hold>> before = atOnce(List.of(() -> holds().add(one), () -> holds().add(other)));

    Hold stored = before.getFirst().isEmpty() ? one : other;
    assertThat(before).containsExactlyInAnyOrder(Optional.empty(), Optional.of(stored));
    Hold lost = stored == one ? other : one;
    assertThat(lost.keys())
        .filteredOn(key -> !stored.keys().contains(key))
        .allSatisfy(key -> assertThat(looks().on(bot, key, NOW)).isEmpty());
  }

  @RepeatedTest(3)
  void manyHoldsPlacedAtOnceAllCount() throws Exception {
    List<Callable<Boolean>> places = new ArrayList<>();
    for (int number = 0; number < AT_ONCE; number++) {
      Hold hold = unplaced("h-" + number);
      places.add(() -> isPlaced(hold));
    }

    assertThat(atOnce(places)).containsOnly(true);
    assertThat(standing().version()).isEqualTo(AT_ONCE);
    assertThat(standing().all().count()).isEqualTo(AT_ONCE);
  }

  @RepeatedTest(3)
  void aHoldReleasedByManyAtOnceIsReleasedOnce() throws Exception {
    Hold hold = place("h-1");

    List<Hold> released = atOnce(times(() -> holds().release(released(hold), Optional.empty())));

    assertThat(released).containsOnly(released(hold));
    assertThat(standing().version()).isEqualTo(2);
    assertThat(standing().all().count()).isZero();
  }

  @RepeatedTest(3)
  void manyHoldsReleasedAtOnceAllCountNoMore() throws Exception {
    List<Callable<Hold>> releases = new ArrayList<>();
    for (int number = 0; number < AT_ONCE; number++) {
      Hold hold = place("h-" + number);
      releases.add(() -> holds().release(released(hold), Optional.empty()));
    }

    atOnce(releases);

    assertThat(standing().version()).isEqualTo(2 * AT_ONCE);
    assertThat(standing().all().count()).isZero();
  }

  @RepeatedTest(5)
  void aHoldReleasedWhileItIsPromisedIsReleasedAndCountsForNothing() throws Exception {
    Hold hold = unplaced("h-1");
    assertThat(holds().add(hold)).isEmpty();

    atOnce(
        List.of(
            () -> holds().promise(hold, HELD_FROM, Optional.empty()),
            () -> holds().release(released(hold), Optional.empty()).release().isPresent()));

    assertThat(holds().find(bot, hold.id()).orElseThrow().release()).isPresent();
    assertThat(standing().all().count()).isZero();
  }

  /** Nobody can tell what it was, so nothing that it may be on is deleted. */
  @Test
  void whatCantBeReadHoldsWithoutAnEnd() {
    Hold hold = place("h-1");
    Map<String, AttributeValue> item = standingItem(hold);
    item.put("until", AttributeValue.fromS("soon"));
    stack.dynamoDb().putItem(request -> request.tableName(table()).item(item));
    item.put("itemKey", AttributeValue.fromS("no hold"));
    stack.dynamoDb().putItem(request -> request.tableName(table()).item(item));

    assertThat(looks().on(bot, hold.keys().getFirst(), NOW.plus(Duration.ofDays(9_999))))
        .hasSize(2)
        .extracting(StandingHold::until)
        .containsOnly(Optional.empty());
  }

  private static Map<String, AttributeValue> standingItem(Hold hold) {
    HoldKey.OfConversation key = (HoldKey.OfConversation) hold.keys().getFirst();
    return new HashMap<>(
        Map.of(
            "holdKey",
            AttributeValue.fromS(hold.bot() + "#c#" + key.conversation()),
            "itemKey",
            AttributeValue.fromS("open#" + hold.id())));
  }

  /** What can't be read is no reason to believe that nothing is held. */
  @Test
  void nothingIsTakenForFreeWhereItCantBeReadHowTheHoldsStand() {
    place("h-1");
    for (String attribute : List.of("version", "holds", "userHolds", "openUserHolds")) {
      stack
          .dynamoDb()
          .updateItem(
              request ->
                  request
                      .tableName(table())
                      .key(
                          Map.of(
                              "holdKey", AttributeValue.fromS(bot.value()),
                              "itemKey", AttributeValue.fromS("version")))
                      .updateExpression("SET " + attribute + " = :text")
                      .expressionAttributeValues(Map.of(":text", AttributeValue.fromS("many"))));
      assertThatThrownBy(this::standing).isInstanceOf(IllegalStateException.class);
    }
  }

  /** One that was written by hand must not hide the others. */
  @Test
  void aHoldThatCantBeReadIsSteppedOverInListsAndByTheSweep() {
    Hold first = place("h-1");
    Hold third = place("h-3");
    stack
        .dynamoDb()
        .putItem(
            request ->
                request
                    .tableName(table())
                    .item(
                        Map.of(
                            "holdKey", AttributeValue.fromS(bot.value()),
                            "itemKey", AttributeValue.fromS("hold#h-2"),
                            "openGroup", AttributeValue.fromS("holds"),
                            "sweepAt", AttributeValue.fromS("2026-05-08T14:00:00.000Z"))));

    assertThat(holds().list(bot, Optional.empty(), 2).holds()).containsExactly(first);
    assertThat(holds().list(bot, Optional.empty(), 2).next()).contains(new HoldId("h-2"));
    assertThat(holds().list(bot, Optional.empty(), 3).holds()).containsExactly(first, third);
    assertThat(sweeps().due(NOW)).noneMatch(one -> one.bot().equals(bot));
  }

  @Test
  void aReleasedHoldExpiresWithWhatItWasFoundBy() {
    Hold hold = holds().release(released(place("h-1")), Optional.empty());

    Instant end = hold.release().orElseThrow().at().plus(RETENTION);
    assertThat(expiry("hold#h-1", bot.value())).isEqualTo(end.getEpochSecond());
    Instant until = hold.release().orElseThrow().holdsUntil();
    Map<String, AttributeValue> standing = standingItem(hold);
    assertThat(expiry("open#h-1", standing.get("holdKey").s()))
        .isGreaterThan(until.getEpochSecond());
  }

  private static long expiry(String itemKey, String holdKey) {
    return Long.parseLong(
        stack
            .dynamoDb()
            .getItem(
                request ->
                    request
                        .tableName(table())
                        .key(
                            Map.of(
                                "holdKey", AttributeValue.fromS(holdKey),
                                "itemKey", AttributeValue.fromS(itemKey))))
            .item()
            .get("expiresAt")
            .n());
  }
}
