package com.acme;

import com.acme.egress.FleetDestinations;
import com.acme.egress.FleetHosts;
import com.acme.egress.FleetTenants;
import com.acme.egress.FleetValues;
import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.FleetDefinition;
import io.github.istioegress.fleet.HostRegistry;
import io.github.istioegress.fleet.Ring;
import io.github.istioegress.fleet.Tenant;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.GatewayIntent;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.mesh.IstioVersion;
import java.time.Duration;
import java.util.List;

/** Says names of tenants and hosts by the constants of their files. */
public final class ShopsFleet implements FleetDefinition {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();

  @Override
  public Fleet fleet() {
    return Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
        .tenants("tenants.yaml")
        .each(tenant -> tenant.through(GATEWAY))
        .ring(Ring.of("canary", FleetTenants.SHOP), ShopsFleet::impatient)
        .hosts(HostRegistry.exclusive().shared(FleetHosts.API_STRIPE_COM));
  }

  /** The shop does not wait for its payments. */
  private static List<GatewayIntent> impatient(Tenant tenant) {
    return tenant.through(GATEWAY).stream()
        .map(
            one ->
                one.host().equals(FleetDestinations.Shop.PAYMENTS)
                    ? one.connectTimeout(
                        Duration.ofSeconds(tenant.number(FleetValues.TIMEOUT_SECONDS)))
                    : one)
        .toList();
  }

  @Override
  public String name() {
    return "shops";
  }
}
