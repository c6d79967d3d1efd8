package conversations.deletion.handler;

/** A request cannot be served, and the caller is told why. */
final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  ProblemException(Problem problem) {
    // Part of the ordinary course of things: nobody looks at the stack.
    super(problem.title(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
