package conversations.deletion.config;

import conversations.deletion.adapter.dynamodb.DynamoDbBacklog;
import conversations.deletion.adapter.dynamodb.DynamoDbBots;
import conversations.deletion.adapter.dynamodb.DynamoDbClientAppNames;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationReads;
import conversations.deletion.adapter.dynamodb.DynamoDbConversationRecords;
import conversations.deletion.adapter.dynamodb.DynamoDbHoldLooks;
import conversations.deletion.adapter.dynamodb.DynamoDbJobChunks;
import conversations.deletion.adapter.dynamodb.DynamoDbJobLeases;
import conversations.deletion.adapter.dynamodb.DynamoDbJobSweeps;
import conversations.deletion.adapter.dynamodb.DynamoDbOpenJobs;
import conversations.deletion.adapter.dynamodb.DynamoDbPreviewLists;
import conversations.deletion.adapter.ses.SesOwnerMail;
import conversations.deletion.adapter.sqs.SqsJobMessages;
import conversations.deletion.adapter.sqs.SqsJobQueue;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.mail.MailLimit;
import conversations.deletion.application.offpeak.EngineSettings;
import conversations.deletion.application.offpeak.ReportBacklog;
import conversations.deletion.application.offpeak.RunOffPeakDeletions;
import conversations.deletion.application.port.MetricCounter;
import conversations.deletion.application.port.Metrics;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.telemetry.Telemetry;
import java.time.Duration;

/** Puts together what the off-peak function needs. */
record OffPeakWiring(SdkClients clients, Clocks clocks, Outages outages, Telemetry telemetry) {

  private static final Duration MESSAGE_WAIT = Duration.ofSeconds(1);

  /**
   * @param reserve no delete starts with less time left than this
   */
  RunOffPeakDeletions run(Settings.OffPeak settings, MailLimit mailLimit, Duration reserve) {
    EngineSettings engine = engineSettings(settings, reserve);
    return EngineWiring.runOffPeakDeletions(
        ports(settings, engine.mailTimeout(), mailLimit), engine, clocks, telemetry);
  }

  private EnginePorts ports(Settings.OffPeak settings, Duration mailTimeout, MailLimit mailLimit) {
    MetricCounter metrics = telemetry.metrics();
    return new EnginePorts(
        jobStore(settings),
        new DynamoDbHoldLooks(clients.dynamoDb(), settings.holdsTable(), telemetry.log()),
        new SqsJobQueue(clients.sqs(), settings.deletionQueueUrl()),
        new SqsJobMessages(
            clients.sqs(),
            settings.deletionQueueUrl(),
            settings.deadLetterQueueUrl(),
            MESSAGE_WAIT),
        new DynamoDbConversationRecords(
            new DynamoDbConversationReads(
                clients.dynamoDb(), settings.records(), settings.retainedTypes(), metrics),
            clients.singleAttemptDynamoDb(),
            settings.records(),
            outages,
            metrics),
        new AttachmentStore(settings.attachments(), clients, outages).attachments(),
        new DynamoDbBots(clients.dynamoDb(), settings.botsTable(), telemetry.log()),
        new DynamoDbClientAppNames(clients.dynamoDb(), settings.clientAppsTable()),
        mailLimit,
        new SesOwnerMail(clients.ses(mailTimeout), settings.senderAddress()),
        outages);
  }

  private JobStore jobStore(Settings.OffPeak settings) {
    return new JobStore(
        new DynamoDbJobLeases(
            clients.dynamoDb(),
            settings.deletionJobsTable(),
            settings.changeLogTable(),
            settings.ownerNoticesTable(),
            settings.retention().jobs(),
            settings.retention().details()),
        new DynamoDbJobSweeps(clients.dynamoDb(), settings.deletionJobsTable(), telemetry.log()),
        new DynamoDbJobChunks(
            clients.dynamoDb(),
            settings.deletionJobConversationsTable(),
            settings.retention().jobs(),
            clocks.wall()),
        new DynamoDbPreviewLists(clients.dynamoDb(), settings.previewConversationsTable()),
        new DynamoDbOpenJobs(clients.dynamoDb(), settings.deletionJobsTable()));
  }

  private static EngineSettings engineSettings(Settings.OffPeak settings, Duration reserve) {
    return EngineSettings.of(
        settings.window(),
        engine -> {
          engine.leaseTerm = settings.leaseTerm();
          engine.deleteReserve = reserve;
          engine.indexSettle = settings.indexSettle();
          engine.idle = settings.conversationIdle();
          engine.sweepGrace = settings.sweepGrace();
          engine.maxWriteUnits = settings.maxWriteUnits();
          engine.unavailableAfter = settings.unavailableAfter();
          engine.backups = settings.retention().backups();
        });
  }

  ReportBacklog reportBacklog(Settings.OffPeak settings, Metrics metrics) {
    return new ReportBacklog(
        new DynamoDbBacklog(clients.dynamoDb(), settings.deletionJobsTable(), telemetry.log()),
        settings.window(),
        clocks.wall(),
        metrics,
        telemetry.log());
  }
}
