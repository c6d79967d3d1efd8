package conversations.deletion.local.console;

import conversations.deletion.domain.JobStatus;
import conversations.deletion.local.embedded.Mail;
import conversations.deletion.local.embedded.Mails;
import conversations.deletion.local.template.TableDefinition;
import conversations.deletion.local.template.Template;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** How things stand: what the page asks for every second, whatever it shows. */
final class State {

  /** A mail without its bodies. */
  private record MailSummary(String messageId, String sentAt, List<String> to, String subject) {}

  /** A table and its number of items. The number is approximate unless the service is embedded. */
  private record TableSummary(String id, String name, List<String> keys, long items) {}

  private final DynamoDbClient dynamoDb;
  private final Template template;
  private final OffPeakTimes offPeakTimes;
  private final Queues queues;
  private final Mails mails;

  State(
      DynamoDbClient dynamoDb,
      Template template,
      OffPeakTimes offPeakTimes,
      Queues queues,
      Mails mails) {
    this.dynamoDb = dynamoDb;
    this.template = template;
    this.offPeakTimes = offPeakTimes;
    this.queues = queues;
    this.mails = mails;
  }

  /** The state at a moment, with these jobs and entries of change logs. */
  Map<String, Object> at(Instant now, Jobs.Found jobs, List<ItemView> changeLog) {
    LinkedHashMap<String, Object> state = new LinkedHashMap<String, Object>();
    state.put("now", now.toString());
    state.put("stack", template.account().stackName());
    state.put("functions", template.functions().stream().map(one -> one.logicalId()).toList());
    state.put("offPeak", offPeakTimes.at(now));
    state.put("queues", queues.depths());
    state.put("tables", template.tables().stream().map(this::summary).toList());
    state.put("statuses", Arrays.stream(JobStatus.values()).map(JobStatus::text).toList());
    state.put("jobs", jobs);
    state.put("changeLog", changeLog);
    state.put("mails", mails.mails().reversed().stream().map(State::summary).toList());
    return state;
  }

  private static MailSummary summary(Mail mail) {
    return new MailSummary(
        mail.messageId(),
        mail.sentAt(),
        mail.to(),
        Objects.requireNonNullElse(mail.subject(), "(no subject)"));
  }

  private TableSummary summary(TableDefinition table) {
    Long items =
        dynamoDb.describeTable(request -> request.tableName(table.name())).table().itemCount();
    return new TableSummary(
        table.logicalId(),
        table.name(),
        table.keys().stream().map(TableDefinition.Key::attribute).toList(),
        items);
  }
}
