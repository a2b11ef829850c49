package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The DestinationRules of one host in one namespace, merged as Istio merges them: subsets add up,
 * the first traffic policy stands.
 *
 * @param host the host as written
 * @param exportTo who sees it, as written
 * @param workloadSelector the pods it is for; empty for all
 * @param selective true where it has a workload selector, be it empty
 * @param derived true where istiod made it of a BackendTLSPolicy
 * @param trafficPolicy the policy of the whole host
 * @param subsets its subsets, in order
 * @param from where the policy and the rule as such come from
 */
public record DestinationPolicy(
    String host,
    Set<String> exportTo,
    Map<String, String> workloadSelector,
    boolean selective,
    boolean derived,
    Optional<Policy> trafficPolicy,
    List<NamedSubset> subsets,
    Decision from) {

  /**
   * A traffic policy and the field it stands in.
   *
   * @param policy the policy
   * @param from the field
   */
  public record Policy(TrafficPolicy policy, Decision from) {

    /** The same, with TLS of another where it says none. */
    Policy filledBy(Policy other) {
      TrafficPolicy both = new TrafficPolicyBuilder(policy).build();
      boolean saysTls =
          policy.getTls() != null
              || policy.getPortLevelSettings().stream().anyMatch(port -> port.getTls() != null);
      if (both.getTls() == null) {
        both.setTls(other.policy.getTls());
      }
      List<TrafficPolicyPortTrafficPolicy> ports = new ArrayList<>(both.getPortLevelSettings());
      for (TrafficPolicyPortTrafficPolicy more : other.policy.getPortLevelSettings()) {
        Optional<TrafficPolicyPortTrafficPolicy> own =
            ports.stream().filter(port -> more.getPort().equals(port.getPort())).findFirst();
        if (own.isEmpty()) {
          ports.add(more);
        } else if (own.get().getTls() == null) {
          own.get().setTls(more.getTls());
        }
      }
      both.setPortLevelSettings(ports);
      return new Policy(both, saysTls ? from : other.from);
    }
  }

  /**
   * A subset and the field it stands in.
   *
   * @param subset the subset
   * @param from the field
   */
  public record NamedSubset(Subset subset, Decision from) {}

  /** The subset of this name. */
  public Optional<NamedSubset> subset(String name) {
    return subsets.stream().filter(named -> name.equals(named.subset().getName())).findFirst();
  }

  DestinationPolicy merge(DestinationPolicy younger, boolean writtenFirst) {
    List<NamedSubset> union = new ArrayList<>(subsets);
    for (NamedSubset more : younger.subsets) {
      if (subset(more.subset().getName()).isEmpty()) {
        union.add(more);
      }
    }
    return new DestinationPolicy(
        host,
        exportTo,
        workloadSelector,
        selective,
        // What is merged stays what it began as; each written rule goes before a derived one.
        derived,
        writtenFirst && derived != younger.derived
            ? derived ? filled(younger, this) : filled(this, younger)
            : trafficPolicy.or(younger::trafficPolicy),
        List.copyOf(union),
        from);
  }

  private static Optional<Policy> filled(DestinationPolicy written, DestinationPolicy derived) {
    return written
        .trafficPolicy
        .map(own -> derived.trafficPolicy.map(own::filledBy).orElse(own))
        .or(derived::trafficPolicy);
  }
}
