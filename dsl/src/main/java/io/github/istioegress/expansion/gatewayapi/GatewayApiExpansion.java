package io.github.istioegress.expansion.gatewayapi;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.PlanFacts;
import io.github.istioegress.resource.ResourceSet;

/**
 * Expands sentences whose gateway istiod itself brings up: a Gateway with a listener for each of
 * them, and two routes each. What is not of the way is the same in both flavors: the host's
 * ServiceEntry, the rule by which TLS is originated, and who may call.
 */
public final class GatewayApiExpansion {

  /** Else istiod asks the cloud for a load balancer, which would open the way out to the world. */
  private static final String SERVICE_TYPE = "networking.istio.io/service-type";

  private static final String ISTIO_API = "networking.istio.io/v1";

  private GatewayApiExpansion() {}

  /** Adds the resources of a plan's gateways of the Gateway API, and of the ways through them. */
  public static void expand(EgressPlan plan, PlanFacts facts, ResourceSet.Builder into) {
    plan.gateways().stream()
        .filter(GatewayApiExpansion::isOwn)
        // Istio knows no Gateway without a listener.
        .filter(gateway -> !Listeners.of(plan, gateway).isEmpty())
        .forEach(
            gateway -> {
              if (bringsItsNamespace(plan, facts, gateway)) {
                into.add(namespace(gateway.namespace()));
              }
              into.add(gateway(plan, gateway));
            });
    for (NamespaceEgress said : plan.namespaces()) {
      for (HostEgress host : said.hosts()) {
        for (EgressIntent intent : host.intents()) {
          if (intent.path().gateway().filter(GatewayApiExpansion::isOwn).isPresent()) {
            new GatewayRoutes(said.namespace().name(), host, intent).both().forEach(into::add);
          }
        }
      }
      said.gateways().stream()
          .filter(GatewayApiExpansion::isOwn)
          .forEach(gateway -> ServiceRule.of(ISTIO_API, said, gateway).ifPresent(into::add));
    }
  }

  private static boolean isOwn(EgressGateway gateway) {
    return gateway.flavor() == GatewayFlavor.GATEWAY_API;
  }

  /** Not where the plan has it for its callers, with labels, or Istio's installation made it. */
  private static boolean bringsItsNamespace(
      EgressPlan plan, PlanFacts facts, EgressGateway gateway) {
    return !gateway.namespace().equals(plan.mesh().config().rootNamespace())
        && !facts.has(gateway.namespace());
  }

  private static Namespace namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static Gateway gateway(EgressPlan plan, EgressGateway gateway) {
    return new GatewayBuilder()
        .withNewMetadata()
        .withName(gateway.gatewayName())
        .withNamespace(gateway.namespace())
        .addToAnnotations(SERVICE_TYPE, "ClusterIP")
        .endMetadata()
        .withNewSpec()
        .withGatewayClassName("istio")
        .withListeners(Listeners.of(plan, gateway))
        .endSpec()
        .build();
  }
}
