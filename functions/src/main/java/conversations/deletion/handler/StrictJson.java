package conversations.deletion.handler;

import conversations.deletion.json.JsonReader;
import conversations.deletion.json.JsonReader.MalformedJsonException;
import conversations.deletion.json.JsonReader.RepeatedNameException;

/** Reads the JSON of a request. The caller learns what is wrong with it. */
final class StrictJson {

  private StrictJson() {}

  /**
   * Reads a text that is one JSON value, as {@link JsonReader} does.
   *
   * @throws ProblemException if the text is not JSON, or an object repeats a name
   */
  static Object read(String text) {
    try {
      return JsonReader.read(text);
    } catch (MalformedJsonException _) {
      throw Faults.only(
          Faults.BODY, "malformed_json", "The body cannot be read as one JSON value.");
    } catch (RepeatedNameException e) {
      throw Faults.only(
          Faults.nameOf(e.name()), "duplicate_key", "The name occurs twice in one object.");
    }
  }
}
