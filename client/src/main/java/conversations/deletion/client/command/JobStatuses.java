package conversations.deletion.client.command;

import conversations.deletion.domain.JobStatus;
import java.util.Arrays;
import java.util.Iterator;

/** The statuses of jobs, as the API names them. */
final class JobStatuses implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(JobStatus.values()).map(JobStatus::text).iterator();
  }
}
