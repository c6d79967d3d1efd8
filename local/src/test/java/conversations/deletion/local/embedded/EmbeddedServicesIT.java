package conversations.deletion.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conversations.deletion.local.aws.Endpoints;
import conversations.deletion.local.http.Listening;
import conversations.deletion.local.http.RawRequest;
import conversations.deletion.local.template.Account;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** They ask for no key, so it is by where a request comes from that they know friends. */
class EmbeddedServicesIT {

  private static final String OWN_HOST = "Host: 127.0.0.1:PORT\r\n";

  private static EmbeddedServices services;

  @BeforeAll
  static void start(@TempDir Path folder) {
    services =
        EmbeddedServices.start(
            Listening.HERE, new Account("123456789012", "eu-central-1", "stack"), folder);
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  static Stream<Named<Function<Endpoints, URI>>> all() {
    return Stream.concat(checked(), Stream.of(Named.of("SQS", Endpoints::sqs)));
  }

  static Stream<Named<Function<Endpoints, URI>>> checked() {
    return Stream.of(
        Named.of("DynamoDB", Endpoints::dynamoDb),
        Named.of("SES", Endpoints::ses),
        Named.of("Secrets Manager", Endpoints::secretsManager),
        Named.of("S3", Endpoints::s3));
  }

  /** A server of all interfaces answers at every address of the loopback network, too. */
  @ParameterizedTest
  @MethodSource("all")
  void listensAtOneAddressOfThisMachineOnly(Function<Endpoints, URI> service) {
    int port = service.apply(services.endpoints()).getPort();

    assertThatThrownBy(() -> new Socket("127.0.0.2", port).close())
        .isInstanceOf(ConnectException.class);
  }

  @ParameterizedTest
  @MethodSource("checked")
  void refusesANameThatWasMadeToLeadHere(Function<Endpoints, URI> service) throws IOException {
    assertThat(status(service, "Host: evil.example:PORT\r\n")).isEqualTo(403);
  }

  @ParameterizedTest
  @MethodSource("checked")
  void refusesAPageOfAnotherOrigin(Function<Endpoints, URI> service) throws IOException {
    assertThat(status(service, OWN_HOST + "Origin: https://evil.example\r\n")).isEqualTo(403);
  }

  @ParameterizedTest
  @MethodSource("checked")
  void letsProgramsOfThisMachineIn(Function<Endpoints, URI> service) throws IOException {
    assertThat(status(service, OWN_HOST)).isNotEqualTo(403);
  }

  private static int status(Function<Endpoints, URI> service, String headers) throws IOException {
    return RawRequest.status(service.apply(services.endpoints()), "POST / HTTP/1.1\r\n" + headers);
  }
}
