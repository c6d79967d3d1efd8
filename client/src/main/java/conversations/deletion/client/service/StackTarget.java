package conversations.deletion.client.service;

import conversations.deletion.client.failure.ExitStatus;
import conversations.deletion.client.failure.Failure;
import conversations.deletion.client.registration.ClientApp;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** A deployed stack, as CloudFormation describes it. */
public final class StackTarget implements Target {

  private final Stack stack;
  private final AwsAccess aws;

  /** A stack as CloudFormation has described it. */
  public StackTarget(Stack stack, AwsAccess aws) {
    this.stack = stack;
    this.aws = aws;
  }

  /** Asks CloudFormation for the stack. */
  public static StackTarget find(String name, AwsAccess aws) {
    try (CloudFormationClient cloudFormation = aws.cloudFormation()) {
      List<Stack> stacks =
          cloudFormation.describeStacks(request -> request.stackName(name)).stacks();
      return new StackTarget(stacks.getFirst(), aws);
    } catch (CloudFormationException e) {
      if (!e.awsErrorDetails().errorCode().equals("ValidationError")) {
        throw e;
      }
      throw new Failure(
          ExitStatus.REFUSED,
          "There is no stack %s in %s".formatted(name, aws.region()),
          "Check --stack, --region and --profile.",
          e);
    }
  }

  @Override
  public String name() {
    return stack.stackName();
  }

  /** The stack's parameter, which is the stack's name by default. */
  @Override
  public Optional<String> audience() {
    return Optional.of(parameters().getOrDefault("TokenAudience", name()));
  }

  @Override
  public URI apiUrl() {
    String url = output("ApiUrl");
    if (!ServiceUrl.isPrivate(url)) {
      throw new Failure(
          ExitStatus.REFUSED,
          "The API of the stack %s is said to be at %s, and a token goes over https only"
              .formatted(name(), url),
          "Check --stack. The stack's output ApiUrl is to begin with https.");
    }
    return URI.create(url);
  }

  @Override
  public String whenUnreachable() {
    return "Check the network, and that the stack %s is up.".formatted(name());
  }

  @Override
  public String output(String name) {
    return stack.outputs().stream()
        .filter(output -> output.outputKey().equals(name))
        .map(Output::outputValue)
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    ExitStatus.REFUSED,
                    "The stack %s has no output %s".formatted(name(), name),
                    "Check --stack. If it is a stack of this service, deploy this version to it."));
  }

  @Override
  public Map<String, String> parameters() {
    return stack.parameters().stream()
        .filter(parameter -> parameter.parameterValue() != null)
        .filter(parameter -> !parameter.parameterValue().isBlank())
        .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue));
  }

  @Override
  public AwsAccess aws() {
    return aws;
  }

  @Override
  public Optional<String> bot() {
    return Optional.empty();
  }

  @Override
  public Optional<ClientApp> clientApp() {
    return Optional.empty();
  }
}
