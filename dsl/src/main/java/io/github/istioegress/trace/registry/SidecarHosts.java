package io.github.istioegress.trace.registry;

import io.github.istioegress.resource.HostMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hosts that a Sidecar's listener imports, by the namespace of the object ({@code
 * egress[].hosts}: {@code ./*}, {@code istio-system/*}, {@code ~team/host}).
 */
final class SidecarHosts {

  private static final String ANY = "*";

  private record Imports(List<String> hosts, List<String> excluded) {
    boolean excludes(String host) {
      return excluded.stream().anyMatch(by -> HostMatch.covered(host, by));
    }

    boolean service(String host) {
      return hosts.stream().anyMatch(imported -> HostMatch.covered(host, imported));
    }

    boolean route(String host, boolean ofGatewayApi) {
      return hosts.stream()
          .anyMatch(
              imported ->
                  ofGatewayApi
                      ? HostMatch.covered(host, imported)
                      : HostMatch.overlap(host, imported));
    }
  }

  private final Map<String, Imports> byNamespace = new LinkedHashMap<>();

  SidecarHosts(List<String> said, String ownNamespace) {
    for (String entry : said) {
      int slash = entry.indexOf('/');
      if (slash < 0 || slash != entry.lastIndexOf('/')) {
        continue;
      }
      String namespace = entry.substring(0, slash);
      String host = entry.substring(slash + 1);
      boolean excluded = namespace.startsWith("~");
      if (excluded) {
        namespace = namespace.length() == 1 ? ANY : namespace.substring(1);
      }
      if (namespace.equals(".")) {
        namespace = ownNamespace;
      }
      Imports imports =
          byNamespace.computeIfAbsent(
              namespace, n -> new Imports(new ArrayList<>(), new ArrayList<>()));
      (excluded ? imports.excluded() : imports.hosts()).add(host);
    }
  }

  /** True where a service is imported. */
  boolean importsService(String namespace, String host) {
    if (isExcluded(namespace, host)) {
      return false;
    }
    Imports own = byNamespace.get(namespace);
    Imports any = byNamespace.get(ANY);
    return (own != null && own.service(host)) || (any != null && any.service(host));
  }

  /** True where a mesh route is imported; any of its hosts is enough. */
  boolean importsRule(RouteRule rule) {
    Imports own = byNamespace.get(rule.namespace());
    Imports any = byNamespace.get(ANY);
    return rule.hosts().stream()
        .filter(
            host ->
                (own != null && own.route(host, rule.ofGatewayApi()))
                    || (any != null && any.route(host, rule.ofGatewayApi())))
        .anyMatch(host -> !isExcluded(rule.namespace(), host));
  }

  private boolean isExcluded(String namespace, String host) {
    Imports own = byNamespace.get(namespace);
    Imports any = byNamespace.get(ANY);
    return (own != null && own.excludes(host)) || (any != null && any.excludes(host));
  }
}
