package conversations.deletion.local.embedded;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.dataformat.xml.annotation.JacksonXmlElementWrapper;
import com.fasterxml.jackson.dataformat.xml.annotation.JacksonXmlRootElement;
import java.util.List;

/** The XML documents of S3's lists; what is null is left out. */
final class S3Documents {

  private S3Documents() {}

  @JacksonXmlRootElement(localName = "ListVersionsResult")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Versions(
      @JsonProperty("Name") String name,
      @JsonProperty("Prefix") String prefix,
      @JsonProperty("KeyMarker") String keyMarker,
      @JsonProperty("VersionIdMarker") String versionIdMarker,
      @JsonProperty("MaxKeys") int maxKeys,
      @JsonProperty("EncodingType") String encodingType,
      @JsonProperty("IsTruncated") boolean isTruncated,
      @JsonProperty("NextKeyMarker") String nextKeyMarker,
      @JsonProperty("NextVersionIdMarker") String nextVersionIdMarker,
      @JacksonXmlElementWrapper(useWrapping = false) @JsonProperty("Version")
          List<Version> versions,
      @JacksonXmlElementWrapper(useWrapping = false) @JsonProperty("DeleteMarker")
          List<Version> markers) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Version(
      @JsonProperty("Key") String key,
      @JsonProperty("VersionId") String versionId,
      @JsonProperty("IsLatest") boolean isLatest,
      @JsonProperty("LastModified") String lastModified,
      @JsonProperty("Size") Long size,
      @JsonProperty("ETag") String etag,
      @JsonProperty("StorageClass") String storageClass) {}

  @JacksonXmlRootElement(localName = "ListMultipartUploadsResult")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Uploads(
      @JsonProperty("Bucket") String bucket,
      @JsonProperty("Prefix") String prefix,
      @JsonProperty("KeyMarker") String keyMarker,
      @JsonProperty("MaxUploads") int maxUploads,
      @JsonProperty("EncodingType") String encodingType,
      @JsonProperty("IsTruncated") boolean isTruncated,
      @JacksonXmlElementWrapper(useWrapping = false) @JsonProperty("Upload")
          List<Upload> uploads) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Upload(
      @JsonProperty("Key") String key,
      @JsonProperty("UploadId") String uploadId,
      @JsonProperty("Initiated") String initiated) {}
}
