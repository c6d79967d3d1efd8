package conversations.deletion.local.template;

/**
 * The template holds something that cannot be read or is not understood here; the message says
 * where.
 */
public final class TemplateException extends RuntimeException {

  TemplateException(String message) {
    super(message);
  }

  TemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
