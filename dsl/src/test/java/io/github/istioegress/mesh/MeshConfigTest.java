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
    assertThat(config.withRootNamespace("root").rootNamespace()).isEqualTo("root");
    assertThat(config.withTrustDomains(java.util.List.of("td.example")).rootNamespace())
        .isEqualTo("mesh");
  }

  @Test
  void identitiesAreOfClusterLocalUnlessAnotherIsSaid() {
    MeshConfig config = MeshConfig.istioDefault();
    assertThat(config.trustDomains()).containsExactly("cluster.local");
    assertThat(config.withTrustDomains(java.util.List.of("td.example", "old")).trustDomains())
        .containsExactly("td.example", "old");
  }

  @Test
  void theOldValueStaysAsItWas() {
    MeshConfig config = MeshConfig.istioDefault();
    MeshConfig other = config.withOutboundTrafficPolicy(OutboundTrafficPolicy.REGISTRY_ONLY);
    assertThat(other).isNotEqualTo(config);
    assertThat(config).isEqualTo(MeshConfig.istioDefault());
  }
}
