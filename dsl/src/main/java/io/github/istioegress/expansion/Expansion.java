package io.github.istioegress.expansion;

import io.github.istioegress.expansion.admission.HostAdmission;
import io.github.istioegress.expansion.ambient.AmbientExpansion;
import io.github.istioegress.expansion.gatewayapi.GatewayApiExpansion;
import io.github.istioegress.expansion.install.IstioInstallation;
import io.github.istioegress.expansion.istioapi.IstioApiExpansion;
import io.github.istioegress.expansion.network.NamespaceNetwork;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.PlanFacts;
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
    PlanFacts facts = PlanFacts.of(plan);
    ResourceSet.Builder resources = ResourceSet.builder();
    part(plan, facts, resources);
    HostAdmission.of(plan.mesh(), facts).forEach(resources::add);
    IstioInstallation.operator(plan, facts).ifPresent(resources::add);
    return new ExpandedEgress(resources.build(), IstioInstallation.helmValues(plan, facts));
  }

  /**
   * Expands some of a plan's namespaces, with the gateways they use: together all parts are the
   * whole but for what installs Istio.
   *
   * @param part these namespaces as a plan of their own
   * @param whole what the whole plan says of its gateways
   * @throws IllegalArgumentException as for a whole
   */
  public static ResourceSet part(EgressPlan part, PlanFacts whole) {
    ResourceSet.Builder resources = ResourceSet.builder();
    part(part, whole, resources);
    return resources.build();
  }

  /**
   * Expands what is of no namespace's sentences: the gateways, and what installs Istio.
   *
   * @param frame the plan without its namespaces
   * @param whole what the whole plan says of its gateways
   */
  public static ExpandedEgress frame(EgressPlan frame, PlanFacts whole) {
    ResourceSet.Builder resources = ResourceSet.builder();
    part(frame, whole, resources);
    HostAdmission.of(frame.mesh(), whole).forEach(resources::add);
    IstioInstallation.operator(frame, whole).ifPresent(resources::add);
    return new ExpandedEgress(resources.build(), IstioInstallation.helmValues(frame, whole));
  }

  private static void part(EgressPlan plan, PlanFacts facts, ResourceSet.Builder resources) {
    IstioApiExpansion.expand(plan, facts, resources);
    GatewayApiExpansion.expand(plan, facts, resources);
    AmbientExpansion.expand(plan, resources);
    IstioInstallation.gateways(plan, facts).forEach(resources::add);
    IstioInstallation.secretReaders(plan, facts).forEach(resources::add);
    NamespaceNetwork.policies(plan, facts).forEach(resources::add);
  }
}
