package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.OutboundTrafficPolicyMode;
import io.fabric8.istio.api.networking.v1.Sidecar;
import io.fabric8.istio.api.networking.v1.SidecarBuilder;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NamespaceEgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Sidecar of a whole namespace: what its sidecars know, and what becomes of the rest. */
final class NamespaceSidecar {

  /** As Istio's documentation names the one without a selector. */
  private static final String NAME = "default";

  private NamespaceSidecar() {}

  /** The Sidecar; empty where the namespace says nothing of its own. */
  static Optional<Sidecar> of(String apiVersion, NamespaceEgress said) {
    MeshNamespace namespace = said.namespace();
    if (namespace.scope().isEmpty() && namespace.outboundTrafficPolicy().isEmpty()) {
      return Optional.empty();
    }
    SidecarBuilder sidecar =
        new SidecarBuilder()
            .withApiVersion(apiVersion)
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace.name())
            .endMetadata()
            .withNewSpec()
            .endSpec();
    namespace
        .outboundTrafficPolicy()
        .map(policy -> OutboundTrafficPolicyMode.valueOf(policy.name()))
        .ifPresent(
            mode ->
                sidecar
                    .editSpec()
                    .withNewOutboundTrafficPolicy()
                    .withMode(mode)
                    .endOutboundTrafficPolicy()
                    .endSpec());
    if (namespace.scope().isPresent()) {
      sidecar.editSpec().addNewEgress().withHosts(hosts(said)).endEgress().endSpec();
    }
    return Optional.of(sidecar.build());
  }

  private static List<String> hosts(NamespaceEgress said) {
    List<String> hosts = new ArrayList<>(List.of("./*"));
    for (EgressGateway gateway : said.gateways()) {
      if (!gateway.namespace().equals(said.namespace().name())) {
        hosts.add(gateway.namespace() + "/" + gateway.serviceHost());
      }
    }
    said.namespace().scope().ifPresent(scope -> hosts.addAll(scope.imports()));
    return hosts.stream().distinct().toList();
  }
}
