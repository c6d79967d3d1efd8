package conversations.deletion.bench.coldstart;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Measures how alternatives to the deployed package start: other HTTP clients, JSON libraries,
 * archives of classes. Prints a line for each.
 *
 * <p>The system property {@code alternatives} names the folder with the libraries that are not
 * deployed. It has a folder for each of {@code apache5}, {@code crt} and {@code json}.
 */
final class Alternatives {

  private static final int ROUNDS = 9;
  private static final String HTTP = "software.amazon.awssdk.http.";

  /**
   * 20,000 reads, compiled as well as the JVM can, with connections kept open as in the functions.
   */
  private static final List<String> BUSY =
      List.of("-Dreads=20000", "-XX:TieredStopAtLevel=4", "-Dhttp.maxConnections=64");

  private final CannedAws aws;
  private final DeployedPackage deployed;
  private final Path libraries;
  private final Path folder;
  private final Path event;
  private final List<Variant> variants = new ArrayList<>();

  private Alternatives(CannedAws aws, DeployedPackage deployed, Path libraries, Path folder)
      throws IOException {
    this.aws = aws;
    this.deployed = deployed;
    this.libraries = libraries;
    this.folder = folder;
    this.event = Files.writeString(folder.resolve("event.json"), deployed.event("find-job"));
  }

  /**
   * @param arguments what to compare: {@code http}, {@code http-busy}, {@code json}, {@code
   *     archives}, {@code verification}
   */
  public static void main(String[] arguments) throws Exception {
    try (CannedAws aws = new CannedAws()) {
      Alternatives alternatives =
          new Alternatives(
              aws,
              DeployedPackage.find(),
              Path.of(System.getProperty("alternatives")),
              Files.createTempDirectory("alternatives"));
      for (String what : arguments) {
        alternatives.add(what);
      }
      alternatives.measure(Integer.getInteger("rounds", ROUNDS));
    }
  }

  private void add(String what) throws Exception {
    switch (what) {
      case "http" -> addHttpClients(List.of());
      case "http-busy" -> addHttpClients(BUSY);
      case "json" -> {
        for (Class<?> library : JsonLibraries.class.getDeclaredClasses()) {
          if (!Modifier.isAbstract(library.getModifiers())) {
            String name = "json: " + library.getSimpleName();
            addFunction(name, library.getName(), with("json"), List.of());
          }
        }
      }
      case "archives" -> addArchives();
      case "verification" -> {
        addFind("as it is", deployed.classPath(), List.of());
        addFind(
            "no verification",
            deployed.classPath(),
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
      }
      default ->
          throw new IllegalArgumentException("there is nothing to compare with the name " + what);
    }
  }

  private void addHttpClients(List<String> flags) throws IOException {
    addHttp("url-connection", "urlconnection.UrlConnectionSdkHttpService", flags);
    addHttp("apache5", "apache5.Apache5SdkHttpService", flags);
    addHttp("crt", "crt.AwsCrtSdkHttpService", flags);
  }

  private void addHttp(String client, String service, List<String> flags) throws IOException {
    List<String> all = new ArrayList<>(flags);
    all.add("-Dhttp=" + HTTP + service);
    addFunction("http: " + client, HttpClients.class.getName(), with(client), all);
  }

  /** The deployed class path, and the alternative's jars that are not on it. */
  private List<Path> with(String alternative) throws IOException {
    List<Path> classPath = new ArrayList<>(deployed.classPath());
    List<String> names =
        classPath.stream().map(path -> artifact(path.getFileName().toString())).toList();
    Path jars = libraries.resolve(alternative);
    if (Files.exists(jars)) {
      try (Stream<Path> found = Files.list(jars)) {
        found
            .filter(jar -> !names.contains(artifact(jar.getFileName().toString())))
            .forEach(classPath::add);
      }
    }
    return classPath;
  }

  /** The artifact id of a jar. The jar's name may begin with the group id. */
  private static String artifact(String jar) {
    String name = jar.replaceFirst("-[0-9].*", "");
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Adds archives. An archive holds only classes from jars, so all classes go into jars first. */
  private void addArchives() throws Exception {
    List<Path> jars = new ArrayList<>();
    jars.add(jarOf(deployed.classes(), "functions.jar"));
    jars.addAll(deployed.jars());
    for (Path path : FunctionJvm.runtime()) {
      jars.add(Files.isDirectory(path) ? jarOf(path, "runtime.jar") : path);
    }
    Path shared = folder.resolve("app.jsa");
    Path cache = folder.resolve("app.aot");
    addFind("no archive", jars, List.of());
    train(jars, "-XX:ArchiveClassesAtExit=" + shared);
    addFind("AppCDS", jars, List.of("-XX:SharedArchiveFile=" + shared));
    train(jars, "-XX:AOTCacheOutput=" + cache);
    addFind("AOT cache", jars, List.of("-XX:AOTCache=" + cache));
    System.out.printf(
        "AppCDS %.1f MB, AOT cache %.1f MB%n", Files.size(shared) / 1e6, Files.size(cache) / 1e6);
  }

  private void train(List<Path> jars, String flag) throws Exception {
    for (String handler : List.of(DeployedFunction.FIND.bare(), DeployedFunction.FIND.handler())) {
      new FunctionJvm(aws, List.of(flag, "-Dexit=orderly", "-Xlog:disable"), jars)
          .firstAnswer(handler, event);
    }
  }

  private static Path jarOf(Path classes, String name) throws IOException {
    Path jar = Files.createTempDirectory("classes").resolve(name);
    try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        output.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, output);
        output.closeEntry();
      }
    }
    return jar;
  }

  private void addFind(String name, List<Path> classPath, List<String> flags) {
    addFunction(name + ": find", DeployedFunction.FIND.handler(), classPath, flags);
    addFunction(name + ": find, bare", DeployedFunction.FIND.bare(), classPath, flags);
  }

  private void addFunction(String name, String handler, List<Path> classPath, List<String> flags) {
    variants.add(new Variant(name, handler, new FunctionJvm(aws, flags, classPath)));
  }

  private void measure(int rounds) throws Exception {
    Medians millis = new Medians();
    for (int round = 0; round < rounds; round++) {
      for (Variant variant : variants) {
        millis.add(variant.name(), variant.jvm().firstAnswer(variant.handler(), event));
      }
    }
    for (Variant variant : variants) {
      System.out.printf("%-32s %6.0f CPU-ms%n", variant.name(), millis.of(variant.name()));
    }
  }

  private record Variant(String name, String handler, FunctionJvm jvm) {}
}
