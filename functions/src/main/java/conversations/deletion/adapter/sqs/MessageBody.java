package conversations.deletion.adapter.sqs;

import com.fasterxml.jackson.jr.ob.JSON;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The body of a message: a JSON object that names a bot and a job. */
final class MessageBody {

  private static final String BOT_ID = "botId";
  private static final String JOB_ID = "jobId";

  private MessageBody() {}

  static String write(JobRef job) {
    try {
      return JSON.std
          .composeString()
          .startObject()
          .put(BOT_ID, job.bot().value())
          .put(JOB_ID, job.job().value())
          .end()
          .finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a body; empty if it is not of that form, and so not this service's. */
  static Optional<JobRef> read(String body) {
    try {
      return JSON.std.anyFrom(body) instanceof Map<?, ?> message
              && message.get(BOT_ID) instanceof String bot
              && message.get(JOB_ID) instanceof String job
              && BotId.isValid(bot)
              && JobId.isValid(job)
          ? Optional.of(new JobRef(new BotId(bot), new JobId(job)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
