package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.istio.api.networking.v1.VirtualServiceBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.NamedObject;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The routes of both legs through a gateway. The callers' leg is nobody's business but the
 * callers': each sidecar that sees it obeys it, and of two for one host it obeys the older. So the
 * gateway, whose namespace is another, gets its leg apart; only where everybody sees everything
 * both are one.
 */
record VirtualServices(String apiVersion, NamespaceEgress said, NamespaceResources gathered) {

  private static final List<String> MESH = List.of(NamespaceResources.MESH);

  /** Those of a host; none where no route is needed. */
  List<VirtualService> of(HostEgress host) {
    String base = gathered.baseName(host);
    Optional<String> adopted = host.name(NamedObject.VIRTUAL_SERVICE);
    String name = adopted.orElseGet(() -> ResourceNames.virtualService(base));
    boolean throughGateway =
        host.gateways().stream().anyMatch(gateway -> gateway.flavor() == GatewayFlavor.ISTIO_API);
    if (!throughGateway) {
      boolean tunnelled =
          host.intents().stream().anyMatch(intent -> intent.path().forwardProxy().isPresent());
      boolean routed =
          tunnelled
              || !gathered.http().of(host, MESH).isEmpty()
              || !gathered.tls().of(host, MESH).isEmpty();
      String own =
          tunnelled
              ? ResourceNames.tunnelVirtualService(base)
              : ResourceNames.directVirtualService(base);
      return routed ? List.of(leg(host, own, MESH, own(host))) : List.of();
    }
    List<String> gateways =
        host.intents().stream()
            .filter(intent -> intent.path().gateway().isPresent())
            .filter(IstioApiExpansion::isOwn)
            .map(intent -> gathered.boundTo(host, intent))
            .distinct()
            .toList();
    if (host.visibility() == Visibility.MESH_DEFAULT) {
      List<String> both = Stream.concat(gateways.stream(), MESH.stream()).toList();
      return List.of(leg(host, name, both, List.of()));
    }
    String fromGateway =
        adopted
            .map(ResourceNames::gatewayLegOf)
            .orElseGet(() -> ResourceNames.gatewayVirtualService(base));
    return List.of(
        leg(host, name, MESH, List.of(".")),
        leg(host, fromGateway, gateways, gathered.gatewayNamespaces(host)));
  }

  private static List<String> own(HostEgress host) {
    return host.visibility() == Visibility.MESH_DEFAULT ? List.of() : List.of(".");
  }

  /** The routes that are matched at these gateways, the mesh being one of them. */
  private VirtualService leg(
      HostEgress host, String name, List<String> gateways, List<String> exportTo) {
    return new VirtualServiceBuilder()
        .withApiVersion(apiVersion)
        .withNewMetadata()
        .withName(name)
        .withNamespace(said.namespace().name())
        .endMetadata()
        .withNewSpec()
        .withHosts(host.host().name())
        .withGateways(gateways)
        .withExportTo(exportTo)
        .withHttp(gathered.http().of(host, gateways))
        .withTls(gathered.tls().of(host, gateways))
        .withTcp(gathered.tcp().of(host, gateways))
        .endSpec()
        .build();
  }
}
