package conversations.deletion.local.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium or Chrome that is installed on this machine, without a window; nothing is fetched. */
public final class Browser implements AutoCloseable {

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

  /** Starts one; where browser or driver are not installed, the test is skipped and says so. */
  public static Browser startOrSkip() {
    Optional<Browser> started = start();
    assumeTrue(
        started.isPresent(),
        "The page was not looked at: neither Chromium nor Chrome with its chromedriver is"
            + " installed on this machine.");
    return started.get();
  }

  private static Optional<Browser> start() {
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

  public void open(String url, int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    driver.get(url);
  }

  /** Opens a page anew. */
  public void open(String url) {
    driver.get("about:blank");
    driver.get(url);
  }

  /** Shows pages as on a screen of that size, however small, from now on. */
  public void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    // As on a phone, where they lie over the page and take none of its width.
    driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
  }

  /**
   * Shows pages as to a reader with that preference, from now on.
   *
   * @param scheme {@code light} or {@code dark}
   */
  public void preferColours(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Waits until such an element has this in its text. */
  public void waitFor(String selector, String text) {
    new WebDriverWait(driver, PATIENCE)
        .until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(selector), text));
  }

  /** Waits until there is no such element. */
  public void waitUntilGone(String selector) {
    new WebDriverWait(driver, PATIENCE)
        .until(ExpectedConditions.numberOfElementsToBe(By.cssSelector(selector), 0));
  }

  /** Replaces what is written in such a field. */
  public void type(String selector, String text) {
    onLivePage(
        () -> {
          WebElement field = find(selector);
          field.clear();
          field.sendKeys(text);
          return field;
        });
  }

  /** The text of a frame's page. */
  public String textOfFrame(String selector) {
    return onLivePage(
        () -> {
          driver.switchTo().frame(find(selector));
          try {
            return find("body").getText();
          } finally {
            driver.switchTo().defaultContent();
          }
        });
  }

  /** What an expression of the page's language comes to. */
  public Object evaluate(String expression) {
    return driver.executeScript("return " + expression);
  }

  /** By how many pixels the page is wider than the screen. */
  public long overflow() {
    return (Long)
        evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /**
   * What axe-core, a set of accessibility rules, objects to on the page as it stands: the rules'
   * names, each with the elements.
   *
   * @param kinds of rules, such as {@code wcag2aa}; all where none is named
   */
  @SuppressWarnings("unchecked")
  public List<String> accessibilityFaults(String... kinds) {
    driver.executeScript(resource("/axe.min.js"));
    return (List<String>)
        driver.executeAsyncScript(
            """
            const [kinds, done] = arguments;
            const options = { iframes: false, ...(kinds.length ? { runOnly: kinds } : {}) };
            axe.run(document, options).then(({ violations }) => done(violations.map(
              ({ id, nodes }) => id + ": " + nodes.map((node) => node.html).join(", "))));
            """,
            List.of(kinds));
  }

  /** Waits until there is such an element to be seen. */
  public WebElement find(String selector) {
    return new WebDriverWait(driver, PATIENCE)
        .until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
  }

  /** Waits until there is such an element, and clicks on it. */
  public void click(String selector) {
    onLivePage(
        () -> {
          WebElement element = find(selector);
          driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
          new WebDriverWait(driver, PATIENCE)
              .until(ExpectedConditions.elementToBeClickable(element));
          element.click();
          return element;
        });
  }

  /** Does something anew where the page has meanwhile put another element in the place of one. */
  private <T> T onLivePage(Supplier<T> action) {
    return new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(_ -> action.get());
  }

  public void scrollTo(String selector) {
    driver.executeScript("arguments[0].scrollIntoView()", find(selector));
  }

  /** What the page reported as errors: a blocked or failed load, an exception of a script. */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(entry -> entry.getMessage())
        .toList();
  }

  public void screenshot(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** The whole page, also what is below the screen's end. */
  public byte[] wholePage() {
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    return Base64.getDecoder().decode((String) shot.get("data"));
  }

  private static String resource(String name) {
    try (InputStream resource = Browser.class.getResourceAsStream(name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
