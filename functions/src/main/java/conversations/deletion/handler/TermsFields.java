package conversations.deletion.handler;

import conversations.deletion.domain.Reference;
import conversations.deletion.domain.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads what goes with a request to delete: the fields that do not say what is to be deleted. */
final class TermsFields {

  static final String REFERENCE = "reference";
  static final String NOT_BEFORE = "notBefore";

  private static final String REFERENCE_EXPECTED =
      "1 to 128 printable characters are expected, with no space at either end.";

  private static final Duration LONGEST_WAIT = Duration.ofDays(90);

  private final RequestFields fields;
  private final Faults faults;

  private TermsFields(RequestFields fields, Faults faults) {
    this.fields = fields;
    this.faults = faults;
  }

  /**
   * Reads them. What is wrong is added to the faults, and is absent in the result.
   *
   * @param now the moment of submission
   */
  static Terms read(RequestFields fields, Instant now, Faults faults) {
    TermsFields terms = new TermsFields(fields, faults);
    return new Terms(terms.reference(), terms.notBefore(now));
  }

  private Optional<Reference> reference() {
    Optional<String> text = fields.text(REFERENCE);
    if (text.isPresent() && !Reference.isValid(text.get())) {
      faults.add(REFERENCE, "invalid_reference", REFERENCE_EXPECTED);
      return Optional.empty();
    }
    return text.map(Reference::new);
  }

  private Optional<Instant> notBefore(Instant now) {
    Optional<Instant> moment = fields.moment(NOT_BEFORE);
    if (moment.filter(it -> it.isAfter(now.plus(LONGEST_WAIT))).isPresent()) {
      faults.add(
          NOT_BEFORE,
          "not_before_too_late",
          "The moment must be at most " + LONGEST_WAIT.toDays() + " days ahead.");
    }
    return moment;
  }
}
