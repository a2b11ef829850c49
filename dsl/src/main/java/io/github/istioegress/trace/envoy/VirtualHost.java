package io.github.istioegress.trace.envoy;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A virtual host: the routes for requests with one of its domains as Host.
 *
 * @param name its name, {@code edition.cnn.com:80}
 * @param domains its domains
 * @param routes its routes, the first that matches holds
 */
public record VirtualHost(String name, List<String> domains, List<RouteEntry> routes) {

  /**
   * The virtual host for a Host header, chosen as Envoy does: the name itself, else the longest
   * wildcard at its front, else the one for all. The port in the header does not count.
   */
  public static Optional<VirtualHost> choose(List<VirtualHost> hosts, String hostHeader) {
    String host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
    return with(hosts, host)
        .or(
            () ->
                hosts.stream()
                    .flatMap(vh -> vh.domains().stream())
                    .map(domain -> domain.toLowerCase(Locale.ROOT))
                    .filter(domain -> domain.startsWith("*") && domain.length() > 1)
                    // A wildcard stands for at least one character.
                    .filter(domain -> host.length() >= domain.length())
                    .filter(domain -> host.endsWith(domain.substring(1)))
                    .max(Comparator.comparingInt(String::length))
                    .flatMap(domain -> with(hosts, domain)))
        .or(() -> with(hosts, "*"));
  }

  private static Optional<VirtualHost> with(List<VirtualHost> hosts, String domain) {
    return hosts.stream()
        .filter(
            vh -> vh.domains().stream().anyMatch(d -> d.toLowerCase(Locale.ROOT).equals(domain)))
        .findFirst();
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > 0 && !host.endsWith("]") ? host.substring(0, colon) : host;
  }

  /** The route that a request takes; empty where none matches, which answers 404. */
  public Optional<RouteEntry> route(Request request) {
    return routes.stream().filter(route -> request.matches(route.match())).findFirst();
  }
}
