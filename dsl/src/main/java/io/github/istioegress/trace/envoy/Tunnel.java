package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyTunnelSettings;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.DestinationPolicy;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.Scope;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a filter chain of bytes asks an outside forward proxy for. It stands in the chain, not in
 * the cluster: requests that a proxy reads never have one.
 *
 * @param target the host and port asked for
 * @param from the field that says it
 */
public record Tunnel(String target, Decision from) {

  private static final IstioVersion FIRST = IstioVersion.of(1, 15);

  /**
   * The tunnel of a chain: that of the subset where one subset takes all calls, else that of the
   * first destination's host as a whole, which then holds for all of them.
   */
  public static Optional<Tunnel> of(Scope scope, List<WeightedCluster> clusters) {
    if (clusters.isEmpty() || !scope.version().atLeast(FIRST)) {
      return Optional.empty();
    }
    Optional<ClusterName> name = ClusterName.parse(clusters.get(0).cluster());
    Optional<DestinationPolicy> policy =
        name.flatMap(to -> scope.service(to.host())).flatMap(scope::destinationPolicy);
    String subset = clusters.size() == 1 ? name.map(ClusterName::subset).orElse("") : "";
    return subset.isEmpty()
        ? policy
            .flatMap(DestinationPolicy::trafficPolicy)
            .flatMap(whole -> tunnel(whole.policy(), whole.from()))
        : policy
            .flatMap(rule -> rule.subset(subset))
            .flatMap(named -> tunnel(named.subset().getTrafficPolicy(), named.from()));
  }

  private static Optional<Tunnel> tunnel(@Nullable TrafficPolicy policy, Decision from) {
    TrafficPolicyTunnelSettings settings = policy == null ? null : policy.getTunnel();
    return settings == null
        ? Optional.empty()
        : Optional.of(
            new Tunnel(
                settings.getTargetHost() + ":" + Metadata.number(settings.getTargetPort()), from));
  }
}
