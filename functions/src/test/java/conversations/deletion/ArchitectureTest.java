package conversations.deletion;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaCodeUnit.Predicates.constructor;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import conversations.deletion.config.Wiring;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dependencies point inwards: handler -> application -> domain, adapter -> application.port. */
class ArchitectureTest {

  private static final String DOMAIN = "conversations.deletion.domain";
  private static final String APPLICATION = "conversations.deletion.application";
  private static final String PORTS = APPLICATION + ".port";

  /** Which rooms each room of the application may use, besides the ports and the domain. */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          entry("jobs", Set.of()),
          entry("holds", Set.of("concurrent")),
          entry("access", Set.of("concurrent")),
          entry("offpeak", Set.of("reading", "pool", "mail", "concurrent", "telemetry")),
          entry("previews", Set.of("reading", "concurrent", "telemetry")),
          entry("telemetry", Set.of()),
          entry("reading", Set.of("concurrent")),
          entry("pool", Set.of("concurrent")),
          entry("mail", Set.of()),
          entry("housekeeping", Set.of("mail", "previews")),
          entry("concurrent", Set.of()));

  private static final String[] USE_CASES =
      ROOMS.keySet().stream().map(ArchitectureTest::room).toArray(String[]::new);
  private static final String ADAPTERS = "conversations.deletion.adapter..";
  private static final String HANDLERS = "conversations.deletion.handler";
  private static final String CONFIG = "conversations.deletion.config";
  private static final String JSON = "conversations.deletion.json";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("conversations.deletion");

  @Test
  void everyClassHasItsPlace() {
    check(
        classes()
            .that()
            .doNotHaveSimpleName("package-info")
            .should()
            .resideInAnyPackage(with(USE_CASES, DOMAIN, PORTS, ADAPTERS, HANDLERS, CONFIG, JSON)));
  }

  @Test
  void theDomainKnowsNothingButTheMakerOfIds() {
    check(
        classes()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(DOMAIN, "java..", "javax.crypto..", "com.github.f4b6a3.uuid.."));
  }

  @Test
  void portsSpeakOfTheDomainOnly() {
    check(
        classes()
            .that()
            .resideInAPackage(PORTS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(PORTS, DOMAIN, "java.."));
  }

  @Test
  void useCasesKnowNoTechnologyAndNoRoomThatTheyHaveNoUseFor() {
    ROOMS.forEach(
        (room, others) -> {
          String[] used = others.stream().map(ArchitectureTest::room).toArray(String[]::new);
          check(
              classes()
                  .that()
                  .resideInAPackage(room(room))
                  .should()
                  .onlyDependOnClassesThat()
                  .resideInAnyPackage(with(used, room(room), PORTS, DOMAIN, "java..")));
        });
  }

  @Test
  void concurrencyKnowsNothingOfTheService() {
    check(
        noClasses()
            .that()
            .resideInAPackage(room("concurrent"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PORTS, DOMAIN));
  }

  @Test
  void thePoolKnowsNoJob() {
    check(
        noClasses()
            .that()
            .resideInAPackage(room("pool"))
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.\\w*(Job|Lease|Chunk)\\w*"));
  }

  @Test
  void noArrowRunsBackBetweenRooms() {
    check(slices().matching(APPLICATION + ".(*)..").should().beFreeOfCycles());
  }

  @Test
  void theWiringKnowsNoHandler() {
    check(
        noClasses()
            .that()
            .resideInAPackage(CONFIG)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HANDLERS));
  }

  @Test
  void adaptersServePortsAndKnowNeitherUseCasesNorHandlers() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ADAPTERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(with(USE_CASES, HANDLERS, CONFIG)));
  }

  @Test
  void adaptersKnowNoOtherTechnologysAdapter() {
    check(
        slices().matching("conversations.deletion.adapter.(*)..").should().notDependOnEachOther());
  }

  @Test
  void jsonKnowsNothingButItsLibrary() {
    check(
        classes()
            .that()
            .resideInAPackage(JSON)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                JSON, "java..", "software.amazon.awssdk.thirdparty.jackson.core.."));
  }

  @Test
  void handlersKnowNoAdapterAndNoClient() {
    check(
        noClasses()
            .that()
            .resideInAPackage(HANDLERS)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(ADAPTERS, "software.amazon.awssdk..", "com.nimbusds..")));
  }

  @Test
  void onlyHandlersMakeUseOfTheWiring() {
    check(
        noClasses()
            .that(not(resideInAnyPackage(HANDLERS, CONFIG)))
            .should()
            .dependOnClassesThat(resideInAPackage(CONFIG)));
  }

  @Test
  void andHandlersOnlyWhenLambdaConstructsThem() {
    check(
        methods()
            .that()
            .areDeclaredIn(Wiring.class)
            .should()
            .onlyBeCalled()
            .byCodeUnitsThat(constructor().or(owner(equivalentTo(Wiring.class)))));
  }

  private static String room(String name) {
    return APPLICATION + "." + name;
  }

  private static String[] with(String[] rooms, String... others) {
    return Stream.concat(Arrays.stream(rooms), Arrays.stream(others)).toArray(String[]::new);
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
