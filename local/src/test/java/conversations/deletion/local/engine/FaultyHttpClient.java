package conversations.deletion.local.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.local.engine.Fault.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/**
 * The network between the off-peak function and AWS: counts the requests that leave, and lets the
 * planned faults befall them.
 */
final class FaultyHttpClient implements SdkHttpClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SdkHttpClient real;
  private final List<String> requests = new ArrayList<>();
  private final List<Fault> planned = new ArrayList<>();
  private String invocationInTrouble = "";
  private Kind lastingTrouble;
  private int emailsAccepted;
  private int faultsBeforeTheMark;
  private boolean isUnmarked;

  FaultyHttpClient(SdkHttpClient real) {
    this.real = real;
  }

  /** Begins anew: nothing was sent, and these faults are to come. */
  synchronized void plan(List<Fault> faults) {
    requests.clear();
    planned.clear();
    planned.addAll(faults);
    invocationInTrouble = "";
    emailsAccepted = 0;
    faultsBeforeTheMark = 0;
    isUnmarked = false;
  }

  /** What was sent, or lost on the way: an operation each. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  synchronized int emailsAccepted() {
    return emailsAccepted;
  }

  /** The faults that befell requests between an e-mail's acceptance and the mark of it. */
  synchronized int faultsBeforeTheMark() {
    return faultsBeforeTheMark;
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

  private HttpExecuteResponse send(HttpExecuteRequest request) throws IOException {
    String operation = operation(request);
    Optional<Kind> fault = note(operation, request);
    if (fault.isEmpty()) {
      return effect(operation, request);
    }
    return switch (fault.get()) {
      case REQUEST_LOST, OUTAGE -> throw new IOException("the request was lost");
      case REPLY_LOST, REPLIES_LOST -> {
        effect(operation, request);
        noteFaultBeforeTheMark();
        throw new IOException("the answer was lost");
      }
      case THROTTLED -> operation.equals("BatchWriteItem") ? half(request) : throttled(operation);
      case KILLED_BEFORE -> throw new Killed();
      case KILLED_AFTER -> {
        effect(operation, request);
        noteFaultBeforeTheMark();
        throw new Killed();
      }
    };
  }

  private synchronized Optional<Kind> note(String operation, HttpExecuteRequest request) {
    requests.add(operation);
    String invocation =
        request.httpRequest().firstMatchingHeader("amz-sdk-invocation-id").orElseThrow();
    Optional<Kind> fault =
        invocation.equals(invocationInTrouble)
            ? Optional.of(lastingTrouble)
            : planned.stream()
                .filter(one -> one.at() == requests.size())
                .map(Fault::kind)
                .findFirst();
    fault
        .filter(Kind::lasts)
        .ifPresent(
            kind -> {
              invocationInTrouble = invocation;
              lastingTrouble = kind;
            });
    if (fault.isPresent()) {
      noteFaultBeforeTheMark();
    }
    return fault;
  }

  private synchronized void noteFaultBeforeTheMark() {
    if (isUnmarked) {
      faultsBeforeTheMark++;
    }
  }

  private HttpExecuteResponse effect(String operation, HttpExecuteRequest request)
      throws IOException {
    HttpExecuteResponse response = real.prepareRequest(request).call();
    if (response.httpResponse().isSuccessful()) {
      noteEffect(operation);
    }
    return response;
  }

  private synchronized void noteEffect(String operation) {
    if (operation.equals("SendEmail")) {
      emailsAccepted++;
      isUnmarked = true;
    } else {
      isUnmarked = false;
    }
  }

  private static String operation(HttpExecuteRequest request) {
    return request
        .httpRequest()
        .firstMatchingHeader("X-Amz-Target")
        .map(target -> target.substring(target.indexOf('.') + 1))
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .orElseGet(() -> body(request).replaceFirst("(?s).*Action=(\\w+).*", "$1"));
  }

  private static String body(HttpExecuteRequest request) {
    try (var stream = request.contentStreamProvider().orElseThrow().newStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpExecuteResponse throttled(String operation) {
    return operation.equals("SendEmail")
        ? answer(
            400,
            "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Maximum"
                + " sending rate exceeded.</Message></Error></ErrorResponse>")
        : answer(400, "{\"__type\":\"com.amazonaws#ThrottlingException\",\"message\":\"Slow.\"}");
  }

  /** Sends the first half of a batch, and answers that the other half was left unprocessed. */
  private HttpExecuteResponse half(HttpExecuteRequest request) throws IOException {
    ObjectNode taken = (ObjectNode) JSON.readTree(body(request));
    Map.Entry<String, ArrayNode> writes = writes(taken);
    ArrayNode left = JSON.createArrayNode();
    int half = writes.getValue().size() / 2;
    while (writes.getValue().size() > half) {
      left.add(writes.getValue().remove(half));
    }
    if (half > 0) {
      effect("BatchWriteItem", withBody(request, taken.toString()));
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("UnprocessedItems").set(writes.getKey(), left);
    return answer(200, answer.toString());
  }

  private static Map.Entry<String, ArrayNode> writes(ObjectNode batch) {
    var writes = batch.get("RequestItems").properties().iterator().next();
    return Map.entry(writes.getKey(), (ArrayNode) writes.getValue());
  }

  private static HttpExecuteRequest withBody(HttpExecuteRequest request, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return HttpExecuteRequest.builder()
        .request(
            request.httpRequest().toBuilder()
                .putHeader("Content-Length", Integer.toString(bytes.length))
                .build())
        .contentStreamProvider(() -> new ByteArrayInputStream(bytes))
        .build();
  }

  private static HttpExecuteResponse answer(int status, String body) {
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

  @Override
  public String clientName() {
    return real.clientName();
  }

  @Override
  public void close() {
    real.close();
  }
}
