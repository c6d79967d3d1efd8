package conversations.deletion.local.template;

/**
 * Where a stack is deployed: what the pseudo parameters of CloudFormation stand for.
 *
 * @param stackName also the prefix of every resource's name, as with CloudFormation
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html">Pseudo
 *     parameters</a>
 */
public record Account(String id, String region, String stackName) {

  String partition() {
    return "aws";
  }

  String urlSuffix() {
    return "amazonaws.com";
  }

  /**
   * The ARN of a secret of that name; AWS adds six random characters, always the same ones here.
   */
  public String secretArn(String name) {
    return arn("secretsmanager", "secret:" + name + "-aBcDeF");
  }

  /** The ARN that stands before the methods of an API's stage. */
  public String executeApiArn(String apiId, String stage) {
    return arn("execute-api", apiId + "/" + stage);
  }

  /** The ARN of what a service calls by that name. */
  public String arn(String service, String resource) {
    return String.join(":", "arn", partition(), service, region, id, resource);
  }
}
