package conversations.deletion.handler;

import conversations.deletion.json.JsonReader;
import conversations.deletion.json.JsonReader.MalformedJsonException;
import conversations.deletion.json.JsonReader.RepeatedNameException;

/** Reads the JSON of a request, and tells the caller what is wrong with it. */
final class StrictJson {

  private StrictJson() {}

  /**
   * Reads the one value that the text is, as {@link JsonReader} does.
   *
   * @throws ProblemException if the text is not JSON, or repeats a name within an object
   */
  static Object read(String text) {
    try {
      return JsonReader.read(text);
    } catch (MalformedJsonException _) {
      throw Faults.only(Faults.BODY, "malformed_json", "The body is not one JSON value.");
    } catch (RepeatedNameException e) {
      throw Faults.only(
          Faults.nameOf(e.name()), "duplicate_key", "The name occurs twice in one object.");
    }
  }
}
