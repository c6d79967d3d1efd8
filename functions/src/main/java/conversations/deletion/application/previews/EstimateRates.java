package conversations.deletion.application.previews;

import conversations.deletion.domain.Estimate;
import conversations.deletion.domain.OffPeakHours;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What an estimate costs, and how long it takes.
 *
 * @param dollarsPerMillionUnits the price of a million write units
 * @param maxWriteUnits the most write units a second that a run may consume; 0: what the table
 *     takes
 * @param hours the hours in which records may be deleted
 */
public record EstimateRates(
    BigDecimal dollarsPerMillionUnits, double maxWriteUnits, OffPeakHours hours) {

  /**
   * Of a million requests that list (https://aws.amazon.com/s3/pricing/, us-east-1). Requests that
   * delete are free.
   */
  private static final BigDecimal DOLLARS_PER_MILLION_LISTS = new BigDecimal("5");

  private static final BigDecimal MILLION = new BigDecimal("1000000");

  /**
   * What one partition takes (Developer Guide, "Partitions and data distribution"). A table that
   * takes more is faster.
   */
  private static final double UNITS_A_SECOND = 1_000;

  private static final int SECONDS_OF_HOUR = 3_600;

  /** US dollars of so many write units and lists, rounded up to the next hundredth of a cent. */
  public BigDecimal dollars(long writeUnits, long lists) {
    return dollarsPerMillionUnits
        .multiply(BigDecimal.valueOf(writeUnits))
        .add(DOLLARS_PER_MILLION_LISTS.multiply(BigDecimal.valueOf(lists)))
        .divide(MILLION, 4, RoundingMode.CEILING);
  }

  /** How many seconds a job takes that needs the most of what is estimated. */
  public long seconds(Estimate estimate) {
    double rate = maxWriteUnits > 0 ? Math.min(maxWriteUnits, UNITS_A_SECOND) : UNITS_A_SECOND;
    return (long) Math.ceil(estimate.writeUnits().most() / rate);
  }

  /** In how many windows a job can do that. */
  public long windows(Estimate estimate) {
    return Math.max(1, Math.ceilDiv(seconds(estimate), hours.inADay() * SECONDS_OF_HOUR));
  }
}
