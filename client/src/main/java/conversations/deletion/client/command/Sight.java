package conversations.deletion.client.command;

import conversations.deletion.client.api.Job;
import conversations.deletion.client.api.Preview;
import conversations.deletion.client.view.JobText;
import conversations.deletion.client.view.Line;
import conversations.deletion.client.view.PreviewText;
import conversations.deletion.client.view.ProgressBar;
import conversations.deletion.domain.JobStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What a look at a job or a preview shows. */
sealed interface Sight {

  /** Tells whether there is nothing to wait for: it has ended, or it waits for people. */
  boolean isLast();

  /** When it begins, if it has not begun and that is known. */
  Optional<Instant> dueAt();

  /** A line that the next is written over. */
  Line bar(ProgressBar bar, Instant now);

  /** A line that stays. */
  Line line(Instant now);

  /** A look at a job. */
  record OfJob(Job job) implements Sight {

    /** A hold may stand for years. */
    @Override
    public boolean isLast() {
      return job.status().isEnd() || job.status() == JobStatus.ON_HOLD;
    }

    @Override
    public Optional<Instant> dueAt() {
      return job.status() == JobStatus.QUEUED ? Optional.of(job.scheduledAt()) : Optional.empty();
    }

    @Override
    public Line bar(ProgressBar bar, Instant now) {
      return bar.line(job, now);
    }

    @Override
    public Line line(Instant now) {
      return JobText.line(job, now);
    }
  }

  /**
   * A look at a preview.
   *
   * @param named how many conversations were named; absent if it is a channel user's preview
   */
  record OfPreview(Preview preview, OptionalLong named) implements Sight {

    @Override
    public boolean isLast() {
      return preview.status().isEnd();
    }

    /** A preview is begun at once. */
    @Override
    public Optional<Instant> dueAt() {
      return Optional.empty();
    }

    @Override
    public Line bar(ProgressBar bar, Instant now) {
      return bar.line(preview, named, now);
    }

    @Override
    public Line line(Instant now) {
      return PreviewText.line(preview);
    }
  }
}
