package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortablePathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.yaml",
        "install/istio-operator.yaml",
        "a/b/c",
        ".istio-egress-inventory",
        "A-b_c.1",
        "console.yaml",
        "com.yaml",
        "a..b"
      })
  void portable(String path) {
    assertThat(PortablePath.refusal(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "a//b",
        "a/",
        "..",
        "../a",
        "a/../b",
        ".",
        "./a",
        "a/./b",
        "a.",
        "a ",
        " a",
        "a b",
        "a\\b",
        "C:a",
        "a:b",
        "a*",
        "a?",
        "a\nb",
        "a\u0000",
        "ä",
        "a\u202eb",
        "~",
        "$a",
        "con",
        "CON.yaml",
        "a/nul",
        "Aux.txt.yaml",
        "com1",
        "lpt9.yaml"
      })
  void notPortable(String path) {
    assertThat(PortablePath.refusal(path)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 1_001})
  void tooLong(int length) {
    assertThat(PortablePath.refusal("a".repeat(length))).isPresent();
  }

  @Property(tries = 500)
  void whatIsPortableStaysInside(@ForAll @StringLength(max = 30) String path) {
    if (PortablePath.refusal(path).isEmpty()) {
      java.nio.file.Path root = java.nio.file.Path.of("/out");
      java.nio.file.Path inside = root.resolve(path).normalize();
      // Compared as paths alone: an assertion on paths would ask the disk for the real ones.
      assertThat(inside.startsWith(root)).isTrue();
      assertThat(inside.equals(root)).isFalse();
    }
  }
}
