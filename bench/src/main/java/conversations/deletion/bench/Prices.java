package conversations.deletion.bench;

import conversations.deletion.bench.stub.Meter;
import conversations.deletion.bench.stub.RecordsTable;
import conversations.deletion.bench.stub.StubS3;
import java.util.Set;

/**
 * Prices in US dollars, on demand in us-east-1, as published in 2026 at
 * https://aws.amazon.com/dynamodb/pricing/, https://aws.amazon.com/sqs/pricing/,
 * https://aws.amazon.com/ses/pricing/ and https://aws.amazon.com/s3/pricing/, where deletes cost
 * nothing. Free tiers are left out. So is Lambda's time, which the stub can't measure.
 */
final class Prices {

  static final double WRITE_UNIT = 0.625e-6;
  static final double READ_UNIT = 0.125e-6;
  static final double QUEUE_REQUEST = 0.40e-6;
  static final double S3_LIST = 5e-6;
  static final double EMAIL = 0.10e-3;

  private static final Set<String> QUEUES = Set.of("jobs", "dead", "previews");

  private Prices() {}

  /** What everything that was metered costs. */
  static double of(Meter meter) {
    return meter.writeUnits(_ -> true) * WRITE_UNIT
        + meter.readUnits(_ -> true) * READ_UNIT
        + meter.requests(kind -> QUEUES.contains(kind.target())) * QUEUE_REQUEST
        + meter.requests(Prices::isListOfS3) * S3_LIST
        + meter.requests("SendEmail", "SES") * EMAIL;
  }

  private static boolean isListOfS3(Meter.Kind kind) {
    return kind.target().equals(StubS3.NAME) && !kind.operation().equals(StubS3.DELETE);
  }

  /** What the deletes alone would have cost at least. */
  static double floor(Meter meter) {
    return meter.leastWriteUnits() * WRITE_UNIT;
  }

  /**
   * What it costs to read the same conversations once and delete their records. Two consistent
   * looks at each conversation and all bookkeeping are left out.
   */
  static double ofScript(Meter meter, int conversations) {
    double reads =
        meter.readUnits(kind -> kind.target().equals(RecordsTable.NAME)) - 2.0 * conversations;
    return floor(meter) + reads * READ_UNIT;
  }
}
