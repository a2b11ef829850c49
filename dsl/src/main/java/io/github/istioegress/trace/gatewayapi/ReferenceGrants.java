package io.github.istioegress.trace.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.ReferenceGrant;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ReferenceGrantFrom;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ReferenceGrantTo;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.Metadata;
import java.util.List;

/** Which references from one namespace to another are allowed: what the target's grants say. */
final class ReferenceGrants {

  private final List<ReferenceGrant> grants;

  ReferenceGrants(ResourceSet resources) {
    this.grants =
        resources.of(ResourceKind.REFERENCE_GRANT).stream()
            .map(Resource::object)
            .map(ReferenceGrant.class::cast)
            .filter(grant -> grant.getSpec() != null)
            .toList();
  }

  /**
   * True where a reference is allowed.
   *
   * @param fromKind the kind of the Gateway API that refers
   * @param fromNamespace its namespace
   * @param to what it refers to
   */
  boolean allow(String fromKind, String fromNamespace, Reference to) {
    return grants.stream()
        .filter(grant -> Metadata.namespace(grant).equals(to.namespace()))
        .anyMatch(
            grant ->
                grant.getSpec().getFrom().stream()
                        .anyMatch(from -> comesFrom(from, fromKind, fromNamespace))
                    && grant.getSpec().getTo().stream().anyMatch(target -> leadsTo(target, to)));
  }

  private static boolean comesFrom(ReferenceGrantFrom from, String kind, String namespace) {
    return Reference.GATEWAY_API.equals(from.getGroup())
        && kind.equals(from.getKind())
        && namespace.equals(from.getNamespace());
  }

  private static boolean leadsTo(ReferenceGrantTo target, Reference to) {
    return to.group().equals(target.getGroup() == null ? "" : target.getGroup())
        && to.kind().equals(target.getKind())
        && (target.getName() == null || target.getName().equals(to.name()));
  }
}
