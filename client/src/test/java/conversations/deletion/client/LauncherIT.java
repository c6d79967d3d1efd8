package conversations.deletion.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher and the jar, as people start them. */
class LauncherIT {

  private static final Path LAUNCHER = Path.of("deletions").toAbsolutePath();
  private static final String JAVA_HOME = System.getProperty("java.home");

  @TempDir private Path folder;

  private record Outcome(int code, String out, String err) {}

  private Outcome run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out)
            .redirectError(err);
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Outcome(process.exitValue(), text(out), text(err));
  }

  private static String text(File file) throws IOException {
    return Files.readString(file.toPath(), StandardCharsets.UTF_8);
  }

  private Outcome deletions(String... arguments) throws IOException, InterruptedException {
    ArrayList<String> command = new ArrayList<>(List.of("sh", LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    return run(Map.of("JAVA_HOME", JAVA_HOME), command.toArray(String[]::new));
  }

  /** A Java home that says it has this version. When it is started, it prints its name. */
  private Path javaHome(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(java, "#!/bin/sh\necho started " + name + "\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    return home;
  }

  @Test
  void startsTheJarFromAnyFolder() throws Exception {
    Outcome outcome = deletions("--version");

    assertThat(outcome).isEqualTo(new Outcome(0, "deletions 1.0.0" + System.lineSeparator(), ""));
  }

  @Test
  void exitsAsTheClientDoes() throws Exception {
    assertThat(deletions("list").code()).isEqualTo(3);
    assertThat(deletions("watch").code()).isEqualTo(2);
  }

  @Test
  void startsThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("d"), LAUNCHER);

    assertThat(run(Map.of("JAVA_HOME", JAVA_HOME), "sh", link.toString(), "--version").code())
        .isZero();
  }

  @Test
  void passesByAJavaThatIsTooOld() throws Exception {
    Path old = javaHome("old", "17.0.15");
    Path fit = javaHome("fit", "25.0.1");

    assertThat(run(Map.of("JAVA_HOME", fit.toString()), "sh", LAUNCHER.toString()).out())
        .startsWith("started fit");
    String onPath = fit.resolve("bin") + File.pathSeparator + System.getenv("PATH");
    assertThat(
            run(Map.of("JAVA_HOME", old.toString(), "PATH", onPath), "sh", LAUNCHER.toString())
                .out())
        .startsWith("started fit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".sdkman/candidates/java/25.0.1-tem",
        ".jdks/temurin-25",
        ".m2/jdks/jdk-25",
        ".asdf/installs/java/temurin-25.0.1",
        ".local/share/mise/installs/java/25",
        ".jenv/versions/25",
        ".gradle/jdks/eclipse_adoptium-25",
        ".jbang/cache/jdks/25",
        ".jabba/jdk/temurin@25",
        "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home"
      })
  void findsAJavaWhereMavensToolchainsDo(String place) throws Exception {
    Path fit = javaHome(place, "25.0.1");

    assertThat(onlyWith(Map.of("HOME", folder.toString())).out()).startsWith("started " + place);
    assertThat(onlyWith(Map.of("JAVA_25_HOME", fit.toString())).out()).startsWith("started ");
  }

  @Test
  void findsAJavaBehindAShim() throws Exception {
    Path fit = javaHome("fit", "25.0.1");
    Path shims = Files.createDirectories(folder.resolve("shims"));
    Path shim = shims.resolve("java");
    Files.writeString(shim, "#!/bin/sh\necho '    java.home = %s' >&2\n".formatted(fit));
    Files.setPosixFilePermissions(shim, PosixFilePermissions.fromString("rwx------"));

    assertThat(onlyWith(Map.of("PATH", shims + File.pathSeparator + System.getenv("PATH"))).out())
        .startsWith("started fit");
  }

  /** Without a JDK of this machine that would be fit, as far as it is known by a variable. */
  private Outcome onlyWith(Map<String, String> environment) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("JAVA_HOME", folder.resolve("none").toString());
    Path launcher = Files.createDirectories(folder.resolve("client")).resolve("deletions");
    Files.writeString(
        launcher,
        Files.readString(LAUNCHER).replaceAll("(?<= )/(usr|opt|Library)/\\S*\\*\\S*", ""));
    Files.createDirectories(folder.resolve("client/target"));
    Files.writeString(folder.resolve("client/target/deletions.jar"), "");
    return run(all, "sh", launcher.toString());
  }

  @Test
  void readsArgumentsInUtf8WhereTheShellKnowsOnlyAscii() throws Exception {
    Outcome outcome =
        run(
            Map.of("JAVA_HOME", JAVA_HOME, "LC_ALL", "C"),
            "sh",
            LAUNCHER.toString(),
            "list",
            "--local=Büro.json");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Büro.json");
  }

  @Test
  void saysHowItIsBuiltWhereItIsNot() throws Exception {
    Path lonely = Files.copy(LAUNCHER, folder.resolve("deletions"));

    Outcome outcome = run(Map.of(), "sh", lonely.toString(), "list");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines()).hasSize(2).last().asString().contains("mvn -pl");
  }

  @Test
  void completesInBash() throws Exception {
    assumeTrue(bashIsHere(), "There is no bash.");
    Path script = Files.writeString(folder.resolve("script"), deletions("completion").out());

    assertThat(run(Map.of(), "bash", "-n", script.toString())).isEqualTo(new Outcome(0, "", ""));
    Outcome completed =
        run(
            Map.of(),
            "bash",
            "-c",
            ". ./script && COMP_WORDS=(deletions run) COMP_CWORD=1 && _complete_deletions"
                + " && echo \"${COMPREPLY[@]}\"");
    assertThat(completed.out().strip()).isEqualTo("run-off-peak");
  }

  private boolean bashIsHere() throws InterruptedException {
    try {
      return run(Map.of(), "bash", "--version").code() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
