package conversations.deletion.domain;

/**
 * What a job would take to delete what was counted, estimated.
 *
 * <p>A delete consumes the record's size, rounded up to whole KB (Developer Guide, "Capacity unit
 * consumption for write operations"), and one unit more where it takes an entry out of the index,
 * as that of a session header does. Sizes are known by the page and not by the record. So the least
 * supposes that rounding up adds a fifth of a KB to a record, the most four fifths. Where all
 * records have nearly the same size, and that is just above a whole KB or just below, it may be
 * more or less.
 *
 * @param writeUnits of the table of records
 * @param lists requests to S3 that list attachments
 */
public record Estimate(Span writeUnits, Span lists) {

  private static final double KB = 1024;
  private static final double LEAST_ADDED = 0.2;
  private static final double MOST_ADDED = 0.8;

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
    // Nobody knows how much of what was read is retained.
    double ofThese = extent.retained() > 0 ? 0 : least + LEAST_ADDED * records;
    return new Span(
        extent.headers() + (long) Math.max(records, Math.floor(ofThese)),
        extent.headers() + (long) Math.max(records, Math.ceil(most + MOST_ADDED * records)));
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
