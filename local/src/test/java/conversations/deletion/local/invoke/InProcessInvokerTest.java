package conversations.deletion.local.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import conversations.deletion.local.template.FunctionDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InProcessInvokerTest {

  private static final AtomicInteger STARTS = new AtomicInteger();
  private static CountDownLatch interrupted;
  private static CyclicBarrier meeting;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final InProcessInvoker invoker =
      new InProcessInvoker(
          new WiredHandlers(TestWiring.class.getName()),
          new PrintStream(log, true, StandardCharsets.UTF_8));

  /** Stands for the functions' wiring. */
  public record TestWiring(Map<String, String> environment) {}

  /** Takes and returns one of Lambda's own events. */
  public static final class EventHandler
      implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private final String greeting;

    public EventHandler(TestWiring wiring) {
      STARTS.incrementAndGet();
      greeting = wiring.environment().get("GREETING");
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(
        APIGatewayProxyRequestEvent event, Context context) {
      return new APIGatewayProxyResponseEvent()
          .withStatusCode(200)
          .withBody(greeting + " " + event.getPathParameters().get("name"));
    }
  }

  /** The result of a job. */
  public record Tally(int jobs, List<String> ids) {}

  /** Takes a map and returns a record. The event says what to do. */
  public static final class TypedHandler implements RequestHandler<Map<String, Object>, Tally> {

    public TypedHandler(TestWiring wiring) {}

    @Override
    public Tally handleRequest(Map<String, Object> event, Context context) {
      switch (String.valueOf(event.get("do"))) {
        case "fail" -> throw new IllegalArgumentException("Unauthorized");
        case "hang" -> hang();
        case "meet" -> meet();
        case "write" -> write();
        default -> context.getLogger().log("remaining " + context.getRemainingTimeInMillis());
      }
      return new Tally(2, List.of("a", "b"));
    }

    private static void hang() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    }

    private static void write() {
      System.out.println("Grüße");
      try {
        Thread.ofPlatform().start(() -> System.out.println("of a thread of its own")).join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void meet() {
      try {
        meeting.await(5, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException("Nobody else came", e);
      }
    }
  }

  /** Copies its input. */
  public static final class StreamHandler implements RequestStreamHandler {

    public StreamHandler(TestWiring wiring) {}

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      input.transferTo(output);
    }
  }

  /** Fails in its constructor. */
  public static final class BrokenHandler implements RequestStreamHandler {

    public BrokenHandler(TestWiring wiring) {
      throw new IllegalStateException("GREETING is missing");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {}
  }

  @BeforeEach
  void reset() {
    STARTS.set(0);
    interrupted = new CountDownLatch(1);
    meeting = new CyclicBarrier(2);
  }

  @AfterEach
  void close() {
    invoker.close();
  }

  @Test
  void readsAndWritesLambdasOwnEvents() {
    InvocationResult result =
        invoke(EventHandler.class, "{\"pathParameters\":{\"name\":\"Ada\"},\"unknown\":1}");

    assertThat(((InvocationResult.Success) result).text())
        .contains("\"statusCode\":200", "\"body\":\"Hello Ada\"");
  }

  @Test
  void readsAndWritesTypesOfTheFunctionsOwn() {
    InvocationResult result = invoke(TypedHandler.class, "{}");

    assertThat(((InvocationResult.Success) result).text())
        .isEqualTo("{\"jobs\":2,\"ids\":[\"a\",\"b\"]}");
  }

  @Test
  void hasStreamsReadAndWrittenByTheFunction() {
    assertThat(((InvocationResult.Success) invoke(StreamHandler.class, "{\"a\":1}")).text())
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void tellsTypeAndMessageOfWhatAFunctionThrows() {
    assertThat(invoke(TypedHandler.class, "{\"do\":\"fail\"}"))
        .isEqualTo(
            new InvocationResult.FunctionError(
                "java.lang.IllegalArgumentException", "Unauthorized"));
  }

  @Test
  void tellsWhyAFunctionDidNotStart() {
    assertThat(invoke(BrokenHandler.class, "{}"))
        .isEqualTo(
            new InvocationResult.FunctionError(
                "java.lang.IllegalStateException", "GREETING is missing"));
  }

  @Test
  void keepsAnInstanceForTheNextEvent() {
    invoke(EventHandler.class, "{\"pathParameters\":{\"name\":\"a\"}}");
    invoke(EventHandler.class, "{\"pathParameters\":{\"name\":\"b\"}}");
    assertThat(STARTS).hasValue(1);

    invoker.recycle();
    invoke(EventHandler.class, "{\"pathParameters\":{\"name\":\"c\"}}");
    assertThat(STARTS).hasValue(2);
  }

  @Test
  void servesEventsThatComeTogetherSideBySide() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<InvocationResult> one =
          threads.submit(() -> invoke(TypedHandler.class, "{\"do\":\"meet\"}"));
      Future<InvocationResult> other =
          threads.submit(() -> invoke(TypedHandler.class, "{\"do\":\"meet\"}"));

      assertThat(List.of(one.get(), other.get()))
          .allSatisfy(result -> assertThat(result).isInstanceOf(InvocationResult.Success.class));
    }
  }

  @Test
  void endsAFunctionAtItsDeadline() throws InterruptedException {
    Instant deadline = Instant.now().plusMillis(200);

    InvocationResult result =
        invoker.invoke(function(TypedHandler.class), bytes("{\"do\":\"hang\"}"), deadline);

    assertThat(result)
        .isInstanceOfSatisfying(
            InvocationResult.FunctionError.class,
            error ->
                assertThat(error.errorMessage())
                    .matches("Task timed out after 0\\.\\d\\d seconds"));
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void tellsAFunctionItsRemainingTime() {
    invoke(TypedHandler.class, "{}");

    int remaining = Integer.parseInt(log.toString(StandardCharsets.UTF_8).strip().split(" ")[1]);
    assertThat(remaining).isBetween(1, 10_000);
  }

  @Test
  void keepsWhatFunctionsWriteAsTheirLogAndOffTheTerminal() throws Exception {
    FunctionLogs logs = new FunctionLogs();
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(terminal, true, StandardCharsets.UTF_8));
    ByteArrayOutputStream ofFunctions = new ByteArrayOutputStream();
    AutoCloseable replacement =
        FunctionOutput.replaceStandardOutput(
            logs, new PrintStream(ofFunctions, true, StandardCharsets.UTF_8));
    try {
      System.out.println("not a function's");
      invoke(TypedHandler.class, "{\"do\":\"write\"}");
    } finally {
      replacement.close();
      System.setOut(before);
    }

    assertThat(logs.latest(10))
        .extracting(FunctionLogs.Line::function, FunctionLogs.Line::text)
        .containsExactlyInAnyOrder(
            tuple("TypedHandler", "Grüße"), tuple("TypedHandler", "of a thread of its own"));
    assertThat(terminal.toString(StandardCharsets.UTF_8)).isEqualTo("not a function's\n");
    assertThat(ofFunctions.toString(StandardCharsets.UTF_8))
        .contains("Grüße\n", "of a thread of its own\n");
  }

  private InvocationResult invoke(Class<?> handler, String event) {
    return invoker.invoke(function(handler), bytes(event));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static FunctionDefinition function(Class<?> handler) {
    return new FunctionDefinition(
        handler.getSimpleName(),
        "test-" + handler.getSimpleName(),
        "arn:aws:lambda:eu-central-1:123456789012:function:test",
        handler.getName() + "::handleRequest",
        Duration.ofSeconds(10),
        128,
        Map.of("GREETING", "Hello"));
  }
}
