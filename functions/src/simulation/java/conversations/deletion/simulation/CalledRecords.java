package conversations.deletion.simulation;

import conversations.deletion.application.port.ConversationRecords;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionTarget.ChannelUserConversations;
import conversations.deletion.domain.IndexPosition;
import conversations.deletion.domain.JobRef;
import conversations.deletion.simulation.Calls.CallFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of records, as a worker calls it. */
final class CalledRecords implements ConversationRecords {

  private final Worker worker;
  private final World world;
  private final Calls calls;

  CalledRecords(Worker worker, World world, Calls calls) {
    this.worker = worker;
    this.world = world;
    this.calls = calls;
  }

  @Override
  public RecordPage read(
      BotId bot,
      ConversationId conversation,
      Optional<String> after,
      int limit,
      Consistency consistency) {
    world.promises.reading(worker, conversation, after);
    RecordPage page =
        calls.call(
            Permission.READ_RECORDS,
            "read " + conversation + " " + consistency,
            () -> world.platform.records().read(bot, conversation, after, limit, consistency));
    world.promises.read(worker, conversation, after, consistency, page);
    return page;
  }

  @Override
  public IndexPage find(
      BotId bot, ChannelUserConversations wanted, Optional<IndexPosition> after, int limit) {
    return calls.call(
        Permission.ASK_INDEX,
        "ask index",
        () -> world.platform.records().find(bot, wanted, after, limit));
  }

  /**
   * Between the engine's check of the clocks and the request, no more time may pass than its
   * margin.
   */
  @Override
  public DeleteAnswer delete(List<RecordId> records) {
    world.promises.sent(worker, records);
    if (world.weather.strikes(Fault.PAUSE)) {
      calls.pass(
          world.weather.between(
              Duration.ZERO, world.settings.deleteReserve().minus(Calls.CALL_TIMEOUT)));
    }
    calls.dieIfKilled();
    world.promises.starting(
        worker, records.stream().map(RecordId::conversation).distinct().toList());
    if (world.weather.strikes(Fault.CALL_LOST)) {
      calls.note("delete is lost");
      calls.pass(world.weather.between(Duration.ZERO, Calls.CALL_TIMEOUT));
      return DeleteAnswer.ofNone(records);
    }
    try {
      calls.requireNoOutage(Permission.DELETE_RECORDS, "delete");
    } catch (CallFailedException _) {
      return DeleteAnswer.ofNone(records);
    }
    return world.weather.strikes(Fault.DELETE_LATE) ? deleteLate(records) : deleteNow(records);
  }

  private DeleteAnswer deleteLate(List<RecordId> records) {
    JobRef job = worker.lease().job();
    world.timeline.after(
        world.weather.between(Duration.ZERO, Calls.CALL_TIMEOUT), () -> takeEffect(job, records));
    calls.pauseOrDie();
    calls.pass(Calls.CALL_TIMEOUT);
    return DeleteAnswer.ofNone(records);
  }

  private DeleteAnswer deleteNow(List<RecordId> records) {
    List<RecordId> unprocessed = unprocessed(records);
    List<RecordId> processed = new ArrayList<>(records);
    processed.removeAll(unprocessed);
    calls.pass(world.weather.ofCall());
    DeleteAnswer answer = takeEffect(worker.lease().job(), processed);
    calls.pass(world.weather.ofCall());
    calls.pauseOrDie();
    if (world.weather.strikes(Fault.ANSWER_LOST)) {
      return DeleteAnswer.ofNone(records);
    }
    List<RecordId> left = new ArrayList<>(unprocessed);
    left.addAll(answer.unprocessed());
    return new DeleteAnswer(left, answer.units());
  }

  private List<RecordId> unprocessed(List<RecordId> records) {
    if (!world.weather.strikes(Fault.UNPROCESSED)) {
      return List.of();
    }
    return world.weather.chance(2)
        ? records
        : records.stream().filter(_ -> world.weather.chance(2)).toList();
  }

  private DeleteAnswer takeEffect(JobRef job, List<RecordId> records) {
    world.promises.deleting(worker, job, records);
    DeleteAnswer answer = world.platform.delete(records);
    calls.note(
        "deletes %d of %d".formatted(records.size() - answer.unprocessed().size(), records.size()));
    return answer;
  }
}
