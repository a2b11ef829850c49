package io.github.istioegress.trace;

/**
 * A pod whose calls no sidecar and no ztunnel gets, whatever its manifests say.
 *
 * @param why what takes them past it
 * @param fromNode true for a pod on its node's network, to which most networks apply no
 *     NetworkPolicy ({@code hostNetwork})
 */
public record Around(String why, boolean fromNode) {}
