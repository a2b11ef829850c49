package io.github.istioegress.trace.network;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The peers of a rule. */
final class Peers {

  /** The label that the API server itself gives to every namespace. */
  private static final String NAME = "kubernetes.io/metadata.name";

  private final Map<String, Map<String, String>> namespaces;

  private Peers(Map<String, Map<String, String>> namespaces) {
    this.namespaces = namespaces;
  }

  /** With the labels of the namespaces of manifests. */
  static Peers of(ResourceSet resources) {
    Map<String, Map<String, String>> namespaces = new HashMap<>();
    for (Resource resource : resources.of(ResourceKind.NAMESPACE)) {
      Map<String, String> labels = resource.object().getMetadata().getLabels();
      namespaces.put(resource.key().name(), labels == null ? Map.of() : Map.copyOf(labels));
    }
    return new Peers(namespaces);
  }

  /** Whether a rule's {@code to} has a destination; one without peers has all. */
  Fit to(List<NetworkPolicyPeer> peers, String home, Destination to) {
    if (peers.isEmpty()) {
      return Fit.YES;
    }
    return Fit.any(
        peers.stream()
            .map(
                peer ->
                    to.pod().map(pod -> pod(peer, home, pod)).orElseGet(() -> outside(peer, to))));
  }

  /** Whether a rule's {@code from} has a pod; one without peers has all. */
  Fit from(List<NetworkPolicyPeer> peers, String home, Workload from) {
    return peers.isEmpty() ? Fit.YES : Fit.any(peers.stream().map(peer -> pod(peer, home, from)));
  }

  private static Fit outside(NetworkPolicyPeer peer, Destination to) {
    if (peer.getIpBlock() == null) {
      return Fit.NO;
    }
    return to.address()
        .map(address -> AddressBlocks.holds(peer.getIpBlock(), address))
        .orElseGet(() -> AddressBlocks.holdsUnknown(peer.getIpBlock()));
  }

  private Fit pod(NetworkPolicyPeer peer, String home, Workload pod) {
    if (peer.getIpBlock() != null) {
      return AddressBlocks.holdsSomePod(peer.getIpBlock());
    }
    LabelSelector namespaces = peer.getNamespaceSelector();
    if (namespaces == null && peer.getPodSelector() == null) {
      return Fit.NO;
    }
    Fit namespace =
        namespaces == null
            ? Fit.of(pod.namespace().equals(home))
            : namespace(namespaces, pod.namespace());
    return namespace.and(Fit.of(LabelSelectors.selects(peer.getPodSelector(), pod.labels())));
  }

  private Fit namespace(LabelSelector selector, String name) {
    Map<String, String> labels = new HashMap<>(namespaces.getOrDefault(name, Map.of()));
    labels.put(NAME, name);
    boolean known = namespaces.containsKey(name) || LabelSelectors.asksOnlyFor(NAME, selector);
    return known ? Fit.of(LabelSelectors.selects(selector, labels)) : Fit.UNKNOWN;
  }
}
