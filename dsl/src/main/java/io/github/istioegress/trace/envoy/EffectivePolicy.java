package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.LoadBalancerSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.LoadBalancerSettingsSimple;
import io.fabric8.istio.api.api.networking.v1alpha3.LoadBalancerSettingsSimpleLB;
import io.fabric8.istio.api.api.networking.v1alpha3.LocalityLoadBalancerSetting;
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
 * @param failoverPriority the labels by which endpoints have priorities; empty where they have none
 * @param balancerFrom the rule the load balancing stands in
 */
record EffectivePolicy(
    Optional<ClientTLSSettings> tls,
    Optional<Decision> tlsFrom,
    boolean asDialled,
    List<String> failoverPriority,
    Optional<Decision> balancerFrom) {

  private record Level(
      @Nullable ClientTLSSettings tls,
      @Nullable LoadBalancerSettings balancer,
      boolean ejects,
      boolean ofPort) {}

  static EffectivePolicy of(
      Optional<DestinationPolicy> policy,
      Optional<DestinationPolicy.NamedSubset> subset,
      int port) {
    Optional<DestinationPolicy.Policy> whole = policy.flatMap(DestinationPolicy::trafficPolicy);
    Level host =
        whole.map(p -> level(p.policy(), port)).orElse(new Level(null, null, false, false));
    Optional<Decision> from = whole.map(DestinationPolicy.Policy::from);
    Optional<Decision> balancerFrom = from;
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
              own.ofPort() ? own.ejects() : own.ejects() || host.ejects(),
              own.ofPort());
      Optional<Decision> ofSubsetFrom = subset.map(DestinationPolicy.NamedSubset::from);
      from = ownTls ? ofSubsetFrom : from;
      balancerFrom = ownBalancer ? ofSubsetFrom : balancerFrom;
    }
    return new EffectivePolicy(
        Optional.ofNullable(level.tls()),
        level.tls() == null ? Optional.empty() : from,
        isPassthrough(level.balancer()),
        failoverPriority(level),
        balancerFrom);
  }

  private static Level level(TrafficPolicy policy, int port) {
    List<TrafficPolicyPortTrafficPolicy> ports = policy.getPortLevelSettings();
    for (TrafficPolicyPortTrafficPolicy ofPort : ports) {
      if (ofPort.getPort() != null && Metadata.number(ofPort.getPort().getNumber()) == port) {
        return new Level(
            ofPort.getTls(), ofPort.getLoadBalancer(), ofPort.getOutlierDetection() != null, true);
      }
    }
    return new Level(
        policy.getTls(), policy.getLoadBalancer(), policy.getOutlierDetection() != null, false);
  }

  /**
   * Shares of localities come before priorities, and nothing but ejection reaches the later ones.
   */
  private static List<String> failoverPriority(Level level) {
    LocalityLoadBalancerSetting locality =
        level.balancer() == null ? null : level.balancer().getLocalityLbSetting();
    if (locality == null
        || !level.ejects()
        || Boolean.FALSE.equals(locality.getEnabled())
        || !locality.getDistribute().isEmpty()) {
      return List.of();
    }
    return List.copyOf(locality.getFailoverPriority());
  }

  private static boolean isPassthrough(@Nullable LoadBalancerSettings balancer) {
    return balancer != null
        && balancer.getLbPolicy() instanceof LoadBalancerSettingsSimple simple
        && simple.getSimple() == LoadBalancerSettingsSimpleLB.PASSTHROUGH;
  }
}
