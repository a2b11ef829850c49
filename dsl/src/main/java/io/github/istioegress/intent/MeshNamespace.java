package io.github.istioegress.intent;

import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A namespace whose pods call out.
 *
 * @param name its name
 * @param labels its labels, the one for sidecar injection included
 * @param outboundTrafficPolicy what its sidecars do with undeclared calls; empty for what the mesh
 *     says
 * @param scope what its sidecars know; empty for all that other namespaces export to it
 * @param network what its pods reach whatever their sidecars do; empty for everything
 */
public record MeshNamespace(
    String name,
    Map<String, String> labels,
    Optional<OutboundTrafficPolicy> outboundTrafficPolicy,
    Optional<SidecarScope> scope,
    Optional<NetworkReach> network) {

  /**
   * Checks name and labels.
   *
   * @throws IllegalArgumentException when one of them is not valid in Kubernetes
   */
  public MeshNamespace {
    Names.checkLabel("namespace", name);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    labels.forEach((key, value) -> Names.checkPodLabel("namespace " + name, key, value));
  }

  /** A namespace without labels. */
  public static MeshNamespace named(String name) {
    return new MeshNamespace(name, Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with sidecar injection on ({@code istio-injection: enabled}). */
  public MeshNamespace injected() {
    return labelled("istio-injection", "enabled");
  }

  /**
   * The same with its pods in ambient mode ({@code istio.io/dataplane-mode: ambient}), which a
   * namespace with a sentence of {@code via(waypoint)} is without this word.
   */
  public MeshNamespace ambient() {
    return labelled("istio.io/dataplane-mode", "ambient");
  }

  /** The same with one more label. */
  public MeshNamespace labelled(String key, String value) {
    TreeMap<String, String> more = new TreeMap<>(labels);
    more.put(key, value);
    return new MeshNamespace(name, more, outboundTrafficPolicy, scope, network);
  }

  /**
   * The same with nothing leaving but what is declared: {@code registryOnly()}, {@code
   * sidecarScope()} and {@code networkPolicy()} in one word.
   */
  public MeshNamespace lockedDown() {
    return registryOnly().sidecarScope().networkPolicy();
  }

  /** The same with sidecars that refuse undeclared calls, whatever the mesh says. */
  public MeshNamespace registryOnly() {
    return outbound(OutboundTrafficPolicy.REGISTRY_ONLY);
  }

  /** The same with sidecars that let undeclared calls pass, whatever the mesh says. */
  public MeshNamespace allowAny() {
    return outbound(OutboundTrafficPolicy.ALLOW_ANY);
  }

  /**
   * The same with sidecars that know only the namespace's own hosts, the gateways they leave
   * through, and what is imported besides (Sidecar {@code egress.hosts}).
   *
   * @param imports {@code orders/*} for what lies in another namespace, {@code
   *     orders/stock.orders.svc.cluster.local} for one host of it
   * @throws IllegalArgumentException when one is not of this form
   */
  public MeshNamespace sidecarScope(String... imports) {
    return new MeshNamespace(
        name,
        labels,
        outboundTrafficPolicy,
        Optional.of(new SidecarScope(List.of(imports))),
        network);
  }

  /**
   * The same with a NetworkPolicy that holds where a sidecar is bypassed: its pods reach DNS,
   * istiod, the gateways they leave through, the namespaces that are imported, and the declared
   * addresses.
   */
  public MeshNamespace networkPolicy() {
    return networkPolicy(NetworkReach.declared());
  }

  /** The same with a NetworkPolicy that opens more than what is declared. */
  public MeshNamespace networkPolicy(NetworkReach reach) {
    return new MeshNamespace(name, labels, outboundTrafficPolicy, scope, Optional.of(reach));
  }

  private MeshNamespace outbound(OutboundTrafficPolicy policy) {
    return new MeshNamespace(name, labels, Optional.of(policy), scope, network);
  }
}
