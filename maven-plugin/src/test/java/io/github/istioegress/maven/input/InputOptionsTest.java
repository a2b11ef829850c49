package io.github.istioegress.maven.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import org.junit.jupiter.api.Test;

final class InputOptionsTest {

  @Test
  void readsWhatWasSaid() {
    InputOptions options = InputOptions.parse("1.22", "REGISTRY_ONLY", "json");

    assertThat(options.istioVersion()).contains(IstioVersion.V1_22);
    assertThat(options.outboundTrafficPolicy()).isEqualTo(OutboundTrafficPolicy.REGISTRY_ONLY);
    assertThat(InputOptions.parse("", "ALLOW_ANY", "text").istioVersion()).isEmpty();
  }

  @Test
  void anUnknownWordNamesItsProperty() {
    assertThatThrownBy(() -> InputOptions.parse("2.0", "ALLOW_ANY", "text"))
        .hasMessageStartingWith("istio-egress.istioVersion: Istio version 2.0 is not known");
    assertThatThrownBy(() -> InputOptions.parse("", "registry", "text"))
        .hasMessage(
            "istio-egress.outboundTrafficPolicy is 'registry': say REGISTRY_ONLY or ALLOW_ANY");
  }
}
