package io.github.istioegress.intent;

import io.github.istioegress.mesh.IstioVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the gateways that a plan brings up have to agree on, with each other and with the rest. */
final class GatewayDeployments {

  private GatewayDeployments() {}

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException when a gateway is brought up twice, is described otherwise by
   *     a sentence, shares its pod labels with another, or the mesh cannot bring it up
   */
  static void check(
      Mesh mesh, List<NamespaceEgress> namespaces, List<GatewayDeployment> deployments) {
    Map<String, EgressGateway> byService = new TreeMap<>();
    for (GatewayDeployment deployment : deployments) {
      EgressGateway gateway = deployment.gateway();
      if (byService.putIfAbsent(gateway.toString(), gateway) != null) {
        throw new IllegalArgumentException(
            "egress gateway %s is deployed twice: keep one".formatted(gateway));
      }
      installable(deployment, mesh);
    }
    for (NamespaceEgress said : namespaces) {
      said.intents().forEach(intent -> described(intent, byService));
    }
    Map<Map.Entry<String, String>, List<EgressGateway>> byLabel = new HashMap<>();
    byService
        .values()
        .forEach(
            one ->
                one.labels()
                    .entrySet()
                    .forEach(
                        label -> byLabel.computeIfAbsent(label, l -> new ArrayList<>()).add(one)));
    byService.values().forEach(one -> candidates(one, byLabel).forEach(other -> apart(one, other)));
  }

  private static void installable(GatewayDeployment deployment, Mesh mesh) {
    if (!mesh.version().atLeast(IstioVersion.V1_22)) {
      throw new IllegalArgumentException(
          "egress gateway %s can be deployed for Istio %s and newer; the mesh is %s"
              .formatted(deployment.gateway(), IstioVersion.V1_22, mesh.version()));
    }
    if (!deployment.isByManifests() && mesh.install().isEmpty()) {
      throw new IllegalArgumentException(
          "egress gateway %s is deployed byIstioInstallation(), which the mesh does not say: add installed(IstioInstall.named(...)) to it"
              .formatted(deployment.gateway()));
    }
  }

  private static void described(EgressIntent intent, Map<String, EgressGateway> byService) {
    intent
        .path()
        .gateway()
        .ifPresent(
            gateway -> {
              if (!byService.getOrDefault(gateway.toString(), gateway).equals(gateway)) {
                throw new IllegalArgumentException(
                    "%s at %s describes egress gateway %s otherwise than it is deployed: give it the same labels and ports, best as one value"
                        .formatted(intent, intent.origin().place(), gateway));
              }
            });
  }

  /** Those that bear its rarest label. */
  private static List<EgressGateway> candidates(
      EgressGateway one, Map<Map.Entry<String, String>, List<EgressGateway>> byLabel) {
    return one.labels().entrySet().stream()
        .map(label -> byLabel.getOrDefault(label, List.of()))
        .min(Comparator.comparing(List::size))
        .orElse(List.of());
  }

  /** A Gateway selects pods in all namespaces, so its labels must not fit another's pods. */
  private static void apart(EgressGateway one, EgressGateway other) {
    if (!one.equals(other) && other.labels().entrySet().containsAll(one.labels().entrySet())) {
      throw new IllegalArgumentException(
          "egress gateways %s and %s are both labelled %s: what one opens would open in the other, too; give each a label of its own"
              .formatted(one, other, one.labels()));
    }
  }
}
