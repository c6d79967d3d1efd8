package conversations.deletion.handler;

/** A request cannot be served; the problem tells the caller why. */
final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  ProblemException(Problem problem) {
    // This is an ordinary case, so the exception needs no stack trace.
    super(problem.title(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
