package conversations.deletion.bench.stub;

import conversations.deletion.bench.stub.StubAws.StubAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** A request of the SDK that a stub answers in place of AWS. */
record StubCall(HttpExecuteRequest request, Service service) implements ExecutableHttpRequest {

  /** What answers. */
  @FunctionalInterface
  interface Service {
    StubAnswer answer(StubCall call) throws IOException, InterruptedException;
  }

  @Override
  public HttpExecuteResponse call() throws IOException {
    try {
      StubAnswer answer = service.answer(this);
      return HttpExecuteResponse.builder()
          .response(SdkHttpResponse.builder().statusCode(answer.status()).build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
          .build();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  SdkHttpRequest http() {
    return request.httpRequest();
  }

  /** What was sent; nothing if the request has no body. */
  byte[] body() throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return new byte[0];
    }
    try (InputStream content = request.contentStreamProvider().get().newStream()) {
      return content.readAllBytes();
    }
  }

  @Override
  public void abort() {}
}
