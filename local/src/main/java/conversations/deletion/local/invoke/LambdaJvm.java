package conversations.deletion.local.invoke;

import conversations.deletion.local.template.FunctionDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts functions as Lambda's runtime for Java 25 does: with AWS's runtime client, in a JVM of its
 * own. The JVM has the flags and the environment that Lambda sets. It inherits nothing from this
 * process.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime">Environment
 *     variables that Lambda sets</a>
 */
final class LambdaJvm {

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /**
   * The heap's share of a function's memory on Lambda. Lambda was seen to give 445,645 KiB of 512
   * MiB, and similar shares of other sizes.
   */
  private static final double HEAP_OF_MEMORY = 0.85;

  private final RuntimeFiles files;
  private final Map<String, String> services;

  /**
   * @param services settings that point the function's clients to the services here
   */
  LambdaJvm(RuntimeFiles files, Map<String, String> services) {
    this.files = files;
    this.services = Map.copyOf(services);
  }

  /**
   * Starts a process whose output carries everything that the function writes to either stream.
   *
   * @param runtimeApi host and port
   */
  Process start(FunctionDefinition function, String runtimeApi) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(function))
            .directory(files.task().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment(function, runtimeApi));
    return builder.start();
  }

  private List<String> command(FunctionDefinition function) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:MaxHeapSize=%dk".formatted((long) (function.memoryMb() * 1024 * HEAP_OF_MEMORY)),
        "-XX:+UseSerialGC",
        // Lambda's flags for a function without a snapshot; no function here starts from one.
        "-XX:+TieredCompilation",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ErrorFileToStderr",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
        "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
            + files.nativeLibrary(),
        // Without these, a JVM 25 would warn about the client's native part and its use of Unsafe.
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        // The function must not see what a developer keeps in ~/.aws.
        "-Duser.home=/home/sbx_user",
        "-classpath",
        files.classPath(),
        CLIENT,
        function.handler());
  }

  private Map<String, String> environment(FunctionDefinition function, String runtimeApi) {
    HashMap<String, String> environment = new HashMap<>(function.environment());
    environment.putAll(services);
    environment.put("_HANDLER", function.handler());
    environment.put("AWS_DEFAULT_REGION", services.get("AWS_REGION"));
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memoryMb()));
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    environment.put("LAMBDA_TASK_ROOT", files.task().toString());
    environment.put("LANG", "en_US.UTF-8");
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("TZ", ":UTC");
    return environment;
  }
}
