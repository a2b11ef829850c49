package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.ServiceEntryBuilder;
import io.github.istioegress.resource.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each form of a document is read back, and only what no reader takes for something else is one.
 */
class RoundTripTest {

  private static final String HEAD = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ";

  private static ServiceEntry entry(String host) {
    return new ServiceEntryBuilder()
        .withNewMetadata()
        .withName("e")
        .withNamespace("shop")
        .endMetadata()
        .withNewSpec()
        .withHosts(host)
        .endSpec()
        .build();
  }

  private static String text(ServiceEntry entry) {
    return new ManifestWriter().write(List.of(entry));
  }

  @Test
  void aFormIsReadBackOnce() {
    RoundTrip trip = new RoundTrip();
    Resource first = Resource.of(entry("a.example"));
    Resource second = Resource.of(entry("b.example"));
    assertThat(trip.check(first, "a.yaml", text(entry("a.example")))).isTrue();
    assertThat(trip.check(second, "a.yaml", text(entry("b.example")))).isFalse();
  }

  @Test
  void whatDoesNotReadBackIsRefused() {
    Resource made = Resource.of(entry("a.example"));
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new RoundTrip().check(made, "a.yaml", text(entry("a.example")) + "  wrong: x\n"))
        .withMessageContaining("does not read back");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new RoundTrip()
                    .check(
                        made,
                        "a.yaml",
                        text(entry("a.example")).replace("hosts:\n", "hosts: # said\n")))
        .withMessageContaining("reads back as something else");
  }

  @ParameterizedTest
  @CsvSource({"shop, cart", "a-b.c/d, x", "\"8443\", \"80:*\"", "8, 65535", "v1, istio.io"})
  void wordsStandForEachOther(String one, String other) {
    assertThat(DocumentForm.of(HEAD + one + "\n")).isEqualTo(DocumentForm.of(HEAD + other + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "No",
        "null",
        "TRUE",
        "~",
        "010",
        "0x1f",
        "1.5",
        "1e3",
        "12:30",
        "123456789",
        "\"8\"",
        "\"a\\n\"",
        "'a'",
        "!a",
        "*a",
        "&a",
        "a: b",
        "a #b",
        "a b",
        "é",
        "8m",
        "|",
        "{}"
      })
  void whatMayMeanSomethingElseStandsForNothing(String value) {
    assertThat(DocumentForm.of(HEAD + value + "\n"))
        .isNotEqualTo(DocumentForm.of(HEAD + "shop\n"))
        .isNotEqualTo(DocumentForm.of(HEAD + "8\n"));
  }

  @Test
  void keysKindsAndDepthAreOfTheForm() {
    assertThat(DocumentForm.of("kind: A\n")).isNotEqualTo(DocumentForm.of("kind: B\n"));
    assertThat(DocumentForm.of("a:\n  b: c\n"))
        .isNotEqualTo(DocumentForm.of("a:\n  d: c\n"))
        .isNotEqualTo(DocumentForm.of("a:\n    b: c\n"))
        .isNotEqualTo(DocumentForm.of("a:\n  - c\n"));
  }
}
