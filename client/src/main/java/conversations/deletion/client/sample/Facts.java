package conversations.deletion.client.sample;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The facts of one task, which replace a script's placeholders. A placeholder stands for the same
 * fact throughout the task. E-mail addresses are under example.com and example.org. Phone numbers
 * are from ranges reserved for fiction. No fact has a character that JSON would escape.
 */
final class Facts {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z0-9]+)}");

  private final Phrasebook phrasebook;
  private final LocalDate today;
  private final Random random;
  private final Map<String, String> known = new HashMap<>();

  Facts(Phrasebook phrasebook, Instant now, Random random) {
    this.phrasebook = phrasebook;
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    this.random = random;
  }

  String fill(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(fact(match.group(1))));
  }

  String fact(String placeholder) {
    String fact = known.get(placeholder);
    if (fact == null) {
      fact = invent(placeholder);
      known.put(placeholder, fact);
    }
    return fact;
  }

  private String invent(String placeholder) {
    return switch (placeholder) {
      case "name" -> oneOf(phrasebook.names());
      case "city" -> oneOf(phrasebook.cities());
      case "date" -> phrasebook.date().format(today.plusDays(random.nextInt(9) - 4));
      case "time" -> format("%02d:%02d", 8 + random.nextInt(11), 5 * random.nextInt(12));
      case "number" -> Integer.toString(2 + random.nextInt(140));
      case "amount", "amount2" ->
          format("%d.%02d", 3 + random.nextInt(180), 5 * random.nextInt(20));
      case "last4" -> format("%04d", random.nextInt(10_000));
      case "tracking" -> format("TRK-%04d-%05d", random.nextInt(10_000), random.nextInt(100_000));
      case "order" -> format("%c%05d", 'A' + random.nextInt(26), random.nextInt(100_000));
      case "ticket" -> format("CS-%07d", random.nextInt(10_000_000));
      case "phone" ->
          random.nextBoolean()
              ? format("+44 20 7946 0%03d", random.nextInt(1000))
              : format("+1 202 555 01%02d", random.nextInt(100));
      case "email" ->
          format(
              "customer%04d@%s",
              random.nextInt(10_000), oneOf(List.of("example.com", "example.org")));
      default -> throw new IllegalArgumentException("No such placeholder: " + placeholder);
    };
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private String oneOf(List<String> alternatives) {
    return alternatives.get(random.nextInt(alternatives.size()));
  }
}
