package conversations.deletion.local.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.adapter.s3.AttachmentPrefix;
import conversations.deletion.adapter.s3.AttachmentsBucket;
import conversations.deletion.adapter.s3.S3Attachments;
import conversations.deletion.adapter.s3.S3BucketFitness;
import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.Capability;
import conversations.deletion.local.Stack;
import conversations.deletion.local.aws.Buckets;
import conversations.deletion.simulation.AttachmentsContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** The adapter keeps the contract, and copes with what buckets and keys may be like. */
final class S3AttachmentsIT extends AttachmentsContract {

  private static final String NO_VERSION = "null";

  @AutoClose private static final Stack stack = new Stack();
  private static final S3Client S3 = stack.s3();

  private final Buckets buckets = new Buckets(S3);
  private String name = stack.attachmentsBucket().name();

  @Override
  protected Attachments attachments() {
    return new S3Attachments(S3, S3, bucket(name), new AwsOutages());
  }

  private static AttachmentsBucket bucket(String name) {
    return new AttachmentsBucket(name, stack.attachmentsBucket().owner(), AttachmentPrefix.USUAL);
  }

  @Override
  protected String write(String key) {
    String version =
        S3.putObject(request -> request.bucket(name).key(key), RequestBody.fromString("content"))
            .versionId();
    return version == null ? NO_VERSION : version;
  }

  @Override
  protected void mark(String key) {
    S3.deleteObject(request -> request.bucket(name).key(key));
  }

  @Override
  protected void beginUpload(String key) {
    S3.createMultipartUpload(request -> request.bucket(name).key(key));
  }

  @Test
  @Override
  protected void goesOnAfterAPlaceWhateverWasDeletedMeanwhile() {
    AwsPeer.require(Capability.VERSIONS);
    super.goesOnAfterAPlaceWhateverWasDeletedMeanwhile();
  }

  /** A bucket in which versioning was never switched on. */
  private void inABucketWithoutVersioning(Runnable test) {
    name = "plain-" + UUID.randomUUID();
    S3.createBucket(
        request ->
            request
                .bucket(name)
                .createBucketConfiguration(one -> one.locationConstraint(Stack.REGION)));
    try {
      test.run();
    } finally {
      buckets.delete(name);
    }
  }

  @Test
  void deletesWhatWasWrittenWithoutVersioning() {
    inABucketWithoutVersioning(
        () -> {
          write(key("a"));
          write(key("a"));
          write(key("b"));

          assertThat(versions())
              .extracting(Attachment::key, Attachment::version)
              .containsExactly(tuple(key("a"), NO_VERSION), tuple(key("b"), NO_VERSION));
          assertThat(deleteAll()).isEqualTo(1);
        });
  }

  @Test
  void deletesWhatWasWrittenBeforeWhileAndAfterVersioningWasOn() {
    AwsPeer.require(Capability.VERSIONS);
    inABucketWithoutVersioning(
        () -> {
          write(key("a"));
          write(key("b"));
          List<Attachment> before = versions();
          buckets.version(name, BucketVersioningStatus.ENABLED);
          String second = write(key("a"));

          assertThat(versions())
              .extracting(Attachment::version)
              .containsExactly(second, NO_VERSION, NO_VERSION);

          buckets.version(name, BucketVersioningStatus.SUSPENDED);
          write(key("a"));
          mark(key("b"));

          assertThat(versions())
              .extracting(Attachment::version)
              .containsExactly(NO_VERSION, second);
          assertThat(markers())
              .singleElement()
              .satisfies(one -> assertThat(one.version()).isEqualTo(NO_VERSION));
          assertThat(attachments().delete(before).refused()).isEmpty();
          assertThat(versions()).extracting(Attachment::version).containsExactly(second);
          deleteAll();
        });
  }

  static List<String> namesOfKeys() {
    return List.of(
        "plain",
        "with space",
        " ",
        "a//b",
        "/",
        "//",
        "a/",
        "+",
        "%2F",
        "%",
        "a&b<c>d\"e'f",
        "&amp;",
        "]]>",
        "é",
        "e\u0301",
        "日本語",
        "\uD834\uDD1E",
        "\uFFFD",
        "\uE000",
        "\u2028",
        "\u00A0",
        "?a=b&versionId=x",
        "#",
        "*",
        "{botId}",
        "..",
        "a/../b",
        "x".repeat(900));
  }

