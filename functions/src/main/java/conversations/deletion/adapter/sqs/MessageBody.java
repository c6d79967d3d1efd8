package conversations.deletion.adapter.sqs;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.json.JsonReader;
import conversations.deletion.json.JsonReader.MalformedJsonException;
import conversations.deletion.json.JsonReader.RepeatedNameException;
import conversations.deletion.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The body of a message: a JSON object that names a bot and a job. */
final class MessageBody {

  private static final String BOT_ID = "botId";
  private static final String JOB_ID = "jobId";

  private MessageBody() {}

  static String write(JobRef job) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put(BOT_ID, job.bot().value());
    body.put(JOB_ID, job.job().value());
    return JsonText.of(body);
  }

  /** Reads a body; empty if it has another form, so that the message is not this service's. */
  static Optional<JobRef> read(String body) {
    try {
      return JsonReader.read(body) instanceof Map<?, ?> message
              && message.get(BOT_ID) instanceof String bot
              && message.get(JOB_ID) instanceof String job
              && BotId.isValid(bot)
              && JobId.isValid(job)
          ? Optional.of(new JobRef(new BotId(bot), new JobId(job)))
          : Optional.empty();
    } catch (MalformedJsonException | RepeatedNameException _) {
      return Optional.empty();
    }
  }
}
