package conversations.deletion.local.browser;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.SessionNotCreatedException;

/** A browser bears with pages that change, and leaves nothing behind however a test ends. */
class BrowserIT {

  @Test
  void clicksOnAnElementThatThePageReplacesWhileItIsWaitedFor(@TempDir Path folder)
      throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.html"),
            """
            <!doctype html>
            <button disabled>wait</button>
            <script>
              setTimeout(() => {
                const ready = document.createElement("button");
                ready.append("go");
                ready.onclick = () => ready.append(" and done");
                document.querySelector("button").replaceWith(ready);
              }, 1000);
            </script>
            """);
    try (Browser browser = Browser.startOrSkip()) {
      browser.open(page.toUri().toString());

      browser.click("button");

      browser.waitFor("button", "and done");
    }
  }

  @Test
  void leavesNeitherProcessesNorFilesBehind() {
    Browser browser = Browser.startOrSkip();
    DriverProcesses processes = browser.processes();
    assertThat(processes.alive()).hasSizeGreaterThan(2);

    browser.close();

    assertThat(processes.alive()).isEmpty();
    assertThat(browser.profile()).doesNotExist();
  }

  @Test
  void leavesNothingBehindWhereTheDriverDied() {
    Browser browser = Browser.startOrSkip();
    DriverProcesses processes = browser.processes();
    ProcessHandle driver = processes.alive().stream().filter(BrowserIT::isDriver).findAny().get();
    driver.destroyForcibly();
    await().atMost(10, SECONDS).until(() -> !driver.isAlive());

    assertThatThrownBy(browser::close).isInstanceOf(RuntimeException.class);

    assertThat(processes.alive()).isEmpty();
    assertThat(browser.profile()).doesNotExist();
  }

  @Test
  void leavesNothingBehindWhereTheBrowserDoesNotStart(@TempDir Path folder) throws IOException {
    Path driver = Browser.driverProgram().orElseGet(() -> abort("There is no chromedriver."));
    Path noBrowser = Files.writeString(folder.resolve("browser"), "#!/bin/sh\nexit 1\n");
    assertThat(noBrowser.toFile().setExecutable(true)).isTrue();

    assertThatThrownBy(() -> new Browser(noBrowser, driver))
        .isInstanceOf(SessionNotCreatedException.class);

    assertThat(ProcessHandle.current().children()).noneMatch(BrowserIT::isDriver);
  }

  private static boolean isDriver(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("chromedriver");
  }
}
