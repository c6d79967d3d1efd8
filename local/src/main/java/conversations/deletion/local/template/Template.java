package conversations.deletion.local.template;

import static conversations.deletion.local.template.ResourceType.API;
import static conversations.deletion.local.template.ResourceType.FUNCTION;
import static conversations.deletion.local.template.ResourceType.QUEUE;
import static conversations.deletion.local.template.ResourceType.SCHEDULE;
import static conversations.deletion.local.template.ResourceType.SECRET;
import static conversations.deletion.local.template.ResourceType.STACK;
import static conversations.deletion.local.template.ResourceType.TABLE;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The SAM template, resolved to the resources of one stack. Nothing is told apart from it: what
 * runs here is what the template deploys. An intrinsic function, a reference or a property of a
 * table, queue or secret that is not understood is refused, with its place.
 *
 * <p>A template that is nested into it is read too, with the values that it is given. Nothing in it
 * runs here, so it is followed for its outputs and its faults alone.
 */
public final class Template {

  /** Backups, encryption and billing have no counterpart in what runs on one machine. */
  private static final String HOUSEKEEPING = "HousekeepingSchedule";

  private static final Set<String> TABLE_PROPERTIES =
      Set.of(
          "AttributeDefinitions",
          "KeySchema",
          "GlobalSecondaryIndexes",
          "TimeToLiveSpecification",
          "BillingMode",
          "PointInTimeRecoverySpecification",
          "SSESpecification",
          "DeletionProtectionEnabled",
          "Tags");

  private static final Set<String> SECRET_PROPERTIES =
      Set.of("Description", "GenerateSecretString", "KmsKeyId", "Tags");

  private static final Set<String> QUEUE_ATTRIBUTES =
      Set.of(
          "VisibilityTimeout",
          "MessageRetentionPeriod",
          "DelaySeconds",
          "MaximumMessageSize",
          "ReceiveMessageWaitTimeSeconds");

  private final Path file;
  private final Section document;
  private final Section resources;
  private final Parameters parameters;
  private final PhysicalNames names;
  private final Intrinsics intrinsics = new Intrinsics(new StackNames());

  private Template(
      Path file, Section document, Map<String, String> parameters, PhysicalNames names) {
    this.file = file;
    this.document = document;
    this.resources = document.section("Resources");
    this.parameters = new Parameters(document.section("Parameters"), parameters);
    this.names = names;
    Rules.keep(document.section("Rules"), intrinsics);
  }

  /** Reads the template for a stack on the embedded services, which say what a secret's ARN is. */
  public static Template read(
      Path file, Map<String, String> parameters, Account account, UnaryOperator<String> queueUrls) {
    return read(file, parameters, account, queueUrls, account::secretArn);
  }

  /**
   * Reads the template.
   *
   * @param parameters values that override the parameters' defaults
   * @param queueUrls tells the URL of the queue of a name; asked only when a reference to a queue
   *     is resolved, so that the queues can be created from the template's definitions first
   * @param secretArns tells the ARN of the secret of a name, in the same way
   */
  public static Template read(
      Path file,
      Map<String, String> parameters,
      Account account,
      UnaryOperator<String> queueUrls,
      UnaryOperator<String> secretArns) {
    Section document = Section.of("template", TemplateYaml.read(file));
    return new Template(
        file, document, parameters, new PhysicalNames(account, queueUrls, secretArns));
  }

  public Account account() {
    return names.account();
  }

  PhysicalNames names() {
    return names;
  }

  /** The value of a parameter, or its default. */
  public String parameter(String name) {
    return parameters
        .value(name)
        .orElseThrow(() -> new TemplateException("The template has no parameter " + name));
  }

  /** All parameters, with their values or defaults. */
  public Map<String, String> parameters() {
    return parameters.values();
  }

  /** The bucket of attachments, if there is one. It is the platform's, and no resource. */
  public Optional<String> attachmentsBucket() {
    return parameters.value("AttachmentsBucket").filter(name -> !name.isEmpty());
  }

  /**
   * The stack's outputs. Resolves every resource too, and those of nested templates, so that no
   * fault in a template hides.
   */
  public Map<String, String> outputs() {
    logicalIds().forEach(this::properties);
    logicalIds(STACK).forEach(logicalId -> nested(logicalId).outputs());
    LinkedHashMap<String, String> outputs = new LinkedHashMap<String, String>();
    Section declared = document.section("Outputs");
    for (String name : declared.names()) {
      String place = "Outputs." + name;
      Section output =
          Section.of(place, intrinsics.resolve(place, declared.section(name).values()));
      outputs.put(name, output.text("Value"));
    }
    return outputs;
  }

