package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.DestinationBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.Answering;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.TlsOrigination;
import java.util.List;
import java.util.Optional;

/**
 * Where one leg of the way ends: the gateway's Service, or a host outside.
 *
 * @param destination the route's destination
 * @param weight its share; shares are written out, as Istio's documentation does
 * @param authority the Host that is called there instead of the application's; empty for that
 */
record Leg(Destination destination, int weight, Optional<String> authority) {

  private static final int WHOLE = 100;

  /** A leg that all calls take. */
  static Leg whole(Destination destination) {
    return new Leg(destination, WHOLE, Optional.empty());
  }

  /** The ends of the last leg: the host outside, or the two that share its calls. */
  static List<Leg> outside(EgressIntent intent) {
    Leg only = whole(called(intent).build());
    return intent
        .handling()
        .answering()
        .map(
            how ->
                how.match(
                    other ->
                        List.of(
                            new Leg(
                                only.destination(),
                                WHOLE,
                                Optional.of(authority(other.host(), intent)))),
                    canary -> shares(intent, canary),
                    failover -> List.of(only)))
        .orElse(List.of(only));
  }

  /** Both hosts are endpoints of the one entry, told apart by subsets. */
  private static List<Leg> shares(EgressIntent intent, Answering.Canary canary) {
    return List.of(
        new Leg(
            called(intent).withSubset(ResourceNames.hostLabel(intent.host())).build(),
            WHOLE - canary.percent(),
            Optional.empty()),
        new Leg(
            called(intent).withSubset(ResourceNames.hostLabel(canary.host())).build(),
            canary.percent(),
            Optional.of(authority(canary.host(), intent))));
  }

  private static DestinationBuilder called(EgressIntent intent) {
    return new DestinationBuilder()
        .withHost(intent.target().name())
        .withNewPort((long) intent.port().number());
  }

  /** A Host header names the port where it is not the usual one of what is spoken outside. */
  private static String authority(ExternalHost host, EgressIntent intent) {
    Optional<TlsOrigination> tls = intent.handling().origination();
    int port = tls.map(TlsOrigination::toPort).orElse(intent.port().number());
    return port == (tls.isPresent() ? 443 : 80) ? host.name() : host.name() + ":" + port;
  }
}
