import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints after {@code mvn verify} how many tests ran in each module, and which were skipped and why.
 * Surefire and Failsafe print neither reasons nor sums.
 *
 * <p>Arguments: the moment at which the build began, in ISO 8601, and the modules' folders. Reports of earlier builds do
 * not count.
 */
class TestSummary {

  public static void main(String[] arguments) throws Exception {
    Instant begin = Instant.parse(arguments[0]);
    List<String> skipped = new ArrayList<>();
    int all = 0;
    for (String module : List.of(arguments).subList(1, arguments.length)) {
      int ran = 0;
      for (Path report : reports(Path.of(module, "target"), begin)) {
        NodeList cases =
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
          Element test = (Element) cases.item(i);
          NodeList skip = test.getElementsByTagName("skipped");
          if (skip.getLength() == 0) {
            ran++;
          } else {
            skipped.add(name(test) + ": " + reason((Element) skip.item(0)));
          }
        }
      }
      System.out.printf(Locale.ROOT, "%-10s %,6d tests ran%n", Path.of(module).getFileName(), ran);
      all += ran;
    }
    System.out.printf(
        Locale.ROOT, "%-10s %,6d tests ran, %d skipped%s%n", "all", all, skipped.size(), skipped.isEmpty() ? "" : ":");
    skipped.stream().distinct().sorted().forEach(line -> System.out.println("  " + line));
  }

  private static List<Path> reports(Path target, Instant begin) throws Exception {
    List<Path> reports = new ArrayList<>();
    for (String folder : List.of("surefire-reports", "failsafe-reports")) {
      if (Files.isDirectory(target.resolve(folder))) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(target.resolve(folder), "TEST-*")) {
          for (Path file : files) {
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(begin)) {
              reports.add(file);
            }
          }
        }
      }
    }
    return reports;
  }

  /** A condition gives a message. An assumption gives an exception's type, its message and where it was thrown. */
  private static String reason(Element skip) {
    String message = skip.getAttribute("message");
    return message.isEmpty()
        ? skip.getTextContent().lines().findFirst().orElse("").replaceFirst("^[\\w.]+: (Assumption failed: )?", "")
        : message;
  }

  /** One name for all repetitions of a test, and for all its arguments. */
  private static String name(Element test) {
    String type = test.getAttribute("classname");
    String name = test.getAttribute("name").replaceFirst("\\(.*", "");
    return type.substring(type.lastIndexOf('.') + 1) + (name.isEmpty() || name.equals(type) ? "" : "." + name);
  }
}
