package conversations.deletion.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import conversations.deletion.local.aws.SdkSettings;
import conversations.deletion.local.output.PrivateFiles;
import conversations.deletion.local.template.FunctionDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Environment variables in the form of {@code sam local invoke --env-vars}. SAM sets only variables
 * that the template declares, so the settings are JVM options too.
 */
record SamEnvironment(LocalAws aws) {

  private static final String CONTAINERS_VIEW_OF_HOST = "host.docker.internal";

  void write(Path file) throws IOException {
    String region = aws.template().account().region();
    LinkedHashMap<String, Map<String, String>> functions =
        new LinkedHashMap<String, Map<String, String>>();
    for (FunctionDefinition function : aws.template().functions()) {
      LinkedHashMap<String, String> variables = new LinkedHashMap<>(function.environment());
      variables.putAll(SdkSettings.environment(aws.endpoints(), region));
      variables.merge("JAVA_TOOL_OPTIONS", jvmOptions(region), (own, added) -> own + " " + added);
      variables.replaceAll((name, value) -> seenFromContainer(value));
      functions.put(function.logicalId(), variables);
    }
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    PrivateFiles.write(file, json.writeValueAsBytes(functions));
  }

  private String jvmOptions(String region) {
    return SdkSettings.systemProperties(aws.endpoints(), region).entrySet().stream()
        .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String seenFromContainer(String value) {
    return value.replace("http://127.0.0.1:", "http://" + CONTAINERS_VIEW_OF_HOST + ":");
  }
}
