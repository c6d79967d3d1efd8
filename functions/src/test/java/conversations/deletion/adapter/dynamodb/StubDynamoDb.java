package conversations.deletion.adapter.dynamodb;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client that answers what a test has it answer, for what no emulator does. */
abstract class StubDynamoDb implements DynamoDbClient {

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