  @ParameterizedTest
  @MethodSource("namesOfKeys")
  void deletesAnyKey(String name) {
    write(key(name));
    beginUpload(key(name));

    assertThat(versions()).extracting(Attachment::key).containsExactly(key(name));
    assertThat(attachments().uploads(bot, conversation).uploads())
        .singleElement()
        .satisfies(upload -> assertThat(upload.key()).isEqualTo(key(name)))
        .satisfies(attachments()::abort);
    assertThat(deleteAll()).isEqualTo(1);
    assertThat(attachments().uploads(bot, conversation).uploads()).isEmpty();
  }

  static List<String> namesThatXmlDoesNotKnow() {
    return Stream.of(0x1, 0x8, 0x9, 0xA, 0xB, 0xC, 0xD, 0xE, 0x1F, 0x7F, 0x85, 0xFFFE, 0xFFFF)
        .map(c -> "a" + Character.toString(c) + "b")
        .toList();
  }

  @Test
  void deletesKeysThatXmlDoesNotKnowOneByOne() {
    AwsPeer.require(Capability.ANY_KEY);
    List<String> keys = namesThatXmlDoesNotKnow().stream().map(this::key).toList();
    keys.forEach(this::write);
    write(key("plain"));

    assertThat(versions())
        .extracting(Attachment::key)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(keys.stream(), Stream.of(key("plain"))).toList());
    assertThat(deleteAll()).isEqualTo(1 + keys.size());
  }

  @Test
  void deletesTheLongestKey() {
    String prefix = key("");
    write(prefix + "x".repeat(1_024 - prefix.length()));
    write(prefix + "é".repeat((1_024 - prefix.length()) / 2));

    assertThat(versions()).hasSize(2);
    assertThat(deleteAll()).isEqualTo(1);
  }

  @Test
  void pagesThroughTheVersionsOfOneKeyAndThroughKeysOfAllKinds() {
    IntStream.range(0, 1_005).forEach(_ -> write(key("é +%2F")));
    write(key("z"));

    assertThat(versions()).hasSize(1_006);
    assertThat(versions().stream().map(Attachment::identity)).doesNotHaveDuplicates();
    assertThat(deleteAll()).isEqualTo(2);
  }

  @Test
  void tellsWhichKeysAreRefusedAndDeletesTheOthers() {
    write(key("a"));
    write(key("locked"));
    write(key("locked"));
    write(key("z"));
    List<Attachment> all = versions();
    try (S3Clients clients = behindALock(key("locked"))) {
      Attachments attachments = clients.attachments(bucket(name));

      assertThat(attachments.delete(all).refused())
          .isEqualTo(Map.of(all.get(1), "AccessDenied", all.get(2), "AccessDenied"));
      assertThat(attachments.delete(all.subList(1, 3)).refused()).hasSize(2);
    }
    assertThat(versions()).isEqualTo(all.subList(1, 3));
    deleteAll();
  }

  private static S3Clients behindALock(String key) {
    return S3Clients.over(
        new RefusingHttpClient(
            UrlConnectionHttpClient.builder().build(), key::equals, "AccessDenied"),
        stack.endpoints(),
        Stack.REGION,
        AwsRetryStrategy.standardRetryStrategy(),
        AwsRetryStrategy.doNotRetry());
  }

  @Test
  void findsABucketFitThatIsThereAndSaysWhichIsMissing() {
    assertThat(new S3BucketFitness(S3, bucket(name), new AwsOutages()).faults()).isEmpty();
    assertThat(new S3BucketFitness(S3, bucket("no-such-bucket"), new AwsOutages()).faults())
        .containsExactly("bucket_missing: There is no bucket no-such-bucket.");
    assertThatThrownBy(
            () ->
                new S3Attachments(S3, S3, bucket("no-such-bucket"), new AwsOutages())
                    .list(bot, conversation, Optional.empty()))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void saysThatABucketMayBeAnotherAccounts() {
    AwsPeer.require(Capability.BUCKET_OWNERS);
    AttachmentsBucket anothers =
        new AttachmentsBucket(name, "999999999999", AttachmentPrefix.USUAL);

    assertThat(new S3BucketFitness(S3, anothers, new AwsOutages()).faults())
        .hasSize(2)
        .allMatch(fault -> fault.startsWith("bucket_not_listable: "))
        .allMatch(fault -> fault.endsWith("the bucket has to be of account 999999999999."));
  }
}
