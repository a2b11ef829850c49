package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.Cidr;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a pod's packet rules hand a connection to its sidecar, in the order in which Istio writes
 * the rules: ports and ranges that are excluded, then ports and ranges that are included.
 */
final class Interception {

  private static final String INJECT = "sidecar.istio.io/inject";
  private static final String TRAFFIC = "traffic.sidecar.istio.io/";
  private static final String EXCLUDED_PORTS = TRAFFIC + "excludeOutboundPorts";
  private static final String EXCLUDED_RANGES = TRAFFIC + "excludeOutboundIPRanges";
  private static final String INCLUDED_PORTS = TRAFFIC + "includeOutboundPorts";
  private static final String INCLUDED_RANGES = TRAFFIC + "includeOutboundIPRanges";

  private Interception() {}

  /**
   * What takes a connection past the sidecar; empty where the sidecar gets it.
   *
   * @param from the calling pod
   * @param address the address it dials
   * @param port the port it dials
   */
  static Optional<String> bypass(Caller from, String address, int port) {
    Map<String, String> said = from.annotations();
    if (!hasSidecar(from)) {
      return Optional.of("the pod has no sidecar, for it is marked " + INJECT + ": false");
    }
    if (ports(said, EXCLUDED_PORTS).anyMatch(one -> one.equals(Integer.toString(port)))) {
      return Optional.of(because(said, EXCLUDED_PORTS));
    }
    if (isIn(said.getOrDefault(EXCLUDED_RANGES, ""), address)) {
      return Optional.of(because(said, EXCLUDED_RANGES));
    }
    boolean included =
        ports(said, INCLUDED_PORTS).anyMatch(one -> one.equals(Integer.toString(port)))
            || isIn(said.getOrDefault(INCLUDED_RANGES, "*"), address);
    return included ? Optional.empty() : Optional.of(because(said, INCLUDED_RANGES));
  }

  /** False for a pod that declines its sidecar. */
  static boolean hasSidecar(Caller from) {
    String label = from.labels().get(INJECT);
    String inject = label == null ? from.annotations().getOrDefault(INJECT, "") : label;
    return !inject.equals("false");
  }

  private static String because(Map<String, String> said, String annotation) {
    return "the pod's annotation %s: \"%s\" takes it past its sidecar"
        .formatted(annotation, said.getOrDefault(annotation, ""));
  }

  private static Stream<String> ports(Map<String, String> said, String annotation) {
    return items(said.getOrDefault(annotation, ""));
  }

  private static Stream<String> items(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).filter(item -> !item.isEmpty());
  }

  private static boolean isIn(String ranges, String address) {
    Optional<Cidr> dialled = Cidr.parse(address);
    return items(ranges)
        .anyMatch(
            range ->
                range.equals("*")
                    || Cidr.parse(range)
                        .filter(in -> dialled.filter(in::contains).isPresent())
                        .isPresent());
  }
}
