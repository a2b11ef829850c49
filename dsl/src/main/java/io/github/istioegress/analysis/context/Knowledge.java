package io.github.istioegress.analysis.context;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.GatewayWorkload;
import io.github.istioegress.trace.registry.PodTemplate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Of what a set of manifests shows enough that the lack of one thing means something. A set that
 * shows no Secret says nothing about Secrets: they are somewhere else. Every analyzer that is about
 * to say "not found" asks here first.
 */
public final class Knowledge {

  /** Namespaces that every cluster has, and that nobody writes down. */
  private static final Set<String> USUAL =
      Set.of("default", "istio-system", "kube-system", "kube-public", "kube-node-lease");

  /** One Namespace is that of the set itself, and says nothing of the others. */
  private static final int FEWEST = 2;

  private final Set<String> written = new TreeSet<>();
  private final Set<String> used = new TreeSet<>();
  private final Set<String> withPods = new HashSet<>();
  private final Set<String> withServices = new HashSet<>();
  private final Set<String> withGateways = new HashSet<>();
  private final Set<String> withSecrets = new HashSet<>();
  private final Set<String> assumed = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private final boolean meshConfig;

  Knowledge(ResourceSet resources, Setting setting) {
    for (Resource resource : resources.all()) {
      ResourceKey key = resource.key();
      if (resource.kind() == ResourceKind.NAMESPACE) {
        written.add(key.name());
        continue;
      }
      used.add(key.namespace());
      if (resource.kind() == ResourceKind.SERVICE) {
        withServices.add(key.namespace());
      }
      if (resource.kind() == ResourceKind.GATEWAY) {
        withGateways.add(key.namespace());
      }
      if (key.kind().equals("Secret") && key.group().isEmpty()) {
        withSecrets.add(key.namespace());
      }
      if (PodTemplate.of(resource.object()).isPresent()) {
        withPods.add(key.namespace());
      }
    }
    used.remove("");
    for (GatewayWorkload gateway : setting.told()) {
      told.add(gateway.serviceHost());
      withServices.add(gateway.namespace());
      withPods.add(gateway.namespace());
    }
    setting.assumed().forEach(gateway -> assumed.add(gateway.serviceHost()));
    this.meshConfig = setting.meshConfigSaid();
  }

  /** True where the set lists namespaces: several, and each that it uses but for the usual ones. */
  public boolean namespaces() {
    return written.size() >= FEWEST
        && used.stream().allMatch(name -> written.contains(name) || USUAL.contains(name));
  }

  /** True where a namespace is shown, be it by a resource in it, or is one of every cluster. */
  public boolean namespace(String name) {
    return written.contains(name) || used.contains(name) || USUAL.contains(name);
  }

  /** The namespaces that are shown, by their own manifest or by a resource in them. */
  public List<String> shownNamespaces() {
    Set<String> all = new TreeSet<>(written);
    all.addAll(used);
    return List.copyOf(all);
  }

  /** True where pods of a namespace are shown: a label that none has is missing there. */
  public boolean pods(String namespace) {
    return withPods.contains(namespace);
  }

  /** True where Services of a namespace are shown: one that is not among them is missing there. */
  public boolean services(String namespace) {
    return withServices.contains(namespace);
  }

  /** True where Gateways of a namespace are shown. */
  public boolean gateways(String namespace) {
    return withGateways.contains(namespace);
  }

  /** True where Secrets of a namespace are shown. */
  public boolean secrets(String namespace) {
    return withSecrets.contains(namespace);
  }

  /** True where the set, and no option, says what the mesh does. */
  public boolean meshConfig() {
    return meshConfig;
  }

  /** True for the Service of a gateway that no manifest shows and that routes need. */
  public boolean isAssumed(String serviceHost) {
    return assumed.contains(serviceHost);
  }

  /** True for the Service of a gateway that the installation's file tells of. */
  public boolean isTold(String serviceHost) {
    return told.contains(serviceHost);
  }
}
