package io.github.istioegress.trace;

import java.util.Optional;

/**
 * A pod whose calls no sidecar and no ztunnel gets, whatever its manifests say.
 *
 * @param why what takes them past it
 * @param fromNode true for a pod on its node's network, to which most networks apply no
 *     NetworkPolicy ({@code hostNetwork})
 */
public record Around(String why, boolean fromNode) {

  /** How a pod on its node's network goes around every proxy; empty for other pods. */
  public static Optional<Around> ofNode(Caller pod) {
    return pod.hostNetwork()
        ? Optional.of(
            new Around("the pod is on its node's network, where no proxy takes its calls", true))
        : Optional.empty();
  }
}
