package conversations.deletion.config;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.handler.AuthorizerHandler;
import conversations.deletion.handler.CancelDeletionJobHandler;
import conversations.deletion.handler.FindDeletionJobHandler;
import conversations.deletion.handler.FindHoldHandler;
import conversations.deletion.handler.FindPreviewHandler;
import conversations.deletion.handler.HoldHandler;
import conversations.deletion.handler.HousekeepingHandler;
import conversations.deletion.handler.ListChangeLogHandler;
import conversations.deletion.handler.ListDeletionJobsHandler;
import conversations.deletion.handler.ListJobConversationsHandler;
import conversations.deletion.handler.ListPreviewConversationsHandler;
import conversations.deletion.handler.OffPeakHandler;
import conversations.deletion.handler.PreviewHandler;
import conversations.deletion.handler.SubmitDeletionJobHandler;
import conversations.deletion.handler.SubmitPreviewHandler;
import java.io.File;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A function that has no use for S3 has no class of its client to load at a cold start. */
class LoadedClassesTest {

  private static final String S3 = "software.amazon.awssdk.services.s3.";

  @BeforeAll
  static void setRegion() {
    System.setProperty("aws.region", "eu-central-1");
  }

  @AfterAll
  static void clearRegion() {
    System.clearProperty("aws.region");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        AuthorizerHandler.class,
        CancelDeletionJobHandler.class,
        FindDeletionJobHandler.class,
        FindHoldHandler.class,
        HoldHandler.class,
        ListChangeLogHandler.class,
        ListDeletionJobsHandler.class,
        ListJobConversationsHandler.class,
        SubmitDeletionJobHandler.class,
        HousekeepingHandler.class,
        SubmitPreviewHandler.class,
        FindPreviewHandler.class,
        ListPreviewConversationsHandler.class,
        PreviewHandler.class,
        OffPeakHandler.class
      })
  void withoutABucketNoFunctionLoadsTheClientOfS3(Class<?> handler) throws Exception {
    assertThat(loadedBy(handler, Map.of())).noneMatch(name -> name.startsWith(S3));
  }

  @Test
  void withABucketTheOffPeakFunctionDoes() throws Exception {
    assertThat(
            loadedBy(
                OffPeakHandler.class,
                Map.of("ATTACHMENTS_BUCKET", "media", "ATTACHMENTS_BUCKET_OWNER", "123456789012")))
        .contains(S3 + "S3Client");
  }

  /** The names of all classes that are loaded to put a function together. */
  private static Set<String> loadedBy(Class<?> handler, Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(SettingsTest.OFF_PEAK);
    environment.putAll(WiringTest.SUBMISSION);
    environment.putAll(WiringTest.ENDPOINT);
    environment.putAll(
        Map.of(
            "CLIENT_APPS_TABLE", "ClientApps",
            "CLIENT_SECRETS_PREFIX", "stack/",
            "MAX_TOKEN_AGE_SECONDS", "3600",
            "TOKEN_AUDIENCE", "deletion",
            "PREVIEW_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/previews",
            "PREVIEW_HOURS", "24",
            "WRITE_UNIT_PRICE", "0.625"));
    environment.putAll(more);
    try (RecordingLoader loader = new RecordingLoader()) {
      Class<?> wiring = loader.loadClass(Wiring.class.getName());
      loader
          .loadClass(handler.getName())
          .getConstructor(wiring)
          .newInstance(wiring.getConstructor(Map.class).newInstance(environment));
      return Set.copyOf(loader.loaded);
    }
  }

  /** Loads everything anew, as a fresh JVM does. */
  private static final class RecordingLoader extends URLClassLoader {

    private final Set<String> loaded = ConcurrentHashMap.newKeySet();

    RecordingLoader() {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> found = super.findClass(name);
      loaded.add(name);
      return found;
    }

    private static URL[] classPath() {
      return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(RecordingLoader::url)
          .toArray(URL[]::new);
    }

    private static URL url(String entry) {
      try {
        return Path.of(entry).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
