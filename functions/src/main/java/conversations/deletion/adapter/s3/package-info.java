/**
 * Implements the port of attachments with S3.
 *
 * <p>Failures of S3 reach the caller as the SDK's own exceptions.
 */
package conversations.deletion.adapter.s3;
