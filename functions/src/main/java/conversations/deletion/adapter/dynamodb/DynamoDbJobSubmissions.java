package conversations.deletion.adapter.dynamodb;

import static conversations.deletion.adapter.dynamodb.Attributes.n;
import static conversations.deletion.adapter.dynamodb.Attributes.s;

import conversations.deletion.application.port.DeletionJobs;
import conversations.deletion.application.port.JobSubmissions;
import conversations.deletion.application.port.PreviewNotUsableException;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ChangeLogEntry;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.OwnerNotice;
import conversations.deletion.domain.PreviewId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Stores new jobs, each in one transaction on the tables of jobs, jobs' conversations and change
 * logs, and on that of owners' notices if owners are told at submission.
 */
public final class DynamoDbJobSubmissions implements JobSubmissions {

  private final DynamoDbClient dynamoDb;
  private final String jobsTable;
  private final String chunksTable;
  private final String changeLogTable;
  private final String previewsTable;
  private final ChunkExpiry expiry;
  private final DeletionJobs jobs;
  private final Optional<String> noticesTable;

  /**
   * Stores jobs in these tables. No owner is told at submission.
   *
   * @param retention how long a job is kept after its end
   */
  public DynamoDbJobSubmissions(
      DynamoDbClient dynamoDb,
      String jobsTable,
      String chunksTable,
      String changeLogTable,
      String previewsTable,
      Duration retention) {
    this(
        dynamoDb,
        jobsTable,
        chunksTable,
        changeLogTable,
        previewsTable,
        retention,
        Optional.empty());
  }

  /**
   * Stores jobs in these tables.
   *
   * @param retention how long a job is kept after its end
   * @param noticesTable takes a notice of each job, which tells its owner; absent if they are told
   *     of a job's end alone
   */
  public DynamoDbJobSubmissions(
      DynamoDbClient dynamoDb,
      String jobsTable,
      String chunksTable,
      String changeLogTable,
      String previewsTable,
      Duration retention,
      Optional<String> noticesTable) {
    this.dynamoDb = dynamoDb;
    this.jobsTable = jobsTable;
    this.chunksTable = chunksTable;
    this.changeLogTable = changeLogTable;
    this.previewsTable = previewsTable;
    this.jobs = new DynamoDbDeletionJobs(dynamoDb, jobsTable);
    this.expiry = new ChunkExpiry(retention);
    this.noticesTable = noticesTable;
  }

  @Override
  public Optional<DeletionJob> find(BotId bot, JobId job) {
    return jobs.find(bot, job);
  }

  @Override
  public DeletionJob submit(
      DeletionJob job, List<ConversationId> listed, ChangeLogEntry entry, Instant sweepAt) {
    Map<String, AttributeValue> item = new HashMap<>(JobItems.write(job));
    item.put(JobAttributes.FENCE, n(0));
    item.put(JobAttributes.OPEN_GROUP, s(JobAttributes.OPEN));
    item.put(JobAttributes.OPEN_BOT_ID, s(job.bot().value()));
    item.put(JobAttributes.SWEEP_AT, s(sweepAt));
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(Transactions.putNew(jobsTable, item, JobAttributes.JOB_ID));
    writes.add(ChangeLogItems.put(changeLogTable, entry));
    if (!listed.isEmpty()) {
      // It may replace a chunk of an earlier job with this id, which has expired.
      Instant expiresAt = expiry.after(job.state().scheduledAt());
      writes.add(Transactions.put(chunksTable, ChunkItems.listed(job, listed, expiresAt)));
    }
    noticesTable.ifPresent(
        notices ->
            writes.add(
                Transactions.put(notices, OwnerNoticeItems.write(OwnerNotice.submitted(job)))));
    job.target()
        .preview()
        .ifPresent(preview -> writes.add(PreviewUse.of(previewsTable, job, preview)));
    return submit(job, writes);
  }

  private DeletionJob submit(DeletionJob job, List<TransactWriteItem> writes) {
    try {
      Transactions.commit(dynamoDb, writes);
      return job;
    } catch (TransactionCanceledException e) {
      if (Transactions.isRefusedByFirstCondition(e)) {
        return JobItems.read(e.cancellationReasons().getFirst().item());
      }
      Optional<PreviewId> preview = job.target().preview();
      if (preview.isPresent() && Transactions.isRefusedByLastCondition(e)) {
        throw new PreviewNotUsableException(preview.get(), e);
      }
      throw e;
    }
  }
}
