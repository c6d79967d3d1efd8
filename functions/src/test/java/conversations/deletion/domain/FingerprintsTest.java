package conversations.deletion.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  @Property
  void behavesAsTheSetOfKeysDoes(@ForAll Set<String> one, @ForAll Set<String> other) {
    Set<String> union = new HashSet<>(one);
    union.addAll(other);
    Set<String> common = new HashSet<>(one);
    common.retainAll(other);
    Fingerprints ones = Fingerprints.of(one);
    Fingerprints others = Fingerprints.of(other);

    assertThat(ones.size()).isEqualTo(one.size());
    assertThat(ones.isEmpty()).isEqualTo(one.isEmpty());
    assertThat(ones.plus(others)).isEqualTo(Fingerprints.of(union));
    assertThat(ones.intersect(others)).isEqualTo(Fingerprints.of(common));
    assertThat(ones.equals(others)).isEqualTo(one.equals(other));
  }

  @Property
  void survivesStorageAtEightBytesAKey(@ForAll Set<String> keys) {
    Fingerprints stored = Fingerprints.of(keys);

    assertThat(stored.toBytes()).hasSize(8 * keys.size());
    assertThat(Fingerprints.ofBytes(stored.toBytes())).isEqualTo(stored).hasSameHashCodeAs(stored);
  }

  @Test
  void countsARepeatedKeyOnce() {
    assertThat(Fingerprints.of(List.of("MESSAGE#1", "MESSAGE#1")).size()).isEqualTo(1);
  }

  @Test
  void refusesBytesThatAreNoFingerprints() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fingerprints.ofBytes(new byte[12]));
  }

  @Test
  void tellsNoKey() {
    assertThat(Fingerprints.of(Set.of("MESSAGE#1"))).hasToString("1 keys");
  }
}
