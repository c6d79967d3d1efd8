package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.ConversationRecords.RecordId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.Fingerprints;
import conversations.deletion.domain.JobConversation;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.domain.OwnerNotification.Status;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.engine.Fault.Kind;
import conversations.deletion.local.sample.Census;
import conversations.deletion.simulation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Injects every fault, and every pair of faults, at every call to AWS that a job takes. In each
 * case the job ends, nothing of it remains, nothing else is gone, the counts are exact, and its
 * owner gets one e-mail. Where two e-mails had no answer, no third is sent, and the job says that
 * the owner may not have been told.
 *
 * <p>The second fault of a pair hits any later call, including those of a worker that takes the job
 * over. Pairs hit only jobs that one run can do. The test runs a sample of the single faults and of
 * the pairs, another in each build, and all of them with {@code -Pthorough}. To run a failed case
 * alone, use {@code -Dfaults.replay="CHANNEL_USER 12:REPLY_LOST,17:KILLED_BEFORE"}.
 *
 * <p>The embedded services show how the engine handles faults. Other peers may be slow, and need
 * only show that they handle repeated requests in the same way. So they get a sample of the single
 * faults, and fewer pairs.
 */
class EveryFaultIT {

  private static final List<Kind> ONCE =
      Arrays.stream(Kind.values()).filter(kind -> !kind.lasts() && kind != Kind.REFUSED).toList();
  private static final boolean IS_THOROUGH = Boolean.getBoolean("thorough");
  private static final boolean IS_EMBEDDED = AwsPeer.isEmbedded();
  private static final int SINGLES = IS_EMBEDDED ? 150 : 60;
  private static final int SAMPLED_OF_HANDED_ON = IS_EMBEDDED ? 30 : 20;
  private static final int SAMPLED_FIRST_FAULTS = IS_EMBEDDED ? 30 : 10;
  private static final int SAMPLED_PAIRS = IS_EMBEDDED ? 60 : 40;
  private static final int REPORTED = 1000;
  private static final int THREADS = 2;

  private enum JobKind {
    LISTED,
    CHANNEL_USER,
    /** Listed conversations whose deletes take so long that no single run finishes the job. */
    HANDED_ON
  }

  private record Case(JobKind kind, List<Fault> faults) {
    @Override
    public String toString() {
      return kind + " " + String.join(",", faults.stream().map(Fault::toString).toList());
    }
  }

  private static final EnumSet<JobKind> PAIRED = EnumSet.of(JobKind.LISTED, JobKind.CHANNEL_USER);

  /**
   * The requests that were sent until the job was closed.
   *
   * @param requests the number of requests
   * @param operations their kinds
   */
  private record Traffic(int requests, Set<String> operations) {}

  @Test
  void noSingleFaultLosesLeavesDoublesOrOverreaches() throws Exception {
    long seed = System.nanoTime();
    List<Case> cases =
        replay()
            .map(List::of)
            .orElseGet(() -> casesOf(Set.of(JobKind.values()), List.of(Kind.values())));
    List<Case> chosen = new ArrayList<>(some(of(PAIRED, cases), SINGLES, seed));
    chosen.addAll(some(of(EnumSet.complementOf(PAIRED), cases), SAMPLED_OF_HANDED_ON, seed));

    List<Traffic> traffic = runAll(chosen);

    Set<String> operations = new TreeSet<>();
    traffic.forEach(one -> operations.addAll(one.operations()));
    System.out.printf(
        "Ran %d of the %d single faults (seed %d), %d requests in all, of %d kinds: %s%n",
        chosen.size(),
        cases.size(),
        seed,
        traffic.stream().mapToInt(Traffic::requests).sum(),
        operations.size(),
        operations);
  }

  @Test
  void noPairOfFaultsLosesLeavesDoublesOrOverreaches() throws Exception {
    if (replay().isPresent()) {
      return;
    }
    long seed = System.nanoTime();
    List<Case> singles = some(casesOf(PAIRED, ONCE), SAMPLED_FIRST_FAULTS, seed);
    List<Traffic> traffic = runAll(singles);
    List<Case> pairs = new ArrayList<>();
    for (int i = 0; i < singles.size(); i++) {
      Case single = singles.get(i);
      Fault first = single.faults().getFirst();
      IntStream.rangeClosed(first.at() + 1, traffic.get(i).requests())
          .boxed()
          .flatMap(at -> ONCE.stream().map(kind -> new Fault(at, kind)))
          .forEach(second -> pairs.add(new Case(single.kind(), List.of(first, second))));
    }
    List<Case> chosen = some(pairs, SAMPLED_PAIRS, seed);

    int requests = runAll(chosen).stream().mapToInt(Traffic::requests).sum();

    System.out.printf(
        "Ran %d of the %d pairs of faults that begin with %d (seed %d), %d requests in all%n",
        chosen.size(), pairs.size(), singles.size(), seed, requests);
  }

