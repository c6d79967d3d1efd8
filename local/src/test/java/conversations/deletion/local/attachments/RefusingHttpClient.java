package conversations.deletion.local.attachments;

import java.io.IOException;
import java.util.function.Predicate;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A network behind which S3 refuses to delete certain keys, as it does for a lock or a deny: in
 * DeleteObjects key by key, and the rest is deleted. LocalS3 knows neither.
 *
 * @param isRefused tells by the whole key; it is as it stands in XML, with entities
 * @param code S3's code for the refusal
 */
public record RefusingHttpClient(SdkHttpClient real, Predicate<String> isRefused, String code)
    implements SdkHttpClient {

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    if (!PartialDelete.isOf(request)) {
      return real.prepareRequest(request);
    }
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return PartialDelete.send(
            request,
            sent -> real.prepareRequest(sent).call(),
            keys -> keys.stream().filter(isRefused).toList(),
            code);
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
}
