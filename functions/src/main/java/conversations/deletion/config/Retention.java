package conversations.deletion.config;

import static java.time.temporal.ChronoUnit.DAYS;

import java.time.Duration;

/**
 * How long what is stored is kept.
 *
 * @param jobs for which a job can be looked up after its end
 * @param details for which it still tells whom and what it was about
 * @param backups for which backups hold what was deleted; zero if this service makes none
 */
record Retention(Duration jobs, Duration details, Duration backups) {

  /**
   * @throws IllegalArgumentException if a job would be gone before it forgets, or would forget what
   *     a table that is restored holds again
   */
  Retention {
    if (details.compareTo(jobs) >= 0) {
      throw new IllegalArgumentException(
          "DETAIL_RETENTION_DAYS (%d) must be less than JOB_RETENTION_DAYS (%d)"
              .formatted(details.toDays(), jobs.toDays()));
    }
    if (backups.compareTo(details) > 0) {
      throw new IllegalArgumentException(
          "BACKUP_DAYS (%d), the PointInTimeRecoveryDays, must not be more than DETAIL_RETENTION_DAYS (%d)"
              .formatted(backups.toDays(), details.toDays()));
    }
  }

  /** Reads it from the environment. */
  static Retention of(EnvironmentReader reader) {
    Duration jobs = reader.duration("JOB_RETENTION_DAYS", DAYS);
    Duration details = reader.duration("DETAIL_RETENTION_DAYS", DAYS);
    Duration backups = reader.duration("BACKUP_DAYS", DAYS);
    return reader.together(() -> new Retention(jobs, details, backups));
  }
}
