package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.ConversationReads.RecordHead;
import conversations.deletion.application.port.ConversationReads.SessionHeader;
import conversations.deletion.application.reading.UnfitStoresException;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChannelUserId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.PlatformTable;
import conversations.deletion.local.aws.SdkSettings;
import conversations.deletion.local.invoke.InProcessInvoker;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.invoke.InvocationResult.FunctionError;
import conversations.deletion.local.invoke.InvocationResult.Success;
import conversations.deletion.local.invoke.WiredHandlers;
import conversations.deletion.simulation.Counted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The deployed off-peak function on a table that a platform brings along. */
class PlatformRecordsIT {

  @AutoClose private final Engine engine = new Engine();

  @AutoClose
  private final InProcessInvoker invoker = new InProcessInvoker(new WiredHandlers(), System.out);

  @AutoClose private PlatformTable table;

  private final Instant yesterday = engine.time.instant().minus(Duration.ofDays(1));

  @BeforeEach
  void pointTheFunctionToTheStack() {
    settings().forEach(System::setProperty);
    engine.emailService();
  }

  @AfterEach
  void pointItNowhere() {
    settings().keySet().forEach(System::clearProperty);
  }

  private Map<String, String> settings() {
    return SdkSettings.systemProperties(engine.stack.endpoints(), "eu-central-1");
  }

  private InvocationResult run() {
    Map<String, String> parameters =
        Map.of(
            "ExistingRecordsTable", table.shape().table(),
            "RecordsPartitionKey", table.shape().partitionKey(),
            "RecordsSortKey", table.shape().sortKey(),
            "RecordsIndex", table.shape().index(),
            "RecordsIndexPartitionKey", table.shape().indexPartitionKey(),
            "RecordsIndexSortKey", table.shape().indexSortKey(),
            "RecordsShape", PlatformTable.SHAPE,
            "IndexSettleSeconds", "1");
    return invoker.invoke(
        engine.stack.function("OffPeakFunction", parameters),
        "{}".getBytes(StandardCharsets.UTF_8),
        Instant.now().plus(Engine.FUNCTION_TIME));
  }

  /** A conversation whose header is not where this service's own sample has it. */
  private ConversationId conversation(BotId bot, ChannelUserId user, String id, int records) {
    ConversationId conversation = new ConversationId(id);
    SessionHeader header = new SessionHeader(Optional.of(user), Optional.of(yesterday));
    table.put(
        bot,
        conversation,
        Stream.concat(
                IntStream.range(1, records)
                    .mapToObj(i -> record("event-%05d".formatted(i), Optional.empty())),
                Stream.of(record("~header", Optional.of(header))))
            .toList());
    return conversation;
  }

  private RecordHead record(String key, Optional<SessionHeader> header) {
    return new RecordHead(key, Optional.of(yesterday), header);
  }

  @Test
  void deletesAChannelUsersConversationsAndNothingElse() {
    table = PlatformTable.create(engine.stack.dynamoDb());
    BotId bot = engine.platform.bot();
    BotId otherBot = new BotId("st-another");
    ChannelUserId user = engine.platform.user;
    conversation(bot, user, "large", 2_600);
    conversation(bot, user, "small", 5);
    conversation(bot, new ChannelUserId("u-another"), "anothers", 4);
    conversation(otherBot, user, "another-bots", 4);
    DeletionJob job = engine.jobs.submitUser();

    assertThat(run()).isInstanceOf(Success.class);

    assertThat(engine.jobs.state(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.jobs.counts(job))
        .isEqualTo(Counted.conversations(2).deleted(2).records(2_605));
    assertThat(table.partitionKeys())
        .containsExactlyInAnyOrder(
            PlatformTable.key(bot, new ConversationId("anothers")),
            PlatformTable.key(otherBot, new ConversationId("another-bots")));
  }

  @Test
  void touchesNoRecordOfAnotherForm() {
    table = PlatformTable.create(engine.stack.dynamoDb());
    BotId bot = engine.platform.bot();
    ConversationId asked = conversation(bot, engine.platform.user, "asked", 3);
    table.putKeys("CONVERSATION/asked", "SESSION");
    table.putKeys("asked", "SESSION");
    table.putKeys(bot + "#asked", "SESSION");
    table.putKeys("BOT#" + bot + "#CONVERSATION#asked", "SESSION");
    engine.jobs.submit(asked);

    assertThat(run()).isInstanceOf(Success.class);

    assertThat(table.partitionKeys())
        .containsExactlyInAnyOrder(
            "CONVERSATION/asked", "asked", bot + "#asked", "BOT#" + bot + "#CONVERSATION#asked");
  }

  @Test
  void doesNothingWhileTheTableIsUnfitAndGoesOnOnceItIsMended() {
    table = PlatformTable.createWithoutIndex(engine.stack.dynamoDb());
    BotId bot = engine.platform.bot();
    ConversationId asked = conversation(bot, engine.platform.user, "asked", 3);
    DeletionJob job = engine.jobs.submitUser();

    assertThat(run())
        .isEqualTo(
            new FunctionError(
                UnfitStoresException.class.getName(),
                "what keeps the conversations is unfit: index_missing: The table "
                    + table.shape().table()
                    + " has no global secondary index "
                    + table.shape().index()
                    + "."));
    assertThat(engine.jobs.state(job)).isEqualTo(job.state());
    assertThat(table.partitionKeys()).containsExactly(PlatformTable.key(bot, asked));

    table.addIndex();

    assertThat(run()).isInstanceOf(Success.class);
    assertThat(engine.jobs.counts(job)).isEqualTo(Counted.conversations(1).deleted(1).records(3));
    assertThat(table.partitionKeys()).isEmpty();
  }

  /** Such a table looks empty to a job. It would end with zeros. */
  @Test
  void doesNothingOnATableOfWhichNothingFits() {
    table = PlatformTable.create(engine.stack.dynamoDb());
    table.putKeys("CONV#" + engine.platform.bot() + "#asked", "META");
    DeletionJob job = engine.jobs.submitUser();

    assertThat(run())
        .isInstanceOfSatisfying(
            FunctionError.class,
            error -> assertThat(error.errorMessage()).contains("unfit: nothing_fits: "));

    assertThat(engine.jobs.state(job)).isEqualTo(job.state());
  }
}
