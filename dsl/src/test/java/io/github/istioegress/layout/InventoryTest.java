package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {

  private static final String HASH_OF_A =
      "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

  private static final Inventory TWO =
      Inventory.of(Texts.of(Map.of("b.yaml", "b", "a/a.yaml", "a")));

  @Test
  void itsTextIsSortedAndSaysNothingOfTimeOrPlace() {
    assertThat(TWO.text())
        .isEqualTo(
            """
            istio-egress inventory 1
            %s  a/a.yaml
            3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  b.yaml
            """
                .formatted(HASH_OF_A));
  }

  @Test
  void itReadsItself() {
    assertThat(Inventory.parse(TWO.text())).contains(TWO);
    Inventory none = Inventory.of(new Texts());
    assertThat(Inventory.parse(none.text())).contains(none);
  }

  @Test
  void everyCutIsSeenButForWholeLines() {
    String text = TWO.text();
    for (int end = 0; end < text.length(); end++) {
      boolean wholeLine = end > 0 && text.charAt(end - 1) == '\n';
      assertThat(Inventory.parse(text.substring(0, end)).isPresent()).isEqualTo(wholeLine);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "istio-egress inventory 2\n",
        "istio-egress inventory 1\r\n",
        "istio-egress inventory 1\nnonsense\n",
        "istio-egress inventory 1\n" + HASH_OF_A + " a.yaml\n",
        "istio-egress inventory 1\n" + HASH_OF_A + "  ../a.yaml\n",
        "istio-egress inventory 1\n" + HASH_OF_A + "  /etc/passwd\n",
        "istio-egress inventory 1\n" + HASH_OF_A + "  b\n" + HASH_OF_A + "  a\n",
        "istio-egress inventory 1\n" + HASH_OF_A + "  a\n" + HASH_OF_A + "  a\n",
        "\u0000"
      })
  void anotherText(String text) {
    assertThat(Inventory.parse(text)).isEmpty();
  }
}
