package conversations.deletion.adapter.dynamodb;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client whose answers the test sets, for cases that no emulator has. */
abstract class StubDynamoDb implements DynamoDbClient {

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
