package io.github.istioegress.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeshConfigTest {

  @Test
  void theDefaultIsIstiosOwn() {
    assertThat(MeshConfig.istioDefault())
        .isEqualTo(new MeshConfig(OutboundTrafficPolicy.ALLOW_ANY, "", "istio-system"));
  }

  @Test
  void eachWordChangesOnlyItsField() {
    MeshConfig config = new MeshConfig(OutboundTrafficPolicy.ALLOW_ANY, "/dev/stdout", "mesh");
    assertThat(config.withOutboundTrafficPolicy(OutboundTrafficPolicy.REGISTRY_ONLY))
        .isEqualTo(new MeshConfig(OutboundTrafficPolicy.REGISTRY_ONLY, "/dev/stdout", "mesh"));
    assertThat(config.withAccessLogFile(""))
        .isEqualTo(new MeshConfig(OutboundTrafficPolicy.ALLOW_ANY, "", "mesh"));
  }

  @Test
  void theOldValueStaysAsItWas() {
    MeshConfig config = MeshConfig.istioDefault();
    MeshConfig other = config.withOutboundTrafficPolicy(OutboundTrafficPolicy.REGISTRY_ONLY);
    assertThat(other).isNotEqualTo(config);
    assertThat(config).isEqualTo(MeshConfig.istioDefault());
  }
}
