package conversations.deletion.client.failure;

import conversations.deletion.domain.JobStatus;

/** With what the client exits. The numbers never change: scripts rely on them. */
public enum ExitStatus {
  /** It was done; a job that was waited for has completed. */
  OK(0),
  /** The service, or AWS, refused the request. */
  REFUSED(1),
  /** The job that was waited for has failed: nothing of it was deleted. */
  JOB_FAILED(1),
  /** The command line, or what it names, cannot be used. */
  USAGE(2),
  /** The service, or AWS, could not be reached, or could not answer. */
  UNREACHABLE(3),
  /** The job that was waited for has completed partially. */
  JOB_PARTIALLY_COMPLETED(4),
  /** The job that was waited for was cancelled. */
  JOB_CANCELLED(5),
  /** The job had not ended after the time for which it was to be waited. */
  JOB_NOT_ENDED(6),
  /** A fault of the client itself, as EX_SOFTWARE of sysexits.h. */
  FAULT(70);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** How a command exits that waited for a job's end. */
  public static ExitStatus of(JobStatus job) {
    return switch (job) {
      case COMPLETED -> OK;
      case PARTIALLY_COMPLETED -> JOB_PARTIALLY_COMPLETED;
      case FAILED -> JOB_FAILED;
      case CANCELLED -> JOB_CANCELLED;
      case QUEUED, IN_PROGRESS -> JOB_NOT_ENDED;
    };
  }
}
