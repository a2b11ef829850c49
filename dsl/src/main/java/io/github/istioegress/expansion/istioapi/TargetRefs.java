package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.type.v1beta1.PolicyTargetReference;
import io.fabric8.istio.api.api.type.v1beta1.PolicyTargetReferenceBuilder;
import io.github.istioegress.intent.EgressGateway;

/** How a policy of Istio's names a Gateway of the Gateway API, which lies in its namespace. */
final class TargetRefs {

  private TargetRefs() {}

  static PolicyTargetReference of(EgressGateway gateway) {
    return new PolicyTargetReferenceBuilder()
        .withGroup("gateway.networking.k8s.io")
        .withKind("Gateway")
        .withName(gateway.gatewayName())
        .build();
  }
}
