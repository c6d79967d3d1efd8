package conversations.deletion.local.engine;

import conversations.deletion.local.AwsRequest;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** A network on which some calls to AWS fail for as long as the test wants. */
final class OutageHttpClient implements SdkHttpClient {

  /**
   * A call, such as {@code Query} of a table.
   *
   * @param resource its table, index or queue
   */
  record Call(String operation, String resource) {

    /** The service as a whole: a table with its indexes, a queue, or the e-mail service. */
    String service() {
      return resource.replaceFirst("/.*", "");
    }

    @Override
    public String toString() {
      return (operation + " " + resource).strip();
    }
  }

  /**
   * How calls fail.
   *
   * @param code the error code of the answer; empty: there is no answer
   */
  record Failure(int status, String code) {
    @Override
    public String toString() {
      return code.isEmpty() ? "no answer" : code;
    }
  }

  private record Outage(Predicate<Call> concerned, Failure failure) {}

  private final SdkHttpClient real;
  private final Set<Call> calls = new LinkedHashSet<>();
  private Optional<Outage> outage = Optional.empty();
  private int failed;

  OutageHttpClient(SdkHttpClient real) {
    this.real = real;
  }

  /** From now on such calls fail. */
  synchronized void begin(Predicate<Call> concerned, Failure failure) {
    outage = Optional.of(new Outage(concerned, failure));
    failed = 0;
  }

  /** From now on all works again. */
  synchronized void end() {
    outage = Optional.empty();
  }

  /** How many calls failed in the last outage. */
  synchronized int failed() {
    return failed;
  }

  /** All calls that were ever made. */
  synchronized Set<Call> calls() {
    return Set.copyOf(calls);
  }

  private synchronized Optional<Failure> note(Call call) {
    calls.add(call);
    Optional<Failure> met = outage.filter(one -> one.concerned().test(call)).map(Outage::failure);
    if (met.isPresent()) {
      failed++;
    }
    return met;
  }

  private HttpExecuteResponse send(HttpExecuteRequest http) throws IOException {
    AwsRequest request = new AwsRequest(http);
    Optional<Failure> failure = note(new Call(request.operation(), request.resource()));
    if (failure.isEmpty()) {
      return real.prepareRequest(http).call();
    }
    if (failure.get().code().isEmpty()) {
      throw new IOException("no answer");
    }
    return request.refusal(failure.get().status(), failure.get().code());
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return send(request);
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
