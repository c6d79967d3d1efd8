package conversations.deletion.local;

import conversations.deletion.local.aws.AwsClients;
import conversations.deletion.local.aws.Buckets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Something that AWS does and some tests need, but not every peer does. If one request shows
 * whether the peer does it, the peer is asked to. The name and version of a peer say little for
 * long.
 */
public enum Capability {
  WRITE_UNITS(
      "tells how many write units a batch consumed",
      clients -> tellsWriteUnits(clients.dynamoDb())),
  MESSAGE_MOVES(
      "moves messages from a dead-letter queue back", clients -> movesMessages(clients.sqs())),
  ANY_KEY("lists an object whatever characters its key has", clients -> listsAnyKey(clients.s3())),
  BUCKET_OWNERS("checks whose a bucket is", clients -> checksOwners(clients.s3())),
  VERSIONS(
      "keeps versions while versioning is suspended, and lists from the next key on",
      clients -> !isMoto(clients.dynamoDb())),
  ATOMIC_WRITES(
      "checks and writes in one step, even if others write at that moment",
      clients -> !isMoto(clients.dynamoDb()));

  private final String does;
  private final Predicate<AwsClients> isFoundIn;

  Capability(String does, Predicate<AwsClients> isFoundIn) {
    this.does = does;
    this.isFoundIn = isFoundIn;
  }

  boolean isFoundIn(AwsClients peer) {
    return isFoundIn.test(peer);
  }

  @Override
  public String toString() {
    return "a peer that " + does;
  }

  private static boolean tellsWriteUnits(DynamoDbClient dynamoDb) {
    String table = "capability-" + UUID.randomUUID();
    dynamoDb.createTable(
        request ->
            request
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));
    try (DynamoDbWaiter waiter = dynamoDb.waiter()) {
      waiter.waitUntilTableExists(describe -> describe.tableName(table));
      return dynamoDb
              .batchWriteItem(
                  request ->
                      request
                          .requestItems(Map.of(table, List.of(put("one"), put("other"))))
                          .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
              .consumedCapacity()
              .stream()
              .mapToDouble(consumed -> consumed.capacityUnits())
              .sum()
          == 2;
    } finally {
      dynamoDb.deleteTable(request -> request.tableName(table));
    }
  }

  private static WriteRequest put(String id) {
    return WriteRequest.builder()
        .putRequest(put -> put.item(Map.of("id", AttributeValue.fromS(id))))
        .build();
  }

  private static boolean listsAnyKey(S3Client s3) {
    String key = "a\u0001b";
    return inABucket(
        s3,
        bucket -> {
          String version =
              s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("-"))
                  .versionId();
          try {
            return s3
                .listObjectVersions(
                    request -> request.bucket(bucket).encodingType(EncodingType.URL))
                .versions()
                .stream()
                .anyMatch(one -> one.key().equals(key));
          } catch (SdkClientException _) {
            return false;
          } finally {
            s3.deleteObject(request -> request.bucket(bucket).key(key).versionId(version));
          }
        });
  }

  private static boolean checksOwners(S3Client s3) {
    return inABucket(
        s3,
        bucket -> {
          s3.listObjectVersions(
              request -> request.bucket(bucket).expectedBucketOwner("999999999999"));
          return false;
        });
  }

  /** An error of the peer's is an answer too: it is true where a refusal is what is asked for. */
  private static boolean inABucket(S3Client s3, Predicate<String> question) {
    String bucket = "capability-" + UUID.randomUUID();
    Buckets buckets = new Buckets(s3);
    buckets.create(bucket);
    try {
      return question.test(bucket);
    } catch (S3Exception e) {
      return e.statusCode() == 403;
    } finally {
      buckets.delete(bucket);
    }
  }

  /**
   * Moto answers on many threads and locks nothing. If two puts require that there is no item, both
   * may succeed. A transaction that fails puts the whole table back as it was, and what others
   * wrote meanwhile is lost. Both depend on how moto's threads take turns, so no single request
   * shows them. But moto itself says that it is moto.
   */
  private static boolean isMoto(DynamoDbClient dynamoDb) {
    URI endpoint = dynamoDb.serviceClientConfiguration().endpointOverride().orElseThrow();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
                  HttpRequest.newBuilder(endpoint.resolve("/moto-api/")).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Only asks for the move tasks of a queue: a peer that cannot move messages does not know that
   * request.
   */
  private static boolean movesMessages(SqsClient sqs) {
    String queue =
        sqs.createQueue(request -> request.queueName("capability-" + UUID.randomUUID())).queueUrl();
    try {
      String arn =
          sqs.getQueueAttributes(
                  request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      sqs.listMessageMoveTasks(request -> request.sourceArn(arn));
      return true;
    } catch (SqsException e) {
      return e.statusCode() < 500;
    } finally {
      sqs.deleteQueue(request -> request.queueUrl(queue));
    }
  }
}
