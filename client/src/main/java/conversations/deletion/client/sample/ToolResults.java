package conversations.deletion.client.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/** What the systems behind a bot answer to its tool calls: rows of the kind that suits the tool. */
final class ToolResults {
  private static final List<String> SCANS =
      List.of(
          "announced", "picked-up", "depot-in", "sorted", "depot-out", "on-vehicle", "not-at-home");
  private static final List<String> PAYEES =
      List.of(
          "Corner Grocery", "City Transport", "Energy Supplier", "Bookshop", "Pharmacy", "Bakery");
  private static final List<String> ARTICLES =
      List.of(
          "rain jacket",
          "espresso machine",
          "data pass 20 GB",
          "double room, harbour view",
          "monthly fee",
          "late arrival compensation");

  private final Phrasebook phrasebook;
  private final Instant now;
  private final Random random;

  ToolResults(Phrasebook phrasebook, Instant now, Random random) {
    this.phrasebook = phrasebook;
    this.now = now;
    this.random = random;
  }

  /** At least one row, and as many as fill this number of characters of JSON. */
  ArrayNode rows(String tool, int characters) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    int length = 0;
    do {
      ObjectNode row = row(tool, rows.size());
      rows.add(row);
      length += row.toString().length();
    } while (length < characters);
    return rows;
  }

  private ObjectNode row(String tool, int index) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    String system = tool.substring(0, tool.indexOf('.'));
    return switch (system) {
      case "shipments" ->
          row.put("at", before(Duration.ofHours(5L * index)))
              .put("event", oneOf(SCANS))
              .put("place", oneOf(phrasebook.cities()))
              .put("depot", "D-" + (100 + random.nextInt(900)))
              .put("weightGrams", 150 + random.nextInt(9000));
      case "accounts", "cards", "payments" ->
          row.put("transactionId", "tx-" + Long.toHexString(random.nextLong()))
              .put("bookedAt", before(Duration.ofHours(7L * index)))
              .put("payee", oneOf(PAYEES))
              .put("amountMinor", -100 - random.nextInt(20_000))
              .put("balanceMinor", random.nextInt(500_000))
              .put("contactless", random.nextBoolean());
      case "calendar" ->
          row.put("slotId", "sl-" + Integer.toHexString(random.nextInt()))
              .put("begins", before(Duration.ofMinutes(-20L * (index + 30))))
              .put("minutes", 20)
              .put("room", 1 + random.nextInt(12))
              .put("place", oneOf(phrasebook.cities()));
      case "network" ->
          row.put("element", "OLT-" + (1000 + random.nextInt(9000)))
              .put("measuredAt", before(Duration.ofMinutes(15L * index)))
              .put("signalDbm", -60 - random.nextInt(45))
              .put("errorsPerHour", random.nextInt(900))
              .put("up", random.nextInt(4) > 0);
      case "knowledge" ->
          row.put("source", "https://help.example.com/articles/" + (1000 + random.nextInt(9000)))
              .put("score", (50 + random.nextInt(50)) / 100.0)
              .put("passage", passage());
      default ->
          row.put("line", index + 1)
              .put("date", before(Duration.ofDays(index)))
              .put("article", oneOf(ARTICLES))
              .put("quantity", 1 + random.nextInt(3))
              .put("priceMinor", 100 + random.nextInt(30_000))
              .put("vatPercent", random.nextBoolean() ? 19 : 7);
    };
  }

  private String passage() {
    StringBuilder sentences = new StringBuilder();
    while (sentences.length() < 300) {
      if (oneOf(oneOf(phrasebook.scripts()).lines()) instanceof Script.BotSays(String text, _)) {
        sentences.append(text.replaceAll("\\{[a-z0-9]+}", "…")).append(' ');
      }
    }
    return sentences.toString().strip();
  }

  private String before(Duration age) {
    return now.minus(age).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private <T> T oneOf(List<T> alternatives) {
    return alternatives.get(random.nextInt(alternatives.size()));
  }
}
