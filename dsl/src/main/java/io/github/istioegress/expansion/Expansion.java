package io.github.istioegress.expansion;

import io.github.istioegress.expansion.ambient.AmbientExpansion;
import io.github.istioegress.expansion.gatewayapi.GatewayApiExpansion;
import io.github.istioegress.expansion.install.IstioInstallation;
import io.github.istioegress.expansion.istioapi.IstioApiExpansion;
import io.github.istioegress.expansion.network.NamespaceNetwork;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.resource.ResourceSet;

/** Expands a plan; a pure function, the same plan yields the same resources. */
public final class Expansion {

  private Expansion() {}

  /**
   * Expands a plan into every resource it needs.
   *
   * @throws IllegalArgumentException when two sentences would make one resource with different
   *     content
   */
  public static ExpandedEgress expand(EgressPlan plan) {
    ResourceSet.Builder resources = ResourceSet.builder();
    IstioApiExpansion.expand(plan, resources);
    GatewayApiExpansion.expand(plan, resources);
    AmbientExpansion.expand(plan, resources);
    IstioInstallation.operator(plan).ifPresent(resources::add);
    IstioInstallation.gateways(plan).forEach(resources::add);
    IstioInstallation.secretReaders(plan).forEach(resources::add);
    NamespaceNetwork.policies(plan).forEach(resources::add);
    return new ExpandedEgress(resources.build(), IstioInstallation.helmValues(plan));
  }
}
