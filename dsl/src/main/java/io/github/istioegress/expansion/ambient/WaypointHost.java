package io.github.istioegress.expansion.ambient;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.ServiceEntryBuilder;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.istio.api.networking.v1.VirtualServiceBuilder;
import io.github.istioegress.expansion.settings.Durations;
import io.github.istioegress.expansion.settings.EntryPorts;
import io.github.istioegress.expansion.settings.PortSettings;
import io.github.istioegress.expansion.settings.RetrySettings;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.NamedObject;
import io.github.istioegress.intent.Waypoint;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A host behind a waypoint, with all that any namespace says of it. */
final class WaypointHost {

  static final String API = "networking.istio.io/v1";

  private final Waypoint waypoint;
  private final List<Said> said;
  private final TreeMap<Integer, EgressIntent> byPort = new TreeMap<>();

  /**
   * Gathers a host.
   *
   * @param waypoint its waypoint
   * @param said the sentences on it; those on one port want the same of it
   */
  WaypointHost(Waypoint waypoint, List<Said> said) {
    this.waypoint = waypoint;
    this.said = said;
    said.forEach(one -> byPort.putIfAbsent(one.intent().port().number(), one.intent()));
  }

  List<Said> said() {
    return said;
  }

  String namespace() {
    return waypoint.namespace();
  }

  /** The name of all its resources. */
  String name() {
    return said.stream()
        .flatMap(
            one ->
                Optional.ofNullable(one.intent().names().get(NamedObject.SERVICE_ENTRY)).stream())
        .findFirst()
        .orElseGet(() -> said.get(0).intent().host().dashed());
  }

  private String host() {
    return said.get(0).intent().host().name();
  }

  /** Seen in its namespace alone, so that sidecars elsewhere stay as they are. */
  ServiceEntry serviceEntry() {
    return new ServiceEntryBuilder()
        .withApiVersion(API)
        .withNewMetadata()
        .withName(name())
        .withNamespace(namespace())
        .addToLabels("istio.io/use-waypoint", waypoint.name())
        .endMetadata()
        .withNewSpec()
        .withHosts(host())
        .withPorts(byPort.values().stream().map(EntryPorts::of).toList())
        .withResolution(ServiceEntryResolution.DNS)
        .withExportTo(".")
        .endSpec()
        .build();
  }

  /** TLS and connections by port; a rule for some pods only would not hold at a waypoint. */
  Optional<DestinationRule> destinationRule() {
    List<EgressIntent> ruled =
        byPort.values().stream().filter(EgressIntent::hasOutsideRule).toList();
    if (ruled.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DestinationRuleBuilder()
            .withApiVersion(API)
            .withNewMetadata()
            .withName(name())
            .withNamespace(namespace())
            .endMetadata()
            .withNewSpec()
            .withHost(host())
            .withNewTrafficPolicy()
            .withPortLevelSettings(
                ruled.stream()
                    .map(intent -> PortSettings.of(intent, intent.host(), namespace()))
                    .toList())
            .endTrafficPolicy()
            .withExportTo(".")
            .endSpec()
            .build());
  }

  /** Timeouts and retries; where one port has them, every port that is read needs its route. */
  Optional<VirtualService> virtualService() {
    if (byPort.values().stream().noneMatch(intent -> intent.policy().isOfRoutes())) {
      return Optional.empty();
    }
    return Optional.of(
        new VirtualServiceBuilder()
            .withApiVersion(API)
            .withNewMetadata()
            .withName(name())
            .withNamespace(namespace())
            .endMetadata()
            .withNewSpec()
            .withHosts(host())
            .withExportTo(".")
            .withHttp(
                byPort.values().stream()
                    .filter(intent -> intent.port().protocol().isReadable())
                    .map(WaypointHost::route)
                    .toList())
            .endSpec()
            .build());
  }

  private static HTTPRoute route(EgressIntent intent) {
    long port = intent.port().number();
    HTTPRouteBuilder route =
        new HTTPRouteBuilder()
            .addNewMatch()
            .withPort(port)
            .endMatch()
            .addNewRoute()
            .withNewDestination()
            .withHost(intent.host().name())
            .withNewPort(port)
            .endDestination()
            .endRoute();
    intent.policy().timeout().map(Durations::text).ifPresent(route::withTimeout);
    intent.policy().retries().map(RetrySettings::of).ifPresent(route::withRetries);
    return route.build();
  }
}
