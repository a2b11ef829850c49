package io.github.istioegress.fleet;

import io.github.istioegress.intent.EgressGateway;

/** Which gateway a tenant leaves through. */
@FunctionalInterface
public interface Topology {

  /** The gateway of a tenant; equal values for tenants that share one. */
  EgressGateway of(Tenant tenant);

  /** One gateway for all. */
  static Topology shared(EgressGateway gateway) {
    return tenant -> gateway;
  }

  /**
   * A gateway each, {@code egress-TENANT}, with ports 80 and 443.
   *
   * @param namespace the namespace of the gateways' pods
   */
  static Topology perTenant(String namespace) {
    return tenant -> named("egress-" + tenant.name(), namespace);
  }

  /**
   * A gateway for each group, {@code egress-GROUP}, with ports 80 and 443.
   *
   * @param namespace the namespace of the gateways' pods
   * @param others where tenants without a group go
   */
  static Topology perGroup(String namespace, Topology others) {
    return tenant ->
        tenant.group().isEmpty() ? others.of(tenant) : named("egress-" + tenant.group(), namespace);
  }

  /** A gateway by its name, selected by the label {@code istio} with that name. */
  private static EgressGateway named(String name, String namespace) {
    return EgressGateway.named(name)
        .in(namespace)
        .labelled("istio", name)
        .port(80, 8080)
        .port(443, 8443);
  }
}
