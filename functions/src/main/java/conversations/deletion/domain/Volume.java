package conversations.deletion.domain;

/**
 * How large records are that were read, as far as the price of reading them tells.
 *
 * <p>DynamoDB rounds the size of all that a request reads up to 4 KB (Developer Guide, "Capacity
 * unit consumption for read operations"). So the true size is at most so many bytes, and less than
 * 4 KB for each request below that.
 *
 * @param atMost bytes
 * @param requests how many requests read them
 */
public record Volume(long atMost, long requests) {

  /** What a request's size is rounded up to, in bytes. */
  public static final int STEP = 4096;

  /** Nothing was read. */
  public static final Volume NONE = new Volume(0, 0);

  /**
   * @throws IllegalArgumentException if it is negative, or too small for its requests
   */
  public Volume {
    if (requests < 0 || atMost < requests * STEP) {
      throw new IllegalArgumentException(
          "no %d requests can have read %d bytes".formatted(requests, atMost));
    }
  }

  /**
   * What one request has read.
   *
   * @param units the read units that it has consumed, if it was strongly consistent
   */
  public static Volume ofRequest(double units) {
    return new Volume(Math.max(1, (long) Math.ceil(units)) * STEP, 1);
  }

  /** This and more. */
  public Volume plus(Volume more) {
    return new Volume(atMost + more.atMost, requests + more.requests);
  }

  /** The bytes that there are at least. */
  public long atLeast() {
    return atMost - requests * STEP;
  }

  /** The bytes that there most likely are: the sizes of requests lie anywhere between two steps. */
  public long likely() {
    return atMost - requests * STEP / 2;
  }
}
