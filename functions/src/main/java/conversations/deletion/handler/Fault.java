package conversations.deletion.handler;

/**
 * One thing that is wrong with a request.
 *
 * @param field where
 * @param code what, for programs; never changes
 * @param message what, for people
 */
record Fault(String field, String code, String message) {}
