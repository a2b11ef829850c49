package com.acme;

import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.FleetDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.mesh.IstioVersion;

/** Each shop reaches what its file says, and nothing else. */
public final class ShopsFleet implements FleetDefinition {
  @Override
  public Fleet fleet() {
    EgressGateway gateway = EgressGateway.istioDefault();
    return Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
        .tenants("tenants")
        .each(tenant -> tenant.through(gateway))
        .namespaces(
            tenant ->
                Fleet.lockedDown(tenant).labelled("version", System.getProperty("version", "1")));
  }

  @Override
  public String name() {
    return "shops";
  }
}
