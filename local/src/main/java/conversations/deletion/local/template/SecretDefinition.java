package conversations.deletion.local.template;

import java.util.Optional;

/**
 * A secret with a generated value.
 *
 * @param length of the value, in characters
 * @param excludesPunctuation whether the value has letters and digits alone
 */
public record SecretDefinition(
    String logicalId,
    String name,
    Optional<String> description,
    Optional<String> kmsKeyId,
    int length,
    boolean excludesPunctuation) {}
