package conversations.deletion.bench.stub;

import conversations.deletion.bench.stub.StubAws.StubAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * A bucket with versions in place of the SDK's HTTP client, as {@link StubAws}. Keys are made up
 * when they are listed: some versions of one object, then some of the next. It answers at once and
 * has no unfinished uploads.
 */
public final class StubS3 implements SdkHttpClient {

  /** The name that the meter uses for it. */
  public static final String NAME = "S3";

  public static final String LIST_VERSIONS = "ListObjectVersions";
  public static final String LIST_UPLOADS = "ListMultipartUploads";
  public static final String DELETE = "DeleteObjects";

  private static final int PAGE = 1_000;
  private static final int VERSIONS_OF_A_KEY = 3;

  private static final String NAMESPACE = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
  private static final Pattern PREFIX = Pattern.compile("([^/]+)/([^/]+)/.*");
  private static final Pattern DELETED =
      Pattern.compile("<Key>([^<]+)</Key><VersionId>([^<]+)</VersionId>");

  private final Meter meter;
  private final Map<Integer, Versions> conversations = new ConcurrentHashMap<>();

  /** The versions of a conversation. Guarded by its own monitor. */
  private record Versions(int count, BitSet gone) {

    int left() {
      return count - gone.cardinality();
    }
  }

  /**
   * @param aws whose meter counts the requests
   */
  public StubS3(StubAws aws) {
    this.meter = aws.meter();
  }

  /**
   * Makes up attachments. Must not be called while requests are in flight.
   *
   * @param versionsOf how many versions the user's n-th conversation has
   */
  public void add(SampleUser user, IntUnaryOperator versionsOf) {
    for (int i = 0; i < user.conversations(); i++) {
      conversations.put(user.first() + i, new Versions(versionsOf.applyAsInt(i), new BitSet()));
    }
  }

  /** How many versions are there. */
  public long left() {
    return conversations.values().stream().mapToLong(Versions::left).sum();
  }

  private StubAnswer answer(StubCall call) throws IOException {
    String body = new String(call.body(), StandardCharsets.UTF_8);
    return new StubAnswer(200, answer(call.http(), body).getBytes(StandardCharsets.UTF_8));
  }

  private String answer(SdkHttpRequest http, String body) {
    Map<String, ?> query = http.rawQueryParameters();
    if (query.containsKey("versions")) {
      meter.request(LIST_VERSIONS, NAME);
      return list(http);
    }
    if (query.containsKey("uploads")) {
      meter.request(LIST_UPLOADS, NAME);
      return "<ListMultipartUploadsResult %s><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"
          .formatted(NAMESPACE);
    }
    if (query.containsKey("delete")) {
      meter.request(DELETE, NAME);
      delete(body);
      return "<DeleteResult %s></DeleteResult>".formatted(NAMESPACE);
    }
    throw new IllegalArgumentException(http.toString());
  }

  private String list(SdkHttpRequest http) {
    String prefix = http.firstMatchingRawQueryParameter("prefix").orElseThrow();
    int from =
        http.firstMatchingRawQueryParameter("version-id-marker").map(StubS3::numberOf).orElse(-1)
            + 1;
    Versions versions = of(prefix);
    StringBuilder page = new StringBuilder("<ListVersionsResult ").append(NAMESPACE).append('>');
    synchronized (versions) {
      int last = -1;
      int next = versions.gone().nextClearBit(from);
      for (int i = 0; i < PAGE && next < versions.count(); i++) {
        page.append("<Version><Key>")
            .append(key(prefix, next))
            .append("</Key><VersionId>")
            .append(id(next))
            .append(
                "</VersionId><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>1000</Size></Version>");
        last = next;
        next = versions.gone().nextClearBit(next + 1);
      }
      if (next < versions.count()) {
        page.append("<NextKeyMarker>")
            .append(key(prefix, last))
            .append("</NextKeyMarker><NextVersionIdMarker>")
            .append(id(last))
            .append("</NextVersionIdMarker>");
      }
      page.append("<IsTruncated>").append(next < versions.count()).append("</IsTruncated>");
    }
    return page.append("</ListVersionsResult>").toString();
  }

  private void delete(String body) {
    Matcher deleted = DELETED.matcher(body);
    while (deleted.find()) {
      int version = numberOf(deleted.group(2));
      Versions versions = of(deleted.group(1));
      synchronized (versions) {
        versions.gone().set(version);
      }
    }
  }

  /** The versions of the conversation whose prefix begins this key. */
  private Versions of(String key) {
    Matcher ids = PREFIX.matcher(key);
    if (!ids.matches()) {
      throw new IllegalArgumentException(key);
    }
    return conversations.get(SampleUser.numberOf(ids.group(1) + "#" + ids.group(2)));
  }

  private static String key(String prefix, int version) {
    return prefix + "recording-%07d.ogg".formatted(version / VERSIONS_OF_A_KEY);
  }

  private static String id(int version) {
    return "%032d".formatted(version);
  }

  private static int numberOf(String id) {
    return Integer.parseInt(id);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new StubCall(request, this::answer);
  }

  @Override
  public String clientName() {
    return "StubS3";
  }

  @Override
  public void close() {}
}
