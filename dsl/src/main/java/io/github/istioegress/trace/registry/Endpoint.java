package io.github.istioegress.trace.registry;

import java.util.Map;

/**
 * An address behind a port of a ServiceEntry.
 *
 * @param address an IP or a name
 * @param labels its labels, by which subsets choose
 */
public record Endpoint(String address, Map<String, String> labels) {}
