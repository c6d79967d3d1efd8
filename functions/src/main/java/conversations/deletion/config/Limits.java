package conversations.deletion.config;

import conversations.deletion.adapter.dynamodb.DynamoDbRequestHistories;
import conversations.deletion.application.access.LimitRequests;
import conversations.deletion.application.access.LimitRequests.Admitted;
import conversations.deletion.application.access.LimitRequests.Contended;
import conversations.deletion.application.access.LimitRequests.Refused;
import conversations.deletion.application.access.LimitRequests.Uncounted;
import conversations.deletion.application.concurrent.Clocks;
import conversations.deletion.application.mail.MailLimit;
import conversations.deletion.application.port.OperatorLog;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.RequestHistories;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.Budget;
import conversations.deletion.domain.ClientAppId;
import conversations.deletion.domain.Quota;
import conversations.deletion.domain.RateLimits;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Puts together what limits requests and e-mails, on the table that they are counted in. */
final class Limits {

  /** For one call. A request waits no longer than this for rate limits that are out of reach. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

  /** Enough for a request that comes with a hundred others; it takes at most some 5 seconds. */
  private static final int MAX_ATTEMPTS = 40;

  private static final BackoffStrategy BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(10), Duration.ofMillis(200));

  /** Of a bot that never exists. Its history is read before a snapshot is taken. */
  private static final Budget NOBODYS = Budget.of(Budget.Kind.REQUESTS, new BotId("-"));

  private final RequestHistories histories;
  private final Clocks clocks;
  private final Outages outages;
  private final OperatorLog log;

  Limits(DynamoDbClient dynamoDb, String table, Clocks clocks, Outages outages, OperatorLog log) {
    this.histories = new DynamoDbRequestHistories(dynamoDb, table, CALL_TIMEOUT, clocks.wall());
    this.clocks = clocks;
    this.outages = outages;
    this.log = log;
  }

  /** Reads the table once, which loads all that a request needs. */
  void prime() {
    histories.find(NOBODYS);
  }

  LimitRequests requests(RateLimits limits) {
    return new LimitRequests(
        histories, limits, MAX_ATTEMPTS, Backoffs.afterAttempt(BACKOFF), clocks, outages, log);
  }

  MailLimit mails(int perHour) {
    LimitRequests limit = requests(new RateLimits(perHour, perHour));
    // A bot stands where the client app does: ids of both have one form.
    return (address, bot) ->
        switch (limit.admit(Budget.ofMails(address), new ClientAppId(bot.value()))) {
          case Admitted(List<Quota> quotas) -> quotas.getLast().remaining();
          case Uncounted _, Contended _ -> perHour;
          case Refused _ -> -1;
        };
  }
}
