import java.nio.file.Files;
import java.nio.file.Path;

/** Prints a file: the demo's verdict, which would otherwise scroll away behind what Maven builds after it. */
class Verdict {

  public static void main(String[] arguments) throws Exception {
    System.out.println(Files.readString(Path.of(arguments[0])));
  }
}
