package io.github.istioegress.analysis.exposure;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Pods that NetworkPolicies hold, and what all of these together allow.
 *
 * @param caller the pods
 * @param policies the policies of type Egress that select them
 */
record HeldPods(ReachCaller caller, List<Manifest<NetworkPolicySpec>> policies) {

  /**
   * A rule of a policy.
   *
   * @param policy the policy
   * @param path the field, {@code spec.egress[0]}
   * @param said what it says
   */
  record Rule(Manifest<NetworkPolicySpec> policy, String path, NetworkPolicyEgressRule said) {

    /** True where it is for a port of a protocol. */
    boolean allows(String protocol, int port) {
      return said.getPorts().isEmpty()
          || said.getPorts().stream().anyMatch(one -> isFor(one, protocol, port));
    }
  }

  /** The callers of a set that some policy holds. */
  static List<HeldPods> of(AnalysisContext context) {
    Map<ResourceKey, Manifest<NetworkPolicySpec>> byKey = new HashMap<>();
    context.networkPolicies().forEach(one -> byKey.put(one.key(), one));
    List<HeldPods> held = new ArrayList<>();
    for (ReachCaller caller : context.callers()) {
      List<Manifest<NetworkPolicySpec>> policies =
          context
              .model()
              .network()
              .ofEgress(caller.pod().namespace(), caller.pod().labels())
              .stream()
              .flatMap(one -> Stream.ofNullable(byKey.get(one.key())))
              .toList();
      if (!policies.isEmpty()) {
        held.add(new HeldPods(caller, policies));
      }
    }
    return held;
  }

  /** All rules. */
  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (Manifest<NetworkPolicySpec> policy : policies) {
      for (int i = 0; i < policy.spec().getEgress().size(); i++) {
        rules.add(new Rule(policy, "spec.egress[" + i + "]", policy.spec().getEgress().get(i)));
      }
    }
    return rules;
  }

  /** True where some rule is for a port of a protocol, whoever is at the other end. */
  boolean allows(String protocol, int port) {
    return rules().stream().anyMatch(rule -> rule.allows(protocol, port));
  }

  /** Their namespace. */
  String namespace() {
    return caller.pod().namespace();
  }

  private static boolean isFor(NetworkPolicyPort one, String protocol, int port) {
    String said = one.getProtocol() == null ? "TCP" : one.getProtocol();
    if (!said.equals(protocol)) {
      return false;
    }
    if (one.getPort() == null) {
      return true;
    }
    if (one.getPort().getIntVal() == null) {
      // Nobody knows the number behind a name.
      return true;
    }
    int first = one.getPort().getIntVal();
    int last = one.getEndPort() == null ? first : one.getEndPort();
    return first <= port && port <= last;
  }
}
