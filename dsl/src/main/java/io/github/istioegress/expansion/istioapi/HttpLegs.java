package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPFaultInjection;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPFaultInjectionAbortBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPFaultInjectionAbortHttpStatus;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPFaultInjectionBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPFaultInjectionDelayBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPFaultInjectionDelayFixedDelay;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequestBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMirrorPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMirrorPolicyBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestinationBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.Percent;
import io.github.istioegress.expansion.settings.Durations;
import io.github.istioegress.expansion.settings.RetrySettings;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.Fault;
import io.github.istioegress.intent.Retries;
import io.github.istioegress.intent.TrafficPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Routes of HTTP. The callers' leg bounds the time and makes the faults, for both are about what
 * the caller sees; the last leg alone tries again, or tries of two proxies would multiply.
 */
final class HttpLegs {

  private HttpLegs() {}

  /** The only leg: from the sidecar straight to the host. */
  static HTTPRoute direct(EgressIntent intent) {
    HTTPRouteBuilder route =
        callers(NamespaceResources.MESH, intent, Leg.outside(intent), intent.policy().retries());
    return route.withMirrors(mirrors(intent)).build();
  }

  /** The leg from the sidecar to a gateway. */
  static HTTPRoute toGateway(EgressIntent intent, Leg destination) {
    Optional<Retries> none =
        intent.policy().retries().map(later -> new Retries(0, java.util.Set.of()));
    return callers(NamespaceResources.MESH, intent, List.of(destination), none).build();
  }

  /** The leg from a gateway to the host. */
  static HTTPRoute toHost(String gateway, EgressIntent intent) {
    HTTPRouteBuilder route = leg(gateway, intent, Leg.outside(intent));
    intent.policy().retries().map(RetrySettings::of).ifPresent(route::withRetries);
    return route.withMirrors(mirrors(intent)).build();
  }

  /** Copies leave where the request leaves, or two proxies would each make some. */
  private static List<HTTPMirrorPolicy> mirrors(EgressIntent intent) {
    return intent.policy().mirrors().stream()
        .map(
            mirror ->
                new HTTPMirrorPolicyBuilder()
                    .withNewDestination()
                    .withHost(mirror.to().host().name())
                    .withNewPort((long) mirror.to().port().number())
                    .endDestination()
                    .withPercentage(new Percent((double) mirror.percent()))
                    .build())
        .toList();
  }

  private static HTTPRouteBuilder callers(
      String mesh, EgressIntent intent, List<Leg> destinations, Optional<Retries> retries) {
    TrafficPolicy policy = intent.policy();
    HTTPRouteBuilder route = leg(mesh, intent, destinations);
    policy.timeout().map(Durations::text).ifPresent(route::withTimeout);
    policy.fault().map(HttpLegs::fault).ifPresent(route::withFault);
    retries.map(RetrySettings::of).ifPresent(route::withRetries);
    return route;
  }

  private static HTTPRouteBuilder leg(String gateway, EgressIntent intent, List<Leg> destinations) {
    HTTPRouteBuilder route =
        new HTTPRouteBuilder()
            .withMatch(
                new HTTPMatchRequestBuilder()
                    .withGateways(gateway)
                    .withPort((long) intent.port().number())
                    .build())
            .withRoute(
                destinations.stream()
                    .map(leg -> destination(leg, destinations.size() > 1))
                    .toList());
    if (destinations.size() == 1) {
      destinations
          .get(0)
          .authority()
          .ifPresent(host -> route.withNewRewrite().withAuthority(host).endRewrite());
    }
    return route;
  }

  /** A route has one rewrite; of several destinations each sets the Host of its own. */
  private static HTTPRouteDestination destination(Leg leg, boolean shared) {
    HTTPRouteDestinationBuilder to =
        new HTTPRouteDestinationBuilder()
            .withDestination(leg.destination())
            .withWeight(leg.weight());
    leg.authority()
        .filter(host -> shared)
        .ifPresent(
            host ->
                to.withNewHeaders()
                    .withNewRequest()
                    .withSet(Map.of("Host", host))
                    .endRequest()
                    .endHeaders());
    return to.build();
  }

  private static HTTPFaultInjection fault(Fault fault) {
    Percent share = new Percent(fault.percent());
    HTTPFaultInjectionBuilder made = new HTTPFaultInjectionBuilder();
    fault
        .delay()
        .ifPresent(
            time ->
                made.withDelay(
                    new HTTPFaultInjectionDelayBuilder()
                        .withHttpDelayType(
                            new HTTPFaultInjectionDelayFixedDelay(Durations.text(time)))
                        .withPercentage(share)
                        .build()));
    fault
        .abort()
        .ifPresent(
            status ->
                made.withAbort(
                    new HTTPFaultInjectionAbortBuilder()
                        .withErrorType(new HTTPFaultInjectionAbortHttpStatus(status))
                        .withPercentage(share)
                        .build()));
    return made.build();
  }
}
