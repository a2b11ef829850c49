package io.github.istioegress.analysis.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissTest {

  @ParameterizedTest
  @CsvSource({
    "tenent-a,tenant-a",
    "istio-systm,istio-system",
    "istio-system/egres,istio-system/egress",
    "istio-egressgatway.istio-system.svc.cluster.local,istio-egressgateway.istio-system.svc.cluster.local",
    "egress-gateway,egressgateway",
    "warehuose,warehouse"
  })
  void aSlipIsSeen(String written, String meant) {
    assertThat(NearMiss.of(written, List.of("other", meant))).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "tenant-a,tenant-b",
    "ingressgateway,egressgateway",
    "istio-ingressgateway,istio-egressgateway",
    "shop-1,shop-2",
    "api1.example.org,api2.example.org",
    "shop-eu,shop-us",
    "order,orders",
    "cart,card",
    "istio-egressgateway,istio-egressgateway-2"
  })
  void namesInARowAreNoSlips(String one, String other) {
    assertThat(NearMiss.of(one, List.of(other))).isEmpty();
    assertThat(NearMiss.of(other, List.of(one))).isEmpty();
  }
}
