package io.github.istioegress.trace.registry;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one proxy knows: the services it has clusters for and the rules for them.
 *
 * @param namespace the namespace of the proxy's pod
 * @param labels the labels of the proxy's pod
 * @param gateway true for a gateway, false for a sidecar
 * @param listeners the egress listeners of its Sidecar, or the one for everything
 * @param services its services by host, in Istio's order
 * @param policy what it does with undeclared calls; meaningless for a gateway
 * @param egressProxy where a Sidecar sends undeclared calls instead
 * @param policyFrom the field that says the policy, where it is a resource's
 * @param destinationPolicies the index of DestinationRules
 * @param version the release of Istio
 */
public record Scope(
    String namespace,
    Map<String, String> labels,
    boolean gateway,
    List<EgressListener> listeners,
    Map<String, RegistryService> services,
    OutboundTrafficPolicy policy,
    Optional<io.fabric8.istio.api.api.networking.v1alpha3.Destination> egressProxy,
    Optional<Decision> policyFrom,
    DestinationPolicies destinationPolicies,
    IstioVersion version) {

  /** The service of a host that the proxy has clusters for. */
  public Optional<RegistryService> service(String host) {
    return Optional.ofNullable(services.get(host));
  }

  /** The merged DestinationRules that the proxy applies to a service. */
  public Optional<DestinationPolicy> destinationPolicy(RegistryService service) {
    return DestinationPolicies.select(
        destinationPolicies.lookup(namespace, service), namespace, labels);
  }

  /** The same without the rules for some pods only, at which waypoints do not look. */
  public Optional<DestinationPolicy> destinationPolicyForAll(RegistryService service) {
    return destinationPolicies.lookup(namespace, service).stream()
        .filter(policy -> !policy.selective())
        .reduce((first, last) -> last);
  }

  /** The listener that holds the routes of a port: one for the port, else the one for all. */
  public Optional<EgressListener> listenerFor(int port) {
    return listeners.stream()
        .filter(listener -> listener.port().isEmpty() || listener.port().get().number() == port)
        .findFirst();
  }
}