  /**
   * The functions that serve. One that serves deployments alone is in another language: there are
   * no deployments here.
   */
  public List<FunctionDefinition> functions() {
    return logicalIds(FUNCTION).stream().filter(this::serves).map(this::function).toList();
  }

  private boolean serves(String logicalId) {
    return properties(logicalId).optionalText("Runtime").orElse("java").startsWith("java");
  }

  /** The function of that logical id. */
  public FunctionDefinition function(String logicalId) {
    if (!logicalIds(FUNCTION).contains(logicalId)) {
      throw new TemplateException("The template has no function " + logicalId);
    }
    Section properties = properties(logicalId);
    Section variables = properties.section("Environment").section("Variables");
    LinkedHashMap<String, String> environment = new LinkedHashMap<String, String>();
    variables.names().forEach(name -> environment.put(name, variables.text(name)));
    return new FunctionDefinition(
        logicalId,
        names.name(logicalId),
        names.functionArn(logicalId),
        properties.text("Handler"),
        Duration.ofSeconds(properties.number("Timeout")),
        properties.number("MemorySize"),
        Map.copyOf(environment));
  }

  /** The REST API, of which the template has one. */
  public ApiDefinition api() {
    String logicalId = only(API);
    Section properties = properties(logicalId);
    Section auth = properties.section("Auth");
    Optional<ApiDefinition.Authorizer> authorizer =
        auth.optionalText("DefaultAuthorizer")
            .map(name -> authorizer(auth.section("Authorizers").section(name)));
    LinkedHashMap<String, ApiDefinition.GatewayResponse> responses =
        new LinkedHashMap<String, ApiDefinition.GatewayResponse>();
    Section declared = properties.section("GatewayResponses");
    declared.names().forEach(type -> responses.put(type, gatewayResponse(declared.section(type))));
    return new ApiDefinition(
        names.name(logicalId),
        properties.text("StageName"),
        routes(names.name(logicalId), authorizer.isPresent()),
        authorizer,
        responses);
  }

  /** The schedule of the function that deletes: of those that serve, the only other one. */
  public ScheduleDefinition schedule() {
    return schedule(
        only(
            SCHEDULE,
            logicalIds(SCHEDULE).stream()
                .filter(logicalId -> !logicalId.equals(HOUSEKEEPING))
                .filter(logicalId -> serves(functionOfArn(target(logicalId).text("Arn"))))
                .toList()));
  }

  /** The schedule of the function that keeps house. */
  public ScheduleDefinition housekeeping() {
    return schedule(HOUSEKEEPING);
  }

  private ScheduleDefinition schedule(String logicalId) {
    Section properties = properties(logicalId);
    String expression = properties.text("ScheduleExpression");
    if (!expression.startsWith("cron(") || !expression.endsWith(")")) {
      throw new TemplateException(
          properties.place() + ": only cron schedules are understood here, not " + expression);
    }
    Section target = properties.section("Target");
    return new ScheduleDefinition(
        expression.substring("cron(".length(), expression.length() - 1),
        timezone(properties),
        functionOfArn(target.text("Arn")),
        target.text("Input"));
  }

  private Section target(String schedule) {
    return properties(schedule).section("Target");
  }

  public List<TableDefinition> tables() {
    return logicalIds(TABLE).stream().map(this::table).toList();
  }

  public List<QueueDefinition> queues() {
    return logicalIds(QUEUE).stream().map(this::queue).toList();
  }

  public List<SecretDefinition> secrets() {
    return logicalIds(SECRET).stream().map(this::secret).toList();
  }

  /** The name of the table of that logical id. */
  public String tableName(String logicalId) {
    return named(logicalId, TABLE);
  }

  /** The name of the queue of that logical id. */
  public String queueName(String logicalId) {
    return named(logicalId, QUEUE);
  }

  private String named(String logicalId, ResourceType type) {
    if (!logicalIds(type).contains(logicalId)) {
      throw new TemplateException("The template has no %s %s".formatted(type, logicalId));
    }
    return names.name(logicalId);
  }

  /** The template that the resource nests, from a file beside this one. */
  private Template nested(String logicalId) {
    Section properties = properties(logicalId);
    properties.onlyHas(Set.of("TemplateURL", "Parameters"));
    Section given = properties.section("Parameters");
    LinkedHashMap<String, String> values = new LinkedHashMap<String, String>();
    given.names().forEach(name -> values.put(name, given.text(name)));
    Account here = account();
    return read(
        file.resolveSibling(properties.text("TemplateURL")),
        values,
        new Account(here.id(), here.region(), names.name(logicalId)),
        names.queueUrls(),
        names.secretArns());
  }

