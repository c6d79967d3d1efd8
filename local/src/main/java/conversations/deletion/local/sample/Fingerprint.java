package conversations.deletion.local.sample;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.BytesWrapper;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A hash of a whole item. It is equal for items with the same attributes, types and values, and
 * different for all others. The order in which attributes and members of sets were sent does not
 * matter.
 */
final class Fingerprint {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private Fingerprint() {}

  static String of(Map<String, AttributeValue> item) {
    Fingerprint fingerprint = new Fingerprint();
    try {
      fingerprint.map(item);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(fingerprint.bytes.toByteArray());
      return HexFormat.of().formatHex(hash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private void value(AttributeValue value) throws IOException {
    out.writeUTF(value.type().name());
    switch (value.type()) {
      case S -> text(value.s());
      case N -> text(value.n());
      case B -> binary(value.b());
      case BOOL -> out.writeBoolean(value.bool());
      case NUL -> out.writeBoolean(value.nul());
      case SS -> texts(value.ss());
      case NS -> texts(value.ns());
      case BS -> binaries(value.bs());
      case L -> list(value.l());
      case M -> map(value.m());
      case UNKNOWN_TO_SDK_VERSION -> throw new IOException("A value of an unknown type: " + value);
    }
  }

  private void map(Map<String, AttributeValue> entries) throws IOException {
    out.writeInt(entries.size());
    for (Map.Entry<String, AttributeValue> entry : new TreeMap<>(entries).entrySet()) {
      text(entry.getKey());
      value(entry.getValue());
    }
  }

  private void list(List<AttributeValue> values) throws IOException {
    out.writeInt(values.size());
    for (AttributeValue value : values) {
      value(value);
    }
  }

  private void texts(Collection<String> members) throws IOException {
    out.writeInt(members.size());
    for (String member : members.stream().sorted().toList()) {
      text(member);
    }
  }

  private void binaries(Collection<? extends BytesWrapper> members) throws IOException {
    texts(members.stream().map(m -> HexFormat.of().formatHex(m.asByteArray())).toList());
  }

  private void binary(BytesWrapper binary) throws IOException {
    out.writeInt(binary.asByteArray().length);
    out.write(binary.asByteArray());
  }

  private void text(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }
}
