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

  /** What was deleted of conversations; of attachments nothing is said where none was. */
  public static String deleted(Counts counts) {
    return deleted(counts.deletedRecords(), counts.deletedAttachments());
  }

  /** The same, of these numbers. */
  public static String deleted(long records, long attachments) {
    return of(records, "record") + (attachments == 0 ? "" : ", " + of(attachments, "attachment"));
  }
}
