package conversations.deletion.handler;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The texts by which callers go on in a listing where a page of it ended: a position, and a digest
 * of it and of the listing. A token of another listing, or one that was altered, is not taken.
 *
 * <p>Invariant: a token gives a position and nothing else. Which bot's jobs, or which job's
 * conversations, are read from there is said by the request's path, for which access was checked.
 * The digest is no secret, and none is needed: whoever makes up a token with all care comes out
 * somewhere in a listing that is open to him from its first page on.
 */
final class PageTokens {

  /** The parameter that takes a token, and the field that gives one. */
  static final String NAME = "nextToken";

  /** The code and the message of the fault that a token is which is not taken. */
  static final String INVALID = "invalid_token";

  static final String EXPECTED =
      "The nextToken of a page of this listing, with the same filters, is expected.";

  private static final int DIGEST_BYTES = 12;

  /** In no id, name or moment. */
  private static final String SEPARATOR = "\n";

  private final String listing;

  /**
   * @param listing what makes this listing another one than others: what it lists, of what, and by
   *     which filters
   */
  PageTokens(String... listing) {
    this.listing = String.join(SEPARATOR, listing);
  }

  String write(String position) {
    byte[] bytes = position.getBytes(StandardCharsets.UTF_8);
    byte[] token = Arrays.copyOf(digest(position), DIGEST_BYTES + bytes.length);
    System.arraycopy(bytes, 0, token, DIGEST_BYTES, bytes.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** The position that a token of this listing holds; absent if it is none. */
  Optional<String> read(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length < DIGEST_BYTES) {
        return Optional.empty();
      }
      // Not decoded strictly: what is no text does not come out the same again below.
      String position =
          new String(bytes, DIGEST_BYTES, bytes.length - DIGEST_BYTES, StandardCharsets.UTF_8);
      return Optional.of(position).filter(read -> write(read).equals(token));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private byte[] digest(String position) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((listing + SEPARATOR + position).getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
