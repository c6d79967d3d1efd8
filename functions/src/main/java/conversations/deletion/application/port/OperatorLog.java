package conversations.deletion.application.port;

import conversations.deletion.domain.JobRef;
import conversations.deletion.domain.PreviewRef;
import java.util.HashMap;
import java.util.Map;

/**
 * What operators read: one line for each step that matters.
 *
 * <p>Invariant: lines hold ids of jobs and bots, names of this service's own states and of tables
 * and their attributes, numbers and classes of errors. Nothing that a caller, an owner or a channel
 * user wrote gets in, so the messages of exceptions are left out.
 */
public interface OperatorLog {

  /**
   * An invocation of the function begins: from now on every line has these ids. An instance of a
   * function serves one invocation at a time.
   *
   * @param ids by their names; {@code requestId} is Lambda's
   */
  void begin(Map<String, String> ids);

  /** A step was taken. */
  void info(String event, Map<String, ?> fields);

  /** Something went wrong that the service mends by itself, now or later. */
  void warn(String event, Map<String, ?> fields, Throwable cause);

  /** Something is wrong that an operator must look at. */
  void error(String event, Map<String, ?> fields, Throwable cause);

  /** The fields that name a job. */
  static Map<String, Object> of(JobRef job) {
    return Map.of("botId", job.bot().value(), "jobId", job.job().value());
  }

  /** The fields that name a preview. */
  static Map<String, Object> of(PreviewRef preview) {
    return Map.of("botId", preview.bot().value(), "previewId", preview.preview().value());
  }

  /** The fields that name a job, and more. */
  static Map<String, Object> of(JobRef job, Map<String, ?> more) {
    return with(of(job), more);
  }

  /** The fields that name a preview, and more. */
  static Map<String, Object> of(PreviewRef preview, Map<String, ?> more) {
    return with(of(preview), more);
  }

  private static Map<String, Object> with(Map<String, ?> fields, Map<String, ?> more) {
    Map<String, Object> all = new HashMap<>(fields);
    all.putAll(more);
    return all;
  }
}
