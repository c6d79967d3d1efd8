package conversations.deletion.handler;

import conversations.deletion.domain.Reference;
import conversations.deletion.domain.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Reads what goes with a request to delete: the fields that do not say what is to be deleted. */
final class TermsFields {

  static final String REFERENCE = "reference";
  static final String NOT_BEFORE = "notBefore";

  private static final String REFERENCE_EXPECTED =
      "1 to 128 printable characters are expected, with no space at either end.";

  private static final Duration LONGEST_WAIT = Duration.ofDays(90);

  private final Map<?, ?> body;
  private final Faults faults;

  private TermsFields(Map<?, ?> body, Faults faults) {
    this.body = body;
    this.faults = faults;
  }

  /**
   * Reads them. What is wrong is added to the faults, and is absent in the result.
   *
   * @param now the moment of submission
   */
  static Terms read(Map<?, ?> body, Instant now, Faults faults) {
    TermsFields fields = new TermsFields(body, faults);
    return new Terms(fields.reference(), fields.notBefore(now));
  }

  private Optional<Reference> reference() {
    Optional<String> text = text(REFERENCE);
    if (text.isPresent() && !Reference.isValid(text.get())) {
      faults.add(REFERENCE, "invalid_reference", REFERENCE_EXPECTED);
      return Optional.empty();
    }
    return text.map(Reference::new);
  }

  private Optional<Instant> notBefore(Instant now) {
    Optional<String> text = text(NOT_BEFORE);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> moment = DateText.parseMoment(text.get());
    if (moment.isEmpty()) {
      faults.add(NOT_BEFORE, "invalid_date", DateText.MOMENT_EXPECTED);
    } else if (moment.get().isAfter(now.plus(LONGEST_WAIT))) {
      faults.add(
          NOT_BEFORE,
          "not_before_too_late",
          "The moment must be at most " + LONGEST_WAIT.toDays() + " days ahead.");
    }
    return moment;
  }

  private Optional<String> text(String field) {
    if (!body.containsKey(field)) {
      return Optional.empty();
    }
    if (body.get(field) instanceof String text) {
      return Optional.of(text);
    }
    faults.add(field, "invalid_type", "A string is expected.");
    return Optional.empty();
  }
}
