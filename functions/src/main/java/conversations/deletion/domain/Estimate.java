package conversations.deletion.domain;

/**
 * What a job would take to delete what was counted, estimated.
 *
 * <p>A delete consumes the record's size, rounded up to whole KB (Developer Guide, "Capacity unit
 * consumption for write operations"), and one unit more where it takes an entry out of the index,
 * as that of a session header does. Sizes are known by the page and not by the record, so rounding
 * up may add anything from nothing to a KB to each record. For records over 2 KB the span is
 * narrowed, by a fifth of a KB a record on either side at most, as far as it takes for the most to
 * be 1.27 times the least. Where nearly all records have one size, and that is just above a whole
 * KB or just below, a job may then consume some percent more or less. Indexes of a platform's own
 * are not counted.
 *
 * @param writeUnits of the table of records
 * @param lists requests to S3 that list attachments
 */
public record Estimate(Span writeUnits, Span lists) {

  private static final double KB = 1024;
  private static final double NARROWED_FROM_KB = 2;
  private static final double WANTED_SPAN = 1.27;
  private static final double MOST_NARROWED = 0.2;

  /** A list before the deletes, one of unfinished uploads, and one as the last look. */
  private static final int LEAST_LISTS = 3;

  /** One more after attachments, and one more where delete markers were left. */
  private static final int MOST_LISTS = 5;

  /** A least and a most. */
  public record Span(long least, long most) {

    /**
     * @throws IllegalArgumentException if the least is more than the most
     */
    public Span {
      if (least > most) {
        throw new IllegalArgumentException(least + " is more than " + most);
      }
    }
  }

  /** What it takes to delete these conversations. */
  public static Estimate of(PreviewCounts counts) {
    Extent extent = counts.extent();
    return new Estimate(writeUnits(extent), lists(counts.conversations(), extent));
  }

  private static Span writeUnits(Extent extent) {
    double doubt = doubt(extent.volume().requests());
    double least = Math.max(extent.volume().atLeast(), extent.volume().likely() - doubt) / KB;
    double most = Math.min(extent.volume().atMost(), extent.volume().likely() + doubt) / KB;
    long records = extent.records();
    double narrowed = narrowed(least, most, records);
    // Nobody knows how much of what was read is retained.
    double ofThese = extent.retained() > 0 ? 0 : least + narrowed * records;
    return new Span(
        extent.headers() + (long) Math.max(records, Math.floor(ofThese)),
        extent.headers() + (long) Math.max(records, Math.ceil(most + (1 - narrowed) * records)));
  }

  /** How much of a KB a record the least takes on, and the most leaves off. */
  private static double narrowed(double least, double most, long records) {
    if (least + most <= 2 * NARROWED_FROM_KB * records) {
      return 0;
    }
    double wanted = (most + records - WANTED_SPAN * least) / ((1 + WANTED_SPAN) * records);
    return Math.clamp(wanted, 0, MOST_NARROWED);
  }

  /**
   * How far the likely size may be from the true one: half a step a request. Over many requests
   * they make up for each other, as the square root of their number.
   */
  private static double doubt(long requests) {
    return Volume.STEP / 2.0 * Math.min(requests, 2 * Math.sqrt(requests));
  }

  private static Span lists(long conversations, Extent extent) {
    if (extent.lists() == 0) {
      return new Span(0, 0);
    }
    long further = extent.lists() - conversations;
    return new Span(
        LEAST_LISTS * conversations + further, MOST_LISTS * conversations + 2 * further);
  }
}
