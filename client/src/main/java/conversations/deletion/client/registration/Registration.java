package conversations.deletion.client.registration;

import java.util.Map;
import java.util.Set;

/**
 * What an operator decides about a client app.
 *
 * @param requiresJti whether each of its tokens is to be good only once
 * @param allowsUndatedTokens whether its tokens may lack {@code exp} and {@code iat}
 * @param scopes what it may do, by bot
 */
public record Registration(
    String name,
    boolean requiresJti,
    boolean allowsUndatedTokens,
    Map<String, Set<String>> scopes) {}
