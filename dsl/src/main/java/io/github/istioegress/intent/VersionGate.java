package io.github.istioegress.intent;

import io.github.istioegress.mesh.IstioVersion;

/** What Istio has only from some release on. */
final class VersionGate {

  private VersionGate() {}

  /**
   * Checks that a release has what a sentence asks for.
   *
   * @throws IllegalArgumentException when it does not, naming the first that has it
   */
  static void check(EgressIntent intent, IstioVersion version) {
    boolean dynamic =
        intent
            .handling()
            .serving()
            .map(how -> how.match(by -> false, () -> false, () -> true))
            .orElse(false);
    if (dynamic) {
      require(intent, version, "dynamicDns", IstioVersion.V1_30);
    }
    if (intent.handling().origination().isPresent()) {
      // The rule selects pods, and trusts the system's authorities unless told otherwise.
      require(intent, version, "originateTls()", IstioVersion.V1_22);
    }
    if (intent.handling().origination().flatMap(tls -> tls.ca().inConfigMap()).isPresent()) {
      require(intent, version, "authorities from a ConfigMap", IstioVersion.V1_26);
    }
    if (intent.handling().isSplit()) {
      require(intent, version, "canary", IstioVersion.V1_22);
    }
    if (!intent.policy().mirrors().isEmpty()) {
      require(intent, version, "mirroredTo", IstioVersion.V1_22);
    }
    if (intent.handling().failsOver()) {
      // Before, clusters looked up in DNS had no priorities.
      require(intent, version, "otherwise", IstioVersion.V1_30);
    }
    if (intent.path().forwardProxy().isPresent()) {
      require(intent, version, "a tunnel through a forward proxy", IstioVersion.of(1, 15));
    }
    if (intent.path().waypoint().isPresent()) {
      require(intent, version, "a waypoint", IstioVersion.V1_25);
    }
    checkPolicies(intent, version);
    intent
        .path()
        .gateway()
        .filter(gateway -> gateway.flavor() == GatewayFlavor.GATEWAY_API)
        .ifPresent(gateway -> checkGatewayApi(intent, version));
  }

  private static void checkGatewayApi(EgressIntent intent, IstioVersion version) {
    require(intent, version, "a gateway of the Gateway API", IstioVersion.V1_22);
    if (intent.policy().mirrors().stream().anyMatch(mirror -> mirror.percent() < 100)) {
      require(
          intent,
          version,
          "a share of mirrored requests at a gateway of the Gateway API (whose release 1.3 was the"
              + " first to have one)",
          IstioVersion.V1_26);
    }
    switch (intent.port().protocol()) {
      case HTTP, HTTP2, GRPC -> {
        // HTTPRoute is as old as the target.
      }
      case TLS ->
          require(
              intent,
              version,
              "TLS at a gateway of the Gateway API (TLSRoute, which istiod reads before only with"
                  + " PILOT_ENABLE_ALPHA_GATEWAY_API)",
              IstioVersion.V1_30);
      case TCP ->
          require(
              intent,
              version,
              "bytes at a gateway of the Gateway API (TCPRoute, which istiod reads before only with"
                  + " PILOT_ENABLE_ALPHA_GATEWAY_API)",
              IstioVersion.V1_31);
    }
  }

  private static void checkPolicies(EgressIntent intent, IstioVersion version) {
    if (intent.policy().isOfConnections()) {
      require(intent, version, "connections and ejection by port", IstioVersion.V1_22);
    }
  }

  private static void require(
      EgressIntent intent, IstioVersion version, String what, IstioVersion first) {
    if (!version.atLeast(first)) {
      throw new IllegalArgumentException(
          "%s at %s asks for %s, which we generate for Istio %s and newer; the mesh is %s"
              .formatted(intent, intent.origin().place(), what, first, version));
    }
  }
}
