package io.github.istioegress.expansion.ambient;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.Waypoint;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Through a waypoint: app -> ztunnel -> waypoint -> host. All that a host needs lies in the
 * waypoint's namespace, once for all namespaces that call it; who may is said by a policy, for
 * ztunnel shows the host to everybody.
 */
public final class AmbientExpansion {

  private static final int TUNNEL = 15008;

  private AmbientExpansion() {}

  /** Adds the waypoints of a plan and the hosts behind them. */
  public static void expand(EgressPlan plan, ResourceSet.Builder into) {
    Map<Waypoint, Map<String, List<Said>>> byWaypoint =
        new TreeMap<>(Comparator.comparing(Waypoint::toString));
    for (NamespaceEgress said : plan.namespaces()) {
      for (EgressIntent intent : said.intents()) {
        intent
            .path()
            .waypoint()
            .ifPresent(
                waypoint ->
                    byWaypoint
                        .computeIfAbsent(waypoint, w -> new TreeMap<>())
                        .computeIfAbsent(intent.host().name(), host -> new ArrayList<>())
                        .add(new Said(said.namespace().name(), intent)));
      }
    }
    byWaypoint.forEach(
        (waypoint, hosts) -> {
          into.add(namespace(waypoint));
          into.add(gateway(waypoint));
          hosts.values().forEach(said -> add(new WaypointHost(waypoint, said), into));
        });
  }

  private static void add(WaypointHost host, ResourceSet.Builder into) {
    into.add(host.serviceEntry());
    host.destinationRule().ifPresent(into::add);
    host.virtualService().ifPresent(into::add);
    into.add(HostPolicy.of(host));
  }

  private static Namespace namespace(Waypoint waypoint) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(waypoint.namespace())
        .addToLabels("istio.io/dataplane-mode", "ambient")
        .endMetadata()
        .build();
  }

  private static Gateway gateway(Waypoint waypoint) {
    return new GatewayBuilder()
        .withNewMetadata()
        .withName(waypoint.name())
        .withNamespace(waypoint.namespace())
        .addToLabels("istio.io/waypoint-for", "service")
        .endMetadata()
        .withNewSpec()
        .withGatewayClassName("istio-waypoint")
        .addNewListener()
        .withName("mesh")
        .withPort(TUNNEL)
        .withProtocol("HBONE")
        .endListener()
        .endSpec()
        .build();
  }
}
