package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.api.networking.v1alpha3.SubsetBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.expansion.settings.PortSettings;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.ForwardProxy;
import io.github.istioegress.intent.Handling;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.PortProtocol;
import io.github.istioegress.intent.Visibility;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The forward proxies outside that a namespace tunnels through. A tunnel is a subset of its proxy:
 * each names one host and port, and Istio takes the tunnel of a subset only where one destination
 * takes all calls.
 */
final class ForwardProxies {

  private static final String CONNECT = "CONNECT";

  private final Map<ForwardProxy, TreeMap<String, EgressIntent>> tunnels = new LinkedHashMap<>();
  private final Map<ForwardProxy, TreeSet<String>> seenBy = new HashMap<>();
  private final Set<ForwardProxy> adopted = new HashSet<>();
  private final String namespace;

  ForwardProxies(String namespace) {
    this.namespace = namespace;
  }

  /** The leg to the proxy, with the tunnel that a sentence wants. */
  Leg tunnel(HostEgress host, EgressIntent intent) {
    ForwardProxy proxy = intent.path().forwardProxy().orElseThrow();
    if (host.visibility() == Visibility.MESH_DEFAULT) {
      // Whoever sees the route has to see where it leads.
      adopted.add(proxy);
    }
    seenBy
        .computeIfAbsent(proxy, p -> new TreeSet<>())
        .add(
            intent
                .path()
                .gateway()
                .map(gateway -> NamespaceResources.seenAs(namespace, gateway))
                .orElse("."));
    String subset =
        ResourceNames.subset(
            ResourceNames.base(intent.host().dashed()) + "-" + intent.port().number());
    tunnels.computeIfAbsent(proxy, p -> new TreeMap<>()).put(subset, intent);
    return Leg.whole(
        new DestinationBuilder()
            .withHost(proxy.host().name())
            .withSubset(subset)
            .withNewPort((long) proxy.port())
            .build());
  }

  /**
   * The entries of the proxies, as of hosts that are dialled as bytes: a proxy that proxies of the
   * mesh would read as HTTP could take no CONNECT.
   */
  List<ServiceEntry> entries(String apiVersion) {
    return tunnels.keySet().stream()
        .flatMap(
            proxy ->
                new HostEntries(apiVersion, namespace)
                        .of(
                            dialled(proxy),
                            ResourceNames.base(proxy.host().dashed()),
                            exportTo(proxy),
                            List.of())
                        .stream())
        .toList();
  }

  private List<String> exportTo(ForwardProxy proxy) {
    return adopted.contains(proxy)
        ? List.of()
        : List.copyOf(seenBy.getOrDefault(proxy, new TreeSet<>()));
  }

  private static HostEgress dialled(ForwardProxy proxy) {
    return new HostEgress(
        proxy.host(),
        List.of(
            EgressIntent.of(
                proxy.host(),
                new EgressPort(proxy.port(), PortProtocol.TCP),
                EgressPath.direct(),
                Handling.none().at(proxy.addresses()),
                Origin.caller())));
  }

  /** The rule of each proxy, for the sidecars or gateways that tunnel through it. */
  List<DestinationRule> rules(String apiVersion) {
    return tunnels.entrySet().stream()
        .map(
            proxy ->
                new DestinationRuleBuilder()
                    .withApiVersion(apiVersion)
                    .withNewMetadata()
                    .withName(ResourceNames.tunnels(proxy.getKey().host().dashed()))
                    .withNamespace(namespace)
                    .endMetadata()
                    .withNewSpec()
                    .withHost(proxy.getKey().host().name())
                    .withSubsets(
                        proxy.getValue().entrySet().stream()
                            .map(tunnel -> subset(tunnel.getKey(), tunnel.getValue(), namespace))
                            .toList())
                    .withExportTo(exportTo(proxy.getKey()))
                    .endSpec()
                    .build())
        .toList();
  }

  private static Subset subset(String name, EgressIntent intent, String home) {
    TrafficPolicyPortTrafficPolicy patience = PortSettings.of(intent, intent.host(), home);
    return new SubsetBuilder()
        .withName(name)
        .withNewTrafficPolicy()
        .withConnectionPool(patience.getConnectionPool())
        .withOutlierDetection(patience.getOutlierDetection())
        .withNewTunnel()
        .withProtocol(CONNECT)
        .withTargetHost(intent.host().name())
        .withTargetPort((long) intent.port().number())
        .endTunnel()
        .endTrafficPolicy()
        .build();
  }
}
