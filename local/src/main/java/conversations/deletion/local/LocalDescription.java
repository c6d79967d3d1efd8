package conversations.deletion.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import conversations.deletion.client.registration.ClientApp;
import conversations.deletion.local.output.PrivateFiles;
import conversations.deletion.local.template.TableDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What scripts and the client need to know about a service that runs here. It is written as {@code
 * local.json}.
 *
 * @param botId the bot to use where none is named
 * @param app a client app that has access to that bot
 */
public record LocalDescription(LocalAws aws, String botId, String ownerEmail, ClientApp app) {

  /** Writes the file. It holds the client app's secret, so only its owner can read it. */
  public void write(Path file) throws IOException {
    LinkedHashMap<String, Object> content = new LinkedHashMap<String, Object>();
    content.put("pid", ProcessHandle.current().pid());
    content.put("baseUrl", aws.baseUrl());
    content.put("botId", botId);
    content.put("ownerEmail", ownerEmail);
    content.put("clientApp", Map.of("appId", app.appId(), "secret", app.secret()));
    content.put("endpoints", endpoints());
    content.put(
        "tables",
        aws.template().tables().stream()
            .collect(Collectors.toMap(TableDefinition::logicalId, TableDefinition::name)));
    aws.template()
        .attachmentsBucket()
        .ifPresent(bucket -> content.put("attachmentsBucket", bucket));
    content.put("queueUrl", aws.queueUrl("DeletionQueue"));
    content.put("clientSecretsPrefix", aws.registrations().secretsPrefix());
    content.put("stackName", aws.template().account().stackName());
    content.put("region", aws.template().account().region());
    content.put("parameters", aws.template().parameters());
    content.put("outputs", outputs());
    PrivateFiles.write(
        file,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(content));
  }

  private Map<String, URI> endpoints() {
    LinkedHashMap<String, URI> named = new LinkedHashMap<String, URI>();
    named.put("dynamodb", aws.endpoints().dynamoDb());
    named.put("sqs", aws.endpoints().sqs());
    named.put("ses", aws.endpoints().ses());
    named.put("secretsmanager", aws.endpoints().secretsManager());
    named.put("s3", aws.endpoints().s3());
    return named;
  }

  /** The template's outputs, but with the API's URL here instead of in AWS. */
  private Map<String, String> outputs() {
    LinkedHashMap<String, String> outputs = new LinkedHashMap<>(aws.template().outputs());
    outputs.put("ApiUrl", aws.baseUrl().toString());
    return outputs;
  }
}
