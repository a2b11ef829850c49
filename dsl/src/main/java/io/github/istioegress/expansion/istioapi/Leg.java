package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;

/**
 * Where one leg of the way ends: the gateway's Service, or the host outside.
 *
 * @param destination the route's destination
 */
record Leg(Destination destination) {
  /** All calls take the one destination; written out, as Istio's documentation does. */
  static final int WHOLE = 100;
}
