package conversations.deletion.local.api;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium or Chrome that is installed on this machine, without a window; nothing is fetched. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Where there are both, the driver is rather Chrome's. */
  private static final List<String> NAMES =
      List.of("google-chrome", "google-chrome-stable", "chrome", "chromium", "chromium-browser");

  private static final List<Path> USUAL_FOLDERS =
      List.of(
          Path.of("/usr/bin"),
          Path.of("/usr/local/bin"),
          Path.of("/usr/lib/chromium"),
          Path.of("/snap/bin"),
          Path.of("/opt/google/chrome"),
          Path.of("/usr/local/share/chromedriver-linux64"));

  private final ChromeDriver driver;
  private final Path profile;

  private Browser(Path program, Path driverProgram) throws IOException {
    profile = Files.createTempDirectory("browser");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driverProgram.toFile())
                .usingAnyFreePort()
                .build(),
            options);
  }

  /** Starts one; absent where browser or driver are not installed. */
  static Optional<Browser> start() {
    Optional<Path> driver = find(List.of("chromedriver"));
    return find(NAMES)
        .flatMap(
            program ->
                driver.map(
                    driverProgram -> {
                      try {
                        return new Browser(program, driverProgram);
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }));
  }

  private static Optional<Path> find(List<String> names) {
    List<Path> folders =
        Stream.of(
                Stream.ofNullable(System.getenv("CHROMEWEBDRIVER")),
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)))
            .flatMap(paths -> paths)
            .filter(path -> !path.isEmpty())
            .map(Path::of)
            .toList();
    return names.stream()
        .flatMap(
            name ->
                Stream.concat(folders.stream(), USUAL_FOLDERS.stream())
                    .map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  void open(String url, int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    driver.get(url);
  }

  /** Waits until there is such an element to be seen. */
  WebElement find(String selector) {
    return new WebDriverWait(driver, PATIENCE)
        .until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
  }

  /** Waits until there is such an element, and clicks on it. */
  void click(String selector) {
    WebElement element = find(selector);
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
    new WebDriverWait(driver, PATIENCE).until(ExpectedConditions.elementToBeClickable(element));
    element.click();
  }

  void scrollTo(String selector) {
    driver.executeScript("arguments[0].scrollIntoView()", find(selector));
  }

  /** What the page reported as errors: a blocked or failed load, an exception of a script. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(entry -> entry.getMessage())
        .toList();
  }

  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
