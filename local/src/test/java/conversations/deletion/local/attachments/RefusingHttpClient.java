package conversations.deletion.local.attachments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * A network behind which S3 refuses to delete certain keys, as it does for a lock or a deny: in
 * DeleteObjects key by key, and the rest is deleted. LocalS3 knows neither.
 */
public final class RefusingHttpClient implements SdkHttpClient {

  private static final Pattern VERSION =
      Pattern.compile(
          "<Object><Key>(?<key>.*?)</Key>(<VersionId>(?<version>.*?)</VersionId>)?</Object>",
          Pattern.DOTALL);

  private final SdkHttpClient real;
  private final Predicate<String> isRefused;
  private final String code;

  /**
   * @param isRefused tells by the whole key; it is as it stands in XML, with entities
   * @param code S3's code for the refusal
   */
  public RefusingHttpClient(SdkHttpClient real, Predicate<String> isRefused, String code) {
    this.real = real;
    this.isRefused = isRefused;
    this.code = code;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    SdkHttpRequest http = request.httpRequest();
    boolean isOfSeveral =
        http.method() == SdkHttpMethod.POST && http.rawQueryParameters().containsKey("delete");
    return isOfSeveral ? call(() -> deleteSome(request)) : real.prepareRequest(request);
  }

  private HttpExecuteResponse deleteSome(HttpExecuteRequest request) throws IOException {
    String body =
        new String(
            request.contentStreamProvider().orElseThrow().newStream().readAllBytes(),
            StandardCharsets.UTF_8);
    List<MatchResult> refused =
        VERSION.matcher(body).results().filter(one -> isRefused.test(one.group("key"))).toList();
    if (refused.isEmpty()) {
      return real.prepareRequest(request).call();
    }
    List<String> errors = new ArrayList<>();
    String allowed = body;
    for (MatchResult one : refused) {
      allowed = allowed.replace(one.group(), "");
      errors.add(
          "<Error><Key>%s</Key><VersionId>%s</VersionId><Code>%s</Code><Message>-</Message></Error>"
              .formatted(one.group("key"), one.group("version"), code));
    }
    return allowed.contains("<Object>")
        ? with(errors, real.prepareRequest(withBody(request, allowed)).call())
        : answer("<DeleteResult>" + String.join("", errors) + "</DeleteResult>");
  }

  private static HttpExecuteResponse with(List<String> errors, HttpExecuteResponse response)
      throws IOException {
    if (!response.httpResponse().isSuccessful()) {
      return response;
    }
    String body =
        new String(response.responseBody().orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    String own =
        body.replaceFirst("(?s)^.*?<DeleteResult[^>]*?(/>|>)", "").replace("</DeleteResult>", "");
    return answer("<DeleteResult>" + own + String.join("", errors) + "</DeleteResult>");
  }

  private static HttpExecuteRequest withBody(HttpExecuteRequest request, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return HttpExecuteRequest.builder()
        .request(
            request.httpRequest().toBuilder()
                .putHeader("Content-Length", Integer.toString(bytes.length))
                .build())
        .contentStreamProvider(ContentStreamProvider.fromByteArray(bytes))
        .build();
  }

  private static HttpExecuteResponse answer(String body) {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpFullResponse.builder()
                .statusCode(200)
                .putHeader("Content-Type", "application/xml")
                .build())
        .responseBody(
            AbortableInputStream.create(
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
        .build();
  }

  private static ExecutableHttpRequest call(Call call) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return call.send();
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public String clientName() {
    return real.clientName();
  }

  @Override
  public void close() {
    real.close();
  }

  private interface Call {
    HttpExecuteResponse send() throws IOException;
  }
}
