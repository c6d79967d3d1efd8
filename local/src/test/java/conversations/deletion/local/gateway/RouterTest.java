package conversations.deletion.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.local.template.RouteDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {

  private final Router router =
      new Router(
          List.of(
              new RouteDefinition("GET", "/bot/{botId}/jobs/{jobId}", "Find", true),
              new RouteDefinition("GET", "/bot/{botId}/jobs/latest", "Latest", true),
              new RouteDefinition("POST", "/bot/{botId}/jobs", "Submit", true)));

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "POST, /bot/st-1/jobs, Submit",
    "POST, /bot/st-1/jobs/, Submit",
    "POST, /bot/st-1/%6Aobs, Submit",
    "GET, /bot/st-1/jobs/latest, Latest",
    "GET, /bot/st-1/jobs/cdj-1, Find",
    "GET, /bot/../jobs/cdj-1, Find",
    "GET, /bot/st-1/jobs, -",
    "POST, /bot/st-1/jobs//, -",
    "POST, /bot//jobs, -",
    "POST, /Bot/st-1/jobs, -",
    "POST, /bot/st-1/jobs/cdj-1/more, -",
    "POST, /, -",
    "HEAD, /bot/st-1/jobs/cdj-1, -"
  })
  void findsTheRouteOfMethodAndPath(String method, String path, String functionId) {
    assertThat(router.find(method, path).map(match -> match.route().functionId()).orElse("-"))
        .isEqualTo(functionId);
  }

  @Test
  void decodesPathParametersAndKeepsAnEncodedSlashInItsSegment() {
    Router.Match match = router.find("GET", "/bot/a%2Fb/jobs/x%20y+z").orElseThrow();

    assertThat(match.pathParameters()).isEqualTo(Map.of("botId", "a/b", "jobId", "x y+z"));
  }
}
