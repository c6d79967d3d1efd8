package conversations.deletion.bench.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Functions that make the same calls to AWS as the deployed ones, in the same order, and nothing
 * else: no validation, no verification, no rules. Each has a class, with the SDK's own defaults and
 * the same HTTP client.
 */
final class BareFunctions {

  private BareFunctions() {}

  /** Reads a client app and its secret. */
  public static final class Authorize
      implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {

    private final DynamoDbClient dynamoDb = dynamoDb();
    private final SecretsManagerClient secretsManager =
        SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create()).build();

    @Override
    public IamPolicyResponse handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
      String appId = "app";
      Map<String, AttributeValue> app =
          dynamoDb
              .getItem(
                  GetItemRequest.builder()
                      .tableName("ClientApps")
                      .key(Map.of("appId", s(appId)))
                      .build())
              .item();
      secretsManager.getSecretValue(
          GetSecretValueRequest.builder().secretId("stack/client-app/" + appId).build());
      Map<String, Object> grants = new HashMap<>();
      grants.put("appId", app.get("appId").s());
      return IamPolicyResponse.builder()
          .withPrincipalId(appId)
          .withPolicyDocument(
              IamPolicyResponse.PolicyDocument.builder()
                  .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                  .withStatement(List.of(IamPolicyResponse.allowStatement(event.getMethodArn())))
                  .build())
          .withContext(grants)
          .build();
    }
  }

  /** Counts the request, writes the job and sends its message. */
  public static final class Submit
      implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private final DynamoDbClient dynamoDb = dynamoDb();
    private final SqsClient sqs = sqs();

    @Override
    public APIGatewayProxyResponseEvent handleRequest(
        APIGatewayProxyRequestEvent event, Context context) {
      String bot = count(dynamoDb, event);
      int open =
          dynamoDb
              .query(
                  QueryRequest.builder()
                      .tableName("DeletionJobs")
                      .indexName("OpenJobsByBot")
                      .keyConditionExpression("openBotId = :bot")
                      .expressionAttributeValues(Map.of(":bot", s(bot)))
                      .select(Select.COUNT)
                      .limit(1_000)
                      .build())
              .count();
      String job = "cdj-" + open + context.getAwsRequestId();
      String now = Instant.now().toString();
      dynamoDb.transactWriteItems(
          TransactWriteItemsRequest.builder()
              .transactItems(
                  TransactWriteItem.builder()
                      .put(
                          Put.builder()
                              .tableName("DeletionJobs")
                              .item(job(bot, job, now))
                              .conditionExpression("attribute_not_exists(jobId)")
                              .build())
                      .build(),
                  TransactWriteItem.builder()
                      .put(Put.builder().tableName("ChangeLog").item(entry(bot, job, now)).build())
                      .build(),
                  TransactWriteItem.builder()
                      .put(
                          Put.builder()
                              .tableName("DeletionJobConversations")
                              .item(
                                  Map.of(
                                      "jobId", s(job),
                                      "chunk", n(1),
                                      "conversations",
                                          AttributeValue.fromL(
                                              List.of(
                                                  AttributeValue.fromM(
                                                      Map.of("id", s("69eb0c87ec444445976a1b2c"))),
                                                  AttributeValue.fromM(
                                                      Map.of(
                                                          "id", s("69eb0b5c7cd98618e06a1b2c")))))))
                              .build())
                      .build())
              .build());
      sqs.sendMessage(
          SendMessageRequest.builder()
              .queueUrl(System.getenv("DELETION_QUEUE_URL"))
              .messageBody("{\"botId\":\"" + bot + "\",\"jobId\":\"" + job + "\"}")
              .build());
      return answer(202, job);
    }
  }

  /** Counts the request and reads the job. */
  public static final class Find
      implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private final DynamoDbClient dynamoDb = dynamoDb();

    @Override
    public APIGatewayProxyResponseEvent handleRequest(
        APIGatewayProxyRequestEvent event, Context context) {
      String bot = count(dynamoDb, event);
      return answer(200, read(dynamoDb, bot, event).get("status").s());
    }
  }

  /** Counts the request, asks the index and reads the jobs. */
  public static final class ListJobs
      implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private final DynamoDbClient dynamoDb = dynamoDb();

    @Override
    public APIGatewayProxyResponseEvent handleRequest(
        APIGatewayProxyRequestEvent event, Context context) {
      String bot = count(dynamoDb, event);
      List<Map<String, AttributeValue>> found =
          dynamoDb
              .query(
                  QueryRequest.builder()
                      .tableName("DeletionJobs")
                      .indexName("JobsByBot")
                      .keyConditionExpression("botId = :bot AND submittedAt BETWEEN :from AND :to")
                      .expressionAttributeValues(
                          Map.of(
                              ":bot", s(bot),
                              ":from", s("1970-01-01T00:00:00.000Z"),
                              ":to", s(Instant.now().toString())))
                      .scanIndexForward(false)
                      .limit(50)
                      .build())
              .items();
      List<Map<String, AttributeValue>> keys =
          List.of(Map.of("botId", s(bot), "jobId", found.getFirst().get("jobId")));
      List<Map<String, AttributeValue>> jobs =
          dynamoDb
              .batchGetItem(
                  BatchGetItemRequest.builder()
                      .requestItems(
                          Map.of(
                              "DeletionJobs",
                              KeysAndAttributes.builder().keys(keys).consistentRead(true).build()))
                      .build())
              .responses()
              .get("DeletionJobs");
      return answer(200, jobs.getFirst().get("status").s());
    }
  }

  /** Counts the request, reads the job and its conversations. */
  public static final class ListConversations
      implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private final DynamoDbClient dynamoDb = dynamoDb();

    @Override
    public APIGatewayProxyResponseEvent handleRequest(
        APIGatewayProxyRequestEvent event, Context context) {
      String bot = count(dynamoDb, event);
      Map<String, AttributeValue> job = read(dynamoDb, bot, event);
      List<Map<String, AttributeValue>> chunks =
          dynamoDb
              .query(
                  QueryRequest.builder()
                      .tableName("DeletionJobConversations")
                      .keyConditionExpression("jobId = :job AND chunk >= :from")
                      .expressionAttributeValues(Map.of(":job", job.get("jobId"), ":from", n(1)))
                      .consistentRead(true)
                      .limit(2)
                      .build())
              .items();
      return answer(200, chunks.getFirst().get("conversations").l().getFirst().m().get("id").s());
    }
  }

  /** Counts the request, reads the job and writes its end. */
  public static final class Cancel
      implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private final DynamoDbClient dynamoDb = dynamoDb();

    @Override
    public APIGatewayProxyResponseEvent handleRequest(
        APIGatewayProxyRequestEvent event, Context context) {
      String bot = count(dynamoDb, event);
      String job = read(dynamoDb, bot, event).get("jobId").s();
      String now = Instant.now().toString();
      dynamoDb.transactWriteItems(
          TransactWriteItemsRequest.builder()
              .transactItems(
                  TransactWriteItem.builder()
                      .update(
                          Update.builder()
                              .tableName("DeletionJobs")
                              .key(Map.of("botId", s(bot), "jobId", s(job)))
                              .updateExpression("SET #status = :status, completedAt = :now")
                              .conditionExpression("attribute_not_exists(completedAt)")
                              .expressionAttributeNames(Map.of("#status", "status"))
                              .expressionAttributeValues(
                                  Map.of(":status", s("cancelled"), ":now", s(now)))
                              .build())
                      .build(),
                  TransactWriteItem.builder()
                      .put(Put.builder().tableName("ChangeLog").item(entry(bot, job, now)).build())
                      .build())
              .build());
      return answer(202, job);
    }
  }

  /** Counts the request and reads the change log. */
  public static final class ListChangeLog
      implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private final DynamoDbClient dynamoDb = dynamoDb();

    @Override
    public APIGatewayProxyResponseEvent handleRequest(
        APIGatewayProxyRequestEvent event, Context context) {
      String bot = count(dynamoDb, event);
      List<Map<String, AttributeValue>> entries =
          dynamoDb
              .query(
                  QueryRequest.builder()
                      .tableName("ChangeLog")
                      .keyConditionExpression("botId = :bot AND entryKey BETWEEN :first AND :last")
                      .expressionAttributeValues(
                          Map.of(
                              ":bot", s(bot),
                              ":first", s("1970-01-01T00:00:00.000Z#"),
                              ":last", s(Instant.now() + "$")))
                      .scanIndexForward(false)
                      .consistentRead(true)
                      .limit(50)
                      .build())
              .items();
      return answer(200, entries.getFirst().get("message").s());
    }
  }

  /** A tick that finds nothing to do. */
  public static final class OffPeak
      implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private final DynamoDbClient dynamoDb = dynamoDb();
    private final SqsClient sqs = sqs();
    private final SesClient ses =
        SesClient.builder().httpClient(UrlConnectionHttpClient.create()).build();

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
      int backlog = backlog();
      int waiting = due("ended");
      TableDescription records =
          dynamoDb
              .describeTable(
                  DescribeTableRequest.builder()
                      .tableName(System.getenv("CONVERSATION_RECORDS_TABLE"))
                      .build())
              .table();
      dynamoDb.query(
          QueryRequest.builder()
              .tableName(System.getenv("CONVERSATION_RECORDS_TABLE"))
              .keyConditionExpression("conversationKey = :conversation")
              .expressionAttributeValues(Map.of(":conversation", s("-")))
              .limit(1)
              .build());
      int sampled = sample(ScanRequest.builder());
      int entries = sample(ScanRequest.builder().indexName("ConversationsByChannelUser"));
      int open = due("open");
      int messages =
          sqs.receiveMessage(
                  ReceiveMessageRequest.builder()
                      .queueUrl(System.getenv("DELETION_QUEUE_URL"))
                      .maxNumberOfMessages(1)
                      .waitTimeSeconds(1)
                      .visibilityTimeout(60)
                      .build())
              .messages()
              .size();
      int ended = due("ended");
      Map<String, Object> summary = new HashMap<>();
      summary.put("backlog", backlog);
      summary.put("waiting", waiting);
      summary.put("records", records.tableStatusAsString());
      summary.put("sampled", sampled + entries);
      summary.put("open", open);
      summary.put("ended", ended);
      summary.put("messages", messages);
      summary.put("mail", ses.serviceName());
      System.out.println("{\"message\":\"run_ended\",\"open\":" + open + "}");
      return summary;
    }

    private int sample(ScanRequest.Builder request) {
      return dynamoDb
          .scan(
              request
                  .tableName(System.getenv("CONVERSATION_RECORDS_TABLE"))
                  .projectionExpression("conversationKey, recordKey")
                  .limit(500)
                  .build())
          .count();
    }

    private int backlog() {
      return dynamoDb
          .query(
              QueryRequest.builder()
                  .tableName("DeletionJobs")
                  .indexName("OpenJobs")
                  .keyConditionExpression("openGroup = :group")
                  .filterExpression("attribute_not_exists(completedAt)")
                  .projectionExpression("submittedAt")
                  .expressionAttributeValues(Map.of(":group", s("open")))
                  .build())
          .items()
          .size();
    }

    private int due(String group) {
      return dynamoDb
          .query(
              QueryRequest.builder()
                  .tableName("DeletionJobs")
                  .indexName("OpenJobs")
                  .keyConditionExpression("openGroup = :group AND sweepAt < :now")
                  .expressionAttributeValues(
                      Map.of(":group", s(group), ":now", s(Instant.now().toString())))
                  .limit(100)
                  .build())
          .items()
          .size();
    }
  }

  private static DynamoDbClient dynamoDb() {
    return DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
  }

  private static SqsClient sqs() {
    return SqsClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
  }

  private static String count(DynamoDbClient dynamoDb, APIGatewayProxyRequestEvent event) {
    String bot = event.getPathParameters().get("botId");
    dynamoDb.getItem(
        GetItemRequest.builder()
            .tableName("RateLimits")
            .key(Map.of("botId", s(bot)))
            .consistentRead(true)
            .build());
    dynamoDb.putItem(
        PutItemRequest.builder()
            .tableName("RateLimits")
            .item(
                Map.of(
                    "botId", s(bot),
                    "version", n(1),
                    "minute", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[8])),
                    "hour", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[8])),
                    "expiresAt", n(Instant.now().getEpochSecond())))
            .conditionExpression("attribute_not_exists(botId)")
            .build());
    return bot;
  }

  private static Map<String, AttributeValue> read(
      DynamoDbClient dynamoDb, String bot, APIGatewayProxyRequestEvent event) {
    return dynamoDb
        .getItem(
            GetItemRequest.builder()
                .tableName("DeletionJobs")
                .key(Map.of("botId", s(bot), "jobId", s(event.getPathParameters().get("jobId"))))
                .consistentRead(true)
                .build())
        .item();
  }

  private static Map<String, AttributeValue> job(String bot, String job, String now) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("botId", s(bot));
    item.put("jobId", s(job));
    item.put("appId", s("app"));
    item.put("submittedAt", s(now));
    item.put("requestType", s("conversationIds"));
    item.put("status", s("queued"));
    item.put("scheduledAt", s(now));
    item.put("totalConversations", n(2));
    item.put("openGroup", s("open"));
    item.put("sweepAt", s(now));
    item.put("fence", n(0));
    return item;
  }

  private static Map<String, AttributeValue> entry(String bot, String job, String now) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("botId", s(bot));
    item.put("entryKey", s(now + "#" + job));
    item.put("resourceId", s(job));
    item.put("appId", s("app"));
    item.put("message", s("a job"));
    item.put("createdOn", s(now));
    return item;
  }

  private static APIGatewayProxyResponseEvent answer(int status, String text) {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(status)
        .withHeaders(Map.of("Content-Type", "application/json"))
        .withBody("{\"text\":\"" + text + "\"}");
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue n(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }
}
