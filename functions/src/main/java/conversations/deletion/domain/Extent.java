package conversations.deletion.domain;

/**
 * What conversations consist of, as it was counted.
 *
 * @param records those that a job would delete
 * @param headers how many of them are session headers
 * @param retained records that stay, because of their type
 * @param volume how large records are, the retained ones included
 * @param attachments versions of objects
 * @param attachmentBytes their sizes
 * @param lists how many pages the lists of attachments had
 */
public record Extent(
    long records,
    long headers,
    long retained,
    Volume volume,
    long attachments,
    long attachmentBytes,
    long lists) {

  /** Nothing was counted. */
  public static final Extent NONE = new Extent(0, 0, 0, Volume.NONE, 0, 0, 0);

  /** Some records. */
  public static Extent ofRecords(long records, long headers, long retained, Volume volume) {
    return new Extent(records, headers, retained, volume, 0, 0, 0);
  }

  /** A page of a list of attachments. */
  public static Extent ofList(long attachments, long bytes) {
    return new Extent(0, 0, 0, Volume.NONE, attachments, bytes, 1);
  }

  /** This and more. */
  public Extent plus(Extent more) {
    return new Extent(
        records + more.records,
        headers + more.headers,
        retained + more.retained,
        volume.plus(more.volume),
        attachments + more.attachments,
        attachmentBytes + more.attachmentBytes,
        lists + more.lists);
  }

  /** Bytes, about: sizes of records are known only in steps. */
  public long bytes() {
    return volume.likely() + attachmentBytes;
  }

  /** Tells whether there is nothing that a job would delete. */
  public boolean isEmpty() {
    return records == 0 && attachments == 0;
  }
}
