package conversations.deletion.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import conversations.deletion.local.AwsRequest;
import conversations.deletion.local.attachments.PartialDelete;
import conversations.deletion.local.engine.Fault.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The network between the off-peak function and AWS. It counts the requests that leave, and injects
 * the planned faults.
 */
final class FaultyHttpClient implements SdkHttpClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A job's notification, as it is stored once the e-mail was accepted. */
  private static final String MARK = "{\"S\":\"sent\"}";

  private final SdkHttpClient real;
  private final List<String> requests = new ArrayList<>();
  private final List<Fault> planned = new ArrayList<>();
  private final List<String> receipts = new ArrayList<>();
  private String invocationInTrouble = "";
  private Kind lastingTrouble;
  private int emailsAccepted;
  private int faultsBeforeTheMark;
  private int emailsAfterTheMark;
  private boolean isUnmarked;
  private boolean isMarked;
  private volatile boolean isDead;

  FaultyHttpClient(SdkHttpClient real) {
    this.real = real;
  }

  /** Begins anew: no request counts as sent, and these faults are planned. */
  synchronized void plan(List<Fault> faults) {
    requests.clear();
    planned.clear();
    planned.addAll(faults);
    receipts.clear();
    invocationInTrouble = "";
    emailsAccepted = 0;
    faultsBeforeTheMark = 0;
    emailsAfterTheMark = 0;
    isUnmarked = false;
    isMarked = false;
  }

  /** Begins another process. Requests of a killed process never go out, on any thread. */
  void revive() {
    isDead = false;
  }

  /** The operations of all requests that were sent or lost on the way. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** The planned faults that have not hit a request yet. */
  synchronized List<Fault> faultsToCome() {
    return planned.stream().filter(fault -> fault.at() > requests.size()).toList();
  }

  /** The receipts of all messages that were handed out, whether or not their answer arrived. */
  synchronized List<String> receipts() {
    return List.copyOf(receipts);
  }

  synchronized int emailsAccepted() {
    return emailsAccepted;
  }

  /** The number of faults that hit requests between an e-mail's acceptance and its mark. */
  synchronized int faultsBeforeTheMark() {
    return faultsBeforeTheMark;
  }

  synchronized int emailsAfterTheMark() {
    return emailsAfterTheMark;
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
    if (isDead) {
      throw new Killed();
    }
    AwsRequest sent = new AwsRequest(request);
    String operation = sent.operation();
    Optional<Kind> fault = note(operation, request);
    if (fault.isEmpty()) {
      return effect(operation, request);
    }
    return switch (fault.get()) {
      case REQUEST_LOST, OUTAGE -> throw new IOException("the request was lost");
      case REPLY_LOST, REPLIES_LOST -> {
        drop(effect(operation, request));
        noteFaultBeforeTheMark();
        throw new IOException("the answer was lost");
      }
      case THROTTLED ->
          switch (operation) {
            case "BatchWriteItem" -> half(request);
            case "DeleteObjects" -> halfOfObjects(request);
            default -> sent.throttled();
          };
      case REFUSED -> sent.throttled();
      case KILLED_BEFORE -> {
        isDead = true;
        throw new Killed();
      }
      case KILLED_AFTER -> {
        drop(effect(operation, request));
        noteFaultBeforeTheMark();
        isDead = true;
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
      noteEffect(operation, request);
    }
    return operation.equals("ReceiveMessage") ? noteReceipts(response) : response;
  }

  private static void drop(HttpExecuteResponse response) {
    response.responseBody().ifPresent(AbortableInputStream::abort);
  }

  private synchronized void noteEffect(String operation, HttpExecuteRequest request) {
    if (operation.equals("SendEmail")) {
      emailsAccepted++;
      emailsAfterTheMark += isMarked ? 1 : 0;
      isUnmarked = true;
    } else {
      isUnmarked = false;
      isMarked |= operation.equals("UpdateItem") && new AwsRequest(request).body().contains(MARK);
    }
  }

  private synchronized HttpExecuteResponse noteReceipts(HttpExecuteResponse response)
      throws IOException {
    byte[] body = response.responseBody().orElseThrow().readAllBytes();
    JSON.readTree(body)
        .path("Messages")
        .forEach(message -> receipts.add(message.path("ReceiptHandle").textValue()));
    return HttpExecuteResponse.builder()
        .response(response.httpResponse())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  /** Sends the first half of the keys, and answers that the others came too fast. */
  private HttpExecuteResponse halfOfObjects(HttpExecuteRequest request) throws IOException {
    return PartialDelete.send(
        request,
        half -> effect("DeleteObjects", half),
        keys -> keys.subList(keys.size() / 2, keys.size()),
        "SlowDown");
  }

  /** Sends the first half of a batch, and answers that the other half was left unprocessed. */
  private HttpExecuteResponse half(HttpExecuteRequest request) throws IOException {
    AwsRequest sent = new AwsRequest(request);
    ObjectNode taken = (ObjectNode) JSON.readTree(sent.body());
    Map.Entry<String, ArrayNode> writes = writes(taken);
    ArrayNode left = JSON.createArrayNode();
    int half = writes.getValue().size() / 2;
    while (writes.getValue().size() > half) {
      left.add(writes.getValue().remove(half));
    }
    if (half > 0) {
      drop(effect("BatchWriteItem", sent.withBody(taken.toString())));
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("UnprocessedItems").set(writes.getKey(), left);
    return AwsRequest.answer(200, answer.toString());
  }

  private static Map.Entry<String, ArrayNode> writes(ObjectNode batch) {
    Map.Entry<String, JsonNode> writes = batch.get("RequestItems").properties().iterator().next();
    return Map.entry(writes.getKey(), (ArrayNode) writes.getValue());
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
