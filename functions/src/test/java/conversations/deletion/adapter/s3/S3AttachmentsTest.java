package conversations.deletion.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import conversations.deletion.adapter.aws.AwsOutages;
import conversations.deletion.application.port.AttachmentLists.Attachment;
import conversations.deletion.application.port.AttachmentRefusedException;
import conversations.deletion.application.port.Attachments.DeletedAttachments;
import conversations.deletion.application.port.Attachments.Upload;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** What S3 answers and no emulator does. */
class S3AttachmentsTest {

  private static final BotId BOT = new BotId("st-1");
  private static final ConversationId CONVERSATION = new ConversationId("c-1");
  private static final Attachment ONE = attachment("one", "v1");
  private static final Attachment OTHER = attachment("other", "null");
  private static final Attachment THIRD = attachment("third", "v3");
  private static final List<Attachment> ALL = List.of(ONE, OTHER, THIRD);

  private final List<S3Error> errors = new ArrayList<>();
  private final List<DeleteObjectsRequest> requests = new ArrayList<>();
  private final List<DeleteObjectRequest> singleRequests = new ArrayList<>();
  private RuntimeException failure;

  private final StubS3 s3 =
      new StubS3() {
        @Override
        public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
          requests.add(request);
          fail();
          return DeleteObjectsResponse.builder().errors(errors).build();
        }

