package conversations.deletion.local.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.Alert;
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
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A Chromium or Chrome that is installed on this machine, without a window. Nothing is downloaded.
 */
public final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Chrome's names come first: if both are installed, the driver is more likely Chrome's. */
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

  private static final Duration PAGE_LOAD = Duration.ofSeconds(30);

  /** The limit for a script that waits. Accessibility rules are slow on a busy machine. */
  private static final Duration SCRIPT = Duration.ofSeconds(60);

  /**
   * The limit for any answer of the driver, which is longer than what the driver itself waits for.
   */
  private static final Duration ANSWER = Duration.ofSeconds(90);

  private static final Duration QUIT = Duration.ofSeconds(20);

  private final ChromeDriverService service;
  private final Path profile;
  private final ChromeDriver driver;

  private Optional<Font> font = Optional.empty();

  /** The driver's id of the script that brings the font. */
  private Optional<String> fontScript = Optional.empty();

  Browser(Path program, Path driverProgram) throws IOException {
    profile = Files.createTempDirectory("browser");
    service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driverProgram.toFile())
            .usingAnyFreePort()
            .build();
    try {
      driver =
          new ChromeDriver(
              service,
              options(program),
              ClientConfig.defaultConfig().connectionTimeout(QUIT).readTimeout(ANSWER));
      driver.manage().timeouts().pageLoadTimeout(PAGE_LOAD).scriptTimeout(SCRIPT);
    } catch (RuntimeException e) {
      clear(processes());
      throw e;
    }
  }

  private ChromeOptions options(Path program) {
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
    return options;
  }

  /** Starts a browser. If browser or driver are not installed, the test is skipped and says so. */
  public static Browser startOrSkip() {
    Optional<Browser> started = start();
    assumeTrue(
        started.isPresent(),
        "The page was not looked at: neither Chromium nor Chrome with its chromedriver is"
            + " installed on this machine.");
    return started.get();
  }

  private static Optional<Browser> start() {
    return find(NAMES)
        .flatMap(
            program ->
                driverProgram()
                    .map(
                        driverProgram -> {
                          try {
                            return new Browser(program, driverProgram);
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                        }));
  }

  static Optional<Path> driverProgram() {
    return find(List.of("chromedriver"));
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

  /** Shows pages from now on as on a screen of this size, even a very small one. */
  public void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    // As on a phone, where scroll bars lie over the page and take none of its width.
    driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
  }

  /**
   * Shows pages from now on as to a reader with this preference.
   *
   * @param scheme {@code light} or {@code dark}
   */
  public void preferColours(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /**
   * Draws all text in this font, on the current page and on all pages that are opened from now on.
   */
  public void use(Font brought) {
    useInstalledFonts();
    Map<String, Object> added =
        driver.executeCdpCommand(
            "Page.addScriptToEvaluateOnNewDocument", Map.of("source", brought.script()));
    font = Optional.of(brought);
    fontScript = Optional.of((String) added.get("identifier"));
    driver.executeScript(brought.script());
  }

  /**
   * Draws pages that are opened from now on in the fonts that they ask for. This is for pictures,
   * not for measuring.
   */
  public void useInstalledFonts() {
    fontScript.ifPresent(
        script ->
            driver.executeCdpCommand(
                "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script)));
    font = Optional.empty();
    fontScript = Optional.empty();
  }

  /** The fonts that a test brought, that have loaded, and that every element asks for. */
  @SuppressWarnings("unchecked")
  public List<String> fontsInUse() {
    return (List<String>)
        evaluate(
            """
            [...document.fonts]
              .filter(({ status }) => status === "loaded")
              .map(({ family }) => family.replaceAll('"', ""))
              .filter((family) => [...document.querySelectorAll("body, body *")].every(
                (one) => getComputedStyle(one).fontFamily.replaceAll('"', "") === family))
            """);
  }

  /** Shows all text of the current page twice as large, as a reader may set it. */
  public void doubleText() {
    driver.executeScript(
        """
        const all = [...document.querySelectorAll("body, body *")];
        const sizes = all.map((one) => parseFloat(getComputedStyle(one).fontSize));
        all.forEach((one, i) => one.style.setProperty("font-size", `${2 * sizes[i]}px`, "important"));
        """);
  }

  /** Texts of the page that reach beyond the screen's edge, or beyond a box that cuts them off. */
  @SuppressWarnings("unchecked")
  public List<String> cutOff() {
    return (List<String>)
        driver.executeScript(
            """
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const cut = [];
            while (texts.nextNode()) {
              const range = document.createRange();
              range.selectNodeContents(texts.currentNode);
              let [left, right] = [0, document.documentElement.clientWidth];
              for (let box = texts.currentNode.parentElement; box; box = box.parentElement) {
                if (box !== document.body && getComputedStyle(box).overflowX !== "visible") {
                  const edges = box.getBoundingClientRect();
                  [left, right] = [Math.max(left, edges.left), Math.min(right, edges.right)];
                }
              }
              const beyond = [...range.getClientRects()].filter(({ width }) => width > 0)
                .some((line) => line.left < left - 1 || line.right > right + 1);
              if (beyond) {
                cut.push(texts.currentNode.data.trim());
              }
            }
            return cut;
            """);
  }

  /** Waits until an element that matches the selector has this in its text. */
  public void waitFor(String selector, String text) {
    patiently()
        .until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(selector), text));
  }

  /** Waits until no element matches the selector. */
  public void waitUntilGone(String selector) {
    patiently().until(ExpectedConditions.numberOfElementsToBe(By.cssSelector(selector), 0));
  }

  /** Replaces the text in a field. */
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
    return inFrame(selector, () -> find("body").getText());
  }

  /** Asks a question on a frame's page, as on a page of its own. */
  public <T> T inFrame(String selector, Supplier<T> question) {
    return onLivePage(
        () -> {
          driver.switchTo().frame(find(selector));
          try {
            // A frame that may not run scripts of its own does not run those that come with new
            // pages either.
            font.ifPresent(brought -> driver.executeScript(brought.script()));
            return question.get();
          } finally {
            driver.switchTo().defaultContent();
          }
        });
  }

  /** The value of a JavaScript expression on the page. */
  public Object evaluate(String expression) {
    return driver.executeScript("return " + expression);
  }

  /** How many elements of the page match the selector, visible or not. */
  public long count(String selector) {
    return (Long) evaluate("document.querySelectorAll(\"" + selector + "\").length");
  }

  /** By how many pixels the page is wider than the screen. */
  public long overflow() {
    return (Long)
        evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /**
   * What axe-core, a set of accessibility rules, objects to on the current page: the names of the
   * rules, each with the elements.
   *
   * @param kinds of rules, such as {@code wcag2aa}; all if none is named
   */
  @SuppressWarnings("unchecked")
  public List<String> accessibilityFaults(String... kinds) {
    if (evaluate("typeof axe").equals("undefined")) {
      driver.executeScript(new String(Resources.bytes("/axe.min.js"), StandardCharsets.UTF_8));
    }
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

  /** Waits until an element that matches the selector is visible. */
  public WebElement find(String selector) {
    return patiently()
        .until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
  }

  /** Waits until an element matches the selector, and clicks on it. */
  public void click(String selector) {
    onLivePage(
        () -> {
          driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", find(selector));
          // By its selector: an element that the page replaces meanwhile never becomes clickable.
          WebElement element =
              patiently().until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)));
          element.click();
          return element;
        });
  }

  /** Waits until the page asks a question, and answers it. */
  public void answer(boolean yes) {
    Alert question = patiently().until(ExpectedConditions.alertIsPresent());
    if (yes) {
      question.accept();
    } else {
      question.dismiss();
    }
  }

  /** Asks often, because most of what tests wait for is there at the second look. */
  private WebDriverWait patiently() {
    WebDriverWait wait = new WebDriverWait(driver, PATIENCE);
    wait.pollingEvery(PAUSE);
    return wait;
  }

  /** Repeats an action if the page has meanwhile replaced an element. */
  private <T> T onLivePage(Supplier<T> action) {
    return patiently().ignoring(StaleElementReferenceException.class).until(_ -> action.get());
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

  /** A picture of the whole page, including what is below the screen's end. */
  public byte[] wholePage() {
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    return Base64.getDecoder().decode((String) shot.get("data"));
  }

  /** The processes of the driver and of everything that it started. */
  DriverProcesses processes() {
    return DriverProcesses.of(service.getUrl().getPort(), profile);
  }

  Path profile() {
    return profile;
  }

  @Override
  public void close() {
    DriverProcesses processes = processes();
    try {
      CompletableFuture.runAsync(driver::quit, task -> Thread.ofVirtual().start(task))
          .orTimeout(QUIT.toSeconds(), TimeUnit.SECONDS)
          .join();
    } finally {
      clear(processes);
    }
  }

  /** Ends all processes and deletes all files. */
  private void clear(DriverProcesses processes) {
    try {
      processes.end();
      service.stop();
    } finally {
      removeProfile();
    }
  }

  /**
   * Removes the profile. A browser that ends may still be removing, or even writing, files in it.
   */
  private void removeProfile() {
    for (int tries = 0; tries < 20 && Files.exists(profile); tries++) {
      try (Stream<Path> files = Files.walk(profile)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      } catch (IOException | UncheckedIOException _) {
        // The file vanished meanwhile, as it should. The next try finds what is left.
      }
    }
  }
}
