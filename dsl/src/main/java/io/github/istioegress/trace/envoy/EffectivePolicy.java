package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.LoadBalancerSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.LoadBalancerSettingsSimple;
import io.fabric8.istio.api.api.networking.v1alpha3.LoadBalancerSettingsSimpleLB;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.DestinationPolicy;
import io.github.istioegress.trace.registry.Metadata;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a DestinationRule says for one port and subset: settings of the port replace those of the
 * host, settings of the subset replace both.
 *
 * @param tls the TLS settings; empty where none hold
 * @param tlsFrom the rule they stand in
 * @param asDialled true where the load balancing is to keep the dialled address
 */
record EffectivePolicy(
    Optional<ClientTLSSettings> tls, Optional<Decision> tlsFrom, boolean asDialled) {

  private record Level(
      @Nullable ClientTLSSettings tls, @Nullable LoadBalancerSettings balancer, boolean ofPort) {}

  static EffectivePolicy of(
      Optional<DestinationPolicy> policy,
      Optional<DestinationPolicy.NamedSubset> subset,
      int port) {
    Optional<DestinationPolicy.Policy> whole = policy.flatMap(DestinationPolicy::trafficPolicy);
    Level host = whole.map(p -> level(p.policy(), port)).orElse(new Level(null, null, false));
    Optional<Decision> from = whole.map(DestinationPolicy.Policy::from);
    Level level = host;
    TrafficPolicy ofSubset = subset.map(s -> s.subset().getTrafficPolicy()).orElse(null);
    if (ofSubset != null) {
      Level own = level(ofSubset, port);
      boolean ownTls = own.tls() != null || own.ofPort();
      boolean ownBalancer = own.balancer() != null || own.ofPort();
      level =
          new Level(
              ownTls ? own.tls() : host.tls(),
              ownBalancer ? own.balancer() : host.balancer(),
              own.ofPort());
      from = ownTls ? subset.map(DestinationPolicy.NamedSubset::from) : from;
    }
    return new EffectivePolicy(
        Optional.ofNullable(level.tls()),
        level.tls() == null ? Optional.empty() : from,
        isPassthrough(level.balancer()));
  }

  private static Level level(TrafficPolicy policy, int port) {
    List<TrafficPolicyPortTrafficPolicy> ports = policy.getPortLevelSettings();
    for (TrafficPolicyPortTrafficPolicy ofPort : ports) {
      if (ofPort.getPort() != null && Metadata.number(ofPort.getPort().getNumber()) == port) {
        return new Level(ofPort.getTls(), ofPort.getLoadBalancer(), true);
      }
    }
    return new Level(policy.getTls(), policy.getLoadBalancer(), false);
  }

  private static boolean isPassthrough(@Nullable LoadBalancerSettings balancer) {
    return balancer != null
        && balancer.getLbPolicy() instanceof LoadBalancerSettingsSimple simple
        && simple.getSimple() == LoadBalancerSettingsSimpleLB.PASSTHROUGH;
  }
}
