package io.github.istioegress.examples;

import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.FleetDefinition;
import io.github.istioegress.fleet.HostRegistry;
import io.github.istioegress.fleet.Ring;
import io.github.istioegress.fleet.Tenant;
import io.github.istioegress.fleet.Topology;
import io.github.istioegress.intent.AdmissionGuard;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.GatewayIntent;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.mesh.IstioVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Twelve tenants out of one file, in the first of two clusters: most leave through a shared
 * gateway, three through one of their group, one through its own, none through what another one
 * asked for; two of them try the next version of the template.
 */
public final class TenantFleetExample implements FleetDefinition {

  private static final EgressGateway SHARED = EgressGateway.istioDefault();

  private static final Topology OWN = Topology.perTenant("egress");

  private static final Topology GATEWAYS =
      Topology.perGroup("egress", tenant -> tenant.is("ownGateway") ? OWN.of(tenant) : SHARED);

  @Override
  public Fleet fleet() {
    return in("eu");
  }

  /** The fleet in a cluster, which is a profile of the tenants file. */
  static Fleet in(String cluster) {
    return Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
        .tenants("tenants/fleet.yaml")
        .each(tenant -> tenant.through(GATEWAYS.of(tenant)))
        .ring(Ring.named("canary"), TenantFleetExample::impatient)
        .profiles(cluster)
        .guardedBy(
            AdmissionGuard.deployedByServiceAccount("argocd", "argocd-application-controller"))
        .hosts(HostRegistry.exclusive().shared("api.stripe.com", "rates.example.com"))
        .deploying(
            gateway ->
                gateway.equals(SHARED)
                    ? Optional.empty()
                    : Optional.of(GatewayDeployment.of(gateway)));
  }

  /** The next version gives up sooner on a host that does not answer. */
  private static List<GatewayIntent> impatient(Tenant tenant) {
    return tenant.through(GATEWAYS.of(tenant)).stream()
        .map(one -> one.connectTimeout(Duration.ofSeconds(tenant.number("timeoutSeconds"))))
        .toList();
  }
}
