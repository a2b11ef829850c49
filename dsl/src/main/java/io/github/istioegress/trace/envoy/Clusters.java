package io.github.istioegress.trace.envoy;

import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.DestinationPolicy;
import io.github.istioegress.trace.registry.Endpoint;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Resolution;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The clusters of a proxy, looked up by name: one for each service, port and subset. */
public final class Clusters {

  private Clusters() {}

  /**
   * The cluster of a name; empty where the proxy does not have it, which answers 503 NC.
   *
   * @param scope the proxy
   * @param name the name, as a route gives it
   * @param host the host of the request, for TLS whose SNI follows from it; empty for bytes
   */
  public static Optional<Cluster> find(Scope scope, ClusterName name, String host) {
    Optional<RegistryService> service = scope.service(name.host());
    Optional<ServicePort> port = service.flatMap(s -> s.port(name.port()));
    if (service.isEmpty() || port.isEmpty() || !isBuilt(service.get(), port.get())) {
      return Optional.empty();
    }
    Optional<DestinationPolicy> policy = scope.destinationPolicy(service.get());
    Optional<DestinationPolicy.NamedSubset> subset = Optional.empty();
    if (!name.subset().isEmpty()) {
      if (service.get().resolution() == Resolution.DYNAMIC_DNS) {
        // Istio builds one cluster for a name that is looked up at run time, and none for subsets.
        return Optional.empty();
      }
      subset = policy.flatMap(p -> p.subset(name.subset()));
      if (subset.isEmpty() || !hasNames(service.get(), port.get(), labels(subset.get()))) {
        return Optional.empty();
      }
    }
    List<Decision> decisions = new ArrayList<>();
    subset.ifPresent(s -> decisions.add(s.from()));
    decisions.add(
        Decision.of(service.get().source(), ByteChains.portPath(service.get(), name.port())));
    EffectivePolicy effective = EffectivePolicy.of(policy, subset, name.port());
    effective.tlsFrom().ifPresent(decisions::add);
    List<Endpoint> endpoints = port.get().endpoints();
    List<String> further = List.of();
    if (Failover.applies(scope, service.get().resolution(), effective)) {
      List<String> labels = effective.failoverPriority();
      endpoints = Failover.ordered(scope, labels, endpoints);
      further = Failover.further(scope, labels, endpoints);
      effective.balancerFrom().filter(from -> !decisions.contains(from)).ifPresent(decisions::add);
    }
    return Optional.of(
        new Cluster(
            name,
            service.get(),
            port.get().withEndpoints(endpoints),
            // A gateway accepts connections itself, so there is no address that a caller dialled.
            discovery(service.get(), effective, !scope.gateway()),
            new ClusterTls(scope, name, host, service.get().resolution() == Resolution.DYNAMIC_DNS)
                .of(effective, policy),
            subset.map(Clusters::labels).orElse(Map.of()),
            further,
            List.copyOf(decisions)));
  }

  private static Map<String, String> labels(DestinationPolicy.NamedSubset subset) {
    return Objects.requireNonNullElse(subset.subset().getLabels(), Map.of());
  }

  /** A name that has nothing to resolve gets no cluster at all. */
  private static boolean isBuilt(RegistryService service, ServicePort port) {
    return switch (service.resolution()) {
      case DNS, DNS_ROUND_ROBIN -> !port.endpoints().isEmpty();
      case DYNAMIC_DNS -> HostMatch.isWildcard(service.hostname());
      case ENDPOINTS, NONE -> true;
    };
  }

  /** A subset of names resolved by DNS has those whose labels fit; without any it is not built. */
  private static boolean hasNames(
      RegistryService service, ServicePort port, Map<String, String> labels) {
    boolean byName =
        service.resolution() == Resolution.DNS
            || service.resolution() == Resolution.DNS_ROUND_ROBIN;
    return !byName
        || port.endpoints().stream()
            .anyMatch(endpoint -> endpoint.labels().entrySet().containsAll(labels.entrySet()));
  }

  /**
   * How the endpoints of a service are found.
   *
   * @param dialled true where the proxy knows the address that the caller dialled
   */
  static String discovery(RegistryService service, EffectivePolicy effective, boolean dialled) {
    if (effective.asDialled() && service.resolution() != Resolution.DYNAMIC_DNS) {
      return "ORIGINAL_DST";
    }
    return switch (service.resolution()) {
      case ENDPOINTS -> "EDS";
      case DNS -> "STRICT_DNS";
      case DNS_ROUND_ROBIN -> "LOGICAL_DNS";
      case DYNAMIC_DNS -> "DYNAMIC_DNS";
      case NONE -> dialled ? "ORIGINAL_DST" : "EDS";
    };
  }
}
