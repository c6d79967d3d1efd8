package conversations.deletion.local.invoke;

/** A handler string in the form {@code package.Class::method}, or the class alone. */
record HandlerName(String className, String method) {

  static HandlerName parse(String handler) {
    String[] parts = handler.split("::", 2);
    return new HandlerName(parts[0], parts.length == 2 ? parts[1] : "handleRequest");
  }
}
