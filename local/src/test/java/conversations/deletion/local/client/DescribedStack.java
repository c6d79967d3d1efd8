package conversations.deletion.local.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The part of CloudFormation and Lambda that the client uses: it describes a stack and invokes the
 * stack's function.
 */
final class DescribedStack implements AutoCloseable {

  /** The answer to an invocation. */
  record Result(String payload, boolean isError) {}

  /** The function. */
  interface Function {
    Result invoke();
  }

  static final String NAME = "deletions-prod";

  final Map<String, String> outputs = new LinkedHashMap<>();
  final Map<String, String> parameters = new LinkedHashMap<>();
  private final HttpServer server;
  private volatile Function function = () -> new Result("{}", false);
  private volatile boolean isDenied;

  DescribedStack(Map<String, String> outputs) throws IOException {
    this.outputs.putAll(outputs);
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::describe);
    server.createContext("/2015-03-31/functions/", this::invoke);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answering(Function answer) {
    function = answer;
  }

  void deny(boolean denied) {
    isDenied = denied;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void describe(HttpExchange exchange) throws IOException {
    String form =
        URLDecoder.decode(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            StandardCharsets.UTF_8);
    if (isDenied) {
      answer(exchange, 403, fault("AccessDenied", "Not authorized: cloudformation:DescribeStacks"));
    } else if (!form.contains("StackName=" + NAME)) {
      answer(exchange, 400, fault("ValidationError", "Stack with that id does not exist"));
    } else {
      answer(exchange, 200, stack());
    }
  }

  private void invoke(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().split("/")[3];
    if (!name.equals(outputs.get("OffPeakFunction"))) {
      throw new AssertionError("Another function is invoked: " + name);
    }
    Result result = function.invoke();
    if (result.isError()) {
      exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
    }
    answer(exchange, 200, result.payload());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String stack() {
    return """
    <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
      <DescribeStacksResult><Stacks><member>
        <StackName>%s</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
        <CreationTime>2026-05-04T09:00:00.000Z</CreationTime>
        <Outputs>%s</Outputs><Parameters>%s</Parameters>
      </member></Stacks></DescribeStacksResult>
      <ResponseMetadata><RequestId>4b6a3633-025f-438d-ad11-9c12ac783d81</RequestId></ResponseMetadata>
    </DescribeStacksResponse>
    """
        .formatted(NAME, members(outputs, "Output"), members(parameters, "Parameter"));
  }

  private static String members(Map<String, String> values, String kind) {
    return values.entrySet().stream()
        .map(
            value ->
                "<member><%1$sKey>%2$s</%1$sKey><%1$sValue>%3$s</%1$sValue></member>"
                    .formatted(kind, value.getKey(), value.getValue()))
        .collect(Collectors.joining());
  }

  private static String fault(String code, String message) {
    return """
    <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
      <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
      <RequestId>4b6a3633-025f-438d-ad11-9c12ac783d81</RequestId>
    </ErrorResponse>
    """
        .formatted(code, message);
  }
}
