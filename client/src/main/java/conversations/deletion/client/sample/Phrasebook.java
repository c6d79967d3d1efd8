package conversations.deletion.client.sample;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is said in one language: names, cities, the form of dates, and scripts. */
record Phrasebook(
    Locale language,
    List<String> names,
    List<String> cities,
    DateTimeFormatter date,
    List<Script> scripts) {

  private static final List<Phrasebook> ALL =
      Stream.of("en", "de", "es", "fr", "pt", "ja", "ar", "hi", "tr")
          .map(PhrasebookReader::read)
          .toList();

  Phrasebook {
    names = List.copyOf(names);
    cities = List.copyOf(cities);
    scripts = List.copyOf(scripts);
  }

  static List<Phrasebook> all() {
    return ALL;
  }

  /** The phrasebook of the language that this channel user usually writes in. */
  static Phrasebook ofChannelUser(String cId) {
    return ALL.get(Math.floorMod(cId.hashCode(), ALL.size()));
  }
}
