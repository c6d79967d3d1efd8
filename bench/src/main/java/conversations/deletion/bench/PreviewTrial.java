package conversations.deletion.bench;

import conversations.deletion.application.offpeak.RunSummary;
import conversations.deletion.bench.stub.Meter;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.SimulatedTime;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.StubS3;
import conversations.deletion.domain.DeletionRequest;
import conversations.deletion.domain.Preview;
import conversations.deletion.domain.Terms;
import java.util.function.Function;

/**
 * A channel user's conversations on a stub of their own, of which there are previews and jobs, in
 * simulated time.
 */
final class PreviewTrial {

  private final SimulatedTime time = new SimulatedTime();
  private final StubAws aws = new StubAws(time);
  private final SampleUser user;
  private final BenchedEngine engine;
  private final BenchedPreviews previews;

  private PreviewTrial(Function<RecordsTable, SampleUser> conversations) {
    this.user = conversations.apply(aws.records());
    this.engine = new BenchedEngine(aws);
    this.previews = new BenchedPreviews(engine);
  }

  private PreviewTrial(Attached attached) {
    StubS3 s3 = new StubS3(aws);
    this.user = attached.shape().addTo(aws.records());
    s3.add(user, attached.versionsOf());
    this.engine = BenchedEngine.withBucket(aws, s3);
    this.previews = new BenchedPreviews(engine);
  }

  /**
   * @param conversations makes them up
   */
  static PreviewTrial of(Function<RecordsTable, SampleUser> conversations) {
    return new PreviewTrial(conversations);
  }

  /** Makes a preview of these conversations, and returns what that took. */
  static Meter ofPreview(Shape shape) {
    PreviewTrial trial = new PreviewTrial(shape::addTo);
    trial.preview();
    return trial.meter();
  }

  /** The same for conversations with attachments, which are in a bucket. */
  static Meter ofPreview(Attached attached) {
    PreviewTrial trial = new PreviewTrial(attached);
    trial.preview();
    return trial.meter();
  }

  Meter meter() {
    return aws.meter();
  }

  /** Makes a preview of all of the channel user's conversations. */
  Preview preview() {
    return preview(BenchedEngine.ofUser(user));
  }

  /** Makes a preview that lists them, at most 100. */
  Preview previewOfListed() {
    return preview(BenchedEngine.listed(user));
  }

  private Preview preview(DeletionRequest.Described request) {
    Preview preview = time.run(() -> previews.complete(request));
    long counted = preview.state().progress().counts().extent().records();
    if (counted != aws.records().left(user)) {
      throw new IllegalStateException(counted + " records were counted");
    }
    return preview;
  }

  /** Deletes them by a job for the channel user. */
  void deleteAll() {
    delete(BenchedEngine.ofUser(user));
  }

  /** Deletes them by a job that lists them. */
  void deleteListed() {
    delete(BenchedEngine.listed(user));
  }

  /** Deletes them by a job that is bound to a preview. */
  void delete(Preview preview) {
    delete(new DeletionRequest.ByPreview(preview.id(), Terms.NONE));
  }

  private void delete(DeletionRequest request) {
    RunSummary summary =
        time.run(
            () -> {
              engine.submit(request);
              return engine.run();
            });
    if (aws.records().left(user) > 0) {
      throw new IllegalStateException(
          aws.records().left(user) + " records are left after " + summary);
    }
  }
}
