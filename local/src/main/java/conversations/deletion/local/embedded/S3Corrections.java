package conversations.deletion.local.embedded;

import com.robothy.netty.http.HttpRequest;
import com.robothy.netty.http.HttpRequestHandler;
import com.robothy.netty.http.HttpResponse;
import com.robothy.netty.router.AbstractRouter;
import com.robothy.netty.router.ExceptionHandler;
import com.robothy.netty.router.Route;
import com.robothy.netty.router.Router;
import com.robothy.s3.core.exception.LocalS3Exception;
import com.robothy.s3.core.exception.S3ErrorCode;
import conversations.deletion.local.http.LocalCallers;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What S3 answers and LocalS3 does not: whoever uses this here must meet what they would meet on
 * AWS.
 *
 * <ul>
 *   <li>Lists of versions and of unfinished uploads are made anew, by {@link S3Lists}.
 *   <li>Deletes of several keys too, by {@link S3Deletes}; a delete of one that is gone is no
 *       error.
 *   <li>To abort an upload that is none is an error, and so is a key that is too long.
 *   <li>Where a request names the bucket's owner, it must be the account.
 * </ul>
 */
final class S3Corrections extends AbstractRouter {

  /**
   * The most bytes of a key.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming
   *     objects</a>
   */
  private static final int LONGEST_KEY = 1_024;

  private final LocalS3Parts localS3;
  private final LocalCallers callers;
  private final String accountId;
  private final S3Lists lists;
  private final S3Deletes deletes;

  S3Corrections(LocalS3Parts localS3, LocalCallers callers, String accountId) {
    this.localS3 = localS3;
    this.callers = callers;
    this.accountId = accountId;
    this.lists = new S3Lists(localS3.objects(), localS3.xml());
    this.deletes = new S3Deletes(localS3.objects(), localS3.xml());
    localS3
        .router()
        .exceptionHandler(
            S3Refusal.class, (refusal, _, response) -> refusal.write(response, localS3.xml()));
  }

  @Override
  public Router route(Route route) {
    return localS3.router().route(route);
  }

  @Override
  public ExceptionHandler<Throwable> findExceptionHandler(Class<? extends Throwable> failure) {
    return localS3.router().findExceptionHandler(failure);
  }

  @Override
  public HttpRequestHandler match(HttpRequest request) {
    // This also finds bucket and key in the path, and adds them to the parameters.
    HttpRequestHandler theirs = localS3.router().match(request);
    HttpRequestHandler handler =
        refusal(request)
            .<HttpRequestHandler>map(
                why ->
                    (_, _) -> {
                      throw new S3Refusal(403, "AccessDenied", why);
                    })
            .orElseGet(() -> corrected(request, theirs));
    return (asked, answer) -> {
      try {
        handler.handle(asked, answer);
      } finally {
        // LocalS3 keeps a copy, and leaves Netty's memory taken.
        asked.getBody().release();
      }
    };
  }

  private Optional<String> refusal(HttpRequest request) {
    return callers
        .refusal(request.header("host").orElse(null), request.header("origin").orElse(null))
        .or(
            () ->
                request
                    .header("x-amz-expected-bucket-owner")
                    .filter(owner -> !owner.equals(accountId))
                    .map(_ -> "Access Denied"));
  }

  private HttpRequestHandler corrected(HttpRequest request, HttpRequestHandler theirs) {
    boolean isOfObject = request.parameter("key").isPresent();
    HttpMethod method = request.getMethod();
    if (isOfObject && method.equals(HttpMethod.DELETE)) {
      return isFor(request, "uploadId")
          ? (asked, answer) -> abort(asked, answer, theirs)
          : (asked, answer) -> delete(asked, answer, theirs);
    }
    if (isOfObject && (method.equals(HttpMethod.PUT) || method.equals(HttpMethod.POST))) {
      return (asked, answer) -> write(asked, answer, theirs);
    }
    if (method.equals(HttpMethod.POST) && isFor(request, "delete")) {
      return deletes;
    }
    if (!isOfObject && method.equals(HttpMethod.GET) && isFor(request, "versions")) {
      return lists::versions;
    }
    if (!isOfObject && method.equals(HttpMethod.GET) && isFor(request, "uploads")) {
      return lists::uploads;
    }
    return theirs;
  }

  private static boolean isFor(HttpRequest request, String parameter) {
    return request.getParams().containsKey(parameter);
  }

  private void abort(HttpRequest request, HttpResponse response, HttpRequestHandler theirs)
      throws Exception {
    boolean isThere =
        lists.uploadsOf(request.parameter("bucket").orElseThrow(), "").stream()
            .anyMatch(
                upload ->
                    request.parameter("key").equals(Optional.of(upload.getKey()))
                        && request.parameter("uploadId").equals(Optional.of(upload.getUploadId())));
    if (!isThere) {
      throw new S3Refusal(404, "NoSuchUpload", "The specified multipart upload does not exist.");
    }
    theirs.handle(request, response);
  }

  private static void delete(HttpRequest request, HttpResponse response, HttpRequestHandler theirs)
      throws Exception {
    try {
      theirs.handle(request, response);
    } catch (LocalS3Exception e) {
      if (!isGone(e)) {
        throw e;
      }
      response.status(HttpResponseStatus.NO_CONTENT);
    }
  }

  /** Tells whether LocalS3 found nothing to delete, which S3 takes for deleted. */
  static boolean isGone(LocalS3Exception failure) {
    return failure.getS3ErrorCode() == S3ErrorCode.NoSuchKey
        || failure.getS3ErrorCode() == S3ErrorCode.NoSuchVersion;
  }

  private static void write(HttpRequest request, HttpResponse response, HttpRequestHandler theirs)
      throws Exception {
    String key = request.parameter("key").orElseThrow();
    if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw new S3Refusal(400, "KeyTooLongError", "Your key is too long");
    }
    theirs.handle(request, response);
  }
}
