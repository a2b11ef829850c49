package com.acme;

import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.FleetDefinition;
import io.github.istioegress.fleet.Ring;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.mesh.IstioVersion;

/** Its tenants come from a file that the build names. */
public final class ShopsFleet implements FleetDefinition {
  @Override
  public Fleet fleet() {
    EgressGateway gateway = EgressGateway.istioDefault();
    return Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
        .tenants(System.getProperty("file", "tenants.csv"))
        .each(tenant -> tenant.through(gateway))
        .ring(Ring.named("canary"), tenant -> tenant.through(gateway));
  }

  @Override
  public String name() {
    return "shops";
  }
}
