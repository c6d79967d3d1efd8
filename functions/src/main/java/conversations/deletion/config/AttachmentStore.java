package conversations.deletion.config;

import conversations.deletion.adapter.s3.AttachmentsBucket;
import conversations.deletion.adapter.s3.S3AttachmentLists;
import conversations.deletion.adapter.s3.S3Attachments;
import conversations.deletion.adapter.s3.S3BucketFitness;
import conversations.deletion.application.port.AttachmentLists;
import conversations.deletion.application.port.Attachments;
import conversations.deletion.application.port.Outages;
import conversations.deletion.application.port.StoreFitness;
import java.util.Optional;

/** Where the attachments are. Without a bucket, no client of S3 is built. */
record AttachmentStore(Optional<AttachmentsBucket> bucket, SdkClients clients, Outages outages) {

  Attachments attachments() {
    return bucket
        .<Attachments>map(
            one -> new S3Attachments(clients.s3(), clients.singleAttemptS3(), one, outages))
        .orElse(Attachments.NONE);
  }

  /** The same, which can only be listed. */
  AttachmentLists lists() {
    return bucket
        .<AttachmentLists>map(one -> new S3AttachmentLists(clients.s3(), one))
        .orElse(Attachments.NONE);
  }

  /** The check of the bucket; empty where there is none. */
  Optional<StoreFitness> fitness() {
    return bucket.map(one -> new S3BucketFitness(clients.s3(), one, outages));
  }
}
