package conversations.deletion.local.embedded;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import com.robothy.netty.http.HttpRequest;
import com.robothy.netty.http.HttpRequestHandler;
import com.robothy.netty.http.HttpResponse;
import com.robothy.s3.core.exception.LocalS3Exception;
import com.robothy.s3.core.exception.S3ErrorCode;
import com.robothy.s3.core.service.ObjectService;
import com.robothy.s3.datatypes.ObjectIdentifier;
import com.robothy.s3.datatypes.request.DeleteObjectsRequest;
import com.robothy.s3.datatypes.response.DeleteResult;
import com.robothy.s3.datatypes.response.S3Error;
import com.robothy.s3.rest.utils.RequestUtils;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes several versions, as S3 does: what is gone is deleted, and a request is refused that has
 * too many keys, none, no checksum, or a character that XML does not know.
 */
final class S3Deletes implements HttpRequestHandler {

  /** DeleteObjects' limit. */
  private static final int MOST = 1_000;

  private final ObjectService objects;
  private final XmlMapper xml;

  S3Deletes(ObjectService objects, XmlMapper xml) {
    this.objects = objects;
    this.xml = xml;
  }

  @Override
  public void handle(HttpRequest request, HttpResponse response) throws IOException {
    requireChecksum(request);
    String bucket = request.parameter("bucket").orElseThrow();
    DeleteObjectsRequest asked = read(request);
    List<Object> answers = new ArrayList<>();
    for (ObjectIdentifier version : asked.getObjects()) {
      Object answer = delete(bucket, version);
      if (answer instanceof S3Error || !asked.isQuiet()) {
        answers.add(answer);
      }
    }
    response
        .status(HttpResponseStatus.OK)
        .putHeader("content-type", "application/xml")
        .write(xml.writeValueAsString(new DeleteResult(answers)));
  }

  private static void requireChecksum(HttpRequest request) {
    boolean isChecked =
        request.getHeaders().keySet().stream()
            .map(CharSequence::toString)
            .anyMatch(
                name ->
                    name.equalsIgnoreCase("content-md5")
                        || name.equals("x-amz-trailer")
                        || name.startsWith("x-amz-checksum-"));
    if (!isChecked) {
      throw new S3Refusal(
          400, "InvalidRequest", "Missing required header for this request: Content-MD5");
    }
  }

  private DeleteObjectsRequest read(HttpRequest request) throws IOException {
    try (InputStream body = RequestUtils.getBody(request).getDecodedBody()) {
      DeleteObjectsRequest asked = xml.readValue(body, DeleteObjectsRequest.class);
      if (asked.getObjects() != null
          && !asked.getObjects().isEmpty()
          && asked.getObjects().size() <= MOST) {
        return asked;
      }
    } catch (JacksonException _) {
      // It is answered as any other document that is not as it must be.
    }
    throw new S3Refusal(
        400,
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema");
  }

  private Object delete(String bucket, ObjectIdentifier version) {
    try {
      objects.deleteObject(bucket, version.getKey(), version.getVersionId().orElse(null));
    } catch (LocalS3Exception e) {
      if (e.getS3ErrorCode() == S3ErrorCode.NoSuchBucket) {
        throw e;
      }
      if (!S3Corrections.isGone(e)) {
        return S3Error.builder()
            .code(e.getS3ErrorCode().code())
            .message(e.getMessage())
            .key(version.getKey())
            .versionId(version.getVersionId().orElse(null))
            .build();
      }
    }
    DeleteResult.Deleted deleted = new DeleteResult.Deleted();
    deleted.setKey(version.getKey());
    deleted.setVersionId(version.getVersionId().orElse(null));
    return deleted;
  }
}
