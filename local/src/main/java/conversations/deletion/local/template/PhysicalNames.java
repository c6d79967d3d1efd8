package conversations.deletion.local.template;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What a resource is called in its stack, and what a reference to it, or to an attribute of it,
 * stands for. By CloudFormation's own pattern, but without the random letters at a name's end.
 *
 * @param queueUrls tells the URL of the queue of a name
 * @param secretArns tells the ARN of the secret of a name
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html">Return
 *     values of each resource type</a>
 */
record PhysicalNames(
    Account account, UnaryOperator<String> queueUrls, UnaryOperator<String> secretArns) {

  String name(String logicalId) {
    return account.stackName() + "-" + logicalId;
  }

  /**
   * A secret's name does not begin with the stack's. The twelve characters at its end, which are
   * random on AWS, are always the same ones for a stack, so that it finds its secret again.
   */
  String secretName(String logicalId) {
    byte[] stackAndId = name(logicalId).getBytes(StandardCharsets.UTF_8);
    String letters = UUID.nameUUIDFromBytes(stackAndId).toString().replace("-", "");
    return logicalId + "-" + letters.substring(0, 12);
  }

  String functionArn(String logicalId) {
    return account.arn("lambda", "function:" + name(logicalId));
  }

  /** What {@code Ref} stands for. */
  String reference(ResourceType type, String logicalId) {
    String name = name(logicalId);
    return switch (type) {
      case QUEUE -> queueUrls.apply(name);
      case SECRET -> secretArns.apply(secretName(logicalId));
      case TOPIC -> account.arn("sns", name);
      case MANAGED_POLICY -> iamArn("policy", name);
      default -> name;
    };
  }

  /** What {@code Fn::GetAtt} stands for. */
  String attribute(ResourceType type, String logicalId, String attribute) {
    String name = name(logicalId);
    return switch (type + " " + attribute) {
      case "AWS::DynamoDB::Table Arn" -> account.arn("dynamodb", "table/" + name);
      case "AWS::SQS::Queue Arn" -> account.arn("sqs", name);
      case "AWS::SQS::Queue QueueName" -> name;
      case "AWS::SQS::Queue QueueUrl" -> queueUrls.apply(name);
      case "AWS::Serverless::Function Arn" -> functionArn(logicalId);
      case "AWS::Scheduler::Schedule Arn" -> account.arn("scheduler", "schedule/default/" + name);
      case "AWS::Logs::LogGroup Arn" -> account.arn("logs", "log-group:" + name + ":*");
      case "AWS::WAFv2::WebACL Arn" -> account.arn("wafv2", "regional/webacl/" + name + "/id");
      case "AWS::KMS::Key Arn" -> account.arn("kms", "key/" + name);
      case "AWS::IAM::ManagedPolicy PolicyId" -> "ANPA" + name;
      case "AWS::IAM::Role Arn" -> iamArn("role", name);
      default ->
          throw new TemplateException(
              "Attribute %s.%s is not understood here".formatted(logicalId, attribute));
    };
  }

  private String iamArn(String kind, String name) {
    return "arn:%s:iam::%s:%s/%s".formatted(account.partition(), account.id(), kind, name);
  }
}
