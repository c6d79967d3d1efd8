package conversations.deletion.local.bugs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The test that should catch a bug. */
record Catcher(String className, String method) {

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package (.+);");
  private static final Pattern SUPERCLASS = Pattern.compile("\\bclass \\w+\\s+extends\\s+(\\w+)");

  /**
   * The argument by which JUnit's launcher runs it.
   *
   * @throws UnfitBugException if there is no such test
   */
  String selector(Sources tests) {
    Matcher parent = PACKAGE.matcher(tests.text(className));
    if (!parent.find()) {
      throw new UnfitBugException(className + " names no package");
    }
    String qualifiedName = parent.group(1) + "." + className;
    // The launcher needs the types of a method's parameters. So for a method with parameters, its
    // whole class runs.
    return parameters(className, tests).isBlank()
        ? "--select-method=%s#%s".formatted(qualifiedName, method)
        : "--select-class=" + qualifiedName;
  }

  private String parameters(String declaring, Sources tests) {
    String source = tests.text(declaring);
    Matcher declaration =
        Pattern.compile("\\bvoid\\s+%s\\(([^)]*)\\)".formatted(method)).matcher(source);
    if (declaration.find()) {
      return declaration.group(1);
    }
    Matcher superclass = SUPERCLASS.matcher(source);
    if (superclass.find()) {
      return parameters(superclass.group(1), tests);
    }
    throw new UnfitBugException("there is no test " + this);
  }

  @Override
  public String toString() {
    return className + "#" + method;
  }
}
