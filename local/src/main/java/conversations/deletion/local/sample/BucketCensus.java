package conversations.deletion.local.sample;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * Every version, delete marker and unfinished upload of a bucket at one time, by the folder of the
 * conversation ({@code botId/conversationId/}). What is in no such folder has the empty one. It is
 * correct only if nothing was written while it was taken.
 */
public record BucketCensus(SortedMap<String, Folder> folders) {

  private static final Pattern FOLDER = Pattern.compile("[^/]+/[^/]+/");

  /**
   * What is in one folder, each told by its key and id, with all that tells its content.
   *
   * @param versions with their size and the digest of their content
   * @param markers delete markers
   * @param uploads with the parts that they have
   */
  public record Folder(
      SortedMap<String, String> versions,
      SortedMap<String, String> markers,
      SortedMap<String, String> uploads) {

    private static final Folder EMPTY =
        new Folder(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    private SortedMap<String, String> all() {
      SortedMap<String, String> all = new TreeMap<>(versions);
      all.putAll(markers);
      all.putAll(uploads);
      return all;
    }
  }

  /** Lists the whole bucket. */
  public static BucketCensus take(S3Client s3, String bucket) {
    BucketCensus census = new BucketCensus(new TreeMap<>());
    for (ListObjectVersionsResponse page :
        s3.listObjectVersionsPaginator(
            request -> request.bucket(bucket).encodingType(EncodingType.URL))) {
      census.add(page);
    }
    for (ListMultipartUploadsResponse page :
        s3.listMultipartUploadsPaginator(
            request -> request.bucket(bucket).encodingType(EncodingType.URL))) {
      page.uploads()
          .forEach(
              upload ->
                  census
                      .of(upload.key())
                      .uploads()
                      .put(
                          "%s upload %s".formatted(upload.key(), upload.uploadId()),
                          parts(s3, bucket, upload.key(), upload.uploadId())));
    }
    return census;
  }

  private void add(ListObjectVersionsResponse page) {
    page.versions()
        .forEach(
            version ->
                of(version.key())
                    .versions()
                    .put(
                        "%s version %s".formatted(version.key(), version.versionId()),
                        "%d bytes, %s, %s, latest %s"
                            .formatted(
                                version.size(),
                                version.eTag(),
                                version.lastModified(),
                                version.isLatest())));
    page.deleteMarkers()
        .forEach(
            marker ->
                of(marker.key())
                    .markers()
                    .put(
                        "%s marker %s".formatted(marker.key(), marker.versionId()),
                        "%s, latest %s".formatted(marker.lastModified(), marker.isLatest())));
  }

  private static String parts(S3Client s3, String bucket, String key, String upload) {
    List<String> parts =
        s3
            .listPartsPaginator(request -> request.bucket(bucket).key(key).uploadId(upload))
            .parts()
            .stream()
            .map(part -> "%d: %d bytes, %s".formatted(part.partNumber(), part.size(), part.eTag()))
            .toList();
    return String.join("; ", parts);
  }

  private Folder of(String key) {
    Matcher folder = FOLDER.matcher(key);
    return folders.computeIfAbsent(
        folder.lookingAt() ? folder.group() : "",
        _ -> new Folder(new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
  }

  /** The versions in one folder, 0 if it is not there. */
  public int versions(String folder) {
    return folders.getOrDefault(folder, Folder.EMPTY).versions().size();
  }

  /** All that is in one folder: versions, delete markers and unfinished uploads. */
  public int things(String folder) {
    return folders.getOrDefault(folder, Folder.EMPTY).all().size();
  }

  public int versions() {
    return folders.values().stream().mapToInt(folder -> folder.versions().size()).sum();
  }

  public int markers() {
    return folders.values().stream().mapToInt(folder -> folder.markers().size()).sum();
  }

  public int uploads() {
    return folders.values().stream().mapToInt(folder -> folder.uploads().size()).sum();
  }

  /**
   * Compares a later census with what it should be: nothing is left in the folders asked for, and
   * everything else is as it was.
   */
  public CensusComparison compare(BucketCensus after, Collection<String> asked) {
    Set<String> askedFolders = Set.copyOf(asked);
    return CensusComparison.of(
        "versions, markers and uploads",
        contents(),
        after.contents(),
        (folder, _) -> askedFolders.contains(folder));
  }

  private SortedMap<String, SortedMap<String, String>> contents() {
    SortedMap<String, SortedMap<String, String>> contents = new TreeMap<>();
    folders.forEach((name, folder) -> contents.put(name, folder.all()));
    return contents;
  }
}
