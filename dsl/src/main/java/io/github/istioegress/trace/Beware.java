package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a call that leaves all the same: no proxy refuses it, and the server outside
 * cannot make sense of it, or somebody reads it on the way.
 */
final class Beware {

  private static final String HTTPS = ":443";

  private Beware() {}

  /**
   * The warnings.
   *
   * @param branch the way
   * @param destination the host and port it leaves to
   * @param wire what travels there
   */
  static List<String> of(Branch branch, String destination, Carried wire) {
    List<String> warnings = new ArrayList<>();
    if (!branch.outcome().leaves()) {
      return warnings;
    }
    boolean http = wire.scheme() == Call.Scheme.HTTP;
    if (http && wire.outer().isEmpty() && destination.endsWith(HTTPS)) {
      warnings.add(
          "plain HTTP goes to %s, where servers expect TLS: they answer 400, and anybody on the way can read it; begin TLS at the last proxy, with tls in a DestinationRule that holds there"
              .formatted(destination));
    }
    if (wire.layers().size() > 1) {
      Carried.Layer outer = wire.layers().get(wire.layers().size() - 1);
      Carried.Layer inner = wire.layers().get(wire.layers().size() - 2);
      warnings.add(
          "TLS within TLS: the %s puts its own around that of the %s, and the server expects one; leave tls out of the DestinationRule for this port"
              .formatted(outer.by(), inner.by()));
    } else if (wire.outer().filter(o -> o.mode() == UpstreamTls.Mode.ISTIO_MUTUAL).isPresent()) {
      warnings.add(
          "mutual TLS of the mesh goes to %s, which is not of the mesh; say SIMPLE or MUTUAL in the DestinationRule"
              .formatted(destination));
    }
    return List.copyOf(warnings);
  }
}
