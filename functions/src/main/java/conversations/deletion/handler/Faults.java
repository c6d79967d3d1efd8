package conversations.deletion.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects all faults of a request, so that the caller learns them at once. */
final class Faults {

  /** The field of a fault that belongs to no single field. */
  static final String BODY = "body";

  private static final int MAX_LISTED = 100;
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final List<Fault> listed = new ArrayList<>();
  private int count;

  void add(String field, String code, String message) {
    count++;
    if (listed.size() < MAX_LISTED) {
      listed.add(new Fault(field, code, message));
    }
  }

  /**
   * The name that the caller chose, if it is harmless to repeat; otherwise a text that stands for
   * it. An answer repeats nothing else that a caller sends.
   */
  static String nameOf(String sent) {
    return PLAIN_NAME.matcher(sent).matches() ? sent : "(unreadable)";
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Ends the reading of the request if it has any faults.
   *
   * @throws ProblemException with all faults
   */
  void throwIfAny() {
    if (count > 0) {
      String detail =
          count > listed.size()
              ? "The request has " + count + " faults; the first " + MAX_LISTED + " are listed."
              : "The request has " + (count == 1 ? "a fault." : count + " faults.");
      throw new ProblemException(Problem.badRequest(detail, listed));
    }
  }

  /** Ends the reading of a request that has this fault and cannot be checked for others. */
  static ProblemException only(String field, String code, String message) {
    Faults faults = new Faults();
    faults.add(field, code, message);
    return new ProblemException(Problem.badRequest("The request has a fault.", faults.listed));
  }
}
