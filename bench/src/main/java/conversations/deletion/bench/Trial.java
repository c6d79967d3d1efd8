package conversations.deletion.bench;

import conversations.deletion.bench.stub.Behaviour;
import conversations.deletion.bench.stub.Meter;
import conversations.deletion.bench.stub.SampleUser;
import conversations.deletion.bench.stub.SimulatedTime;
import conversations.deletion.bench.stub.StubAws;
import conversations.deletion.bench.stub.StubS3;

/**
 * One whole job, from its submission to the owner's e-mail, on a stub of its own. It runs in
 * simulated time. That does not change the counts, and saves waiting for a partition's pace.
 */
final class Trial {

  private Trial() {}

  /** Deletes a channel user's conversations and returns what that took. */
  static Meter of(Shape shape) {
    return of(shape, Behaviour.atOnce());
  }

  static Meter of(Shape shape, Behaviour behaviour) {
    SimulatedTime time = new SimulatedTime();
    StubAws aws = new StubAws(time);
    aws.behave(behaviour);
    SampleUser user = shape.addTo(aws.records());
    BenchedEngine engine = new BenchedEngine(aws);
    time.run(
        () -> {
          engine.deleteAllOf(user, aws);
          return aws;
        });
    return aws.meter();
  }

  /** The same for conversations with attachments, which are in a bucket. */
  static Meter of(Attached attached) {
    SimulatedTime time = new SimulatedTime();
    StubAws aws = new StubAws(time);
    StubS3 s3 = new StubS3(aws);
    SampleUser user = attached.shape().addTo(aws.records());
    s3.add(user, attached.versionsOf());
    BenchedEngine engine = BenchedEngine.withBucket(aws, s3);
    time.run(
        () -> {
          engine.deleteAllOf(user, aws);
          return aws;
        });
    if (s3.left() > 0) {
      throw new IllegalStateException("attachments are left");
    }
    return aws.meter();
  }

  /** The same for a job that lists the conversations. */
  static Meter ofListed(Shape shape) {
    SimulatedTime time = new SimulatedTime();
    StubAws aws = new StubAws(time);
    SampleUser user = shape.addTo(aws.records());
    BenchedEngine engine = new BenchedEngine(aws);
    time.run(
        () -> {
          engine.submit(BenchedEngine.listed(user));
          return engine.run();
        });
    if (aws.records().left(user) > 0) {
      throw new IllegalStateException("records are left");
    }
    return aws.meter();
  }
}
