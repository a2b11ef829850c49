package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * DestinationRules by where a proxy looks for them: its own namespace, else that of the service,
 * else the root namespace. The first namespace with a rule for the host holds; rules of different
 * namespaces never merge.
 */
public final class DestinationPolicies {

  private final String rootNamespace;
  private final boolean writtenFirst;
  private final boolean privateByDefault;
  private final Map<String, Map<String, List<DestinationPolicy>>> local = new HashMap<>();
  private final Map<String, Map<String, List<DestinationPolicy>>> exported = new HashMap<>();
  private final Map<String, List<DestinationPolicy>> rootOnly = new HashMap<>();

  private DestinationPolicies(
      String rootNamespace, boolean writtenFirst, boolean privateByDefault) {
    this.privateByDefault = privateByDefault;
    this.rootNamespace = rootNamespace;
    this.writtenFirst = writtenFirst;
  }

  /**
   * Builds the index; rules with a workload selector come first, then the oldest.
   *
   * @param resources the manifests
   * @param mesh says the namespace whose rules hold where no other has one, and who sees a rule
   *     that does not say so
   * @param version the release: from 1.31 on a rule that istiod made of a BackendTLSPolicy only
   *     fills what one that somebody wrote leaves open; before, it counts as the oldest
   */
  public static DestinationPolicies of(
      ResourceSet resources, MeshConfig mesh, IstioVersion version) {
    DestinationPolicies index =
        new DestinationPolicies(
            mesh.rootNamespace(),
            version.atLeast(IstioVersion.V1_31),
            mesh.exportDefaults().destinationRules().contains("."));
    resources.of(ResourceKind.DESTINATION_RULE).stream()
        .sorted(
            Comparator.comparing((Resource r) -> !hasSelector(r))
                .thenComparing(Resource::object, Metadata.BY_AGE))
        .forEach(index::add);
    return index;
  }

  private static boolean hasSelector(Resource resource) {
    DestinationRule rule = (DestinationRule) resource.object();
    return rule.getSpec() != null && rule.getSpec().getWorkloadSelector() != null;
  }

  private void add(Resource resource) {
    DestinationRule rule = (DestinationRule) resource.object();
    if (rule.getSpec() == null || rule.getSpec().getHost() == null) {
      return;
    }
    String namespace = Metadata.namespace(rule);
    DestinationPolicy policy = policy(resource, rule.getSpec(), namespace);
    Set<String> exportTo = policy.exportTo();
    boolean seenAtHome =
        exportTo.isEmpty()
            || exportTo.contains("*")
            || exportTo.contains(".")
            || exportTo.contains(namespace);
    if (seenAtHome) {
      merge(local.computeIfAbsent(namespace, n -> new HashMap<>()), policy);
    }
    boolean atHomeOnly =
        exportTo.isEmpty()
            ? privateByDefault
            : exportTo.size() == 1 && (exportTo.contains(".") || exportTo.contains(namespace));
    if (!atHomeOnly) {
      merge(exported.computeIfAbsent(namespace, n -> new HashMap<>()), policy);
    } else if (namespace.equals(rootNamespace)) {
      merge(rootOnly, policy);
    }
  }

  private static DestinationPolicy policy(
      Resource resource,
      io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule spec,
      String namespace) {
    boolean selective = spec.getWorkloadSelector() != null;
    Map<String, String> selector =
        selective && spec.getWorkloadSelector().getMatchLabels() != null
            ? Map.copyOf(spec.getWorkloadSelector().getMatchLabels())
            : Map.of();
    List<DestinationPolicy.NamedSubset> subsets = new ArrayList<>();
    for (int i = 0; i < spec.getSubsets().size(); i++) {
      subsets.add(
          new DestinationPolicy.NamedSubset(
              spec.getSubsets().get(i), Decision.of(resource, "spec.subsets[" + i + "]")));
    }
    return new DestinationPolicy(
        ResolvedNames.host(spec.getHost(), namespace),
        // A rule for some pods only is never seen from another namespace.
        selective ? Set.of(".") : new LinkedHashSet<>(spec.getExportTo()),
        selector,
        selective,
        Derived.is(resource),
        Optional.ofNullable(spec.getTrafficPolicy())
            .map(
                policy ->
                    new DestinationPolicy.Policy(
                        policy, Decision.of(resource, "spec.trafficPolicy"))),
        List.copyOf(subsets),
        Decision.of(resource, "spec"));
  }

  /** Merges a rule into those of its host, as far as their visibility and selector agree. */
  private void merge(Map<String, List<DestinationPolicy>> byHost, DestinationPolicy policy) {
    List<DestinationPolicy> there =
        byHost.computeIfAbsent(policy.host(), host -> new ArrayList<>());
    boolean separate = true;
    for (int i = 0; i < there.size(); i++) {
      DestinationPolicy older = there.get(i);
      boolean equalExport = older.exportTo().equals(policy.exportTo());
      boolean wider =
          !older.exportTo().isEmpty() && policy.exportTo().containsAll(older.exportTo());
      if (!equalExport && !wider) {
        separate = true;
        continue;
      }
      separate = !equalExport;
      boolean bothSelective = older.selective() && policy.selective();
      boolean sameSelector = older.workloadSelector().equals(policy.workloadSelector());
      if (bothSelective && !sameSelector) {
        separate = true;
        continue;
      }
      if ((!older.selective() && !policy.selective()) || bothSelective) {
        separate = false;
      }
      there.set(i, older.merge(policy, writtenFirst));
    }
    if (separate) {
      there.add(policy);
    }
  }

  /**
   * The policies that hold for a service at proxies of a namespace, of which {@link #select} takes
   * the one for a pod.
   */
  List<DestinationPolicy> lookup(String proxyNamespace, RegistryService service) {
    Map<String, List<DestinationPolicy>> first =
        proxyNamespace.equals(rootNamespace)
            ? rootOnly
            : local.getOrDefault(proxyNamespace, Map.of());
    Optional<List<DestinationPolicy>> own = HostMatch.mostSpecific(service.hostname(), first);
    if (own.isPresent()) {
      return own.get();
    }
    List<DestinationPolicy> ofService =
        exportedFrom(service.namespace(), service.hostname(), proxyNamespace);
    return ofService.isEmpty()
        ? exportedFrom(rootNamespace, service.hostname(), proxyNamespace)
        : ofService;
  }

  private List<DestinationPolicy> exportedFrom(String namespace, String host, String to) {
    return HostMatch.mostSpecific(host, exported.getOrDefault(namespace, Map.of()))
        .orElse(List.of())
        .stream()
        .filter(
            policy ->
                policy.exportTo().isEmpty()
                    || policy.exportTo().contains("*")
                    || policy.exportTo().contains(to))
        .toList();
  }

  /** The policy for a pod: one that selects it, else the last without a selector. */
  static Optional<DestinationPolicy> select(
      List<DestinationPolicy> policies, String proxyNamespace, Map<String, String> labels) {
    DestinationPolicy forAll = null;
    for (DestinationPolicy policy : policies) {
      if (!policy.selective()) {
        forAll = policy;
      } else if (policy.from().resource().namespace().equals(proxyNamespace)
          && labels.entrySet().containsAll(policy.workloadSelector().entrySet())) {
        return Optional.of(policy);
      }
    }
    return Optional.ofNullable(forAll);
  }
}