  private static List<Case> of(Set<JobKind> kinds, List<Case> cases) {
    return cases.stream().filter(one -> kinds.contains(one.kind())).toList();
  }

  private static List<Case> some(List<Case> all, int count, long seed) {
    if (IS_THOROUGH || count >= all.size()) {
      return all;
    }
    List<Case> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.subList(0, count);
  }

  private static Optional<Case> replay() {
    return Optional.ofNullable(System.getProperty("faults.replay"))
        .map(text -> text.split(" "))
        .map(
            parts ->
                new Case(
                    JobKind.valueOf(parts[0]),
                    Stream.of(parts[1].split(",")).map(Fault::parse).toList()));
  }

  /** Each of these faults at each request of an undisturbed job, of each of these kinds. */
  private static List<Case> casesOf(Set<JobKind> jobs, List<Kind> kinds) {
    try (Scenario scenario = new Scenario()) {
      return Arrays.stream(JobKind.values())
          .filter(jobs::contains)
          .flatMap(
              job ->
                  IntStream.rangeClosed(1, scenario.run(new Case(job, List.of())).requests())
                      .boxed()
                      .flatMap(at -> kinds.stream().map(kind -> new Fault(at, kind)))
                      .map(fault -> new Case(job, List.of(fault))))
          .toList();
    }
  }

