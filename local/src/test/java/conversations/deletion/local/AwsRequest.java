package conversations.deletion.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** A request to AWS, and how to answer it in place of AWS. */
public record AwsRequest(HttpExecuteRequest http) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public String operation() {
    if (isOfS3()) {
      return operationOfS3();
    }
    return http.httpRequest()
        .firstMatchingHeader("X-Amz-Target")
        .map(target -> target.substring(target.indexOf('.') + 1))
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .orElseGet(() -> body().replaceFirst("(?s).*Action=(\\w+).*", "$1"));
  }

  private boolean isOfS3() {
    return http.httpRequest()
        .firstMatchingHeader("Authorization")
        .filter(signature -> signature.contains("/s3/aws4_request"))
        .isPresent();
  }

  private String operationOfS3() {
    Set<String> query = http.httpRequest().rawQueryParameters().keySet();
    return switch (http.httpRequest().method()) {
      case GET -> query.contains("versions") ? "ListObjectVersions" : "ListMultipartUploads";
      case POST -> "DeleteObjects";
      case DELETE -> query.contains("uploadId") ? "AbortMultipartUpload" : "DeleteObject";
      default -> throw new IllegalStateException("unexpected: " + http.httpRequest());
    };
  }

  public String body() {
    if (http.contentStreamProvider().isEmpty()) {
      return "";
    }
    try (InputStream stream = http.contentStreamProvider().orElseThrow().newStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same request with another body. */
  public HttpExecuteRequest withBody(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return HttpExecuteRequest.builder()
        .request(
            http.httpRequest().toBuilder()
                .putHeader("Content-Length", Integer.toString(bytes.length))
                .build())
        .contentStreamProvider(ContentStreamProvider.fromByteArray(bytes))
        .build();
  }

  /**
   * The table, the index of a table, the queue or the bucket that it is about; empty for an e-mail.
   */
  public String resource() {
    if (isOfS3()) {
      return http.httpRequest().encodedPath().split("/")[1];
    }
    if (isEmail()) {
      return "";
    }
    JsonNode body = json();
    if (body.has("RequestItems")) {
      return body.get("RequestItems").fieldNames().next();
    }
    if (body.has("TransactItems")) {
      return body.findValue("TableName").textValue();
    }
    String queue = body.path("QueueUrl").textValue();
    return queue != null
        ? queue.substring(queue.lastIndexOf('/') + 1)
        : body.path("TableName").textValue()
            + (body.has("IndexName") ? "/" + body.get("IndexName").textValue() : "");
  }

  public boolean isEmail() {
    return operation().equals("SendEmail");
  }

  private JsonNode json() {
    try {
      return JSON.readTree(body());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer of a service that is called too often. */
  public HttpExecuteResponse throttled() {
    return isOfS3()
        ? refusal(503, "SlowDown")
        : refusal(400, isEmail() ? "Throttling" : "ThrottlingException");
  }

  /** The answer of a service that refuses the request with this error. */
  public HttpExecuteResponse refusal(int status, String code) {
    if (isOfS3()) {
      return answer(status, "<Error><Code>%s</Code><Message>No.</Message></Error>".formatted(code));
    }
    return isEmail()
        ? answer(
            status,
            "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>No.</Message></Error></ErrorResponse>"
                .formatted(code))
        : answer(status, "{\"__type\":\"com.amazonaws#%s\",\"message\":\"No.\"}".formatted(code));
  }

  public static HttpExecuteResponse answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpFullResponse.builder()
                .statusCode(status)
                .putHeader("Content-Length", Integer.toString(bytes.length))
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }
}
