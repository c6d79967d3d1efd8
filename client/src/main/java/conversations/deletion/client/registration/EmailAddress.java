package conversations.deletion.client.registration;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What SES takes as an address: one address in the form of RFC 822, perhaps with a display name, in
 * ASCII, with a domain. SES judges by the same library, as its messages show.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/APIReference/API_Destination.html">SES API
 *     reference, Destination</a>
 */
public final class EmailAddress {

  private static final int MOST_CHARACTERS = 320;

  private EmailAddress() {}

  /** Says what is wrong with an address; empty if SES would take it. */
  public static Optional<String> fault(String address) {
    if (address.length() > MOST_CHARACTERS) {
      return Optional.of("Address is longer than " + MOST_CHARACTERS + " characters");
    }
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(address)) {
      return Optional.of("Address contains non-ASCII characters");
    }
    if (address.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("Address contains control characters");
    }
    try {
      InternetAddress[] addresses = InternetAddress.parse(address, true);
      if (addresses.length != 1 || addresses[0].isGroup()) {
        return Optional.of("One address is expected");
      }
      addresses[0].validate();
      return Optional.empty();
    } catch (AddressException e) {
      return Optional.of(e.getMessage());
    }
  }
}
