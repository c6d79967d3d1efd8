package conversations.deletion.local.privilege;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Calls of S3 that name the bucket in the path, and what they mean to IAM.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Required
 *     permissions for S3 API operations</a>
 */
final class S3Calls {

  static final String SERVICE = "s3";

  private static final XmlMapper XML = new XmlMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  private S3Calls() {}

  static AwsCall read(String method, URI target, byte[] body) throws IOException {
    String[] path = target.getPath().substring(1).split("/", 2);
    Set<String> query =
        target.getRawQuery() == null
            ? Set.of()
            : Arrays.stream(target.getRawQuery().split("&"))
                .map(pair -> pair.replaceFirst("=.*", ""))
                .collect(Collectors.toSet());
    String operation = operation(method, query);
    Set<String> objects = new TreeSet<>();
    if (operation.equals("DeleteObjects")) {
      XML.readTree(body)
          .findValues("Object")
          .forEach(
              found -> {
                if (found.isArray()) {
                  found.forEach(one -> objects.add(object(one)));
                } else {
                  objects.add(object(found));
                }
              });
    } else if (path.length == 2) {
      objects.add(query.contains("versionId") ? VERSION + path[1] : path[1]);
    }
    return new AwsCall(
        SERVICE, operation, JSON.valueToTree(Map.of("Bucket", path[0], "Objects", objects)));
  }

  /** Before the key of an object of which a version is named; no key begins so here. */
  private static final String VERSION = "version of ";

  private static String object(JsonNode one) {
    String key = one.path("Key").asText();
    return one.has("VersionId") ? VERSION + key : key;
  }

  private static String operation(String method, Set<String> query) {
    String kind =
        query.stream()
            .filter(Set.of("versions", "uploads", "delete", "uploadId")::contains)
            .findFirst()
            .orElse("");
    return switch (method + " " + kind) {
      case "GET versions" -> "ListObjectVersions";
      case "GET uploads" -> "ListMultipartUploads";
      case "POST delete" -> "DeleteObjects";
      case "DELETE uploadId" -> "AbortMultipartUpload";
      case "DELETE " -> "DeleteObject";
      default -> method + " " + query;
    };
  }

  /**
   * What the caller must be allowed to do.
   *
   * @throws IllegalArgumentException if that is not known of such a call
   */
  static Set<Use> uses(AwsCall call) {
    String bucket = "arn:aws:s3:::" + call.parameters().path("Bucket").asText();
    return switch (call.operation()) {
      case "ListObjectVersions" -> Set.of(new Use("s3:ListBucketVersions", bucket));
      case "ListMultipartUploads" -> Set.of(new Use("s3:ListBucketMultipartUploads", bucket));
      case "AbortMultipartUpload" -> onObjects("s3:AbortMultipartUpload", bucket, call);
      case "DeleteObject", "DeleteObjects" -> onObjects("s3:DeleteObject", bucket, call);
      default ->
          throw new IllegalArgumentException(
              "It is not known what %s of S3 has to be allowed".formatted(call.operation()));
    };
  }

  private static Set<Use> onObjects(String action, String bucket, AwsCall call) {
    return StreamSupport.stream(call.parameters().path("Objects").spliterator(), false)
        .map(JsonNode::asText)
        .map(
            object ->
                object.startsWith(VERSION)
                    ? new Use(action + "Version", bucket + "/" + object.substring(VERSION.length()))
                    : new Use(action, bucket + "/" + object))
        .collect(Collectors.toSet());
  }
}
