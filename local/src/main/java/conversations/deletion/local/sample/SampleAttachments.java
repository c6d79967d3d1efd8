package conversations.deletion.local.sample;

import conversations.deletion.adapter.s3.AttachmentPrefix;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Puts into a bucket what conversations leave there: recordings, transcripts and images, of the
 * sizes that they really have. Some are there in several versions, one was deleted and has a delete
 * marker, and one upload was never finished.
 */
public final class SampleAttachments {

  /** In this order, over and over: one more version of the transcript after its first. */
  private enum Kind {
    RECORDING("recording-%d.wav", "audio/wav", 1_500_000),
    TRANSCRIPT("transcript-%d.json", "application/json", 4_096),
    CORRECTED_TRANSCRIPT(TRANSCRIPT.name, TRANSCRIPT.contentType, TRANSCRIPT.bytes),
    IMAGE("image-%d.png", "image/png", 200_000);

    private final String name;
    private final String contentType;
    private final int bytes;

    Kind(String name, String contentType, int bytes) {
      this.name = name;
      this.contentType = contentType;
      this.bytes = bytes;
    }
  }

  private final S3Client s3;
  private final String bucket;
  private final AttachmentPrefix prefix;
  private final byte[] content = new byte[Kind.RECORDING.bytes];

  /** They always have the same content. */
  public SampleAttachments(S3Client s3, String bucket, AttachmentPrefix prefix) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
    new Random(1).nextBytes(content);
  }

  /**
   * Gives a conversation attachments.
   *
   * @param attachments how many versions of objects; delete marker and unfinished upload come on
   *     top
   */
  public void seed(BotId bot, ConversationId conversation, int attachments) {
    String folder = prefix.of(bot, conversation);
    for (int i = 0; i < attachments; i++) {
      Kind kind = Kind.values()[i % Kind.values().length];
      String key = folder + kind.name.formatted(i / Kind.values().length + 1);
      s3.putObject(
          request -> request.bucket(bucket).key(key).contentType(kind.contentType),
          RequestBody.fromByteBuffer(ByteBuffer.wrap(content, 0, kind.bytes)));
    }
    String first = folder + Kind.RECORDING.name.formatted(1);
    s3.deleteObject(request -> request.bucket(bucket).key(first));
    beginUpload(folder + "upload.wav");
  }

  /** Gives each of these conversations as many. */
  public void seed(String bot, List<String> conversations, int attachmentsEach) {
    for (String conversation : conversations) {
      seed(new BotId(bot), new ConversationId(conversation), attachmentsEach);
    }
  }

  private void beginUpload(String key) {
    String upload = s3.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
    s3.uploadPart(
        request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(1),
        RequestBody.fromBytes(content));
  }
}
