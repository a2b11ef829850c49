package io.github.istioegress.analysis.context;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Tells from a set of manifests whether somebody wants namespaces to be kept apart. */
final class Isolation {

  private static final Set<String> OWNERSHIP = Set.of("tenant", "owner", "team");

  private Isolation() {}

  /** True where the set names tenants or owners, or has policies that hold egress back. */
  static boolean isIn(ResourceSet resources) {
    return resources.all().stream().anyMatch(Isolation::says);
  }

  private static boolean says(Resource resource) {
    if (resource.kind() == ResourceKind.NETWORK_POLICY) {
      io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy =
          (io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy) resource.object();
      return policy.getSpec() != null && policy.getSpec().getPolicyTypes().contains("Egress");
    }
    Map<String, String> none = Map.of();
    return Stream.of(
            Objects.requireNonNullElse(resource.object().getMetadata().getLabels(), none),
            Objects.requireNonNullElse(resource.object().getMetadata().getAnnotations(), none))
        .flatMap(marks -> marks.keySet().stream())
        .anyMatch(key -> OWNERSHIP.contains(key.substring(key.lastIndexOf('/') + 1)));
  }
}
