package io.github.istioegress.trace.registry;

import java.util.Map;

/**
 * An address behind a port of a service.
 *
 * @param address an IP or a name
 * @param port the port that is dialled there
 * @param labels its labels, by which subsets choose
 */
public record Endpoint(String address, int port, Map<String, String> labels) {}
