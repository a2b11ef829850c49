package io.github.istioegress.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.analysis.report.FindingReport;
import io.github.istioegress.generator.EgressAnalyzer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuppressionsTest {

  private static final String SET =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: cnn, namespace: shop}
      spec:
        hosts: [edition.cnn.com]
        ports:
          - {number: 80, name: http, protocol: HTTP}
        resolution: DNS
        exportTo: ["."]
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: cnn
        namespace: shop
        annotations: {ANNOTATION}
      spec:
        hosts: [edition.cnn.com]
        gateways: [shop/gone]
        http:
          - route:
              - destination: {host: edition.cnn.com}
        exportTo: ["."]
      """;

  private static FindingReport analyzed(String annotation, String... suppress) {
    String text =
        SET.replace(
            "{ANNOTATION}",
            annotation.isEmpty() ? "{}" : "{istio-egress.io/suppress: \"" + annotation + "\"}");
    return EgressAnalyzer.analyze(
        new EgressAnalyzer.Request(
            List.of(new SourceFile("set.yaml", text)),
            Optional.empty(),
            OutboundTrafficPolicy.ALLOW_ANY,
            false,
            List.of(suppress)));
  }

  @Test
  void withoutOneEverythingIsFound() {
    assertThat(analyzed("").findings()).hasSize(1);
  }

  @Test
  void aCodeIsLeftOutAndCounted() {
    FindingReport report = analyzed("", "EGR101");
    assertThat(report.findings()).isEmpty();
    assertThat(report.suppressed()).isEqualTo(1);
    assertThat(report.unused()).isEmpty();
  }

  @Test
  void aCodeAboutOneResourceIsLeftOutThere() {
    assertThat(analyzed("", "EGR101@VirtualService/shop/cnn").findings()).isEmpty();
    FindingReport other = analyzed("", "EGR101@VirtualService/shop/bbc");
    assertThat(other.findings()).hasSize(1);
    assertThat(other.unused()).containsExactly("EGR101@VirtualService/shop/bbc");
  }

  @Test
  void aResourceSaysItItselfAndGivesTheReason() {
    assertThat(analyzed("EGR101: the gateway comes next week").findings()).isEmpty();
    FindingReport without = analyzed("EGR101");
    assertThat(without.findings()).hasSize(1);
    assertThat(without.remarks()).singleElement().asString().contains("gives no reason");
  }

  @Test
  void anAnnotationThatSuppressesNothingIsTold() {
    assertThat(analyzed("EGR101: soon; EGR102: soon").remarks())
        .containsExactly(
            "VirtualService shop/cnn, istio-egress.io/suppress EGR102 suppresses nothing");
  }

  @Test
  void anUnknownCodeIsRefused() {
    assertThatThrownBy(() -> analyzed("", "EGR999"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EGR999");
  }
}
