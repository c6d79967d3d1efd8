package conversations.deletion.local.privilege;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.sun.net.httpserver.Headers;
import conversations.deletion.local.template.Account;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What calls mean to IAM, by AWS's documents. */
class UsesOfCallsTest {

  private static final UsesOfCalls USES =
      new UsesOfCalls(new Account("123456789012", "eu-west-1", "stack"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PutItem            | {"TableName":"A"}                                            | PutItem A
          Query              | {"TableName":"A"}                                            | Query A
          Query              | {"TableName":"A","IndexName":"I"}                            | Query A/index/I
          BatchGetItem       | {"RequestItems":{"A":{},"B":{}}}                             | BatchGetItem A, BatchGetItem B
          BatchWriteItem     | {"RequestItems":{"A":[]}}                                    | BatchWriteItem A
          TransactGetItems   | {"TransactItems":[{"Get":{"TableName":"A"}}]}                | GetItem A
          TransactWriteItems | {"TransactItems":[{"Put":{"TableName":"A"}},{"Update":{"TableName":"A"}},{"Delete":{"TableName":"B"}},{"ConditionCheck":{"TableName":"C"}}]} | PutItem A, UpdateItem A, DeleteItem B, ConditionCheckItem C
          """)
  void ofDynamoDb(String operation, String body, String uses) throws IOException {
    assertThat(USES.of(call("dynamodb", "DynamoDB_20120810." + operation, body)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(uses.split(", "))
                .map(use -> use.split(" "))
                .map(
                    use ->
                        new Use(
                            "dynamodb:" + use[0],
                            "arn:aws:dynamodb:eu-west-1:123456789012:table/" + use[1]))
                .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "SendMessage, SendMessage",
    "SendMessageBatch, SendMessage",
    "DeleteMessageBatch, DeleteMessage",
    "ChangeMessageVisibilityBatch, ChangeMessageVisibility",
  })
  void ofSqs(String operation, String action) throws IOException {
    String body = "{\"QueueUrl\":\"http://queues.example/123456789012/Q\"}";

    assertThat(USES.of(call("sqs", "AmazonSQS." + operation, body)))
        .containsExactly(new Use("sqs:" + action, "arn:aws:sqs:eu-west-1:123456789012:Q"));
  }

  @Test
  void ofSecretsManagerByTheSecretsName() throws IOException {
    AwsCall call =
        call("secretsmanager", "secretsmanager.GetSecretValue", "{\"SecretId\":\"s/1\"}");

    assertThat(USES.of(call))
        .singleElement()
        .satisfies(
            use ->
                assertThat(use.resource())
                    .startsWith("arn:aws:secretsmanager:eu-west-1:123456789012:secret:s/1-"));
  }

  @Test
  void ofSesOnAllThatAnAccountMayHaveSetUp() throws IOException {
    String form = "Action=SendEmail&Source=Bot+%3Cno-reply%40mail.example%3E&Version=2010-12-01";

    assertThat(USES.of(call("ses", null, form)))
        .allSatisfy(
            use -> {
              assertThat(use.action()).isEqualTo("ses:SendEmail");
              assertThat(use.context())
                  .containsExactly(entry("ses:FromAddress", "no-reply@mail.example"));
            })
        .extracting(Use::resource)
        .containsExactlyInAnyOrder(
            "arn:aws:ses:eu-west-1:123456789012:identity/no-reply@mail.example",
            "arn:aws:ses:eu-west-1:123456789012:identity/mail.example",
            "arn:aws:ses:eu-west-1:123456789012:identity/recipient@example.com",
            "arn:aws:ses:eu-west-1:123456789012:configuration-set/by-default");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /media?versions&prefix=a%2F, ListBucketVersions, media",
    "GET, /media?uploads&prefix=a%2F, ListBucketMultipartUploads, media",
    "DELETE, /media/a/b%20c?versionId=v, DeleteObjectVersion, media/a/b c",
    "DELETE, /media/a/b, DeleteObject, media/a/b",
    "DELETE, /media/a/b?uploadId=u, AbortMultipartUpload, media/a/b",
  })
  void ofS3(String method, URI target, String action, String resource) throws IOException {
    assertThat(USES.of(S3Calls.read(method, target, new byte[0])))
        .containsExactly(new Use("s3:" + action, "arn:aws:s3:::" + resource));
  }

  @Test
  void ofS3ForEachObjectOfARequest() throws IOException {
    String body =
        """
        <Delete><Object><Key>a/b</Key><VersionId>null</VersionId></Object>\
        <Object><Key>a/c</Key></Object><Quiet>true</Quiet></Delete>""";

    assertThat(USES.of(S3Calls.read("POST", URI.create("/media?delete"), body.getBytes(UTF_8))))
        .containsExactlyInAnyOrder(
            new Use("s3:DeleteObjectVersion", "arn:aws:s3:::media/a/b"),
            new Use("s3:DeleteObject", "arn:aws:s3:::media/a/c"));
  }

  @Test
  void whatElseS3DoesIsRefused() throws IOException {
    AwsCall get = S3Calls.read("GET", URI.create("/media/a"), new byte[0]);

    assertThatThrownBy(() -> USES.of(get)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb, DynamoDB_20120810.ExecuteStatement",
    "sqs, AmazonSQS.CreateQueue",
    "secretsmanager, secretsmanager.ListSecrets",
    "kms, TrentService.Decrypt",
  })
  void whatIsNotKnownIsRefused(String service, String target) throws IOException {
    AwsCall call = call(service, target, "{}");

    assertThatThrownBy(() -> USES.of(call)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCallThatIsNotSignedIsRefused() {
    assertThatThrownBy(() -> AwsCall.read(new Headers(), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AwsCall call(String service, String target, String body) throws IOException {
    Headers headers = new Headers();
    headers.add(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=key/20260101/eu-west-1/%s/aws4_request, Signature=00"
            .formatted(service));
    if (target != null) {
      headers.add("X-Amz-Target", target);
    }
    return AwsCall.read(headers, body.getBytes(UTF_8));
  }
}
