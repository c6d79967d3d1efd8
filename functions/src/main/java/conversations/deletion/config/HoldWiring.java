package conversations.deletion.config;

import conversations.deletion.adapter.dynamodb.DynamoDbConversationReads;
import conversations.deletion.adapter.dynamodb.DynamoDbHoldReads;
import conversations.deletion.adapter.dynamodb.DynamoDbHolds;
import conversations.deletion.adapter.dynamodb.DynamoDbRecordExpiries;
import conversations.deletion.adapter.dynamodb.DynamoDbWaitingJobs;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.holds.EarliestExpiry;
import conversations.deletion.application.holds.FindHold;
import conversations.deletion.application.holds.ListHolds;
import conversations.deletion.application.holds.PlaceHold;
import conversations.deletion.application.holds.ReleaseHold;
import conversations.deletion.application.port.HoldReads;
import conversations.deletion.application.port.Holds;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.WaitingJobs;
import java.util.Set;

/** Puts together what placing, releasing and showing holds needs. */
record HoldWiring(SdkClients clients, Clocks clocks, OperatorLog log) {

  PlaceHold place(Settings.Holding settings) {
    return new PlaceHold(holds(settings), clocks, log);
  }

  ReleaseHold release(Settings.Holding settings) {
    return new ReleaseHold(
        holds(settings),
        waiting(settings.deletionJobsTable()),
        settings.window(),
        clocks.wall(),
        log);
  }

  private Holds holds(Settings.Holding settings) {
    return new DynamoDbHolds(
        clients.dynamoDb(),
        settings.holdsTable(),
        settings.changeLogTable(),
        settings.retention(),
        log);
  }

  private WaitingJobs waiting(String jobsTable) {
    return new DynamoDbWaitingJobs(clients.dynamoDb(), jobsTable);
  }

  EarliestExpiry earliestExpiry(Settings.Holding settings) {
    return new EarliestExpiry(
        new DynamoDbConversationReads(
            clients.dynamoDb(), settings.records(), Set.of(), (_, _) -> {}),
        new DynamoDbRecordExpiries(clients.dynamoDb(), settings.records()),
        clocks,
        log);
  }

  FindHold find(Settings.HoldLookup settings) {
    return new FindHold(reads(settings), waiting(settings.deletionJobsTable()));
  }

  ListHolds list(Settings.HoldLookup settings) {
    return new ListHolds(reads(settings));
  }

  private HoldReads reads(Settings.HoldLookup settings) {
    return new DynamoDbHoldReads(clients.dynamoDb(), settings.holdsTable(), log);
  }
}
