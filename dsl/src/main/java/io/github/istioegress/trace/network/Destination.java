package io.github.istioegress.trace.network;

import io.github.istioegress.trace.envoy.Cidr;
import io.github.istioegress.trace.registry.Workload;
import java.util.Optional;

/**
 * Where a connection leads, after the addresses of Services have become those of pods.
 *
 * @param pod the pod; empty for an address outside of the cluster
 * @param address the address outside, where it is known
 * @param port the port of the pod, or of the host outside
 */
public record Destination(Optional<Workload> pod, Optional<Cidr> address, int port) {

  /** A port of a pod. */
  public static Destination pod(Workload pod, int port) {
    return new Destination(Optional.of(pod), Optional.empty(), port);
  }

  /**
   * A port of a host outside.
   *
   * @param address its address; anything else for one that is not known
   */
  public static Destination outside(String address, int port) {
    return new Destination(Optional.empty(), Cidr.parse(address), port);
  }
}
