package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
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
 * @param trafficPolicy the policy of the whole host
 * @param subsets its subsets, in order
 * @param from where the policy and the rule as such come from
 */
public record DestinationPolicy(
    String host,
    Set<String> exportTo,
    Map<String, String> workloadSelector,
    boolean selective,
    Optional<Policy> trafficPolicy,
    List<NamedSubset> subsets,
    Decision from) {

  /**
   * A traffic policy and the field it stands in.
   *
   * @param policy the policy
   * @param from the field
   */
  public record Policy(TrafficPolicy policy, Decision from) {}

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

  DestinationPolicy merge(DestinationPolicy younger) {
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
        trafficPolicy.or(younger::trafficPolicy),
        List.copyOf(union),
        from);
  }
}
