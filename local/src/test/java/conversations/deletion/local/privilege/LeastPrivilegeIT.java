package conversations.deletion.local.privilege;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import conversations.deletion.local.AwsPeer;
import conversations.deletion.local.LocalOptions;
import conversations.deletion.local.template.FeedDefinition;
import conversations.deletion.local.template.PolicyStatement;
import conversations.deletion.local.template.PolicyStatements;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the template lets each function do is what the function was seen to do on the wire, in a
 * scenario that takes every path: no more and no less. What AWS does by a function's role on its
 * behalf is no call of the function's, and is held to rules of its own.
 *
 * <p>Each function runs in a process of its own, for which AWS's runtime client has a native part
 * for Linux only.
 */
@EnabledOnOs(OS.LINUX)
class LeastPrivilegeIT {

  /** The services that the functions use whose data is encrypted with the stack's key. */
  private static final Set<String> ENCRYPTED = Set.of("dynamodb", "sqs", "secretsmanager");

  private static List<Observed> functions;

  /** The ARN of the queue that feeds a function, by the function's logical id. */
  private static Map<String, String> feeds;

  /** A function, all that its role allows, and what it used of that. */
  record Observed(String function, List<PolicyStatement> statements, Set<Use> used) {

    Privileges privileges() {
      return new Privileges(
          function,
          statements.stream()
              .filter(statement -> OnBehalf.of(statement).isEmpty())
              .flatMap(Grant::of)
              .collect(Collectors.toSet()),
          used);
    }

    List<PolicyStatement> onBehalf(OnBehalf kind) {
      return statements.stream()
          .filter(statement -> OnBehalf.of(statement).filter(kind::equals).isPresent())
          .toList();
    }

    @Override
    public String toString() {
      return function;
    }
  }

  @BeforeAll
  static void takeEveryPath() {
    // The shortest lease, so that slow answers use up half of it.
    LocalOptions options =
        AwsPeer.options()
            .withParameter("LeaseSeconds", "16")
            .withParameter("MaxOpenJobs", "3")
            .withParameter("TellOwnerAtSubmission", "true")
            .withParameter("PreviewAbove", "100")
            .withParameter("IndexSettleSeconds", "1");
    try (ObservedService service = new ObservedService(options)) {
      new EveryPath(service).walk();
      feeds =
          service.template().feeds().stream()
              .collect(Collectors.toMap(FeedDefinition::functionId, FeedDefinition::arn));
      PolicyStatements statements = new PolicyStatements(service.template());
      functions =
          service.template().functions().stream()
              .map(
                  function ->
                      new Observed(
                          function.logicalId(),
                          statements.of(function.logicalId()),
                          service.usedBy(function.logicalId())))
              .toList();
    }
  }

  static List<Observed> functions() {
    return functions;
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionIsGrantedWhatItUsesAndNothingElse(Observed function) {
    assertThat(function.privileges().faults()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void withoutAnyOneOfItsGrantsAFunctionWouldBeRefusedACall(Observed function) {
    Set<Grant> granted = function.privileges().granted();

    assertThat(granted)
        .isNotEmpty()
        .allSatisfy(
            grant -> {
              HashSet<Grant> others = new HashSet<>(granted);
              others.remove(grant);
              assertThat(new Privileges(function.function(), others, function.used()).faults())
                  .anySatisfy(
                      fault -> assertThat(fault).contains(grant.action(), "is not granted it"));
            });
  }

  /**
   * A client app's secret is made after the stack, and AWS ends its ARN in random letters. Neither
   * IAM nor S3 can bind a delete to one conversation's attachments. What SES asks for is the
   * account's, and the sender's address bounds it.
   */
  @ParameterizedTest
  @MethodSource("functions")
  void allThatAFunctionCallsIsNamedButSecretsOfClientAppsAttachmentsAndIdentitiesOfSes(
      Observed function) {
    assertThat(function.privileges().granted())
        .filteredOn(grant -> grant.resource().contains("*"))
        .allSatisfy(
            grant -> {
              switch (grant.action()) {
                case "secretsmanager:GetSecretValue" ->
                    assertThat(grant.resource()).matches("[^*]*:secret:[^*/]+/client-app/\\*");
                case "s3:DeleteObjectVersion", "s3:AbortMultipartUpload" ->
                    assertThat(grant.resource()).matches("arn:aws:s3:::[^*/]+/\\*");
                case "ses:SendEmail" -> assertThat(grant.required()).containsKey("ses:FromAddress");
                default -> fail("named by a star: " + grant);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("functions")
  void lambdaWritesAFunctionsLogToItsOwnGroupAlone(Observed function) {
    assertThat(function.onBehalf(OnBehalf.LOGS))
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.actions()).hasSameElementsAs(OnBehalf.LOGS.actions());
              assertThat(statement.resources())
                  .singleElement()
                  .asString()
                  .endsWith(function.function().replaceAll("Function$", "LogGroup") + ":*");
            });
  }

  @ParameterizedTest
  @MethodSource("functions")
  void lambdaReceivesForAFunctionFromTheQueueThatFeedsItAlone(Observed function) {
    assertThat(function.onBehalf(OnBehalf.FEED))
        .flatExtracting(PolicyStatement::resources)
        .isEqualTo(Stream.ofNullable(feeds.get(function.function())).toList());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void tracesAloneGoToResourcesThatNobodyCanName(Observed function) {
    assertThat(function.statements())
        .filteredOn(statement -> statement.resources().contains("*"))
        .isEqualTo(function.onBehalf(OnBehalf.TRACES))
        .singleElement()
        .satisfies(
            statement ->
                assertThat(statement.actions()).hasSameElementsAs(OnBehalf.TRACES.actions()));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theKeyIsUsedThroughTheServicesThatAFunctionCallsAndByLambdaAlone(Observed function) {
    Set<String> through =
        function.onBehalf(OnBehalf.KEYS).stream()
            .flatMap(LeastPrivilegeIT::servicesOf)
            .collect(Collectors.toSet());
    Set<String> called =
        function.used().stream()
            .map(Use::service)
            .filter(ENCRYPTED::contains)
            .collect(Collectors.toSet());

    assertThat(through).isEqualTo(with(called, "lambda"));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theKeyIsNamed(Observed function) {
    assertThat(function.onBehalf(OnBehalf.KEYS))
        .isNotEmpty()
        .allSatisfy(
            statement ->
                assertThat(statement.resources())
                    .singleElement()
                    .asString()
                    .matches("arn:aws:kms:[^*]*:key/[^*]+"));
  }

  /** Through which services a statement lets the key be used: those that its condition names. */
  private static Stream<String> servicesOf(PolicyStatement statement) {
    if (statement.conditions().get("Null") instanceof Map<?, ?> absent
        && "false"
            .equals(String.valueOf(absent.get("kms:EncryptionContext:aws:lambda:FunctionArn")))) {
      return Stream.of("lambda");
    }
    if (statement.conditions().get("StringEquals") instanceof Map<?, ?> equal
        && equal.get("kms:ViaService") instanceof String host) {
      return Stream.of(host.substring(0, host.indexOf('.')));
    }
    return Stream.of("any");
  }

  private static Set<String> with(Set<String> services, String one) {
    HashSet<String> all = new HashSet<>(services);
    all.add(one);
    return all;
  }
}
