package conversations.deletion.adapter.sqs;

import conversations.deletion.domain.BotId;
import conversations.deletion.domain.JobId;
import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.PreviewId;
import conversations.deletion.domain.PreviewRef;
import conversations.deletion.json.JsonReader;
import conversations.deletion.json.JsonReader.MalformedJsonException;
import conversations.deletion.json.JsonReader.RepeatedNameException;
import conversations.deletion.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The body of a message: a JSON object that names a bot, and a job or a preview. */
final class MessageBody {

  private static final String BOT_ID = "botId";
  private static final String JOB_ID = "jobId";
  private static final String PREVIEW_ID = "previewId";

  private MessageBody() {}

  static String write(JobRef job) {
    return write(job.bot(), JOB_ID, job.job().value());
  }

  static String write(PreviewRef preview) {
    return write(preview.bot(), PREVIEW_ID, preview.preview().value());
  }

  private static String write(BotId bot, String name, String id) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put(BOT_ID, bot.value());
    body.put(name, id);
    return JsonText.of(body);
  }

  /** Reads a body; empty if it has another form, so that the message is not this service's. */
  static Optional<JobRef> read(String body) {
    return read(
        body,
        JOB_ID,
        (bot, job) ->
            JobId.isValid(job) ? Optional.of(new JobRef(bot, new JobId(job))) : Optional.empty());
  }

  /** The same of a preview's message. */
  static Optional<PreviewRef> readPreview(String body) {
    return read(
        body,
        PREVIEW_ID,
        (bot, preview) ->
            PreviewId.isValid(preview)
                ? Optional.of(new PreviewRef(bot, new PreviewId(preview)))
                : Optional.empty());
  }

  private static <T> Optional<T> read(
      String body, String name, BiFunction<BotId, String, Optional<T>> reference) {
    try {
      return JsonReader.read(body) instanceof Map<?, ?> message
              && message.get(BOT_ID) instanceof String bot
              && message.get(name) instanceof String id
              && BotId.isValid(bot)
          ? reference.apply(new BotId(bot), id)
          : Optional.empty();
    } catch (MalformedJsonException | RepeatedNameException _) {
      return Optional.empty();
    }
  }
}
