package conversations.deletion.local.template;

import java.util.Arrays;
import java.util.Optional;

/** The types of resources that others refer to. */
enum ResourceType {
  FUNCTION("AWS::Serverless::Function"),
  API("AWS::Serverless::Api"),
  TABLE("AWS::DynamoDB::Table"),
  QUEUE("AWS::SQS::Queue"),
  SECRET("AWS::SecretsManager::Secret"),
  SCHEDULE("AWS::Scheduler::Schedule"),
  LOG_GROUP("AWS::Logs::LogGroup"),
  ROLE("AWS::IAM::Role"),
  MANAGED_POLICY("AWS::IAM::ManagedPolicy"),
  KEY("AWS::KMS::Key"),
  TOPIC("AWS::SNS::Topic"),
  ALARM("AWS::CloudWatch::Alarm"),
  DASHBOARD("AWS::CloudWatch::Dashboard"),
  STACK("AWS::CloudFormation::Stack"),
  WEB_ACL("AWS::WAFv2::WebACL"),
  API_ACCOUNT("AWS::ApiGateway::Account");

  private final String name;

  ResourceType(String name) {
    this.name = name;
  }

  /** The type as the template calls it; empty for one that nothing refers to. */
  static Optional<ResourceType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name.equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
