package conversations.deletion.local.template;

/** One method of the API and the function behind it. */
public record RouteDefinition(String method, String path, String functionId, boolean authorized) {}
