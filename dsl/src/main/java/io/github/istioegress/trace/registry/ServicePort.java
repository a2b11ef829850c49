package io.github.istioegress.trace.registry;

import java.util.List;

/**
 * A port of a service in Istio's registry.
 *
 * @param number the port that callers dial
 * @param protocol what is spoken there
 * @param targetPort the port at the endpoints, equal to number where nothing else is said
 * @param endpoints the addresses that ServiceEntries give for it; none for a Service of the cluster
 */
public record ServicePort(int number, Protocol protocol, int targetPort, List<Endpoint> endpoints) {

  /** The same with other endpoints, or in another order. */
  public ServicePort withEndpoints(List<Endpoint> other) {
    return new ServicePort(number, protocol, targetPort, List.copyOf(other));
  }
}
