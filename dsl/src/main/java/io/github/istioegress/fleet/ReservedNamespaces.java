package io.github.istioegress.fleet;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.Mesh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Namespaces that are no tenant's: rules there would hold for others. */
final class ReservedNamespaces {

  private final Map<String, Tenant> byNamespace = new HashMap<>();

  ReservedNamespaces(Mesh mesh, Tenants tenants) {
    for (Tenant tenant : tenants.all()) {
      String namespace = tenant.namespace();
      if (namespace.startsWith("kube-") || namespace.equals(mesh.config().rootNamespace())) {
        throw refused(tenant, "is the cluster's or the mesh's own");
      }
      byNamespace.put(namespace, tenant);
    }
  }

  void check(Tenant tenant, List<? extends EgressIntent> sentences) {
    for (EgressIntent one : sentences) {
      one.path()
          .gateway()
          .ifPresent(gateway -> check(gateway, tenant, byNamespace.get(gateway.namespace())));
    }
  }

  /** A gateway in its one tenant's namespace is nobody else's matter. */
  private static void check(EgressGateway gateway, Tenant caller, @Nullable Tenant host) {
    if (host != null && !host.equals(caller)) {
      throw refused(
          host,
          "has the gateway %s that tenant %s leaves through".formatted(gateway, caller.name()));
    }
  }

  private static IllegalArgumentException refused(Tenant tenant, String why) {
    return new IllegalArgumentException(
        "namespace %s of %s %s: give the tenant another namespace"
            .formatted(tenant.namespace(), tenant, why));
  }
}
