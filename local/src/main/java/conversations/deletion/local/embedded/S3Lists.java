package conversations.deletion.local.embedded;

import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import com.robothy.netty.http.HttpRequest;
import com.robothy.netty.http.HttpResponse;
import com.robothy.s3.core.model.answers.ListMultipartUploadsAns.UploadItem;
import com.robothy.s3.core.service.ObjectService;
import com.robothy.s3.datatypes.response.DeleteMarkerEntry;
import com.robothy.s3.datatypes.response.ObjectVersion;
import com.robothy.s3.datatypes.response.VersionItem;
import conversations.deletion.local.embedded.S3Documents.Upload;
import conversations.deletion.local.embedded.S3Documents.Uploads;
import conversations.deletion.local.embedded.S3Documents.Version;
import conversations.deletion.local.embedded.S3Documents.Versions;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Lists a bucket's versions and unfinished uploads as S3 does: by the bytes of their keys, from any
 * place on, whether or not what a page ended with is still there, and with keys encoded where that
 * was asked for. A moment is a whole second. Keys are not grouped by a delimiter.
 */
final class S3Lists {

  private static final int MOST = 1_000;

  /** S3 sorts keys by their UTF-8 bytes. */
  private static final Comparator<String> BY_BYTES =
      Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final ObjectService objects;
  private final XmlMapper xml;

  S3Lists(ObjectService objects, XmlMapper xml) {
    this.objects = objects;
    this.xml = xml;
  }

  void versions(HttpRequest request, HttpResponse response) throws IOException {
    int most = most(request, "max-keys");
    Optional<String> keyMarker = text(request, "key-marker");
    Optional<String> versionMarker = text(request, "version-id-marker");
    if (versionMarker.isPresent() && keyMarker.isEmpty()) {
      throw new S3Refusal(
          400, "InvalidArgument", "A version-id marker cannot be specified without a key marker.");
    }
    List<Entry> all =
        objects
            .listObjectVersions(
                bucket(request),
                null,
                null,
                Integer.MAX_VALUE,
                text(request, "prefix").orElse(null),
                null)
            .getVersions()
            .stream()
            .map(Entry::of)
            .sorted(Comparator.comparing(Entry::key, BY_BYTES))
            .toList();
    List<Entry> rest = keyMarker.map(key -> after(all, key, versionMarker)).orElse(all);
    List<Entry> page = rest.subList(0, Math.min(most, rest.size()));
    Optional<Entry> next =
        page.size() < rest.size() && !page.isEmpty()
            ? Optional.of(page.getLast())
            : Optional.empty();
    Keys keys = new Keys(request);
    answer(
        response,
        new Versions(
            bucket(request),
            keys.shown(text(request, "prefix").orElse("")),
            keys.shown(keyMarker.orElse("")),
            versionMarker.orElse(""),
            most,
            keys.encoding(),
            next.isPresent(),
            next.map(Entry::key).map(keys::shown).orElse(null),
            next.map(Entry::versionId).orElse(null),
            page.stream().filter(one -> !one.isMarker()).map(one -> one.shown(keys)).toList(),
            page.stream().filter(Entry::isMarker).map(one -> one.shown(keys)).toList()));
  }

  /** What follows a place. If the version is gone that it names, it is the end of the key's. */
  private static List<Entry> after(List<Entry> all, String key, Optional<String> version) {
    for (int i = 0; i < all.size(); i++) {
      Entry entry = all.get(i);
      if (version.isPresent() && entry.isAt(key, version.get())) {
        return all.subList(i + 1, all.size());
      }
    }
    return all.stream()
        .filter(
            entry ->
                BY_BYTES.compare(entry.key(), key) > 0
                    || version.isPresent() && entry.isOlder(key, version.get()))
        .toList();
  }

  void uploads(HttpRequest request, HttpResponse response) throws IOException {
    int most = most(request, "max-uploads");
    String prefix = text(request, "prefix").orElse("");
    Optional<String> keyMarker = text(request, "key-marker");
    List<UploadItem> rest =
        uploadsOf(bucket(request), prefix).stream()
            .filter(upload -> keyMarker.stream().noneMatch(key -> isUpTo(upload, key)))
            .sorted(Comparator.comparing(UploadItem::getKey, BY_BYTES))
            .toList();
    Keys keys = new Keys(request);
    List<Upload> page =
        rest.stream()
            .limit(most)
            .map(
                upload ->
                    new Upload(
                        keys.shown(upload.getKey()),
                        upload.getUploadId(),
                        Instant.ofEpochMilli(upload.getInitiated())
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString()))
            .toList();
    answer(
        response,
        new Uploads(
            bucket(request),
            keys.shown(prefix),
            keys.shown(keyMarker.orElse("")),
            most,
            keys.encoding(),
            page.size() < rest.size(),
            page));
  }

  private static boolean isUpTo(UploadItem upload, String key) {
    return BY_BYTES.compare(upload.getKey(), key) <= 0;
  }

  /** The bucket's unfinished uploads whose keys begin so. */
  List<UploadItem> uploadsOf(String bucket, String prefix) {
    return objects
        .listMultipartUploads(bucket, null, null, null, Integer.MAX_VALUE, null, null)
        .getUploads()
        .stream()
        .filter(upload -> upload.getKey().startsWith(prefix))
        .toList();
  }

  private void answer(HttpResponse response, Object body) throws IOException {
    response
        .status(HttpResponseStatus.OK)
        .putHeader("content-type", "application/xml")
        .write(xml.writeValueAsString(body));
  }

  private static String bucket(HttpRequest request) {
    return request.parameter("bucket").orElseThrow();
  }

  private static int most(HttpRequest request, String parameter) {
    return Math.min(MOST, request.parameter(parameter).map(Integer::parseInt).orElse(MOST));
  }

  private static Optional<String> text(HttpRequest request, String parameter) {
    return request.parameter(parameter).filter(value -> !value.isEmpty());
  }

  /** How an answer shows keys. */
  private record Keys(String encoding) {

    Keys(HttpRequest request) {
      this(request.parameter("encoding-type").orElse(null));
    }

    String shown(String key) {
      return "url".equals(encoding)
          ? URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/")
          : key;
    }
  }

  /** A version or a delete marker. */
  private record Entry(
      String key,
      String versionId,
      boolean isLatest,
      Instant lastModified,
      boolean isMarker,
      Long size,
      String etag) {

    static Entry of(VersionItem item) {
      return switch (item) {
        case ObjectVersion version ->
            new Entry(
                version.getKey(),
                version.getVersionId(),
                version.isLatest(),
                version.getLastModified(),
                false,
                version.getSize(),
                '"' + version.getEtag() + '"');
        case DeleteMarkerEntry marker ->
            new Entry(
                marker.getKey(),
                marker.getVersionId(),
                marker.isLatest(),
                marker.getLastModified(),
                true,
                null,
                null);
        default -> throw new IllegalStateException("neither a version nor a marker: " + item);
      };
    }

    boolean isAt(String otherKey, String version) {
      return key.equals(otherKey) && versionId.equals(version);
    }

    /** LocalS3's ids grow with time; {@code null} tells no time. */
    boolean isOlder(String otherKey, String version) {
      return key.equals(otherKey)
          && !version.equals("null")
          && !versionId.equals("null")
          && versionId.compareTo(version) < 0;
    }

    Version shown(Keys keys) {
      return new Version(
          keys.shown(key),
          versionId,
          isLatest,
          lastModified.truncatedTo(ChronoUnit.SECONDS).toString(),
          size,
          etag,
          isMarker ? null : "STANDARD");
    }
  }
}
