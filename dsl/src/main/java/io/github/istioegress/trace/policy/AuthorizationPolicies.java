package io.github.istioegress.trace.policy;

import io.fabric8.istio.api.api.type.v1beta1.PolicyTargetReference;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** All AuthorizationPolicies, and which of them some pods enforce. */
public final class AuthorizationPolicies {

  /** Marks the pods that were made for a Gateway of the Gateway API, and names it. */
  private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

  private final List<HeldPolicy> policies;
  private final List<Resource> tokenReaders;
  private final String rootNamespace;
  private final Map<Pods, PodPolicies> ofPods = new ConcurrentHashMap<>();

  /** Pods that enforce the same policies. */
  private record Pods(List<String> namespaces, Map<String, String> labels) {}

  private AuthorizationPolicies(
      List<HeldPolicy> policies, List<Resource> tokenReaders, String rootNamespace) {
    this.policies = policies;
    this.tokenReaders = tokenReaders;
    this.rootNamespace = rootNamespace;
  }

  /**
   * Indexes manifests.
   *
   * @param resources the manifests
   * @param mesh says the namespace whose policies hold for pods of all namespaces, and the mesh's
   *     trust domains
   */
  public static AuthorizationPolicies of(ResourceSet resources, MeshConfig mesh) {
    return new AuthorizationPolicies(
        resources.of(ResourceKind.AUTHORIZATION_POLICY).stream()
            // Envoy asks them in the order of their names.
            .sorted(
                Comparator.comparing((Resource r) -> r.key().namespace())
                    .thenComparing(r -> r.key().name()))
            .map(resource -> HeldPolicy.of(resource, mesh.trustDomains()))
            .filter(policy -> !policy.isDryRun())
            .toList(),
        resources.of(ResourceKind.OTHER).stream()
            .filter(r -> r.key().kind().equals("RequestAuthentication"))
            .filter(r -> r.key().group().equals("security.istio.io"))
            .toList(),
        mesh.rootNamespace());
  }

  /**
   * The policies that pods enforce.
   *
   * @param namespaces those whose policies are asked beside the root's, the pods' own first
   * @param podLabels the labels of the pods
   */
  public PodPolicies of(List<String> namespaces, Map<String, String> podLabels) {
    return ofPods.computeIfAbsent(new Pods(namespaces, podLabels), this::of);
  }

  private PodPolicies of(Pods pods) {
    List<String> namespaces = pods.namespaces();
    Map<String, String> podLabels = pods.labels();
    String own = namespaces.get(0);
    boolean readsTokens =
        tokenReaders.stream()
            .filter(reader -> reaches(reader.key().namespace(), List.of(own)))
            .anyMatch(reader -> podLabels.entrySet().containsAll(selector(reader).entrySet()));
    return new PodPolicies(
        policies.stream()
            .filter(policy -> reaches(policy.namespace(), namespaces))
            .filter(policy -> isFor(policy, own, podLabels))
            .toList(),
        readsTokens);
  }

  /**
   * The policies that a waypoint enforces for a service: those that name it, the waypoint or its
   * class. Labels of pods do not count.
   *
   * @param waypoint the Gateway of the waypoint
   * @param service the resource of the service
   */
  public PodPolicies ofWaypoint(ResourceKey waypoint, ResourceKey service) {
    return new PodPolicies(
        policies.stream().filter(policy -> isFor(policy, waypoint, service)).toList(),
        tokenReaders.stream()
            .map(reader -> reader.key().namespace())
            .anyMatch(n -> reaches(n, List.of(waypoint.namespace(), service.namespace()))));
  }

  private boolean isFor(HeldPolicy policy, ResourceKey waypoint, ResourceKey service) {
    String home = policy.namespace();
    return policy.targets().stream()
        .anyMatch(
            target ->
                (home.equals(service.namespace()) && names(target, service))
                    || (home.equals(waypoint.namespace())
                        && names(target, waypoint)
                        && isIn(target, home))
                    || (home.equals(rootNamespace)
                        && "GatewayClass".equals(target.getKind())
                        && waypoint.group().equals(target.getGroup())
                        && "istio-waypoint".equals(target.getName())));
  }

  private static boolean names(PolicyTargetReference target, ResourceKey key) {
    return key.kind().equals(target.getKind())
        && key.group().equals(Objects.requireNonNullElse(target.getGroup(), ""))
        && key.name().equals(target.getName());
  }

  private static boolean isIn(PolicyTargetReference target, String namespace) {
    String said = Objects.requireNonNullElse(target.getNamespace(), "");
    return said.isEmpty() || said.equals(namespace);
  }

  private boolean reaches(String from, List<String> namespaces) {
    return namespaces.contains(from) || from.equals(rootNamespace);
  }

  private static boolean isFor(HeldPolicy policy, String namespace, Map<String, String> podLabels) {
    if (policy.targets().isEmpty()) {
      return podLabels.entrySet().containsAll(policy.podLabels().entrySet());
    }
    // A classic gateway is nobody's target: it is reached by the labels of its pods alone.
    String gateway = podLabels.get(GATEWAY_NAME);
    return gateway != null
        && policy.namespace().equals(namespace)
        && policy.targets().stream().anyMatch(target -> isGateway(target, gateway, namespace));
  }

  private static boolean isGateway(PolicyTargetReference target, String name, String namespace) {
    return "Gateway".equals(target.getKind())
        && "gateway.networking.k8s.io".equals(target.getGroup())
        && name.equals(target.getName())
        && isIn(target, namespace);
  }

  private static Map<String, String> selector(Resource resource) {
    Map<String, String> labels = new HashMap<>();
    Object said =
        ((GenericKubernetesResource) resource.object()).get("spec", "selector", "matchLabels");
    if (said instanceof Map<?, ?> map) {
      map.forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)));
    }
    return labels;
  }
}
