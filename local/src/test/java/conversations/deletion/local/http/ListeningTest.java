package conversations.deletion.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningTest {

  @ParameterizedTest(name = "{0} is reached at {1}")
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true, false",
    "0.0.0.0, 127.0.0.1, false, true",
    "192.168.1.2, 192.168.1.2, false, false",
    "::1, [0:0:0:0:0:0:0:1], true, false"
  })
  void tellsWhoReachesAServerAndHow(
      String host, String inUrl, boolean thisMachineOnly, boolean everywhere) {
    Listening listening = Listening.on(host);

    assertThat(listening.inUrl()).isEqualTo(inUrl);
    assertThat(listening.isForThisMachineOnly()).isEqualTo(thisMachineOnly);
    assertThat(listening.isEverywhere()).isEqualTo(everywhere);
  }
}
