package conversations.deletion.handler;

/**
 * One thing that is wrong with a request.
 *
 * @param field where it is
 * @param code what it is, for programs; never changes
 * @param message what it is, for people
 */
record Fault(String field, String code, String message) {}