        @Override
        public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
          singleRequests.add(request);
          fail();
          return DeleteObjectResponse.builder().build();
        }

        @Override
        public AbortMultipartUploadResponse abortMultipartUpload(
            AbortMultipartUploadRequest request) {
          fail();
          return AbortMultipartUploadResponse.builder().build();
        }
      };

  private final S3Attachments attachments =
      new S3Attachments(null, s3, StubS3.BUCKET, new AwsOutages());

  private void fail() {
    if (failure != null) {
      throw failure;
    }
  }

  private static Attachment attachment(String name, String version) {
    return new Attachment(BOT, CONVERSATION, "st-1/c-1/" + name, version, Instant.EPOCH, 1);
  }

  private static S3Error error(Attachment of, String code) {
    return S3Error.builder().key(of.key()).versionId(of.version()).code(code).build();
  }

  @Test
  void asksForAllVersionsInOneQuietRequestToTheOwnersBucket() {
    assertThat(attachments.delete(ALL)).isEqualTo(new DeletedAttachments(List.of(), Map.of()));

    assertThat(requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.bucket()).isEqualTo("media");
              assertThat(request.expectedBucketOwner()).isEqualTo("123456789012");
              assertThat(request.delete().quiet()).isTrue();
              assertThat(request.delete().objects())
                  .extracting(ObjectIdentifier::key, ObjectIdentifier::versionId)
                  .containsExactly(
                      tuple("st-1/c-1/one", "v1"),
                      tuple("st-1/c-1/other", "null"),
                      tuple("st-1/c-1/third", "v3"));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SlowDown",
        "InternalError",
        "ServiceUnavailable",
        "RequestTimeout",
        "OperationAborted"
      })
  void whatPassesIsNotProcessed(String code) {
    errors.add(error(OTHER, code));

    assertThat(attachments.delete(ALL)).isEqualTo(new DeletedAttachments(List.of(OTHER), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NoSuchKey", "NoSuchVersion"})
  void whatIsGoneIsDeleted(String code) {
    errors.add(error(OTHER, code));

    assertThat(attachments.delete(ALL)).isEqualTo(new DeletedAttachments(List.of(), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDenied", "MethodNotAllowed", "WhatIsNotKnown"})
  void allElseIsRefused(String code) {
    errors.add(error(ONE, code));
    errors.add(error(THIRD, "SlowDown"));

    assertThat(attachments.delete(ALL))
        .isEqualTo(new DeletedAttachments(List.of(THIRD), Map.of(ONE, code)));
  }

  @Test
  void anErrorWithoutAVersionIsThatOfTheVersionNull() {
    errors.add(S3Error.builder().key(OTHER.key()).code("AccessDenied").build());

    assertThat(attachments.delete(ALL).refused()).isEqualTo(Map.of(OTHER, "AccessDenied"));
  }

  @Test
  void anErrorOfWhatWasNotAskedForLeavesNothingKnown() {
    errors.add(S3Error.builder().key("elsewhere").code("AccessDenied").build());

    assertThat(attachments.delete(ALL)).isEqualTo(DeletedAttachments.ofNone(ALL));
  }

  /** Such is S3's answer where the bucket has MFA delete. */
  @Test
  void aRequestThatIsDeniedIsEachAttachmentsRefusal() {
    failure = StubS3.refusal(403, "AccessDenied");

    assertThat(attachments.delete(ALL))
        .isEqualTo(
            new DeletedAttachments(
                List.of(),
                Map.of(ONE, "AccessDenied", OTHER, "AccessDenied", THIRD, "AccessDenied")));
  }

  @ParameterizedTest
  @CsvSource({"503, SlowDown", "500, InternalError", "400, RequestTimeout"})
  void anOutageLeavesNothingKnown(int status, String code) {
    failure = StubS3.refusal(status, code);

    assertThat(attachments.delete(ALL)).isEqualTo(DeletedAttachments.ofNone(ALL));
  }

  @Test
  void noAnswerLeavesNothingKnown() {
    failure = ApiCallTimeoutException.create(4000);

    assertThat(attachments.delete(ALL)).isEqualTo(DeletedAttachments.ofNone(ALL));
  }

  @ParameterizedTest
  @CsvSource({"404, NoSuchBucket", "301, PermanentRedirect", "400, MalformedXML"})
  void whatDoesNotPassIsThrown(int status, String code) {
    failure = StubS3.refusal(status, code);

    assertThatThrownBy(() -> attachments.delete(ALL)).isSameAs(failure);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0, 0x1, 0x9, 0xA, 0xD, 0x1F, 0x7F, 0x85, 0xFFFE, 0xFFFF})
  void aKeyThatXmlMayNotCarryWaitsUntilItIsAlone(int character) {
    Attachment odd = attachment("a" + Character.toString(character), "v1");

    assertThat(attachments.delete(List.of(ONE, odd, OTHER)))
        .isEqualTo(new DeletedAttachments(List.of(), Map.of(), List.of(odd)));
    assertThat(requests)
        .singleElement()
        .satisfies(request -> assertThat(request.delete().objects()).hasSize(2));
    assertThat(singleRequests).isEmpty();

    assertThat(attachments.delete(List.of(odd)))
        .isEqualTo(new DeletedAttachments(List.of(), Map.of()));
    assertThat(requests).hasSize(1);
    assertThat(singleRequests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.key()).isEqualTo(odd.key());
              assertThat(request.versionId()).isEqualTo("v1");
              assertThat(request.expectedBucketOwner()).isEqualTo("123456789012");
            });
  }

  @Test
  void oneRequestDeletesOneOfSeveralOddKeys() {
    List<Attachment> odd =
        Stream.of("\u0001", "\u0002", "\u0003").map(name -> attachment(name, "v1")).toList();

    assertThat(attachments.delete(odd))
        .isEqualTo(new DeletedAttachments(List.of(), Map.of(), odd.subList(1, 3)));
    assertThat(singleRequests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "𝄞", "a b", "a//b", "&amp;<>'\"", "+%2B", "\u2028", "\uE000"})
  void anyOtherKeyGoesTogetherWithOthers(String name) {
    attachments.delete(List.of(ONE, attachment(name, "v1")));

    assertThat(requests)
        .singleElement()
        .satisfies(request -> assertThat(request.delete().objects()).hasSize(2));
  }

  @Test
  void anOddKeyHasTheOutcomesOfOthers() {
    List<Attachment> odd = List.of(attachment("\u0001", "v1"));

    failure = StubS3.refusal(404, "NoSuchVersion");
    assertThat(attachments.delete(odd)).isEqualTo(new DeletedAttachments(List.of(), Map.of()));
    failure = StubS3.refusal(403, "AccessDenied");
    assertThat(attachments.delete(odd).refused()).isEqualTo(Map.of(odd.getFirst(), "AccessDenied"));
    failure = StubS3.refusal(503, "SlowDown");
    assertThat(attachments.delete(odd)).isEqualTo(DeletedAttachments.ofNone(odd));
    failure = StubS3.refusal(404, "NoSuchBucket");
    assertThatThrownBy(() -> attachments.delete(odd)).isSameAs(failure);
  }

  @Test
  void anUploadThatIsNoMoreIsNoFailure() {
    Upload upload = new Upload(BOT, "st-1/c-1/one", "u1");

    failure = StubS3.refusal(404, "NoSuchUpload");
    assertThatCode(() -> attachments.abort(upload)).doesNotThrowAnyException();
    failure = StubS3.refusal(403, "AccessDenied");
    assertThatThrownBy(() -> attachments.abort(upload))
        .isInstanceOf(AttachmentRefusedException.class)
        .hasMessageContaining("AccessDenied")
        .hasCause(failure);
    failure = StubS3.refusal(404, "NoSuchBucket");
    assertThatThrownBy(() -> attachments.abort(upload)).isSameAs(failure);
    failure = ApiCallTimeoutException.create(4000);
    assertThatThrownBy(() -> attachments.abort(upload)).isSameAs(failure);
  }

  @ParameterizedTest
  @CsvSource({"c-1, true", "+491701234567, true", "a/x, false", "a#x, false", "é, false"})
  void onlyAnIdThatTheApiTakesCanHaveAttachments(String id, boolean can) {
    assertThat(attachments.canBeOf(new ConversationId(id))).isEqualTo(can);
  }
}
