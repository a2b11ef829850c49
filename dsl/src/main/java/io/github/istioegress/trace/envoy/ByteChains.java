package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TCPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Resolution;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.RuleHosts;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The filter chains of a sidecar for TLS and TCP: from tls and tcp routes, else by default. */
final class ByteChains {

  private final Scope scope;
  private final RegistryService service;
  private final ServicePort port;
  private final List<RouteRule> rules;
  private final boolean wildcardBind;
  private List<String> cidrs;

  /**
   * Prepares the chains of a service's port.
   *
   * @param scope what the sidecar knows
   * @param service the service
   * @param port the port listened on
   * @param rules the mesh routes of the listener; those of other hosts are left out
   * @param cidrs the range of the service, where its address is one
   * @param wildcardBind true where the listener takes every address
   */
  ByteChains(
      Scope scope,
      RegistryService service,
      ServicePort port,
      RuleHosts rules,
      List<String> cidrs,
      boolean wildcardBind) {
    this.scope = scope;
    this.service = service;
    this.port = port;
    this.rules = rules.overlapping(service.hostname());
    this.cidrs = cidrs;
    this.wildcardBind = wildcardBind;
  }

  List<FilterChain> build() {
    return port.protocol().isTls() ? tls() : tcp();
  }

  private List<FilterChain> tls() {
    List<FilterChain> chains = new ArrayList<>();
    Set<String> handled = new HashSet<>();
    for (RouteRule rule : rules) {
      for (int r = 0; r < rule.spec().getTls().size(); r++) {
        TLSRoute route = rule.spec().getTls().get(r);
        if (route.getRoute().isEmpty()) {
          continue;
        }
        for (TLSMatchAttributes match : route.getMatch()) {
          if (!matches(
              rule,
              match.getGateways(),
              match.getSourceLabels(),
              match.getSourceNamespace(),
              Metadata.number(match.getPort()))) {
            continue;
          }
          if (!match.getDestinationSubnets().isEmpty()) {
            // Istio keeps this for the matches that follow, too.
            cidrs = match.getDestinationSubnets();
          }
          if (handled.add(match.getSniHosts() + "|" + match.getDestinationSubnets())) {
            chains.add(
                FilterChain.bytes(
                    match.getSniHosts(),
                    cidrs,
                    Destinations.clusters(route.getRoute(), rule, scope, port.number()),
                    List.of(Decision.of(rule.resource(), "spec.tls[" + r + "]"))));
          }
        }
      }
    }
    if (chains.isEmpty()) {
      boolean namedByCall =
          HostMatch.isWildcard(service.hostname())
              && service.resolution() == Resolution.DYNAMIC_DNS;
      boolean byName =
          !cidrs.isEmpty()
              || (service.address().equals(RegistryService.ANY_ADDRESS) && wildcardBind)
              || namedByCall;
      List<String> names = new ArrayList<>(List.of(service.hostname()));
      service.aliases().forEach(alias -> names.addAll(ServiceNames.of(alias, scope)));
      FilterChain chain = byDefault(byName ? List.copyOf(names) : List.of());
      // The one chain of a sidecar that asks the policies of the caller's own pod.
      chains.add(
          namedByCall ? chain.asking(List.of(scope.namespace(), service.namespace())) : chain);
    }
    return chains;
  }

  private List<FilterChain> tcp() {
    List<FilterChain> chains = new ArrayList<>();
    for (RouteRule rule : rules) {
      for (int r = 0; r < rule.spec().getTcp().size(); r++) {
        TCPRoute route = rule.spec().getTcp().get(r);
        if (route.getRoute().isEmpty()) {
          continue;
        }
        Decision decision = Decision.of(rule.resource(), "spec.tcp[" + r + "]");
        List<WeightedCluster> clusters =
            Destinations.clusters(route.getRoute(), rule, scope, port.number());
        List<String> subnets = new ArrayList<>();
        boolean terminal = route.getMatch().isEmpty();
        for (L4MatchAttributes match : route.getMatch()) {
          if (matches(
              rule,
              match.getGateways(),
              match.getSourceLabels(),
              match.getSourceNamespace(),
              Metadata.number(match.getPort()))) {
            if (match.getDestinationSubnets().isEmpty()) {
              terminal = true;
              break;
            }
            subnets.addAll(match.getDestinationSubnets());
          }
        }
        if (terminal) {
          chains.add(FilterChain.bytes(List.of(), cidrs, clusters, List.of(decision)));
          return chains;
        }
        if (!subnets.isEmpty()) {
          chains.add(FilterChain.bytes(List.of(), subnets, clusters, List.of(decision)));
          if (subnets.stream().sorted().toList().equals(cidrs.stream().sorted().toList())) {
            return chains;
          }
        }
      }
    }
    chains.add(byDefault(List.of()));
    return chains;
  }

  private boolean matches(
      RouteRule rule,
      List<String> gateways,
      @org.jspecify.annotations.Nullable Map<String, String> sourceLabels,
      @org.jspecify.annotations.Nullable String sourceNamespace,
      int matchPort) {
    return rule.binds(gateways, RouteRule.MESH)
        && (sourceLabels == null || scope.labels().entrySet().containsAll(sourceLabels.entrySet()))
        && (matchPort == 0 || matchPort == port.number())
        && (sourceNamespace == null
            || sourceNamespace.isEmpty()
            || sourceNamespace.equals(scope.namespace()));
  }

  private FilterChain byDefault(List<String> serverNames) {
    int target = service.ports().size() == 1 ? service.ports().get(0).number() : port.number();
    String cluster = new ClusterName(target, "", service.hostname()).toString();
    return FilterChain.bytes(
        serverNames,
        cidrs,
        List.of(new WeightedCluster(cluster, 100)),
        List.of(Decision.of(service.source(), portPath(service, port.number()))));
  }

  /** The field in which a resource declares a port. */
  static String portPath(RegistryService service, int number) {
    for (int i = 0; i < service.ports().size(); i++) {
      if (service.ports().get(i).number() == number) {
        return "spec.ports[" + i + "]";
      }
    }
    return "spec.ports";
  }
}
