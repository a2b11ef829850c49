package io.github.istioegress.trace.network;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.Workload;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The NetworkPolicies of a set, as the network of a cluster enforces them: a connection needs the
 * leave of those that select the pod it comes from, and of those that select the pod it goes to. A
 * pod that none selects is open; of several, one that lets the connection through is enough.
 */
public final class NetworkPolicies {

  private static final String INGRESS = "Ingress";
  private static final String EGRESS = "Egress";

  private final Map<String, List<Resource>> byNamespace;
  private final Peers peers;

  private NetworkPolicies(Map<String, List<Resource>> byNamespace, Peers peers) {
    this.byNamespace = byNamespace;
    this.peers = peers;
  }

  /** Indexes the policies of manifests. */
  public static NetworkPolicies of(ResourceSet resources) {
    return new NetworkPolicies(
        resources.of(ResourceKind.NETWORK_POLICY).stream()
            .filter(resource -> policy(resource).getSpec() != null)
            .collect(java.util.stream.Collectors.groupingBy(r -> r.key().namespace())),
        Peers.of(resources));
  }

  /** What becomes of a TCP connection that a pod opens. */
  public Passage rule(Workload from, Destination to) {
    Passage out =
        rule(
            from,
            EGRESS,
            "spec.egress",
            spec ->
                spec.getEgress().stream()
                    .map(
                        rule ->
                            Ports.fit(rule.getPorts(), to)
                                .and(peers.to(rule.getTo(), from.namespace(), to))));
    if (out.verdict() == Passage.Verdict.DROPPED || to.pod().isEmpty()) {
      return out;
    }
    Workload pod = to.pod().get();
    Passage in =
        rule(
            pod,
            INGRESS,
            "spec.ingress",
            spec ->
                spec.getIngress().stream()
                    .map(
                        rule ->
                            Ports.fit(rule.getPorts(), to)
                                .and(peers.from(rule.getFrom(), pod.namespace(), from))));
    return in.verdict() == Passage.Verdict.OPEN ? out : in;
  }

  private Passage rule(
      Workload pod, String type, String path, Function<NetworkPolicySpec, Stream<Fit>> rules) {
    List<Resource> selecting = selecting(pod.namespace(), pod.labels(), type);
    if (selecting.isEmpty()) {
      return Passage.OPEN;
    }
    Fit fit = Fit.any(selecting.stream().flatMap(r -> rules.apply(policy(r).getSpec())));
    return switch (fit) {
      case YES -> Passage.OPEN;
      case NO -> new Passage(Passage.Verdict.DROPPED, selecting, path);
      case UNKNOWN -> new Passage(Passage.Verdict.UNKNOWN, selecting, path);
    };
  }

  /** The policies that hold what a pod opens. */
  public List<Resource> ofEgress(String namespace, Map<String, String> labels) {
    return selecting(namespace, labels, EGRESS);
  }

  private List<Resource> selecting(String namespace, Map<String, String> labels, String type) {
    return byNamespace.getOrDefault(namespace, List.of()).stream()
        .filter(resource -> isOfType(policy(resource).getSpec(), type))
        .filter(
            resource -> LabelSelectors.selects(policy(resource).getSpec().getPodSelector(), labels))
        .toList();
  }

  /** Types that are not said are Ingress, and Egress where there are rules for it. */
  private static boolean isOfType(NetworkPolicySpec spec, String type) {
    return spec.getPolicyTypes().isEmpty()
        ? type.equals(INGRESS) || !spec.getEgress().isEmpty()
        : spec.getPolicyTypes().contains(type);
  }

  private static NetworkPolicy policy(Resource resource) {
    return (NetworkPolicy) resource.object();
  }
}
