package conversations.deletion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sqs.SqsClient;

class SdkClientsTest {

  private static final byte[] TAKEN =
      """
      <SendEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendEmailResult>\
      <MessageId>m-1</MessageId></SendEmailResult></SendEmailResponse>"""
          .getBytes(StandardCharsets.UTF_8);

  private final CompletableFuture<Void> emailArrived = new CompletableFuture<>();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Map<String, String> properties;
  private HttpServer server;

  /** Starts a server that answers an e-mail once it may, and no other call. */
  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    properties =
        Map.of(
            "aws.region", "eu-central-1",
            "aws.accessKeyId", "local",
            "aws.secretAccessKey", "local",
            "aws.endpointUrlSes", endpoint,
            "aws.endpointUrlSqs", endpoint);
    properties.forEach(System::setProperty);
  }

  @AfterEach
  void stopServer() {
    properties.keySet().forEach(System::clearProperty);
    mayAnswer.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void sesMayStillAnswerWhenTheTimeOfOtherCallsIsOver() throws Exception {
    SdkClients clients = new SdkClients(Duration.ofMillis(200));
    try (SesClient ses = clients.ses(Duration.ofSeconds(20));
        SqsClient sqs = clients.sqs()) {
      CompletableFuture<String> messageId = CompletableFuture.supplyAsync(() -> send(ses), threads);
      CompletableFuture.anyOf(emailArrived, messageId).join();
      assertThatThrownBy(() -> sqs.sendMessage(message -> message.queueUrl("q").messageBody("{}")))
          .isInstanceOf(SdkClientException.class);

      mayAnswer.countDown();

      assertThat(messageId.get()).isEqualTo("m-1");
    }
  }

  private static String send(SesClient ses) {
    return ses.sendEmail(
            email -> email.source("a@a.example").destination(to -> to.toAddresses("b@b.example")))
        .messageId();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (body.contains("Action=SendEmail")) {
        emailArrived.complete(null);
      }
      mayAnswer.await();
      exchange.sendResponseHeaders(200, TAKEN.length);
      exchange.getResponseBody().write(TAKEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
