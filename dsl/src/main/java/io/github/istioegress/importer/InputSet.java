package io.github.istioegress.importer;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.manifest.ManifestComparison;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.resource.SourcePlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The resources that were read, found by what sentences make of them. */
final class InputSet {

  private final ResourceSet resources;
  private final Set<ResourceKey> broken;
  private final Map<String, List<FoundLeg>> legs = new HashMap<>();
  private final Map<String, List<DestinationRule>> rules = new HashMap<>();

  /**
   * Indexes a set.
   *
   * @param broken those that were not read whole, which nothing is equal to
   */
  InputSet(ResourceSet resources, Set<ResourceKey> broken) {
    this.resources = resources;
    this.broken = broken;
    for (VirtualService service : all(ResourceKind.VIRTUAL_SERVICE, VirtualService.class)) {
      if (service.getSpec() != null) {
        for (String host : service.getSpec().getHosts()) {
          legs.computeIfAbsent(place(service, host), h -> new ArrayList<>())
              .addAll(FoundLeg.of(service));
        }
      }
    }
    for (DestinationRule rule : all(ResourceKind.DESTINATION_RULE, DestinationRule.class)) {
      if (rule.getSpec() != null && rule.getSpec().getHost() != null) {
        rules
            .computeIfAbsent(place(rule, rule.getSpec().getHost()), h -> new ArrayList<>())
            .add(rule);
      }
    }
  }

  private static String place(HasMetadata resource, String host) {
    return resource.getMetadata().getNamespace() + "/" + host;
  }

  /** All of a kind, as its type. */
  <T extends HasMetadata> List<T> all(ResourceKind kind, Class<T> type) {
    return resources.of(kind).stream()
        .map(Resource::object)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  ResourceSet resources() {
    return resources;
  }

  boolean isBroken(ResourceKey key) {
    return broken.contains(key);
  }

  /** The routes of a namespace for a host. */
  List<FoundLeg> legs(String namespace, String host) {
    return legs.getOrDefault(namespace + "/" + host, List.of());
  }

  /** The routes for a host that a namespace's sidecars may see. */
  List<FoundLeg> seen(String namespace, String host) {
    return legs.values().stream()
        .flatMap(List::stream)
        .filter(leg -> leg.from().getSpec().getHosts().contains(host))
        .filter(
            leg ->
                namespace.equals(leg.from().getMetadata().getNamespace())
                    || !List.of(".").equals(leg.from().getSpec().getExportTo()))
        .toList();
  }

  /** Every route that is there. */
  List<FoundLeg> legs() {
    return legs.values().stream().flatMap(List::stream).distinct().toList();
  }

  /** The rules of a namespace for a host. */
  List<DestinationRule> rules(String namespace, String host) {
    return rules.getOrDefault(namespace + "/" + host, List.of());
  }

  /** The Gateway that a VirtualService of a namespace binds to by a name. */
  Optional<Gateway> gateway(String namespace, String reference) {
    int slash = reference.indexOf('/');
    ResourceKey key =
        ResourceKind.GATEWAY.key(
            slash < 0 ? namespace : reference.substring(0, slash), reference.substring(slash + 1));
    return resources
        .find(key)
        .map(Resource::object)
        .filter(Gateway.class::isInstance)
        .map(Gateway.class::cast);
  }

  /** True where a resource that was made is there, equal. */
  boolean has(Resource made) {
    return problem(made).isEmpty();
  }

  /** Why a resource that was made is none that was read. */
  Optional<String> problem(Resource made) {
    Optional<Resource> found = resources.find(made.key());
    if (found.isEmpty()) {
      return Optional.of("%s is not in the input".formatted(made.key()));
    }
    if (broken.contains(made.key())) {
      return Optional.of("%s could not be read whole".formatted(made.key()));
    }
    return ManifestComparison.first(made.object(), found.get().object())
        .map(difference -> "%s: %s".formatted(made.key(), difference));
  }

  /** Where a resource stands, {@code manifests/shop.yaml:12}. */
  static String place(Resource resource) {
    return resource.source().place("").map(SourcePlace::toString).orElse("");
  }
}
