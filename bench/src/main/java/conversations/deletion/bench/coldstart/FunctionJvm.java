package conversations.deletion.bench.coldstart;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Starts functions, each time in a new JVM with the environment and the flags that Lambda gives it.
 */
final class FunctionJvm {

  private static final int PATIENCE_SECONDS = 120;

  /**
   * The flags of Lambda's runtime for a function of 1 GB without SnapStart, and those of
   * template.yaml.
   */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+TieredCompilation",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx870m",
          "-Dsun.net.http.retryPost=false");

  private final CannedAws aws;
  private final List<String> flags;
  private final String classPath;

  /**
   * @param flags further flags
   */
  FunctionJvm(CannedAws aws, List<String> flags, List<Path> classPath) {
    this.aws = aws;
    this.flags = List.copyOf(flags);
    this.classPath =
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * What a class path needs besides the deployed package: Lambda's serialisation, and the classes
   * of this module.
   */
  static List<Path> runtime() {
    return List.of(home(PojoSerializer.class), home(FirstAnswer.class));
  }

  /**
   * The CPU milliseconds that a function takes until its first answer.
   *
   * @param event the file that holds its event
   * @throws IllegalStateException if it answers an error, or nothing
   */
  double firstAnswer(String handler, Path event) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.addAll(
        List.of("-cp", classPath, FirstAnswer.class.getName(), handler, event.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(environment());
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(handler + " gave no answer: " + output);
      }
      return millis(handler, output);
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * Reads the line with the answer. The function, or the JVM at its end, may have written other
   * lines.
   */
  private static double millis(String handler, String output) {
    String answer =
        output
            .lines()
            .filter(line -> line.matches("\\d+ .*"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(handler + " gave no answer: " + output));
    if (answer.contains("\"statusCode\":4") || answer.contains("\"statusCode\":5")) {
      throw new IllegalStateException(handler + " answered " + answer);
    }
    return Double.parseDouble(answer.substring(0, answer.indexOf(' ')));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_DEFAULT_REGION", "eu-central-1");
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    environment.put("AWS_SESSION_TOKEN", "token");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "function");
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    environment.put("AWS_ENDPOINT_URL", aws.uri().toString());
    environment.put("HOME", "/nowhere");
    environment.put("STACK_NAME", "bench");
    environment.put("DELETION_JOBS_TABLE", "DeletionJobs");
    environment.put("DELETION_JOB_CONVERSATIONS_TABLE", "DeletionJobConversations");
    environment.put("CHANGE_LOG_TABLE", "ChangeLog");
    environment.put("BOTS_TABLE", "Bots");
    environment.put("CHANNEL_USERS_TABLE", "ChannelUsers");
    environment.put("CONVERSATION_RECORDS_TABLE", "ConversationRecords");
    environment.put("CLIENT_APPS_TABLE", "ClientApps");
    environment.put("CLIENT_SECRETS_PREFIX", "stack/client-app/");
    environment.put("SPENT_TOKENS_TABLE", "SpentTokens");
    environment.put("RATE_LIMITS_TABLE", "RateLimits");
    environment.put("DELETION_QUEUE_URL", aws.uri() + "/123456789012/jobs");
    environment.put("DEAD_LETTER_QUEUE_URL", aws.uri() + "/123456789012/dead");
    environment.put("SENDER_ADDRESS", "bots@example.com");
    environment.put("OFF_PEAK_HOURS", "*");
    environment.put("OFF_PEAK_TIMEZONE", "UTC");
    environment.put("MAX_TOKEN_AGE_SECONDS", "3600");
    environment.put("TOKEN_AUDIENCE", "bench");
    environment.put("STACK_SECRET_ARN", "arn:aws:secretsmanager:eu-central-1:1:secret:stack");
    environment.put("MAX_OPEN_JOBS", "1000");
    environment.put("MAILS_PER_HOUR", "20");
    environment.put("REQUESTS_PER_MINUTE", "60");
    environment.put("REQUESTS_PER_HOUR", "1800");
    environment.put("CONVERSATION_IDLE_MINUTES", "30");
    environment.put("INDEX_SETTLE_SECONDS", "60");
    environment.put("LEASE_SECONDS", "60");
    environment.put("CALL_TIMEOUT_MILLIS", "4000");
    environment.put("OFF_PEAK_CALL_TIMEOUT_MILLIS", "4000");
    environment.put("SWEEP_GRACE_SECONDS", "900");
    environment.put("GRACE_PERIOD_HOURS", "0");
    environment.put("MAX_WRITE_UNITS_PER_SECOND", "0");
    environment.put("UNAVAILABLE_AFTER_DAYS", "14");
    environment.put("JOB_RETENTION_DAYS", "90");
    environment.put("BACKUP_DAYS", "7");
    environment.put("DETAIL_RETENTION_DAYS", "30");
    return environment;
  }

  private static Path home(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
