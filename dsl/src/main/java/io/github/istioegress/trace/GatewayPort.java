package io.github.istioegress.trace;

/**
 * A port of a Service in front of a gateway, which any pod may dial by itself.
 *
 * @param gateway the gateway, {@code namespace/name}
 * @param host the full name of the Service
 * @param port the port of the Service
 */
public record GatewayPort(String gateway, String host, int port) {}
