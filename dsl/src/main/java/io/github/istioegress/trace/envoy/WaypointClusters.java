package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.DestinationPolicy;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Resolution;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The clusters of a waypoint: of the services that it serves, one for each port and protocol; of
 * others, as any proxy has them.
 */
final class WaypointClusters {

  private static final String HTTP = "http";
  private static final String TCP = "tcp";

  private final Scope scope;
  private final Map<String, RegistryService> served;

  private final Set<String> referenced;

  /**
   * Prepares the clusters.
   *
   * @param scope what the waypoint's pods know
   * @param served the services that it serves, by host
   * @param referenced the hosts that routes of these services lead to
   */
  WaypointClusters(Scope scope, Map<String, RegistryService> served, Set<String> referenced) {
    this.scope = scope;
    this.served = served;
    this.referenced = referenced;
  }

  /** The same clusters of a proxy that knows something else. */
  WaypointClusters knowing(Scope other) {
    return new WaypointClusters(other, served, referenced);
  }

  /** The cluster of a service's port, as its own chain for HTTP or for bytes has it. */
  static String own(RegistryService service, int port, boolean http) {
    return ClusterName.served(port, http ? HTTP : TCP, service.hostname()).toString();
  }

  /** The cluster of a route's destination. */
  String named(Destination destination, String host, int listenPort) {
    Optional<RegistryService> service = scope.service(host);
    if (host.isEmpty() || (service.isPresent() && !served.containsKey(host))) {
      return Destinations.cluster(destination, host, service, listenPort);
    }
    String subset = Objects.requireNonNullElse(destination.getSubset(), "");
    int port = Destinations.port(destination, service, listenPort);
    boolean bytes = service.flatMap(s -> s.port(port)).map(p -> p.protocol().isTcp()).orElse(false);
    String protocol = bytes ? TCP : HTTP;
    return ClusterName.served(port, subset.isEmpty() ? protocol : protocol + "/" + subset, host)
        .toString();
  }

  /** The cluster of a name; empty where the waypoint does not have it. */
  Optional<Cluster> find(ClusterName name, String requestHost) {
    if (!name.isServed()) {
      return referenced.contains(name.host())
          ? Clusters.find(scope, name, requestHost)
          : Optional.empty();
    }
    Optional<RegistryService> service = Optional.ofNullable(served.get(name.host()));
    Optional<ServicePort> port = service.flatMap(s -> s.port(name.port()));
    int slash = name.subset().indexOf('/');
    String protocol = slash < 0 ? name.subset() : name.subset().substring(0, slash);
    if (port.isEmpty() || !isBuilt(service.get(), port.get().protocol(), protocol)) {
      return Optional.empty();
    }
    Optional<DestinationPolicy> policy =
        scope.service(name.host()).flatMap(scope::destinationPolicyForAll);
    Optional<DestinationPolicy.NamedSubset> subset = Optional.empty();
    if (slash >= 0) {
      subset = policy.flatMap(p -> p.subset(name.subset().substring(slash + 1)));
      if (subset.isEmpty()) {
        return Optional.empty();
      }
    }
    EffectivePolicy effective = EffectivePolicy.of(policy, subset, name.port());
    List<Decision> decisions = new ArrayList<>();
    subset.ifPresent(s -> decisions.add(s.from()));
    decisions.add(
        Decision.of(service.get().source(), ByteChains.portPath(service.get(), name.port())));
    effective.tlsFrom().ifPresent(decisions::add);
    return Optional.of(
        new Cluster(
            name,
            service.get(),
            endpoints(service.get(), port.get()),
            // The tunnel says which address the caller dialled.
            Clusters.discovery(service.get(), effective, true),
            tls(name, requestHost, effective, policy),
            subset
                .map(
                    s ->
                        Objects.requireNonNullElse(
                            s.subset().getLabels(), Map.<String, String>of()))
                .orElse(Map.of()),
            List.of(),
            List.copyOf(decisions)));
  }

  /** istiod names endpoints of the service that the waypoint's namespace sees under the host. */
  private ServicePort endpoints(RegistryService service, ServicePort port) {
    if (service.resolution() != Resolution.ENDPOINTS) {
      return port;
    }
    return scope
        .service(service.hostname())
        .flatMap(seen -> seen.port(port.number()))
        .orElse(new ServicePort(port.number(), port.protocol(), port.targetPort(), List.of()));
  }

  private static boolean isBuilt(RegistryService service, Protocol protocol, String wanted) {
    if (service.resolution() == Resolution.DYNAMIC_DNS && protocol != Protocol.HTTP) {
      return false;
    }
    return protocol.isSniffed() || (wanted.equals(HTTP) ? protocol.isHttp() : protocol.isTcp());
  }

  /** A waypoint begins no mutual TLS of the mesh by a rule. */
  private UpstreamTls tls(
      ClusterName name,
      String requestHost,
      EffectivePolicy effective,
      Optional<DestinationPolicy> policy) {
    UpstreamTls tls = new ClusterTls(scope, name, requestHost, false).of(effective, policy);
    return tls.mode() == UpstreamTls.Mode.ISTIO_MUTUAL ? UpstreamTls.NONE : tls;
  }
}
