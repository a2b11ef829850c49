package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.approvaltests.Approvals;
import org.approvaltests.core.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestWriterTest {

  private final ManifestWriter writer = new ManifestWriter();

  @Test
  void everyKindInTheOrderOfIstiosDocumentation() {
    Approvals.verify(
        writer.write(WrittenResources.all()), new Options().forFile().withExtension(".yaml"));
  }

  @Test
  void valuesKeepTheOrderOfTheMap() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("revision", "1-31");
    values.put("enabled", true);
    values.put("hub", "docker.io/istio");
    values.put("tag", "1.31");
    values.put("replicas", 2);
    values.put("ratio", 0.5);
    values.put("whole", 3.0e7);
    values.put("none", List.of());
    values.put("ports", List.of(Map.of("port", 80), List.of("a", "b")));
    values.put("script", "first\n\n  second: x\nlast");
    values.put("lines", "one\ntwo\n");
    Approvals.verify(writer.writeValues(values), new Options().forFile().withExtension(".yaml"));
  }

  static List<HasMetadata> resources() {
    return WrittenResources.all();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void writingTwiceGivesTheSameBytes(HasMetadata resource) {
    assertThat(writer.write(List.of(resource)))
        .isEqualTo(new ManifestWriter().write(List.of(resource)))
        .endsWith("\n")
        .doesNotContain("null", "status", "creationTimestamp", "\r");
  }

  @Test
  void nothingIsWrittenForNothing() {
    assertThat(writer.write(List.of())).isEmpty();
    assertThat(writer.writeValues(Map.of())).isEqualTo("{}\n");
  }

  @Test
  void documentsAreSeparatedAndNotOpened() {
    assertThat(writer.write(List.of(WrittenResources.namespace(), WrittenResources.sidecar())))
        .startsWith("apiVersion: v1\n")
        .containsOnlyOnce("\n---\napiVersion: ");
  }

  @Test
  void aLongLineIsNotFolded() {
    String host = "a".repeat(60) + "." + "b".repeat(60) + " c".repeat(200);
    assertThat(writer.writeValues(Map.of("host", host))).isEqualTo("host: \"" + host + "\"\n");
  }

  @Test
  void nullsAreLeftOut() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("gone", null);
    values.put("kept", java.util.Arrays.asList("a", null));
    assertThat(writer.writeValues(values)).isEqualTo("kept:\n  - a\n");
  }

  @Test
  void aFileInAConfigMapIsABlock() {
    HasMetadata map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("istio")
            .withNamespace("istio-system")
            .endMetadata()
            .addToData("mesh", "outboundTrafficPolicy:\n  mode: REGISTRY_ONLY\n")
            .build();
    assertThat(writer.write(List.of(map)))
        .contains("  mesh: |\n    outboundTrafficPolicy:\n      mode: REGISTRY_ONLY\n");
  }

  @Test
  void halfACharacterIsRefused() {
    assertThatThrownBy(() -> writer.writeValues(Map.of("a", "x\ud800")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("U+D800");
  }

  @Test
  void anInfiniteNumberIsRefused() {
    assertThatThrownBy(() -> writer.writeValues(Map.of("a", Double.POSITIVE_INFINITY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite");
  }
}
