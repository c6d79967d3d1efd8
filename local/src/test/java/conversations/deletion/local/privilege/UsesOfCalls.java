package conversations.deletion.local.privilege;

import com.fasterxml.jackson.databind.JsonNode;
import conversations.deletion.local.template.Account;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a call means to IAM.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">Service
 *     Authorization Reference</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html">Transactions
 *     of DynamoDB</a>
 */
record UsesOfCalls(Account account) {

  /** A transaction needs the permissions of what it consists of, and none of its own. */
  private static final Map<String, String> TRANSACTED =
      Map.of(
          "Put", "PutItem",
          "Update", "UpdateItem",
          "Delete", "DeleteItem",
          "ConditionCheck", "ConditionCheckItem",
          "Get", "GetItem");

  private static final Set<String> ON_ONE_TABLE =
      Set.of(
          "GetItem",
          "PutItem",
          "UpdateItem",
          "DeleteItem",
          "Query",
          "Scan",
          "DescribeTable",
          "DescribeTimeToLive",
          "DescribeContinuousBackups");

  private static final Set<String> ON_A_QUEUE =
      Set.of(
          "SendMessage",
          "ReceiveMessage",
          "DeleteMessage",
          "ChangeMessageVisibility",
          "GetQueueAttributes",
          "PurgeQueue");

  /**
   * What the caller must be allowed to do.
   *
   * @throws IllegalArgumentException if that is not known of such a call
   */
  Set<Use> of(AwsCall call) {
    return switch (call.service()) {
      case "dynamodb" -> ofDynamoDb(call);
      case "sqs" -> Set.of(ofSqs(call));
      case "ses" -> ofSes(call);
      case "secretsmanager" -> Set.of(ofSecretsManager(call));
      case S3Calls.SERVICE -> S3Calls.uses(call);
      default -> throw unknown(call);
    };
  }

  private Set<Use> ofDynamoDb(AwsCall call) {
    JsonNode parameters = call.parameters();
    return switch (call.operation()) {
      case "TransactWriteItems", "TransactGetItems" ->
          parameters
              .path("TransactItems")
              .valueStream()
              .flatMap(JsonNode::propertyStream)
              .map(one -> onTable(TRANSACTED.get(one.getKey()), one.getValue()))
              .collect(Collectors.toSet());
      case "BatchGetItem", "BatchWriteItem" ->
          parameters
              .path("RequestItems")
              .propertyStream()
              .map(table -> onTable(call.operation(), table.getKey()))
              .collect(Collectors.toSet());
      case String operation when ON_ONE_TABLE.contains(operation) ->
          Set.of(onTable(operation, parameters));
      default -> throw unknown(call);
    };
  }

  /** What is read from an index needs no permission on the table. */
  private Use onTable(String action, JsonNode parameters) {
    String table = parameters.path("TableName").asText();
    Use use =
        parameters.has("IndexName")
            ? onTable(action, table + "/index/" + parameters.path("IndexName").asText())
            : onTable(action, table);
    return parameters.has("Select")
        ? new Use(use.action(), use.resource(), chosen(parameters))
        : use;
  }

  /**
   * What a request chooses of items.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html">Conditions
   *     of DynamoDB</a>
   */
  private static Map<String, String> chosen(JsonNode parameters) {
    return Map.of(
        "dynamodb:Select",
        parameters.path("Select").asText(),
        "dynamodb:Attributes",
        parameters
            .path("ExpressionAttributeNames")
            .valueStream()
            .map(JsonNode::asText)
            .collect(Collectors.joining(",")));
  }

  private Use onTable(String action, String table) {
    return new Use("dynamodb:" + action, account.arn("dynamodb", "table/" + table));
  }

  /** A batch is allowed to whoever may do each of it. */
  private Use ofSqs(AwsCall call) {
    String action = call.operation().replaceFirst("Batch$", "");
    if (!ON_A_QUEUE.contains(action)) {
      throw unknown(call);
    }
    String url = call.parameters().path("QueueUrl").asText();
    return new Use("sqs:" + action, account.arn("sqs", url.substring(url.lastIndexOf('/') + 1)));
  }

  /**
   * All that SES may ask for, as the call does not tell how the account is set up. Address and
   * domain of the sender may both be identities; either may have a configuration set by default;
   * and in the sandbox, recipients are identities too.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonses.html">Resources
   *     of SES</a>
   */
  private Set<Use> ofSes(AwsCall call) {
    if (!Set.of("SendEmail", "SendRawEmail").contains(call.operation())
        || call.parameters().has("ConfigurationSetName")) {
      throw unknown(call);
    }
    String source = call.parameters().path("Source").asText();
    String address = source.replaceFirst("^.*<([^<>]+)>\\s*$", "$1");
    String domain = address.substring(address.indexOf('@') + 1);
    return Stream.of(
            "identity/" + address,
            "identity/" + domain,
            "identity/recipient@example.com",
            "configuration-set/by-default")
        .map(
            resource ->
                new Use(
                    "ses:" + call.operation(),
                    account.arn("ses", resource),
                    Map.of("ses:FromAddress", address)))
        .collect(Collectors.toSet());
  }

  private Use ofSecretsManager(AwsCall call) {
    if (!call.operation().equals("GetSecretValue")) {
      throw unknown(call);
    }
    String id = call.parameters().path("SecretId").asText();
    return new Use(
        "secretsmanager:GetSecretValue", id.startsWith("arn:") ? id : account.secretArn(id));
  }

  private static IllegalArgumentException unknown(AwsCall call) {
    return new IllegalArgumentException(
        "It is not known what %s of %s has to be allowed"
            .formatted(call.operation(), call.service()));
  }
}
