package io.github.istioegress.trace.envoy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The virtual hosts of a route configuration, by their domains. */
public final class VirtualHosts {

  private final Map<String, VirtualHost> byDomain = new HashMap<>();

  /** Of two with one domain the first holds. */
  public VirtualHosts(List<VirtualHost> hosts) {
    for (VirtualHost host : hosts) {
      host.domains().forEach(domain -> byDomain.putIfAbsent(domain.toLowerCase(Locale.ROOT), host));
    }
  }

  /**
   * The virtual host for a Host header, chosen as Envoy does: the name itself, else the longest
   * wildcard at its front, else the one for all. The port in the header does not count.
   */
  public Optional<VirtualHost> choose(String hostHeader) {
    String host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
    VirtualHost chosen = byDomain.get(host);
    // A wildcard stands for at least one character.
    for (int from = 1; chosen == null && from < host.length(); from++) {
      chosen = byDomain.get("*" + host.substring(from));
    }
    return Optional.ofNullable(chosen == null ? byDomain.get("*") : chosen);
  }

  /** How many domains they have. */
  int size() {
    return byDomain.size();
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > 0 && !host.endsWith("]") ? host.substring(0, colon) : host;
  }
}
