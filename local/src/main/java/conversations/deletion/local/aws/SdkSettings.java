package conversations.deletion.local.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The SDK's standard settings that point every client of a process to a set of endpoints. So the
 * deployed code runs unchanged.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
 *     endpoints</a>
 */
public final class SdkSettings {

  private SdkSettings() {}

  /** The settings for another process, as environment variables. */
  public static Map<String, String> environment(Endpoints endpoints, String region) {
    LinkedHashMap<String, String> settings = new LinkedHashMap<String, String>();
    settings.put("AWS_ENDPOINT_URL_DYNAMODB", endpoints.dynamoDb().toString());
    settings.put("AWS_ENDPOINT_URL_SQS", endpoints.sqs().toString());
    settings.put("AWS_ENDPOINT_URL_SES", endpoints.ses().toString());
    settings.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", endpoints.secretsManager().toString());
    settings.put("AWS_ENDPOINT_URL_S3", endpoints.s3().toString());
    settings.put("AWS_REGION", region);
    settings.put("AWS_ACCESS_KEY_ID", AwsClients.ACCESS_KEY);
    settings.put("AWS_SECRET_ACCESS_KEY", AwsClients.SECRET_KEY);
    return settings;
  }

  /** The settings for this process, as system properties. */
  public static Map<String, String> systemProperties(Endpoints endpoints, String region) {
    LinkedHashMap<String, String> settings = new LinkedHashMap<String, String>();
    settings.put("aws.endpointUrlDynamoDb", endpoints.dynamoDb().toString());
    settings.put("aws.endpointUrlSqs", endpoints.sqs().toString());
    settings.put("aws.endpointUrlSes", endpoints.ses().toString());
    settings.put("aws.endpointUrlSecretsManager", endpoints.secretsManager().toString());
    settings.put("aws.endpointUrlS3", endpoints.s3().toString());
    settings.put("aws.region", region);
    settings.put("aws.accessKeyId", AwsClients.ACCESS_KEY);
    settings.put("aws.secretAccessKey", AwsClients.SECRET_KEY);
    // The SDK joins neither with a given endpoint, and this machine may ask for them.
    settings.put("aws.useFipsEndpoint", "false");
    settings.put("aws.useDualstackEndpoint", "false");
    // If this is set, the SDK does not look at HTTP_PROXY.
    settings.put("http.nonProxyHosts", "localhost|127.*|[::1]");
    return settings;
  }
}
