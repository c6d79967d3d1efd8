package conversations.deletion.local;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import conversations.deletion.local.invoke.InvocationResult;
import conversations.deletion.local.output.VisibleText;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What the service does, a line each: requests that were answered, and runs. */
final class Activity extends Filter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final PrintStream terminal;
  private final InstantSource clock;

  Activity(PrintStream terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    Instant begun = clock.instant();
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    try {
      chain.doFilter(exchange);
    } finally {
      tell(begun, "%d  %s".formatted(exchange.getResponseCode(), request));
    }
  }

  /** A run of the scheduled function has ended. */
  void ran(Instant begun, InvocationResult result) {
    tell(
        begun,
        switch (result) {
          case InvocationResult.Success success -> "run  " + success.text();
          case InvocationResult.FunctionError error -> "run failed  " + error;
        });
  }

  private void tell(Instant begun, String what) {
    long millis = Duration.between(begun, clock.instant()).toMillis();
    terminal.println("%s  %s  (%d ms)".formatted(TIME.format(begun), VisibleText.of(what), millis));
  }

  @Override
  public String description() {
    return "one line for each request";
  }
}