  private static ZoneId timezone(Section properties) {
    String name = properties.optionalText("ScheduleExpressionTimezone").orElse("UTC");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new TemplateException(properties.place() + ": no such time zone: " + name, e);
    }
  }

  /** The queues that feed functions. */
  public List<FeedDefinition> feeds() {
    ArrayList<FeedDefinition> feeds = new ArrayList<FeedDefinition>();
    for (String logicalId : logicalIds(FUNCTION)) {
      Section events = properties(logicalId).section("Events");
      for (String name : events.names()) {
        if (events.section(name).text("Type").equals("SQS")) {
          feeds.add(feed(logicalId, events.section(name).section("Properties")));
        }
      }
    }
    return List.copyOf(feeds);
  }

  private static FeedDefinition feed(String functionId, Section properties) {
    properties.onlyHas(Set.of("Queue", "BatchSize", "ScalingConfig"));
    if (!properties.text("BatchSize").equals("1")) {
      throw new TemplateException(
          properties.place() + ": only one message at a time is understood here");
    }
    String arn = properties.text("Queue");
    return new FeedDefinition(
        functionId,
        arn.substring(arn.lastIndexOf(':') + 1),
        arn,
        Integer.parseInt(properties.section("ScalingConfig").text("MaximumConcurrency")));
  }

  private List<RouteDefinition> routes(String apiId, boolean authorizedByDefault) {
    ArrayList<RouteDefinition> routes = new ArrayList<RouteDefinition>();
    for (String logicalId : logicalIds(FUNCTION)) {
      Section events = properties(logicalId).section("Events");
      for (String name : events.names()) {
        Section event = events.section(name);
        if (event.text("Type").equals("SQS")) {
          continue;
        }
        if (!event.text("Type").equals("Api")) {
          throw new TemplateException(
              event.place()
                  + ": events of type "
                  + event.text("Type")
                  + " are not understood here");
        }
        Section properties = event.section("Properties");
        if (!properties.text("RestApiId").equals(apiId)) {
          throw new TemplateException(event.place() + ": RestApiId names another API");
        }
        Optional<String> authorizer = properties.section("Auth").optionalText("Authorizer");
        routes.add(
            new RouteDefinition(
                properties.text("Method").toUpperCase(Locale.ROOT),
                properties.text("Path"),
                logicalId,
                authorizer.map(chosen -> !chosen.equals("NONE")).orElse(authorizedByDefault)));
      }
    }
    return List.copyOf(routes);
  }

  private ApiDefinition.Authorizer authorizer(Section authorizer) {
    String type = authorizer.optionalText("FunctionPayloadType").orElse("TOKEN");
    if (!type.equals("TOKEN")) {
      throw new TemplateException(
          authorizer.place() + ": authorizers of type " + type + " are not understood here");
    }
    Section identity = authorizer.section("Identity");
    identity.onlyHas(Set.of("Header", "ReauthorizeEvery", "ValidationExpression"));
    return new ApiDefinition.Authorizer(
        functionOfArn(authorizer.text("FunctionArn")),
        identity.optionalText("Header").orElse("Authorization"),
        identity
            .optionalText("ValidationExpression")
            .map(expression -> regular(identity, expression)),
        Duration.ofSeconds(
            identity.has("ReauthorizeEvery") ? identity.number("ReauthorizeEvery") : 300));
  }

  private static String regular(Section identity, String expression) {
    try {
      return Pattern.compile(expression).pattern();
    } catch (PatternSyntaxException e) {
      throw new TemplateException(
          identity.place() + ": ValidationExpression is no regular expression: " + expression, e);
    }
  }

  private static ApiDefinition.GatewayResponse gatewayResponse(Section response) {
    response.onlyHas(Set.of("StatusCode", "ResponseParameters", "ResponseTemplates"));
    Section given = response.section("ResponseParameters");
    given.onlyHas(Set.of("Headers"));
    LinkedHashMap<String, String> headers = new LinkedHashMap<String, String>();
    Section declared = given.section("Headers");
    for (String name : declared.names()) {
      String value = declared.text(name);
      if (!value.matches("'[^']*'")) {
        throw new TemplateException(
            "%s: only static values in single quotes are understood here, not %s"
                .formatted(declared.place(), value));
      }
      headers.put(name, value.substring(1, value.length() - 1));
    }
    LinkedHashMap<String, String> templates = new LinkedHashMap<String, String>();
    Section bodies = response.section("ResponseTemplates");
    bodies.names().forEach(type -> templates.put(type, bodies.text(type)));
    return new ApiDefinition.GatewayResponse(
        response.has("StatusCode")
            ? OptionalInt.of(response.number("StatusCode"))
            : OptionalInt.empty(),
        headers,
        templates);
  }

  private TableDefinition table(String logicalId) {
    Section properties = properties(logicalId);
    properties.onlyHas(TABLE_PROPERTIES);
    LinkedHashMap<String, String> attributes = new LinkedHashMap<String, String>();
    for (Section attribute : properties.sections("AttributeDefinitions")) {
      attributes.put(attribute.text("AttributeName"), attribute.text("AttributeType"));
    }
    Section timeToLive = properties.section("TimeToLiveSpecification");
    return new TableDefinition(
        logicalId,
        names.name(logicalId),
        attributes,
        keys(properties),
        properties.sections("GlobalSecondaryIndexes").stream().map(Template::index).toList(),
        timeToLive
            .optionalText("Enabled")
            .filter(Boolean::parseBoolean)
            .map(enabled -> timeToLive.text("AttributeName")));
  }

  private static TableDefinition.Index index(Section index) {
    Section projection = index.section("Projection");
    return new TableDefinition.Index(
        index.text("IndexName"),
        keys(index),
        projection.text("ProjectionType"),
        projection.texts("NonKeyAttributes"));
  }

  private static List<TableDefinition.Key> keys(Section section) {
    return section.sections("KeySchema").stream()
        .map(key -> new TableDefinition.Key(key.text("AttributeName"), key.text("KeyType")))
        .toList();
  }

  private QueueDefinition queue(String logicalId) {
    Section properties = properties(logicalId);
    LinkedHashMap<String, String> attributes = new LinkedHashMap<String, String>();
    for (String name : properties.names()) {
      if (QUEUE_ATTRIBUTES.contains(name)) {
        attributes.put(name, properties.text(name));
      } else if (!Set.of("SqsManagedSseEnabled", "KmsMasterKeyId", "RedrivePolicy", "Tags")
          .contains(name)) {
        throw new TemplateException(properties.place() + ": " + name + " is not understood here");
      }
    }
    Optional<QueueDefinition.Redrive> redrive =
        properties.has("RedrivePolicy")
            ? Optional.of(redrive(properties.section("RedrivePolicy")))
            : Optional.<QueueDefinition.Redrive>empty();
    return new QueueDefinition(logicalId, names.name(logicalId), attributes, redrive);
  }

  private static QueueDefinition.Redrive redrive(Section policy) {
    return new QueueDefinition.Redrive(
        policy.text("deadLetterTargetArn"), policy.number("maxReceiveCount"));
  }

  private SecretDefinition secret(String logicalId) {
    Section properties = properties(logicalId);
    properties.onlyHas(SECRET_PROPERTIES);
    Section generated = properties.section("GenerateSecretString");
    generated.onlyHas(Set.of("PasswordLength", "ExcludePunctuation"));
    return new SecretDefinition(
        logicalId,
        names.secretName(logicalId),
        properties.optionalText("Description"),
        properties.optionalText("KmsKeyId"),
        generated.number("PasswordLength"),
        generated.optionalText("ExcludePunctuation").map(Boolean::parseBoolean).orElse(false));
  }

  private String functionOfArn(String arn) {
    return logicalIds(FUNCTION).stream()
        .filter(logicalId -> names.functionArn(logicalId).equals(arn))
        .findFirst()
        .orElseThrow(() -> new TemplateException("The template has no function " + arn));
  }

  private String type(String logicalId) {
    return resources.section(logicalId).text("Type");
  }

  private String only(ResourceType type) {
    return only(type, logicalIds(type));
  }

  private static String only(ResourceType type, List<String> found) {
    if (found.size() != 1) {
      throw new TemplateException(
          "One resource of type %s is expected, not %s".formatted(type, found));
    }
    return found.getFirst();
  }

  List<String> logicalIds(ResourceType type) {
    return logicalIds().stream().filter(logicalId -> isA(type, logicalId)).toList();
  }

  private boolean isA(ResourceType type, String logicalId) {
    return type(logicalId).equals(type.toString());
  }

  /** The resources that exist: those without a condition, or whose condition holds. */
  private List<String> logicalIds() {
    return resources.names().stream()
        .filter(
            logicalId ->
                resources
                    .section(logicalId)
                    .optionalText("Condition")
                    .map(condition -> intrinsics.holds(logicalId, Map.of("Condition", condition)))
                    .orElse(true))
        .toList();
  }

  /** What the template says of the resource, resolved. */
  Section properties(String logicalId) {
    Section declared = declared(logicalId);
    return Section.of(declared.place(), intrinsics.resolve(declared.place(), declared.values()));
  }

  /** What the template says of the resource, as it stands there. */
  private Section declared(String logicalId) {
    String place = "Resources." + logicalId;
    Map<String, Object> own = resources.section(logicalId).section("Properties").values();
    return Section.of(
        place,
        isA(FUNCTION, logicalId)
            ? merged(document.section("Globals").section("Function").values(), own)
            : own);
  }

  /**
   * As SAM merges Globals: mappings are merged, lists are joined, anything else is replaced.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">Globals</a>
   */
  private static Object merged(Object global, Object own) {
    if (global instanceof Map<?, ?> globals && own instanceof Map<?, ?> owns) {
      LinkedHashMap<Object, Object> merged = new LinkedHashMap<Object, Object>(globals);
      owns.forEach(
          (name, value) ->
              merged.put(name, merged.containsKey(name) ? merged(merged.get(name), value) : value));
      return merged;
    }
    if (global instanceof List<?> globals && own instanceof List<?> owns) {
      ArrayList<Object> joined = new ArrayList<Object>(globals);
      joined.addAll(owns);
      return joined;
    }
    return own;
  }

  private final class StackNames implements Intrinsics.Names {

    /** SAM's own names for what it makes beside a function. */
    private static final Set<String> PUBLISHED = Set.of(".Alias", ".Version");

    /** SAM's own name for the CodeDeploy application that it makes. */
    private static final String DEPLOYMENTS = "ServerlessDeploymentApplication";

    private static final String OUTPUTS = "Outputs.";

    @Override
    public Object reference(String name) {
      return switch (name) {
        case "AWS::Region" -> account().region();
        case "AWS::AccountId" -> account().id();
        case "AWS::StackName" -> account().stackName();
        case "AWS::Partition" -> account().partition();
        case "AWS::URLSuffix" -> account().urlSuffix();
        default -> parameters.value(name).orElseGet(() -> resource(name));
      };
    }

    @Override
    public Object attribute(String logicalId, String attribute) {
      if (!resources.has(logicalId)) {
        throw new TemplateException("There is no resource " + logicalId);
      }
      ResourceType type = referable(logicalId);
      // SAM's own name for the stage that it makes.
      if (type == API && attribute.equals("Stage")) {
        return properties(logicalId).text("StageName");
      }
      if (type == STACK && attribute.startsWith(OUTPUTS)) {
        return output(logicalId, attribute.substring(OUTPUTS.length()));
      }
      return names.attribute(type, logicalId, attribute);
    }

    @Override
    public Object condition(String name) {
      Section conditions = document.section("Conditions");
      if (!conditions.has(name)) {
        throw new TemplateException("There is no condition " + name);
      }
      return intrinsics.holds("Conditions." + name, conditions.values().get(name));
    }

    private String output(String logicalId, String name) {
      return Optional.ofNullable(nested(logicalId).outputs().get(name))
          .orElseThrow(
              () ->
                  new TemplateException(
                      "The template nested by %s has no output %s".formatted(logicalId, name)));
    }

    private String resource(String logicalId) {
      int dot = logicalId.lastIndexOf('.');
      if (dot > 0 && PUBLISHED.contains(logicalId.substring(dot))) {
        return published(logicalId.substring(0, dot));
      }
      if (logicalId.equals(DEPLOYMENTS)) {
        return names.name(logicalId);
      }
      if (!resources.has(logicalId)) {
        throw new TemplateException("Reference to " + logicalId + ", which does not exist");
      }
      return names.reference(referable(logicalId), logicalId);
    }

    private ResourceType referable(String logicalId) {
      String type = type(logicalId);
      return ResourceType.named(type)
          .orElseThrow(
              () ->
                  new TemplateException(
                      "A reference to %s of type %s is not understood here"
                          .formatted(logicalId, type)));
    }

    /** There are no versions here, so a version or an alias is the function itself. */
    private String published(String logicalId) {
      if (!logicalIds(FUNCTION).contains(logicalId)
          || !declared(logicalId).has("AutoPublishAlias")) {
        throw new TemplateException(
            "The template has no function %s with an alias".formatted(logicalId));
      }
      return names.functionArn(logicalId);
    }
  }
}
