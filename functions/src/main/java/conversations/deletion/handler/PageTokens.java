package conversations.deletion.handler;

import conversations.deletion.domain.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The tokens by which callers continue a listing after a page. A token holds a position, and a
 * digest of the position and the listing. A token of another listing is refused, and so is one that
 * was altered.
 *
 * <p>Invariant: a token gives a position and nothing else. The request's path says which bot's
 * jobs, or which job's conversations, are read from there, and access was checked for that path. So
 * the digest needs no secret: a caller that forges a token only reaches another place in a listing
 * that it may read from the first page on.
 */
final class PageTokens {

  /** The parameter that takes a token, and the field that gives one. */
  static final String NAME = "nextToken";

  /** The code of the fault if a token is refused. */
  static final String INVALID = "invalid_token";

  /** The message of that fault. */
  static final String EXPECTED =
      "The token must be the nextToken of a page of this listing, with the same filters.";

  private static final int DIGEST_BYTES = 12;

  /** No id, name or moment contains it. */
  private static final String SEPARATOR = "\n";

  private final String listing;

  /**
   * Makes the tokens of a listing.
   *
   * @param listing what tells this listing from others: what it lists, of which bot or job, and by
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

  /** The position in a token of this listing; absent if the text is not such a token. */
  Optional<String> read(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length < DIGEST_BYTES) {
        return Optional.empty();
      }
      // Lenient decoding is enough: invalid UTF-8 does not give the same token again below.
      String position =
          new String(bytes, DIGEST_BYTES, bytes.length - DIGEST_BYTES, StandardCharsets.UTF_8);
      return Optional.of(position).filter(read -> write(read).equals(token));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private byte[] digest(String position) {
    return Arrays.copyOf(Sha256.of(listing + SEPARATOR + position), DIGEST_BYTES);
  }
}