  private static List<Traffic> runAll(List<Case> cases) throws Exception {
    LinkedBlockingQueue<Scenario> idle = new LinkedBlockingQueue<Scenario>();
    for (int i = 0; i < THREADS; i++) {
      idle.add(new Scenario());
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Traffic>> running =
          cases.stream().map(one -> threads.submit(within(idle, one))).toList();
      List<Traffic> traffic = new ArrayList<>();
      try {
        for (Future<Traffic> one : running) {
          traffic.add(one.get());
          if (traffic.size() % REPORTED == 0) {
            System.out.printf("%d of %d cases%n", traffic.size(), cases.size());
          }
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw new AssertionError(e.getCause());
      }
      return traffic;
    } finally {
      idle.forEach(Scenario::close);
    }
  }

  private static Callable<Traffic> within(LinkedBlockingQueue<Scenario> idle, Case one) {
    return () -> {
      Scenario scenario = idle.take();
      try {
        return scenario.run(one);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("with " + one, e);
      } finally {
        idle.add(scenario);
      }
    };
  }

  /**
   * A small job that takes every kind of call. It runs again and again on the same tables and
   * queue.
   */
  private static final class Scenario implements AutoCloseable {

    private static final int FIRST = 3;
    private static final int SECOND = 2;
    private static final int ATTACHMENTS = 3;
    private static final Duration SLOW_DELETE = Duration.ofSeconds(35);
    private static final Duration SHORT_FUNCTION_TIME = Duration.ofSeconds(40);

    private final Engine engine = new Engine();
    private DeletionJob job;
    private Duration deleteTakes;

    Scenario() {
      engine.deleteConcurrency = 1;
      engine.mail = engine.emailService();
      engine.useBucket();
      engine.attachments = new PlannedAttachments(engine.attachments);
      engine.records =
          new WatchedRecords(engine.records)
              .beforeDelete(
                  records -> {
                    assertThat(records).as("only what is planned is deleted").allMatch(planned());
                    assertThat(records)
                        .as("records are deleted once no attachment is left")
                        .allMatch(one -> engine.bucket.versionsOf(one.conversation()) == 0);
                    assertThat(records)
                        .as("a header is deleted when it alone is left")
                        .noneMatch(one -> isHeader(one) && recordsOf(one.conversation()) > 1);
                  })
              .afterDelete(_ -> engine.time.advance(deleteTakes));
    }

    private Predicate<RecordId> planned() {
      List<JobConversation> planned = stored();
      return record ->
          planned.stream()
              .filter(one -> one.conversation().equals(record.conversation()))
              .anyMatch(one -> holds(one.records().planned(), record.recordKey()));
    }

    /** Attachments of which none is deleted that is not planned. */
    private final class PlannedAttachments extends AttachmentsDecorator {

      PlannedAttachments(Attachments real) {
        super(real);
      }

      @Override
      public DeletedAttachments delete(List<Attachment> attachments) {
        List<JobConversation> stored = stored();
        for (Attachment one : attachments) {
          assertThat(stored)
              .as("what is deleted is planned, or a marker where no version is left")
              .anyMatch(
                  it ->
                      it.conversation().equals(one.conversation())
                          && (holds(it.attachments().planned(), one.identity())
                              || engine.bucket.versionsOf(one.conversation()) == 0));
        }
        return super.delete(attachments);
      }
    }

    private List<JobConversation> stored() {
      return engine.jobs.chunks(job).stream().flatMap(one -> one.conversations().stream()).toList();
    }

    private static boolean isHeader(RecordId record) {
      return record.recordKey().equals("SESSION");
    }

    private long recordsOf(ConversationId conversation) {
      AttributeValue key = AttributeValue.fromS(engine.platform.key(conversation));
      return engine.stack.items("ConversationRecordsTable").stream()
          .filter(item -> item.get("conversationKey").equals(key))
          .count();
    }

    private static boolean holds(Fingerprints planned, String recordKey) {
      return !planned.intersect(Fingerprints.of(List.of(recordKey))).isEmpty();
    }

    /** Runs the job with these faults, until it is closed. */
    Traffic run(Case one) {
      engine.anotherBot();
      Instant yesterday = engine.time.instant().minus(Duration.ofDays(1));
      ConversationId neighbour =
          engine.platform.conversation(new ChannelUserId("u-neighbour"), yesterday, 2);
      // At different moments: the index has entries of the same moment in no certain order.
      ConversationId first = engine.platform.conversation(engine.platform.user, yesterday, FIRST);
      ConversationId second =
          engine.platform.conversation(engine.platform.user, yesterday.plusSeconds(1), SECOND);
      engine.bucket.upload(first, "recording");
      engine.bucket.upload(first, "recording");
      engine.bucket.upload(first, "image");
      engine.bucket.mark(first, "image");
      engine.bucket.beginUpload(second, "file");
      engine.bucket.upload(neighbour, "recording");
      SortedSet<String> bucketBefore = engine.bucket.census();
      submit(one.kind(), first, second);
      Census before = engine.platform.census();

      engine.network.plan(one.faults());
      DeletionJob closed = engine.runUntilClosed(job);
      List<String> sent = engine.network.requests();
      if (engine.queue.waiting() > 0) {
        engine.showMessages();
        engine.run();
      }

      assertThat(engine.network.faultsToCome()).as("faults that hit no request").isEmpty();
      engine.platform.assertExactly(before, first, second);
      assertThat(engine.bucket.census())
          .isEqualTo(engine.bucket.without(bucketBefore, first, second));
      assertThat(closed.state().status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(closed.state().counts())
          .isEqualTo(
              Counted.conversations(2).deleted(2).attachments(ATTACHMENTS).records(FIRST + SECOND));
      boolean isConfirmed = unansweredEmails(one.faults(), sent) < 2;
      assertThat(closed.state().notification().status())
          .as("unconfirmed once two e-mails had no answer, and only then")
          .isEqualTo(isConfirmed ? Status.SENT : Status.UNCONFIRMED);
      List<String> told = new ArrayList<>(List.of("submitted", "started", "completed"));
      if (!isConfirmed) {
        told.add("possibly not notified");
      }
      List<String> changeLog = engine.jobs.changeLog();
      assertThat(changeLog).hasSameSizeAs(told);
      assertThat(told)
          .allSatisfy(
              what -> assertThat(changeLog).filteredOn(entry -> entry.contains(what)).hasSize(1));
      assertThat(engine.network.emailsAccepted())
          .as("a second e-mail only where the first was accepted and could not be marked")
          .isBetween(isConfirmed ? 1 : 0, 1 + engine.network.faultsBeforeTheMark());
      assertThat(engine.network.emailsAfterTheMark()).as("e-mails after the mark").isZero();
      assertThat(engine.queue.waiting()).as("messages left").isZero();
      engine.platform.dropRecords();
      return new Traffic(sent.size(), Set.copyOf(sent));
    }

    private static long unansweredEmails(List<Fault> faults, List<String> sent) {
      return faults.stream()
          .filter(fault -> fault.kind().isWithoutAnswer())
          .filter(fault -> sent.get(fault.at() - 1).equals("SendEmail"))
          .count();
    }

    private void submit(JobKind kind, ConversationId... conversations) {
      deleteTakes = kind == JobKind.HANDED_ON ? SLOW_DELETE : Duration.ZERO;
      engine.functionTime = kind == JobKind.HANDED_ON ? SHORT_FUNCTION_TIME : Engine.FUNCTION_TIME;
      job =
          kind == JobKind.CHANNEL_USER
              ? engine.jobs.submitUser()
              : engine.jobs.submit(conversations);
      if (kind == JobKind.CHANNEL_USER) {
        engine.platform.conversation(engine.platform.user, engine.time.instant().plusMillis(1), 1);
        engine.time.advance(Duration.ofMinutes(5));
      }
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
