package io.github.istioegress.importer;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.HttpGatewayIntent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives a host's sentences the names that differ from what we derive. */
record GivenNames(InputSet input, FoundGateways gateways) {

  /**
   * The sentences with the names of what lies on their way.
   *
   * @param said the sentences on a host, by port
   * @param base the base of its derived names
   */
  List<EgressIntent> given(String namespace, List<HttpGatewayIntent> said, String base) {
    List<EgressIntent> named = new ArrayList<>();
    Set<EgressGateway> seen = new HashSet<>();
    for (HttpGatewayIntent intent : said) {
      Optional<EgressGateway> gateway =
          intent.path().gateway().filter(one -> one.flavor() == GatewayFlavor.ISTIO_API);
      named.add(
          gateway.isPresent() && seen.add(gateway.get())
              ? given(namespace, intent, gateway.get(), base, seen.size() == 1)
              : intent);
    }
    return named;
  }

  private HttpGatewayIntent given(
      String namespace,
      HttpGatewayIntent said,
      EgressGateway gateway,
      String base,
      boolean isFirst) {
    HttpGatewayIntent more = said;
    Optional<FoundLeg> callers =
        input.legs(namespace, said.host().name()).stream()
            .filter(leg -> leg.isMesh() && to(leg, gateway).isPresent())
            .findFirst();
    if (callers.isPresent()) {
      String subset = to(callers.get(), gateway).map(Destination::getSubset).orElse("");
      if (subset != null && !subset.isEmpty() && !subset.equals(ResourceNames.subset(base))) {
        more = more.subset(subset);
      }
      String service = callers.get().from().getMetadata().getName();
      if (isFirst && !service.equals(ResourceNames.virtualService(base))) {
        more = more.virtualServiceNamed(service);
      }
    }
    String derived =
        gateways.isAlone(namespace, gateway)
            ? gateway.name()
            : gateway.name() + "-" + gateway.namespace();
    Optional<String> rule =
        input.rules(namespace, gateway.serviceHost()).stream()
            .map(DestinationRule::getMetadata)
            .map(metadata -> metadata.getName())
            .findFirst();
    if (rule.isPresent() && !rule.get().equals(derived)) {
      more = more.destinationRuleNamed(rule.get());
    }
    Optional<String> bound =
        input.legs(namespace, said.host().name()).stream()
            .filter(leg -> leg.isFor(said.port().number()))
            .flatMap(leg -> leg.gateways().stream())
            .filter(one -> !one.equals("mesh"))
            .map(
                one ->
                    one.startsWith(namespace + "/") ? one.substring(namespace.length() + 1) : one)
            .findFirst();
    if (bound.isPresent() && !bound.get().contains("/") && !bound.get().equals(derived)) {
      more = more.gatewayNamed(bound.get());
    }
    return more;
  }

  private static Optional<Destination> to(FoundLeg leg, EgressGateway gateway) {
    return leg.destinations().stream()
        .filter(to -> gateway.serviceHost().equals(to.getHost()))
        .findFirst();
  }
}
