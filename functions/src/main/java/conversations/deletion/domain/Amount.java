package conversations.deletion.domain;

/** An amount in words, such as "1 record" or "2 records". */
public final class Amount {

  private Amount() {}

  /**
   * @param noun in the singular; its plural ends with an s
   */
  public static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
