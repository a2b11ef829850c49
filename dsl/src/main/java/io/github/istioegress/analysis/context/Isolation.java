package io.github.istioegress.analysis.context;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells from a set of manifests whether somebody wants namespaces to be kept apart. */
final class Isolation {

  private static final Set<String> OWNERSHIP = Set.of("tenant", "owner", "team");

  private static final Pattern NAMED = Pattern.compile("(tenant|team|customer)(-.+|[0-9a-z]?)");

  private Isolation() {}

  /** True where the set names tenants or owners, or has policies that hold egress back. */
  static boolean isIn(ResourceSet resources) {
    return resources.all().stream().anyMatch(one -> namesOwner(one) || holdsBack(one));
  }

  /**
   * True where the set names tenants, teams or owners: in marks, or by what namespaces are called.
   */
  static boolean namesOwners(ResourceSet resources) {
    return resources.all().stream().anyMatch(Isolation::namesOwner);
  }

  private static boolean holdsBack(Resource resource) {
    if (resource.kind() == ResourceKind.NETWORK_POLICY) {
      io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy =
          (io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy) resource.object();
      return policy.getSpec() != null && policy.getSpec().getPolicyTypes().contains("Egress");
    }
    return false;
  }

  private static boolean namesOwner(Resource resource) {
    if (NAMED.matcher(ResourceSet.home(resource)).matches()) {
      return true;
    }
    Map<String, String> none = Map.of();
    return Stream.of(
            Objects.requireNonNullElse(resource.object().getMetadata().getLabels(), none),
            Objects.requireNonNullElse(resource.object().getMetadata().getAnnotations(), none))
        .flatMap(marks -> marks.keySet().stream())
        .anyMatch(key -> OWNERSHIP.contains(key.substring(key.lastIndexOf('/') + 1)));
  }
}
